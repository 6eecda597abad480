"""``timing serve`` as a process of its own, on a free port of loopback, ended as a user would."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.machines.ports import free_port

_PATIENCE = 30  # seconds that a server may take to end
_GLANCE = 0.1  # seconds between two looks whether it answers


def environment(folder: Path, port: int) -> dict[str, str]:
    """Give the environment of an installation in ``folder`` and nothing else."""
    return {"PATH": os.defpath, "HOME": str(folder), "PORT": str(port)}


@contextmanager
def served_from(program: Path, folder: Path) -> Iterator[str]:
    """Give the address of a real server that works in ``folder``; it must end without a word."""
    port = free_port()
    with subprocess.Popen(
        [program, "serve"], cwd=folder, env=environment(folder, port),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as serving:  # fmt: skip
        try:
            _await_answer(serving, port)
            yield f"http://127.0.0.1:{port}"
        finally:
            serving.send_signal(signal.SIGINT)
            _said, complaints = serving.communicate(timeout=_PATIENCE)
    assert (serving.returncode, complaints) == (0, "")


def fetch(url: str) -> str:
    """Give the text of a page; an error status is given as its text, too."""
    try:
        with urllib.request.urlopen(url, timeout=_PATIENCE) as page:  # noqa: S310 - loopback
            return page.read().decode("utf-8")
    except urllib.error.HTTPError as error:
        with error:
            return f"{error.code}: {error.read().decode('utf-8')}"


def _await_answer(serving: subprocess.Popen[str], port: int) -> None:
    """Wait until the port is open or the process has ended; the test's timeout bounds it."""
    while serving.poll() is None:
        with socket.socket() as caller:
            if caller.connect_ex(("127.0.0.1", port)) == 0:
                return
        try:
            serving.wait(_GLANCE)
        except subprocess.TimeoutExpired:
            continue
