"""timing serve: the pages from the terminal."""

from __future__ import annotations

import socket
import subprocess
import sysconfig
from contextlib import ExitStack
from pathlib import Path

import msgspec
import pytest

from tests.machines.serving import environment, fetch, served_from
from tests.machines.terminal import Terminal, terminal
from timing.cli.serve import address
from timing.settings import Settings, load_settings
from timing.store import migrate

TIMING = Path(sysconfig.get_path("scripts")) / "timing"


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),  # noqa: S104 - the value under test
        ("::", "http://127.0.0.1:8000"),
        ("::1", "http://[::1]:8000"),
        ("finish.example", "http://finish.example:8000"),
    ],
)
def test_the_address_is_the_one_that_a_browser_here_can_use(host: str, shown: str):
    settings = load_settings({})
    assert address(msgspec.structs.replace(settings, host=host)) == shown


def test_it_serves_a_database_that_is_up_to_date_and_says_where(settings: Settings):
    served: list[Settings] = []
    ended = terminal(load_settings=lambda: settings, serve=served.append)("serve")
    assert ended.exit_code == 0, ended.stderr
    assert ended.stdout.startswith("results: http://127.0.0.1:")
    assert served == [settings]


def test_it_makes_a_database_where_there_is_none(tmp_path: Path):
    chosen = load_settings({"TIMING_DATABASE_URL": f"sqlite:///{tmp_path}/none.db"})
    call: Terminal = terminal(load_settings=lambda: chosen)
    assert call("serve").exit_code == 0
    assert call("db", "check").exit_code == 0


def test_it_refuses_a_database_at_an_old_revision(settings: Settings):
    migrate.downgrade(settings.database_url, migrate.revisions()[0])
    ended = terminal(load_settings=lambda: settings, serve=pytest.fail)("serve")
    assert (ended.exit_code, ended.stdout) == (2, "")
    assert "run timing db upgrade" in ended.stderr


@pytest.mark.slow
def test_a_real_server_answers_and_ends_when_it_is_interrupted(tmp_path: Path):
    with served_from(TIMING, tmp_path) as url:
        assert "<svg" in fetch(f"{url}/static/icon.svg")


@pytest.mark.slow
def test_phones_that_stop_in_the_middle_of_a_line_hold_nobody_up(tmp_path: Path):
    head = "POST /api/v1/stations/lines HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n{"
    with served_from(TIMING, tmp_path) as url, ExitStack() as phones:
        address = ("127.0.0.1", int(url.rpartition(":")[2]))
        for _ in range(20):
            phone = phones.enter_context(socket.create_connection(address))
            phone.sendall(head.encode())
        assert "<html" in fetch(f"{url}/")


@pytest.mark.slow
def test_a_port_is_never_shared_with_another_server_of_the_house(tmp_path: Path):
    with served_from(TIMING, tmp_path) as url:
        port = int(url.rpartition(":")[2])
        ended = subprocess.run(
            [TIMING, "serve"], cwd=tmp_path, env=environment(tmp_path, port), check=False,
            timeout=60, capture_output=True, text=True,
        )  # fmt: skip
    assert ended.returncode == 2
    assert "Address already in use" in ended.stderr


@pytest.mark.slow
def test_a_port_that_is_taken_is_named(tmp_path: Path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        ended = subprocess.run(
            [TIMING, "serve"], cwd=tmp_path, env=environment(tmp_path, port), check=False,
            timeout=60, capture_output=True, text=True,
        )  # fmt: skip
    assert ended.returncode == 2
    assert f"127.0.0.1:{port}: cannot be served (Address already in use" in ended.stderr
    assert "Traceback" not in ended.stderr
