"""The wiring of the house."""

from __future__ import annotations

import gc
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from flask import Flask

from tests.machines.clocks import StandingClock
from timing import app as wiring, resources
from timing.cli import Wiring
from timing.core.clock import datetime_of
from timing.settings import Settings


def test_the_application_is_built_on_the_folders_and_settings_it_is_given(
    app: Flask, settings: Settings, clock: StandingClock
):
    assert app.template_folder == str(resources.folder("templates"))
    assert app.static_folder == str(resources.folder("static"))
    assert app.config["SECRET_KEY"] == settings.secret_key
    assert app.extensions["house"].clock is clock


def test_a_picture_of_the_house_is_served(client):
    answer = client.get("/static/icon.svg")
    assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
    answer.close()


def test_without_a_word_the_settings_of_the_installation_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TIMING_DATABASE_URL", f"sqlite:///{tmp_path}/own.db")
    monkeypatch.delenv("TIMING_CONFIG", raising=False)
    made = wiring.create_app()
    assert str(made.extensions["house"].store.url.database) == f"{tmp_path}/own.db"
    assert made.extensions["house"].clock is wiring.now


def test_the_clock_of_the_house_is_the_one_on_the_wall():
    first, second = wiring.now(), wiring.now()
    assert second >= first
    assert datetime_of(first).year >= 2025


def test_the_command_is_handed_the_real_house(monkeypatch: pytest.MonkeyPatch):
    handed: list[tuple[Wiring, list[str]]] = []

    def note(given: Wiring, words: list[str]) -> int:
        handed.append((given, words))
        return 1

    monkeypatch.setattr("timing.cli.run", note)
    monkeypatch.setattr(sys, "argv", ["timing", "doctor"])
    with pytest.raises(SystemExit) as ended:
        wiring.main()
    assert ended.value.code == 1
    [(given, words)] = handed
    assert words == ["doctor"]
    assert (given.clock, given.open_house, given.serve) == (
        wiring.now, wiring.open_house, wiring.serve,
    )  # fmt: skip
    assert given.load_settings().port == 8000


def test_a_worker_of_the_server_builds_pages_without_holding_up_readers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    told, ready, over = threading.Event(), threading.Event(), []
    monkeypatch.setattr("atexit.register", over.append)
    monkeypatch.setattr("timing.services.office.telling.deliver", lambda *_words: told.set())
    monkeypatch.setattr("timing.services.public.warming.warm", lambda *_words: ready.set())
    turn, rubbish = sys.getswitchinterval(), gc.get_threshold()
    before = signal.signal(signal.SIGTERM, lambda *_: None)  # as the server's process leaves it
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TIMING_DATABASE_URL", f"sqlite:///{tmp_path}/own.db")
    try:
        made = wiring.worker()
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL, "it could not be stopped"
        assert sys.getswitchinterval() < turn
        assert gc.get_threshold()[0] > rubbish[0]
        assert told.wait(20), "nobody tells other systems"
        assert ready.wait(20), "nobody makes ready what is read now"
        for end in over:
            end()
        made.extensions["house"].store.close()
    finally:
        signal.signal(signal.SIGTERM, before)
        sys.setswitchinterval(turn)
        gc.set_threshold(*rubbish)


_FIRST_LOOK = """
import sys
import msgspec
from timing.app import create_app
from timing.core.journal.rulings import KINDS
from timing.core.setup.event import Event
from timing.core.setup.roster import Entry, Start

create_app()
called = set()
sys.setprofile(lambda frame, *_: called.add(frame.f_code.co_name))
for kind in (Event, Entry, Start, *KINDS.values()):
    msgspec.json.Decoder(list[kind])
sys.setprofile(None)
print("get_class_annotations" in called)
"""


def test_no_type_is_looked_at_for_the_first_time_while_readers_are_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Two threads of msgspec that do so at once end the process."""
    monkeypatch.setenv("TIMING_DATABASE_URL", f"sqlite:///{tmp_path}/own.db")
    told = subprocess.run(
        [sys.executable, "-c", _FIRST_LOOK], cwd=tmp_path, check=True, capture_output=True,
        text=True,
    )  # fmt: skip
    assert told.stdout == "False\n"


def test_the_server_takes_as_many_readers_as_the_system_allows():
    resource = pytest.importorskip("resource", reason="Windows has no limit of open files")
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (256, before[1]))
        made = wiring.make_server("timing.app:worker", "127.0.0.1", 8000)
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        assert made.backpressure == wiring.CONNECTIONS
        assert soft >= min(wiring.CONNECTIONS, hard)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
