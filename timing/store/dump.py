"""A database as lines of JSON, whole and checked: a head, tables with their rows, and an end.

The end carries the number of rows and a SHA-256 of all lines before it, so that a file that was cut
or changed is known before anything of it is used.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import msgspec

from timing.core.refusal import Problem, Refusal

FORMAT = 1


class Section(NamedTuple):
    """One table. binary: names of the columns that hold bytes."""

    table: str
    columns: tuple[str, ...]
    binary: tuple[str, ...]
    rows: Iterable[Sequence[Any]]


class Summary(NamedTuple):
    """What the head and the end of a file say."""

    revision: str
    rows: int


def write(target: Path, revision: str, sections: Iterable[Section]) -> None:
    """Write a file. bytes become base64."""
    with target.open("wb") as file:
        page = _Page(file)
        page.add({"timing": "backup", "format": FORMAT, "revision": revision})
        rows = 0
        for table, columns, binary, content in sections:
            page.add({"table": table, "columns": columns, "binary": binary})
            for row in content:
                page.add(list(row))
                rows += 1
        page.add({"end": rows, "sha256": page.digest.hexdigest()})


def check(source: Path) -> Summary:
    """Read a file through and give its head. Raises Refusal if it is cut, changed or no backup."""
    digest, rows, last = hashlib.sha256(), 0, b""
    with source.open("rb") as file:
        head = _decoded(source, 1, file.readline())
        if not isinstance(head, dict) or head.get("timing") != "backup":
            raise _refused(source, "is no backup; expected a file that timing backup has written")
        if head.get("format") != FORMAT:
            raise _refused(source, f"has format {head.get('format')}; expected {FORMAT}")
        file.seek(0)
        for line in file:
            digest.update(last)
            rows += last.startswith(b"[")
            last = line
    end = _decoded(source, None, last)
    if end != {"end": rows, "sha256": digest.hexdigest()}:
        raise _refused(source, "was cut or changed; the end does not fit what stands before it")
    return Summary(head["revision"], rows)


def read(source: Path) -> Iterator[Section]:
    """Give the tables of a checked file in order; each must be used up before the next."""
    with source.open("rb") as file:
        file.readline()
        ahead = _Ahead(file)
        while "table" in (head := ahead.head):
            binary = tuple(head["binary"])
            columns = tuple(head["columns"])
            where = [columns.index(name) for name in binary]
            yield Section(head["table"], columns, binary, ahead.rows(where))


class _Page:
    """Lines on their way into a file, and the digest of them."""

    def __init__(self, file: BinaryIO) -> None:
        self.digest = hashlib.sha256()
        self._file = file

    def add(self, line: Any) -> None:
        text = msgspec.json.encode(line) + b"\n"
        self.digest.update(text)
        self._file.write(text)


class _Ahead:
    """Lines of a file, one read ahead: the heads are objects, the rows are lists."""

    def __init__(self, file: BinaryIO) -> None:
        self._lines = map(msgspec.json.decode, file)
        self.head: dict[str, Any] = next(self._lines)

    def rows(self, binary: Sequence[int]) -> Iterator[list[Any]]:
        for line in self._lines:
            if isinstance(line, dict):
                self.head = line
                return
            for place in binary:
                line[place] = None if line[place] is None else base64.b64decode(line[place])
            yield line


def _decoded(source: Path, number: int | None, line: bytes) -> Any:
    try:
        return msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise Refusal(
            Problem("backup-unreadable", "is no line of a backup", str(source), number)
        ) from None


def _refused(source: Path, sentence: str) -> Refusal:
    return Refusal(Problem("backup-unreadable", sentence, str(source)))
