"""One word and one address make a running reader: the right driver for each format."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from timing.core.clock import SECOND, Duration, Instant
from timing.core.sentence import worded
from timing.readers.connection import listen_on, read_from
from timing.readers.delivery import Host, Sink
from timing.readers.formats import Format, format_named
from timing.readers.grammar import Grammar, Setup, whole
from timing.readers.sighting import Position
from timing.readers.watch import watch

EVERYWHERE = "0.0.0.0"  # noqa: S104 - a box in the network dials us
_PORTS = range(1, 65_536)


class WhereError(ValueError):
    """Nothing can be read there; the sentence says what was found and what was expected."""


def run(name: str, where: str, setup: Setup, sink: Sink, host: Host) -> None:
    """Read a live box or watch files until the work is stopped.

    where: for a box to which we connect HOST[:PORT]; for one that dials us [HOST][:PORT], empty
    for every address and the usual port; for files a path, a folder or a pattern like
    ``folder/*.csv``. Raises UnknownFormatError, WhereError, table.ColumnsError and, if a port
    cannot be opened, OSError.
    """
    made = format_named(name)
    if made.way == "file":
        made.make(setup)
        watch(files_at(where), lambda _: made.make(setup), sink, host)
        return
    make = _fresh(made, setup, host.clock)
    if made.way == "listen":
        address = address_of(where, made.port, EVERYWHERE)
        listen_on(address, make, sink, host, lambda at: host.tell(f"listening on {at[0]}:{at[1]}"))
    else:
        silence = None if made.silence is None else Duration(made.silence * SECOND)
        read_from(address_of(where, made.port), make, sink, host, silence)


def _fresh(
    made: Format, setup: Setup, clock: Callable[[], Instant]
) -> Callable[[Position], Grammar]:
    """A grammar for each connection, which knows what time it is when the box has no date."""

    def make(position: Position) -> Grammar:
        zone = setup.zone._replace(now=clock())
        return made.make(setup._replace(position=position, zone=zone))

    return make


def address_of(where: str, port: int | None, host: str = "") -> tuple[str, int]:
    """Read HOST[:PORT]; what is missing is taken from the arguments. Raises WhereError."""
    said, colon, number = where.strip().rpartition(":")
    if not colon:
        said, number = where.strip(), ""
    chosen = whole(number) if number else port
    if not (said or host) or chosen is None or chosen not in _PORTS:
        usual = worded("HOST or HOST:PORT, usually port {port}", port=port or 0)
        expected = "HOST:PORT" if port is None else usual
        raise WhereError(
            worded("{where!r} is no address; expected {expected}", where=where, expected=expected)
        )
    return said or host, chosen


def files_at(where: str) -> Callable[[], Iterable[Path]]:
    """The files of a path, a folder or a pattern, as they are each time. Raises WhereError."""
    path = Path(where)
    if not where.strip():
        raise WhereError(
            worded("no file was named; expected a path, a folder or a pattern like *.csv")
        )
    if "*" in path.name or "?" in path.name:
        return lambda: (found for found in path.parent.glob(path.name) if found.is_file())
    if path.is_dir():
        return lambda: (found for found in path.iterdir() if found.is_file())
    return lambda: [path]
