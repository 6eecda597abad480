"""A private PostgreSQL server on a unix socket, started when the first test wants it.

Its files live in the folder of the test run. It never listens on a port, and it is ended by its
process id when the run ends, also when the run is killed.
"""

from __future__ import annotations

import fcntl
import os
import pwd
import shutil
import stat
import subprocess
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

INSTALL = "make test (brings pgserver), or apt-get install postgresql"
_FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
_ALWAYS = {"listen_addresses": "", "max_connections": "100", "shared_buffers": "64MB"}
# Ends the server ($2) and the folder ($3) when nobody holds the pipe ($1) open any more.
_WATCH = """(
cat "$1"
[ -e "$2" ] && kill -QUIT "$(head -n 1 "$2")"
rm -rf "$3"
) &"""


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A running server. ``folder`` holds its data and its socket."""

    folder: Path
    binaries: Path

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def conninfo(self, database: str = "postgres") -> str:
        return f"host={self.folder} user=postgres dbname={database}"

    @property
    def pid_file(self) -> Path:
        return self.folder / "data" / "postmaster.pid"


def find_binaries() -> Path | None:
    """Give the folder with initdb and pg_ctl: of the package pgserver, else of the system."""
    packaged = Path(sysconfig.get_path("purelib")) / "pgserver" / "pginstall" / "bin"
    on_path = shutil.which("initdb")
    candidates = [
        packaged,
        *([Path(on_path).resolve().parent] if on_path else []),
        *sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True),
    ]
    return next((path for path in candidates if (path / "initdb").exists()), None)


def shared_server(run: Path, binaries: Path) -> PostgresServer:
    """Give the one server of the test run, starting it if no other worker has."""
    server = PostgresServer(run / "postgres", _usable(binaries, run))
    with locked(run / "postgres.lock"):
        if not server.pid_file.exists():
            start_server(server.folder, binaries, **_FAST)
            _watch(server, run)
    return server


def stop_shared_server(run: Path) -> None:
    """End the server of the test run, if there is one."""
    binaries = find_binaries()
    if binaries and (run / "postgres").exists():
        stop_server(PostgresServer(run / "postgres", _usable(binaries, run)))


def start_server(folder: Path, binaries: Path, **options: str) -> PostgresServer:
    """Make a database cluster in ``folder`` and start a server on it."""
    folder.mkdir()
    server = PostgresServer(folder, _usable(binaries, folder.parent))
    who = _identity()
    if who:
        os.chown(folder, who["user"], who["group"])
    _run(server, "initdb", "--username=postgres", "--auth=trust", "--encoding=UTF8",
         "--no-locale", "--no-sync")  # fmt: skip
    chosen = _ALWAYS | {"unix_socket_directories": str(folder)} | options
    words = " ".join(f"-c {name}='{value}'" for name, value in chosen.items())
    _run(server, "pg_ctl", "--wait", f"--log={folder / 'log'}", f"--options={words}", "start")
    return server


def stop_server(server: PostgresServer) -> None:
    if server.pid_file.exists():
        _run(server, "pg_ctl", "--wait", "--mode=immediate", "stop")


def hold_open(run: Path) -> int:
    """Open the pipe that says the test run is alive; close it (or die) to end its server."""
    pipe = run / "alive"
    os.mkfifo(pipe)
    return os.open(pipe, os.O_RDWR)


def _watch(server: PostgresServer, run: Path) -> None:
    command = ["sh", "-c", _WATCH, "watch", str(run / "alive"), str(server.pid_file), str(run)]
    quiet = subprocess.DEVNULL
    subprocess.run(
        command, check=True, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
    )


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock that the workers of one test run share."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _run(server: PostgresServer, program: str, *arguments: str) -> None:
    command = [server.binaries / program, f"--pgdata={server.folder / 'data'}", *arguments]
    with (server.folder / "started.log").open("a") as log:
        done = subprocess.run(
            command, check=False, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            cwd=server.folder, timeout=60, **_identity(),
        )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{program} failed:\n{(server.folder / 'started.log').read_text()}")


def _identity() -> dict[str, Any]:
    """PostgreSQL refuses to run as root; nobody has all the rights that it needs."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _usable(binaries: Path, run: Path) -> Path:
    """Give the programs where the server's user can reach them (a home folder is often closed)."""
    closed = [path for path in binaries.parents if not path.stat().st_mode & stat.S_IXOTH]
    if os.geteuid() != 0 or not closed:
        return binaries
    site = binaries.parents[2]  # the package keeps its libraries beside itself
    copied = run / "site"
    if not copied.exists():
        for part in (binaries.parent, site / "pgserver.libs"):
            if part.exists():
                shutil.copytree(part, copied / part.relative_to(site), symlinks=True)
    return copied / binaries.relative_to(site)
