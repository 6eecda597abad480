"""The application behind a real socket on loopback, in threads that end with the test."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from flask import Flask
from werkzeug.serving import make_server

_PATIENCE = 20  # seconds that the last requests may take


@contextmanager
def served(app: Flask, port: int = 0) -> Iterator[str]:
    """Give the address of the application on a port, by default a free one."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join(_PATIENCE)
        server.server_close()
    assert not thread.is_alive(), "the server of the test did not end"
