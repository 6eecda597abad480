"""timing serve: the pages from the terminal."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import sysconfig
import urllib.error
import urllib.request
from pathlib import Path

import msgspec
import pytest

from tests.machines.terminal import Terminal, terminal
from timing.cli.serve import address
from timing.settings import Settings, load_settings

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


def test_it_refuses_a_database_that_is_not_there(tmp_path: Path):
    chosen = load_settings({"TIMING_DATABASE_URL": f"sqlite:///{tmp_path}/none.db"})
    call: Terminal = terminal(load_settings=lambda: chosen, serve=pytest.fail)
    ended = call("serve")
    assert (ended.exit_code, ended.stdout) == (2, "")
    assert "there is no database yet; timing db upgrade makes it" in ended.stderr


@pytest.fixture
def installation(tmp_path: Path) -> dict[str, str]:
    """The environment of an installation in an empty folder, with a database and a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {"PATH": os.defpath, "HOME": str(tmp_path), "PORT": str(port)}
    subprocess.run(
        [TIMING, "db", "upgrade"], cwd=tmp_path, env=environment, check=True, capture_output=True
    )
    return environment


@pytest.mark.slow
def test_a_real_server_answers_and_ends_when_it_is_interrupted(
    installation: dict[str, str], tmp_path: Path
):
    url = f"http://127.0.0.1:{installation['PORT']}/static/icon.svg"
    with subprocess.Popen(
        [TIMING, "serve"], cwd=tmp_path, env=installation, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True,
    ) as serving:  # fmt: skip
        try:
            assert answer(url, serving) == 200
        finally:
            serving.send_signal(signal.SIGINT)
            _out, err = serving.communicate(timeout=30)
    assert serving.returncode == 0
    assert err == ""


def answer(url: str, serving: subprocess.Popen[str]) -> int:
    """Ask until the server listens; the test's timeout ends what never answers."""
    while serving.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5) as page:  # noqa: S310 - loopback
                return page.status
        except (urllib.error.URLError, ConnectionError):
            pause()
    return 0


def pause() -> None:
    subprocess.run([sys.executable, "-c", "pass"], check=True)


@pytest.mark.slow
def test_a_port_that_is_taken_is_named(installation: dict[str, str], tmp_path: Path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", int(installation["PORT"])))
        other.listen()
        ended = subprocess.run(
            [TIMING, "serve"], cwd=tmp_path, env=installation, check=False, timeout=60,
            capture_output=True, text=True,
        )  # fmt: skip
    assert ended.returncode == 2
    assert f"127.0.0.1:{installation['PORT']}: cannot be served (Address already" in ended.stderr
    assert "Traceback" not in ended.stderr
