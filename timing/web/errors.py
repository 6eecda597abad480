"""One page, or one problem document, for everything that goes wrong on the way to an answer."""

from __future__ import annotations

from flask import Flask, Response, jsonify, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, MethodNotAllowed, Unauthorized

from timing.core.refusal import Refusal
from timing.web import access, interrupted
from timing.web.mishaps import refusal_of, sentence_of, title_of, told_to_programs

STATUS = {"link-unknown": 403, "link-revoked": 403, "link-expired": 403, "event-unknown": 404}
"""Status of a refusal by the code of its first problem; 422 for all others."""


def furnish(app: Flask) -> None:
    """Answer every error and refusal in the form that the reader asked for."""
    app.config["WTF_CSRF_TIME_LIMIT"] = None  # a page may lie open all day; the session ends it
    app.register_error_handler(CSRFError, _interrupted)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Refusal, _refusal)


def _http(error: HTTPException) -> Response:
    answer, status = _answer(error.code or 500, title_of(error), sentence_of(error))
    made = answer if isinstance(answer, Response) else Response(answer, status)
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        made.headers["Allow"] = ", ".join(error.valid_methods)
    return made


def _interrupted(_error: CSRFError) -> Response:
    """Keep a form whose session ended or is another one, and ask to sign in or to send it again."""
    kept, endpoint = interrupted.sent(), request.endpoint
    if endpoint == "accounts.sign_in":
        error, name = _("Please sign in once more."), request.form.get("name", "")
        return Response(interrupted.sign_in_page(interrupted.carried(), error, name), 401)
    if kept is None or endpoint == "accounts.sign_out":
        return _http(Unauthorized(interrupted.told()))
    if access.present() is None:
        return Response(interrupted.sign_in_page(kept), 401)
    return Response(interrupted.once_more(kept), 409)


def _refusal(error: Refusal) -> tuple[Response | str, int]:
    first = error.problems[0]
    api = request.path.startswith("/api/")
    detail = told_to_programs(error) if api else refusal_of(error)
    return _answer(STATUS.get(first.code, 422), _("That was refused"), detail)


def _answer(status: int, title: str, detail: str) -> tuple[Response | str, int]:
    if request.path.startswith("/api/") or request.path.endswith(".json"):
        return problem(status, title, detail), status
    return render_template("error.html", title=title, detail=detail), status


def problem(status: int, title: str, detail: str, **more: str) -> Response:
    """Make a problem document (RFC 9457). more: members of its own, for programs."""
    answer = jsonify(type="about:blank", title=title, status=status, detail=detail, **more)
    answer.status_code = status
    answer.mimetype = "application/problem+json"
    return answer
