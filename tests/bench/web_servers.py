"""Servers of the benchmarks of pages: each a process of its own on loopback, ended by its id.

Run as a program: ``python -m tests.bench.web_servers waitress|granian PORT``.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

ROWS = 1000
SERVER, READERS = 0, 1
"""Cores: the server has one for itself, whoever asks has the other."""
_PATIENCE = 30


def on_core(core: int) -> list[str]:
    """Begin a command that stays on one core, ahead of other work where the system allows it.

    Server and readers alike: so a busy machine measures what a quiet one would.
    """
    words: list[str] = []
    chrt, taskset = shutil.which("chrt"), shutil.which("taskset")
    if chrt and subprocess.run([chrt, "-r", "1", "true"], check=False).returncode == 0:
        words += [chrt, "-r", "1"]
    if taskset and (os.cpu_count() or 1) > core:
        words += [taskset, "-c", str(core)]
    return words


@contextmanager
def ahead_of_others() -> Iterator[None]:
    """Measure in this process ahead of other work, where the system allows it."""
    usual = os.sched_getscheduler(0), os.sched_getparam(0)
    try:
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1))
    except PermissionError:
        usual = None
    try:
        yield
    finally:
        if usual is not None:
            os.sched_setscheduler(0, *usual)


def create():
    """The application with a thousand rows on one page; with the cache, as it is served."""
    from timing.app import create_app, gate, tune
    from timing.services.public import results

    tune()
    results.LEAF = ROWS
    app = create_app()
    gate(app)
    return app


def create_live():
    """The same without the cache: every page is rendered when it is asked for."""
    from timing.app import create_app
    from timing.services.public import results

    results.LEAF = ROWS
    return create_app(ticks=None)


def main(kind: str, port: int) -> None:
    if kind == "waitress":
        import waitress

        waitress.serve(create_live(), host="127.0.0.1", port=port, threads=4, _quiet=True)
        return
    from timing.app import make_server

    make_server("tests.bench.web_servers:create", "127.0.0.1", port).serve()


@contextmanager
def running(command: list[str], environment: dict[str, str], port: int) -> Iterator[str]:
    """Give the address of a server that runs until the end of the block."""
    with subprocess.Popen(
        [*on_core(SERVER), *command], env=environment, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, cwd=Path(__file__).parents[2],
    ) as serving:  # fmt: skip
        try:
            _await(serving, port)
            yield f"http://127.0.0.1:{port}"
        finally:
            serving.terminate()
            try:
                serving.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                serving.kill()


def ours(kind: str, environment: dict[str, str]):
    port = free_port()
    command = [sys.executable, "-m", "tests.bench.web_servers", kind, str(port)]
    return running(command, environment, port)


def nginx(program: str, folder: Path):
    """A server of the files of a folder, on one worker, that prefers what is compressed."""
    port = free_port()
    conf = folder / "nginx.conf"
    conf.write_text(
        f"daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log /dev/null;\n"
        "events { worker_connections 2048; }\n"
        f"http {{ access_log off; client_body_temp_path {folder}/b; proxy_temp_path {folder}/p;\n"
        f" fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;\n"
        " sendfile on; keepalive_requests 1000000; gzip_static on; types { text/html html; }\n"
        f" server {{ listen 127.0.0.1:{port}; root {folder}/www; }} }}\n"
    )
    return running([program, "-c", str(conf)], {"PATH": "/usr/bin:/bin"}, port)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _await(serving: subprocess.Popen, port: int) -> None:
    until, serving_soon = time.monotonic() + _PATIENCE, Event()
    while serving.poll() is None and time.monotonic() < until:
        with socket.socket() as caller:
            if caller.connect_ex(("127.0.0.1", port)) == 0:
                return
        serving_soon.wait(0.1)
    raise AssertionError("the server of the benchmark did not start")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
