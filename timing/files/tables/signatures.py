"""What kind of table a file is, by its first bytes and not by its name."""

from __future__ import annotations

from pathlib import Path

ZIP = b"PK\x03\x04"
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"


def is_workbook(path: Path) -> bool:
    """Whether a file is a workbook, by its first bytes and not by its name."""
    if not path.is_file():
        return False
    with path.open("rb") as stream:
        return stream.read(4) in (ZIP, OLD_WORKBOOK)
