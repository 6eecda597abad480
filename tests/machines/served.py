"""The application behind a real socket on loopback, in threads that end with the test."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import closing, contextmanager
from threading import Thread
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask
from werkzeug.serving import make_server
from werkzeug.wsgi import ClosingIterator

_PATIENCE = 20  # seconds that the last requests may take


@contextmanager
def served(app: Flask, port: int = 0) -> Iterator[str]:
    """Give the address of the application on a port, by default a free one."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", port, _ended(app), threaded=True)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join(_PATIENCE)
        server.server_close()
    assert not thread.is_alive(), "the server of the test did not end"


def _ended(app: Flask) -> WSGIApplication:
    """End every answer, and close its file, also where the browser has gone meanwhile.

    Werkzeug's server looks for more to read before it closes an answer, and a connection
    that was reset takes it past the closing. An answer without a body is an empty tuple.
    """

    def call(environ: WSGIEnvironment, start_response: StartResponse) -> Iterator[bytes]:
        with closing(ClosingIterator(app(environ, start_response))) as answer:
            yield from answer

    return call
