"""What readers send is taken in whole before a page is built: nobody waits for a slow phone.

A phone that loses its network in the middle of a line would else hold one of the few threads that
build pages for as long as it is gone, and a handful of them the whole server. Knows no page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from io import BytesIO
from threading import BoundedSemaphore, Event, Thread
from typing import IO, Any

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
WsgiApp = Callable[[Environ, StartResponse], Iterable[bytes]]

SENDERS = 8
"""So many may be sending at a time; the next is told to come again."""
_TURN = 0.25
"""Seconds that one more waits for its turn: a burst of lines is taken in within milliseconds."""
PATIENCE = 10.0
"""Seconds without a further piece after which a sender is told that nothing came."""
_PIECE = 16_384
_TOLD = (
    ("Content-Type", "text/plain; charset=utf-8"), ("Retry-After", "2"),
    ("Cache-Control", "no-store"),
)  # fmt: skip


class Arrival:
    """A WSGI application behind a door: so many at work, so many more who still send.

    workers: how many threads build pages. most: bytes that are taken in; more is for the
        application to refuse. patience: seconds.
    """

    def __init__(self, app: WsgiApp, workers: int, most: int, patience: float = PATIENCE) -> None:
        self._app = app
        self._working = BoundedSemaphore(workers)
        self._sending = BoundedSemaphore(SENDERS)
        self._most = most
        self._patience = patience

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if _sends(environ) and int(environ.get("CONTENT_LENGTH") or 0) <= self._most:
            if not self._sending.acquire(timeout=_TURN):
                return _say(start_response, "503 Service Unavailable", "Too many send at once.")
            try:
                body = self._taken(environ["wsgi.input"])
            finally:
                self._sending.release()
            if body is None:
                return _say(start_response, "408 Request Timeout", "Nothing more came.")
            environ["wsgi.input"] = BytesIO(body)
        with self._working:
            return self._app(environ, start_response)

    def _taken(self, stream: IO[bytes]) -> bytes | None:
        """Give the whole body; None where it stopped coming."""
        parcel = _Parcel(stream, self._most)
        Thread(target=parcel.fill, name="arrival", daemon=True).start()
        before = -1
        while not parcel.whole.wait(self._patience):
            if parcel.size == before:
                return None
            before = parcel.size
        return None if parcel.lost else b"".join(parcel.pieces)


class _Parcel:
    """A body on its way. lost: its sender has gone."""

    def __init__(self, stream: IO[bytes], most: int) -> None:
        self.pieces: list[bytes] = []
        self.size = 0
        self.lost = False
        self.whole = Event()
        self._stream = stream
        self._most = most

    def fill(self) -> None:
        try:
            while self.size <= self._most and (piece := self._stream.read(_PIECE)):
                self.pieces.append(piece)
                self.size += len(piece)
        except Exception:  # noqa: BLE001 - whatever the server says of a lost connection
            self.lost = True
        finally:
            self.whole.set()


def _sends(environ: Environ) -> bool:
    length = environ.get("CONTENT_LENGTH") or ""
    return length not in ("", "0") or "HTTP_TRANSFER_ENCODING" in environ


def _say(start: StartResponse, status: str, sentence: str) -> list[bytes]:
    said = f"{sentence} Please send it again.\n".encode()
    start(status, [*_TOLD, ("Content-Length", str(len(said)))])
    return [said]
