"""Files of timing boxes as tables: the same grammars that read the boxes live."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from timing.core.clock import datetime_of
from timing.core.refusal import Problem, Refusal
from timing.files.feeds.csv_out import csv_text
from timing.readers.formats import FORMATS, UnknownFormatError, decode_file
from timing.readers.sighting import Refused, Sighting

HEADER = ("kind", "at", "chip", "bib", "box", "antenna", "rssi", "sequence", "line")


def table_of(name: str, path: Path) -> Iterator[tuple[str, Problem | None]]:
    """Give the lines of a CSV table, its header first, and a Problem for each refused line.

    Raises Refusal: no such format; OSError.
    """
    try:
        found = decode_file(name, path)
    except UnknownFormatError:
        known = ", ".join(sorted(FORMATS))
        sentence = f"{name!r} is no format; expected one of {known}"
        raise Refusal(Problem("format-unknown", sentence)) from None
    return _lines(found, path)


def _lines(found: Iterator[Sighting | Refused], path: Path) -> Iterator[tuple[str, Problem | None]]:
    yield csv_text(HEADER, ()), None
    for one in found:
        if isinstance(one, Refused):
            yield "", Problem(one.code, one.sentence, str(path), one.line_no)
        else:
            yield csv_text(_cells(one), ()), None


def _cells(sighting: Sighting) -> tuple[str, ...]:
    at = "" if sighting.at is None else datetime_of(sighting.at).isoformat()
    values = (
        sighting.kind, at, sighting.chip, sighting.bib, sighting.box, sighting.antenna,
        sighting.rssi, sighting.sequence, sighting.line,
    )  # fmt: skip
    return tuple("" if value is None else str(value) for value in values)
