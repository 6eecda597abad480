"""Floor 5: wires the house together. The only room that knows the wall clock and the server."""

from __future__ import annotations

import atexit
import gc
import os
import secrets
import signal
import socket
import sys
import time
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from timing.core.clock import Instant
from timing.core.refusal import Problem, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from granian.server.common import AbstractServer

    from timing.services.house import House
    from timing.services.publications.site import Fetch
    from timing.settings import Settings


def now() -> Instant:
    """Give the present moment. Every other room is handed this clock, or another one."""
    return Instant(time.time_ns() // 1_000)


def open_house(settings: Settings, clock: Callable[[], Instant] = now) -> House:
    """Wire the services to the database of the settings. Whoever opens it closes its store."""
    from pathlib import Path

    from timing.services.entrants.classify import categories_of
    from timing.services.house import House, Stationery
    from timing.services.live import Live
    from timing.services.pen import Pen
    from timing.store.connect import open_store

    store = open_store(settings.database_url)
    pen = Pen(f"office-{secrets.token_hex(4)}")
    stationery = Stationery(tuple(map(Path, settings.fonts)), settings.public_address)
    return House(store, clock, Live(store, clock, categories_of), pen, stationery)


def create_app(
    settings: Settings | None = None,
    clock: Callable[[], Instant] = now,
    ticks: Callable[[], float] | None = time.monotonic,
) -> Flask:
    """Build the web application. Without settings those of this installation are read.

    ticks: a monotonic clock in seconds, by which public pages are kept for a second; None keeps
    nothing.
    """
    from timing import web
    from timing.settings import load_settings
    from timing.web import microcache

    settings = settings or load_settings()
    app = _pages(settings, open_house(settings, clock))
    _learn_types()
    if ticks is not None:
        microcache.furnish(app, web.PUBLIC, ticks)
    return app


def _learn_types() -> None:
    """Let msgspec look at all types that it reads while there is one thread.

    Else it does so when one is read first, and two threads that do so at once end the process.
    """
    from msgspec import Struct, json

    waiting: list[type[Struct]] = [Struct]
    while waiting:
        kinds = waiting.pop().__subclasses__()
        for kind in kinds:
            json.Decoder(kind)
        waiting += kinds


_TURN = 0.000_5  # seconds for which building one page may hold up who only wants a kept one
_RUBBISH = (200_000, 20, 100)
"""A race in memory is large, lives long and holds no circles: it is seldom looked through.

Where each line of 50,000 entries is ranked and shown, the collector takes 58 % of the processor as
Python sets it, 14 % from 50,000 values on, and nothing from 200,000 on, which is more than one
ranking makes. Freezing the race (``gc.freeze``) beside 50,000 saves 2 %, so it is not done.
"""


def worker() -> Flask:
    """Build the application as a process of the server runs it; it tells and reads others.

    What is about to be asked for is made ready beside the first answers.
    """
    from timing.services.office import telling
    from timing.services.public import warming
    from timing.services.readers.running import Crew

    # Until the server listens to signals the handler of its parent is here, which ends nothing:
    # who stopped the server while it starts would wait for ever.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    tune()
    app = create_app()
    gate(app)
    over = Event()
    atexit.register(over.set)
    house = app.extensions["house"]
    words = (house, telling.post, over.wait)
    Thread(target=telling.keep_telling, args=words, name="telling", daemon=True).start()
    ready = (house, app.test_client(use_cookies=False).get, over.is_set)
    Thread(target=warming.warm, args=ready, name="warming", daemon=True).start()
    crew = app.extensions["readers"] = Crew(house)
    crew.resume()
    atexit.register(crew.close)
    return app


def gate(app: Flask) -> None:
    """Put the door before an application at which what is sent is taken in."""
    from timing.web.arrival import Arrival

    most: int = app.config["MAX_CONTENT_LENGTH"]
    app.wsgi_app = Arrival(app.wsgi_app, _builders(), most)  # type: ignore[method-assign]


def _builders() -> int:
    """How many threads build pages; the others of the server wait for what readers send."""
    return min(8, 2 * (os.cpu_count() or 1) + 1)


def tune() -> None:
    """Let a process hand out kept pages while it builds new ones."""
    sys.setswitchinterval(_TURN)
    gc.set_threshold(*_RUBBISH)


def _pages(settings: Settings, house: House) -> Flask:
    from flask import Flask

    from timing import resources, web
    from timing.settings import secret_key

    app = Flask(
        "timing",
        template_folder=str(resources.folder("templates")),
        static_folder=str(resources.folder("static")),
    )
    app.config["SECRET_KEY"] = secret_key(settings)
    web.furnish(app, house)
    return app


def open_pages(house: House, settings: Settings, base: str) -> Fetch:
    """Give what asks the public pages of a house, without a server, for those found at base."""
    from timing.services.publications.site import Answer

    client = _pages(settings, house).test_client(use_cookies=False)

    def fetch(address: str) -> Answer:
        with client.get(address, base_url=f"{base}/") as answer:
            return Answer(answer.status_code, answer.mimetype or "", answer.get_data())

    return fetch


def serve(settings: Settings) -> None:
    """Serve the pages in the foreground until interrupted; a worker that fails is replaced.

    Raises Refusal when the server cannot start.
    """
    try:
        _try_address(settings.host, settings.port)
        server = make_server("timing.app:worker", settings.host, settings.port)
        server.serve()
    except (SystemExit, RuntimeError, OSError) as ended:
        raise _not_served(settings, ended) from None


def _try_address(host: str, port: int) -> None:
    """Take an address and let it go. Raises OSError where it is taken.

    The server shares a port with another one of its kind without a word: half the readers would
    be sent to a program that serves another race.
    """
    family, kind, protocol, _name, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    with socket.socket(family, kind, protocol) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as a server that comes back
        tried.bind(address)


CONNECTIONS = 16_384
"""Readers connected at a time; of more than these the next wait at the door."""


def make_server(factory: str, host: str, port: int) -> AbstractServer[Any]:
    """Make the recommended server: one worker, so that each page is built once (docs/adr/0040)."""
    from granian.constants import HTTPModes, Interfaces
    from granian.log import LogLevels, logger
    from granian.server import Server

    from timing.web.arrival import SENDERS

    _open_files(CONNECTIONS + 512)
    # More threads than a processor keeps busy are meant: some of them only wait for who sends.
    logger.addFilter(lambda told: "Python threads" not in told.getMessage())
    return Server(
        factory,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        factory=True,
        workers=1,
        backlog=4096,
        backpressure=CONNECTIONS,
        blocking_threads=_builders() + SENDERS,
        websockets=False,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
    )


def _open_files(wanted: int) -> None:
    """Allow as many connections as the system lets this process have; many shells say 1024."""
    try:
        import resource
    except ImportError:  # not on Windows, which has no such limit
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def _not_served(settings: Settings, ended: BaseException) -> Refusal:
    said = getattr(ended, "strerror", None) or str(ended)
    told = "" if isinstance(ended, SystemExit) else said.partition("\n")[0]
    sentence = f"cannot be served ({told or 'the server ended by itself'}); expected a free port"
    return Refusal(Problem("server", sentence, f"{settings.host}:{settings.port}"))


def _load_settings() -> Settings:
    from timing.settings import load_settings

    return load_settings()


def main() -> None:
    """Run the command ``timing``."""
    from timing.cli import Wiring, run

    wiring = Wiring(
        clock=now,
        sleep=time.sleep,
        load_settings=_load_settings,
        open_house=open_house,
        serve=serve,
        open_pages=open_pages,
    )
    sys.exit(run(wiring, sys.argv[1:]))
