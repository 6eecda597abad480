"""The journal of an event as JSON lines: written once, read again without losing anything.

The first line says what the file is; every other one is a read or a ruling.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from timing.core.clock import Instant
from timing.core.journal.lines import Journal, Read, Ruling
from timing.core.journal.rulings import RulingDecodeError, decode_act, encode_act
from timing.files.tables.findings import Findings

VERSION = 1


class _Head(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="journal"):
    version: int
    event: str
    seq: int


class _Read(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="read"):
    station: str
    n: int
    point: str
    bib: str | None = None
    chip: str | None = None
    at: int | None = None
    source: str
    strength: int = 0


class _Ruling(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="ruling"):
    station: str
    n: int
    at: int
    kind: str
    data: dict[str, Any]
    reason: str = ""
    author: str = ""


_LINE = msgspec.json.Decoder(_Head | _Read | _Ruling)
_encode = msgspec.json.Encoder(order="deterministic").encode


def journal_lines(event: str, journal: Journal) -> Iterator[bytes]:
    """The lines of the file, each with its line feed. event: the slug."""
    yield _encode(_Head(version=VERSION, event=event, seq=journal.seq)) + b"\n"
    for read in journal.reads:
        yield _encode(_Read(**read._asdict())) + b"\n"
    for ruling in journal.rulings:
        kind, data = encode_act(ruling.act)
        line = _Ruling(
            station=ruling.station, n=ruling.n, at=ruling.at, kind=kind, data=data,
            reason=ruling.reason, author=ruling.author,
        )  # fmt: skip
        yield _encode(line) + b"\n"


def read_journal(path: Path, findings: Findings) -> tuple[str, Journal]:
    """Slug of the event and its journal. Raises Refusal with every line that is wrong."""
    try:
        with path.open("rb") as stream:
            found = _parse(stream, str(path), findings)
    except OSError as error:
        sentence = f"the file cannot be read ({error.strerror}); expected a journal"
        findings.problem("journal", sentence, str(path))
        findings.refuse()
    findings.settle()
    return found


def _parse(lines: Iterable[bytes], file: str, findings: Findings) -> tuple[str, Journal]:
    head: _Head | None = None
    reads: list[Read] = []
    rulings: list[Ruling] = []
    for number, raw in enumerate(lines, 1):
        try:
            line = _LINE.decode(raw)
            if isinstance(line, _Head) == (number > 1):
                raise ValueError("the head of a journal stands in the first line and only there")  # noqa: TRY301
            match line:
                case _Head():
                    head = _current(line)
                case _Read():
                    reads.append(Read(**msgspec.structs.asdict(line)))
                case _:
                    rulings.append(_ruling(line))
        except (ValueError, RulingDecodeError) as error:
            sentence = f"{error}; expected a line of a journal as it was exported"
            findings.problem("journal", sentence, file, number)
    if head is None:
        findings.problem("journal", "there is no head; expected a journal as exported", file)
        findings.refuse()
    return head.event, Journal(tuple(reads), tuple(rulings), head.seq)


def _current(head: _Head) -> _Head:
    if head.version != VERSION:
        raise ValueError(f"version {head.version} of the format; expected {VERSION}")
    return head


def _ruling(line: _Ruling) -> Ruling:
    made = decode_act(line.kind, line.data)
    return Ruling(line.station, line.n, Instant(line.at), made, line.reason, line.author)
