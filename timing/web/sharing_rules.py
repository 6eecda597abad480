"""Which pages of other sites may read the API: all of them, what is public; none, the rest."""

from __future__ import annotations

from flask import Flask, Response, request

_CLOSED = ("/api/v1/stations",)
_ALLOWED = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "If-None-Match, Accept, Accept-Language",
    "Access-Control-Max-Age": "86400",
}


def furnish(app: Flask) -> None:
    """Let scripts of other sites read what is public. No cookie ever goes with it."""

    @app.after_request
    def _share(answer: Response) -> Response:
        path = request.path
        if path.startswith("/api/v1/") and not path.startswith(_CLOSED):
            answer.headers["Access-Control-Allow-Origin"] = "*"
            if request.method == "OPTIONS":
                answer.headers.update(_ALLOWED)
            else:
                answer.headers["Access-Control-Expose-Headers"] = "ETag, Link"
        return answer
