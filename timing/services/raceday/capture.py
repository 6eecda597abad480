"""Lines from stations: taken down as they come, acknowledged one by one, never refused for sense.

A line that is not even a line (no number, no identity) is named and given back; all others are
kept, and what does not fit becomes an anomaly in the fold. A station may take its own line back or
name its bib later; such a line is a ruling, and is written under the same number.
"""

from __future__ import annotations

import json
from typing import Annotated, Any, NamedTuple

import msgspec
from msgspec import Meta, Struct

from timing.core.clock import Duration, Instant
from timing.core.fold.attribution import DESK
from timing.core.journal.lines import Read, Ruling
from timing.core.journal.rulings import Act, Attribute, Confirm, Note, Void
from timing.core.telling.checkin import ITEMS
from timing.services.house import House
from timing.services.office.stations import Permit
from timing.store.jotting import jot
from timing.store.raw_lines import RawLine
from timing.store.stations import StationRow

_MOST = 2**31 - 1  # what a column of counting numbers holds
_Text = Annotated[str, Meta(max_length=64)]
_Number = Annotated[int, Meta(ge=1, le=_MOST)]
_WILD = 2**62  # an offset as far off says nothing
_Moment = Annotated[int, Meta(ge=-(2**63), le=2**63 - 1)]


class Line(Struct, frozen=True, kw_only=True):
    """A line as a station sends it. at: microseconds since 1970 on its clock, None without one.

    about: the number of an earlier line of the same station. With what = "undo" it is taken back,
    with "bib" it gets this bib, with "note" this text; else the line is a read.
    """

    n: _Number
    bib: _Text | None = None
    chip: _Text | None = None
    at: _Moment | None = None
    source: _Text = "typed"
    point: _Text | None = None
    strength: Annotated[int, Meta(ge=-_MOST, le=_MOST)] = 0
    what: _Text = "read"
    about: _Number | None = None
    text: Annotated[str, Meta(max_length=500)] = ""


class Batch(Struct, frozen=True, kw_only=True):
    """What a station sends at once. unsent: lines it has besides these. offset: of its clock."""

    station: Annotated[str, Meta(pattern="^[!-~]{8,64}$")]
    lines: Annotated[list[Any], Meta(max_length=1000)] = msgspec.field(default_factory=list)
    unsent: int = 0
    offset: int | None = None
    name: str = ""


class Receipt(NamedTuple):
    """What became of a line: ``new``, ``known``, ``clash``, or ``unreadable`` with a sentence."""

    n: int
    outcome: str
    seq: int
    sentence: str = ""


class NoBatchError(ValueError):
    """What a station sent is no batch at all; the sentence says what was expected."""


class _Sent(Batch, frozen=True, kw_only=True):
    """A batch of which each line is still as it was sent."""

    lines: Annotated[list[msgspec.Raw], Meta(max_length=1000)] = msgspec.field(default_factory=list)


_BATCHES, _LINES = msgspec.json.Decoder(_Sent), msgspec.json.Decoder(Line)


def read_batch(sent: bytes) -> Batch:
    """Read a batch as it was sent. Raises NoBatchError.

    One line with half a letter or a number of any size must not cost the lines beside it, so what
    the strict reader refuses is read once more by the patient one.
    """
    try:
        return _BATCHES.decode(sent)
    except msgspec.DecodeError as error:
        try:
            return msgspec.convert(json.loads(sent), Batch)
        except (ValueError, RecursionError):
            raise NoBatchError(str(error)) from None


def take(house: House, permit: Permit, batch: Batch) -> list[Receipt]:
    """Write a batch down in one transaction; all its receipts are true once this returns.

    The link decides the timing point or the desk, whatever a line says. Each line is also kept as
    it came, with the raw stamp of the device, whatever became of it.
    """
    reads: list[Read] = []
    rulings: list[Ruling] = []
    receipts: list[Receipt] = []
    verbatim: list[RawLine] = []
    for raw in batch.lines:
        try:
            line = _line(raw)
            act = _act(batch.station, line, permit)
        except msgspec.ValidationError as error:
            n = _number(raw)
            receipts.append(Receipt(n, "unreadable", 0, str(error)))
            verbatim.append(RawLine(n, _written(raw), n, str(error)))
            continue
        verbatim.append(RawLine(line.n, _written(raw), line.n))
        if act is None:
            reads.append(_read(batch.station, line, permit))
        else:
            at = Instant(house.clock() if line.at is None else line.at)
            rulings.append(Ruling(batch.station, line.n, at, act, line.text, permit.name))
    heard = _heard(house, permit, batch)
    appended = jot(house.store, heard, [*reads, *rulings], verbatim, house.clock())
    receipts += [Receipt(one.line[1], one.outcome, one.seq) for one in appended]
    return sorted(receipts)


def _line(raw: object) -> Line:
    """Read one line, strictly and then patiently. Raises ValidationError."""
    if isinstance(raw, msgspec.Raw):
        try:
            return _LINES.decode(raw)
        except msgspec.DecodeError:
            raw = _patiently(raw)
    return msgspec.convert(raw, Line)


def _patiently(raw: msgspec.Raw) -> object:
    """Read what the strict reader refuses: half a letter, or a number of any size."""
    try:
        return json.loads(bytes(raw))
    except (ValueError, RecursionError):
        return None


def _act(station: str, line: Line, permit: Permit) -> Act | None:
    """Give what a line decides about an earlier line of its own station, None for a read.

    At a desk a line of the kind "seen" says that an entry (about) has shown an item (text).
    """
    if line.what == "read":
        return None
    if line.about is None:
        raise msgspec.ValidationError(f"a line of the kind {line.what!r} names no line (about)")
    target = (station, line.about)
    if permit.desk and line.what == "seen" and line.text in ITEMS:
        return Confirm(entry=line.about, item=line.text)
    match line.what:
        case "undo":
            return Void(line=target)
        case "bib":
            return Attribute(line=target, bib=(line.bib or "").strip())
        case "note":
            return Note(line=target, text=line.text)
        case other:
            raise msgspec.ValidationError(f"{other!r} is no kind of line: read, undo, bib or note")


def _number(raw: object) -> int:
    """Give the number of a line; 0 for one that has none that can be kept."""
    said = _patiently(raw) if isinstance(raw, msgspec.Raw) else raw
    n = said.get("n") if isinstance(said, dict) else None
    return n if isinstance(n, int) and not isinstance(n, bool) and 1 <= n <= _MOST else 0


def _written(raw: object) -> bytes:
    if isinstance(raw, msgspec.Raw):
        return bytes(raw)
    try:
        return msgspec.json.encode(raw)
    except (ValueError, OverflowError):  # half a letter, or a number of any size
        return json.dumps(raw).encode()


def _read(station: str, line: Line, permit: Permit) -> Read:
    at = None if line.at is None else Instant(line.at)
    point = permit.point or permit.desk or line.point or ""
    source = DESK if permit.desk else line.source
    bib = line.bib.strip() if line.bib else None
    return Read(station, line.n, point, bib or None, line.chip or None, at, source, line.strength)


def _heard(house: House, permit: Permit, batch: Batch) -> StationRow:
    now = house.clock()
    off = batch.offset
    offset = None if off is None or abs(off) >= _WILD else Duration(off)
    unsent = max(0, min(batch.unsent, _MOST))
    name = batch.name[:64].replace("\0", "").encode(errors="ignore").decode() or permit.name
    return StationRow(
        permit.event, batch.station, permit.token_hash, name, permit.point or permit.desk, now, now,
        unsent, offset,
    )  # fmt: skip
