"""What a browser may do with a page: load what is ours, show the office in no frame of others.

A second fence behind the templates, which escape every word. Public pages may stand in a frame, so
that a club can show results on its own site. Knows no desk.
"""

from __future__ import annotations

from flask import Flask, Response, request
from flask.sessions import SecureCookieSessionInterface

_OURS = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'"
_UNFRAMED = f"{_OURS}; frame-ancestors 'self'"
_OFFICE = ("/staff", "/s/")


def furnish(app: Flask) -> None:
    """Give every answer its rules, and the cookie of the office its guard where it is wanted."""
    app.session_interface = _OfficeCookie()

    @app.after_request
    def _rule(answer: Response) -> Response:
        if answer.status_code == 304:  # the browser keeps what the page said the first time
            return answer
        answer.headers["X-Content-Type-Options"] = "nosniff"
        office = request.path.startswith(_OFFICE)
        if answer.mimetype == "text/html":
            answer.headers["Content-Security-Policy"] = _UNFRAMED if office else _OURS
        if office:
            answer.headers["Referrer-Policy"] = "same-origin"  # an address may be the secret
        return answer


def asked_from() -> str:
    """Give the address of whoever asks; a proxy on this computer tells it in X-Forwarded-For."""
    near = request.remote_addr or ""
    told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return told if told and near in ("127.0.0.1", "::1") else near


class _OfficeCookie(SecureCookieSessionInterface):
    """The cookie of a page that came over https never goes over http."""

    def get_cookie_secure(self, app: Flask) -> bool:
        told = request.headers.get("X-Forwarded-Proto", "")
        return request.is_secure or told == "https" or super().get_cookie_secure(app)
