"""Entrants in the formats of other programs: every format becomes the same records.

A format is chosen by name, or found by the first characters of the file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from timing.files.entrants.entries import table_records
from timing.files.entrants.hytek import hytek_records
from timing.files.entrants.runsignup import runsignup_records
from timing.files.feeds.lynx import lynx_records
from timing.files.tables.findings import Findings
from timing.files.tables.headers import Record

Reader = Callable[[Path, Findings, str | None], list[Record]]

FORMATS: Mapping[str, Reader] = {
    "table": table_records,
    "runsignup": lambda path, findings, _: runsignup_records(path, findings),
    "hytek": hytek_records,
    "finishlynx": lynx_records,
}
"""Format -> what reads it. UltraSignup and most others export an ordinary table."""


def format_of(path: Path) -> str:
    """The format of a file by its name and its first characters; a table where nothing tells."""
    if path.suffix.lower() == ".ppl":
        return "finishlynx"
    if not path.is_file():
        return "table"
    with path.open("rb") as stream:
        start = stream.read(8).lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:1] in (b"[", b"{") or start[:2] == b'"[':
        return "runsignup"
    return "hytek" if start[:2] in (b"I;", b"D;", b"E;", b"Q;", b"R;") else "table"
