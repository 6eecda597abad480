"""Floor 5: wires the house together. The only room that knows the wall clock and the server."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from timing.core.clock import Instant

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from timing.settings import Settings


def now() -> Instant:
    """Give the present moment. Every other room is handed this clock, or another one."""
    return Instant(time.time_ns() // 1_000)


def create_app(settings: Settings | None = None, clock: Callable[[], Instant] = now) -> Flask:
    """Build the web application. Without settings those of this installation are read."""
    from flask import Flask  # noqa: PLC0415 - the terminal starts without the web

    from timing import resources  # noqa: PLC0415 - the same
    from timing.settings import load_settings, secret_key  # noqa: PLC0415 - the same

    settings = settings or load_settings()
    app = Flask(
        "timing",
        template_folder=str(resources.folder("templates")),
        static_folder=str(resources.folder("static")),
    )
    app.config["SECRET_KEY"] = secret_key(settings)
    app.extensions["timing"] = {"settings": settings, "clock": clock}
    return app


def serve(settings: Settings) -> None:
    """Serve the pages in the foreground until interrupted."""
    from granian.constants import Interfaces  # noqa: PLC0415 - only a server needs a server
    from granian.server import Server  # noqa: PLC0415 - the same

    Server(
        "timing.app:create_app",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        factory=True,
        workers=1,
        blocking_threads=8,
    ).serve()


def _load_settings() -> Settings:
    from timing.settings import load_settings  # noqa: PLC0415 - help is shown without them

    return load_settings()


def main() -> None:
    """Run the command ``timing``."""
    from timing.cli import Wiring, run  # noqa: PLC0415 - a web worker starts without the terminal

    sys.exit(run(Wiring(clock=now, load_settings=_load_settings, serve=serve), sys.argv[1:]))
