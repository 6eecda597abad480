"""One page, or one problem document, for everything that goes wrong on the way to an answer."""

from __future__ import annotations

from flask import Flask, Response, jsonify, render_template, request
from werkzeug.exceptions import HTTPException


def furnish(app: Flask) -> None:
    """Answer every HTTP error in the form that the reader asked for."""
    app.register_error_handler(HTTPException, _answer)


def _answer(error: HTTPException) -> tuple[Response | str, int]:
    status = error.code or 500
    if request.path.startswith("/api/") or request.path.endswith(".json"):
        return problem(status, error.name, error.description or ""), status
    return render_template("error.html", status=status, error=error), status


def problem(status: int, title: str, detail: str) -> Response:
    """Make a problem document (RFC 9457)."""
    answer = jsonify(type="about:blank", title=title, status=status, detail=detail)
    answer.status_code = status
    answer.mimetype = "application/problem+json"
    return answer
