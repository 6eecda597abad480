"""Public pages as ready bytes: answered before Flask and the database are touched.

A page is built at most once a second, by one thread, while everybody else is handed the last one;
its bytes are compressed once and named by what they say, so that who has them gets a 304.
"""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, NamedTuple

import brotli
from flask import Flask, Response, request
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from timing.web.language import LANGUAGES

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
WsgiApp = Callable[[Environ, StartResponse], Iterable[bytes]]
Headers = list[tuple[str, str]]

PRIVATE = ("/staff", "/s/", "/api/v1/stations", "/api/v1/clock", "/healthz", "/metrics", "/static/")
"""Addresses that are never kept: what somebody signed in sees, and what is cheap already."""

_MOST = 512  # pages kept
_SMALL = 512  # bytes; less is not worth compressing
_KEPT_HEADERS = {
    "content-type", "content-disposition", "content-language", "link", "x-robots-tag",
    "access-control-allow-origin", "access-control-expose-headers",
    "content-security-policy", "x-content-type-options",
}  # fmt: skip
_ALSO_UNCHANGED = {"access-control-allow-origin", "access-control-expose-headers"}


class Body(NamedTuple):
    """One form of a page. headers: complete, with its length and encoding."""

    headers: Headers
    content: bytes


@dataclass(slots=True)
class Page:
    """One page. until: on the monotonic clock; bodies: by content encoding."""

    lock: Lock = field(default_factory=Lock)
    until: float = 0.0
    etag: str = ""
    bodies: Mapping[str, Body] = field(default_factory=dict)
    unchanged: Headers = field(default_factory=list)


class MicroCache:
    """A WSGI application in front of another one. Safe to share between threads."""

    def __init__(
        self, app: WsgiApp, ticks: Callable[[], float], languages: Iterable[str], keep: float = 1.0
    ) -> None:
        """Keep the pages of an application. ticks: a monotonic clock in seconds."""
        self._app, self._ticks, self._keep = app, ticks, keep
        self._languages = tuple(languages)
        self._pages: OrderedDict[tuple[str, str, str], Page] = OrderedDict()
        self._spoken: dict[str, str] = {}
        self._lock = Lock()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer from the shelf, or let the application answer."""
        path = environ["PATH_INFO"]
        if environ["REQUEST_METHOD"] != "GET" or path.startswith(PRIVATE):
            return self._app(environ, start_response)
        # Pages name their own address, so another host is another page.
        key = (
            environ.get("HTTP_HOST", "") + path,
            environ.get("QUERY_STRING", ""),
            self._language(environ),
        )
        page = self._pages.get(key)
        if page is None or page.until <= self._ticks():
            page = self._fresh(key, page, environ)
        if not page.bodies:
            return self._app(environ, start_response)
        if page.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
            start_response("304 Not Modified", page.unchanged)
            return ()
        body = page.bodies[self._encoding(environ, page)]
        start_response("200 OK", body.headers)
        return (body.content,)

    def _fresh(self, key: tuple[str, str, str], page: Page | None, environ: Environ) -> Page:
        """Build a page; of several threads one builds and the others take what there is."""
        if page is None:
            with self._lock:
                page = self._pages.setdefault(key, Page())
                while len(self._pages) > _MOST:
                    self._pages.popitem(last=False)
        if not page.lock.acquire(blocking=not page.bodies):
            return page
        try:
            if page.until <= self._ticks():
                self._build(page, environ)
        finally:
            page.lock.release()
        return page

    def _build(self, page: Page, environ: Environ) -> None:
        status, headers, content = self._ask(environ)
        public = "public" in dict(headers).get("Cache-Control", "")
        page.until = self._ticks() + self._keep
        if not status.startswith("200") or not public:
            page.bodies = {}
            return
        etag = f'"{hashlib.sha256(content).hexdigest()[:20]}"'
        if etag != page.etag or not page.bodies:
            page.bodies = _bodies(headers, content, etag)
            shared = [each for each in headers if each[0].lower() in _ALSO_UNCHANGED]
            page.etag, page.unchanged = etag, [("ETag", etag), *shared]

    def _ask(self, environ: Environ) -> tuple[str, Headers, bytes]:
        """Let the application answer as for a reader without cookies, conditions or compression."""
        asked = {key: value for key, value in environ.items() if key not in _PERSONAL}
        told: list[tuple[str, Headers]] = []

        def start(status: str, headers: Headers, _error: object = None) -> None:
            told.append((status, headers))

        answer = self._app(asked, start)
        try:
            content = b"".join(answer)
        finally:
            close = getattr(answer, "close", None)
            if close is not None:
                close()
        return (*told[-1], content)

    def _language(self, environ: Environ) -> str:
        wanted = environ.get("HTTP_ACCEPT_LANGUAGE", "")
        spoken = self._spoken.get(wanted)
        if spoken is None:
            spoken = _best(wanted, self._languages)
            if len(self._spoken) < _MOST:
                self._spoken[wanted] = spoken
        return spoken

    @staticmethod
    def _encoding(environ: Environ, page: Page) -> str:
        accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
        for encoding in ("br", "gzip"):
            if encoding in accepted and encoding in page.bodies:
                return encoding
        return ""


_PERSONAL = {
    "HTTP_COOKIE", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_ACCEPT_ENCODING",
    "HTTP_AUTHORIZATION", "HTTP_RANGE",
}  # fmt: skip


def furnish(app: Flask, public: Collection[str], ticks: Callable[[], float]) -> None:
    """Put the cache in front of an application. public: blueprints with pages for everybody."""
    app.wsgi_app = MicroCache(app.wsgi_app, ticks, LANGUAGES)  # type: ignore[method-assign]

    @app.after_request
    def _for_everybody(answer: Response) -> Response:
        if request.blueprint in public and answer.status_code == 200:
            answer.headers.setdefault("Cache-Control", "public, no-cache")
        return answer


def _best(wanted: str, languages: tuple[str, ...]) -> str:
    return parse_accept_header(wanted, LanguageAccept).best_match(languages) or languages[0]


def _bodies(headers: Headers, content: bytes, etag: str) -> dict[str, Body]:
    kept = [(name, value) for name, value in headers if name.lower() in _KEPT_HEADERS]
    kept += [
        ("ETag", etag), ("Cache-Control", "public, no-cache"),
        ("Vary", "Accept-Encoding, Accept-Language"),
    ]  # fmt: skip
    forms = {"": content}
    if len(content) > _SMALL:
        forms["gzip"] = gzip.compress(content, 6, mtime=0)
        forms["br"] = brotli.compress(content, quality=5)
    return {
        encoding: Body(_complete(kept, encoding, form), form) for encoding, form in forms.items()
    }


def _complete(headers: Headers, encoding: str, content: bytes) -> Headers:
    coded = [("Content-Encoding", encoding)] if encoding else []
    return [*headers, *coded, ("Content-Length", str(len(content)))]
