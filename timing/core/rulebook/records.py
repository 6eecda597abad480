"""Record books: what stood on a day, and what a new time is against it.

A book is data (config/rules/records/*.toml) and keeps the progression. Several bodies list
records; none of them is "the" record, so every answer names its body.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from msgspec import Struct

from timing.core.clock import Duration, TimeTextError, parse_duration
from timing.core.refusal import Problem
from timing.core.rulefile import accept, read_rules

_DATE_FORMS = {4: "{}-12-31", 7: "{}-31", 10: "{}"}
STATUSES = ("claimed", "pending", "listed", "ratified")
"""Somebody says so; it is before the body; a list has it that ratifies nothing; ratified."""


class Record(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One mark that was a record when it was set.

    discipline: as in the contest (``backward-mile``). distance: millimetres. sex: M, W or X for
    mixed. category: an age or para class, "" for all. surface: track, road, straight road, or ""
    where the source does not say. mark: the time as text. holders: several where it is shared or
    a relay's. date: ISO, shortened where the day is not known, "" where nothing is.
    body: who lists it. status: one of STATUSES. rule: the rules under which it was set.
    """

    discipline: str
    distance: int
    sex: str
    mark: str
    holders: tuple[str, ...]
    body: str
    status: str
    source: str
    category: str = ""
    surface: str = ""
    nation: str = ""
    date: str = ""
    place: str = ""
    rule: str = ""
    note: str = ""

    @property
    def time(self) -> Duration:
        """The mark as a span of time."""
        return parse_duration(self.mark)

    @property
    def since(self) -> str:
        """The last day on which it may have been set, in ISO form; "" for long ago."""
        return _DATE_FORMS[len(self.date)].format(self.date) if self.date else ""


class RecordBook(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Records, and by how many per cent a new time may beat them before it is doubted."""

    margin: int
    record: tuple[Record, ...]


class Run(NamedTuple):
    """A new official time, which for a record is the gun time. category: "" for the open class."""

    discipline: str
    sex: str
    time: int
    on: date
    category: str = ""
    surface: str = ""


class Verdict(StrEnum):
    """What a new time is against a record that stood on its day."""

    POSSIBLE = "possible-record"
    EQUALLED = "record-equalled"
    IMPLAUSIBLE = "implausible-record"


class Judgement(NamedTuple):
    """A verdict against one record. better: by how many per cent the time is better."""

    verdict: Verdict
    record: Record
    better: Fraction


def decode_book(text: str, file: str | None = None) -> RecordBook:
    """Read a record book. Raises Refusal."""
    book = read_rules(text, RecordBook, file=file)
    accept([Problem("bad-record", sentence, file) for sentence in _wrong_in(book)])
    return book


def _wrong_in(book: RecordBook) -> Iterator[str]:
    if book.margin < 1:
        yield f"margin {book.margin}; expected 1 per cent or more"
    for number, record in enumerate(book.record, 1):
        where = f"row {number} of record ({record.discipline})"
        try:
            known = record.time > 0
        except TimeTextError:
            known = False
        if not known:
            yield f"{where}: {record.mark!r} is not a time"
        if record.status not in STATUSES:
            yield f"{where}: status {record.status!r}; expected one of {', '.join(STATUSES)}"
        if not _is_date(record.date):
            yield f"{where}: date {record.date!r}; expected YYYY, YYYY-MM, YYYY-MM-DD or nothing"
        if not (record.holders and record.source):
            yield f"{where}: no holder or no source"


def _is_date(text: str) -> bool:
    """Whether a text is a date, a month or a year, or nothing."""
    form = {0: "2000-01-01", 4: "{}-01-01", 7: "{}-01", 10: "{}"}.get(len(text))
    try:
        return form is not None and bool(date.fromisoformat(form.format(text)))
    except ValueError:
        return False


def standing(
    book: Iterable[Record], run: Run, *, body: str | None = None, statuses: Sequence[str] = STATUSES
) -> list[Record]:
    """Give the records that stood before the day of a run, the best one of each body.

    A record that several hold, or that was equalled, comes once for each. A surface that is not
    stated is any. A record counts from the day after it was set: a shortened date counts as its
    last day, no date as long ago.
    """
    able = [
        record
        for record in book
        if (record.discipline, record.sex, record.category)
        == (run.discipline, run.sex, run.category)
        and (not (run.surface and record.surface) or record.surface == run.surface)
        and body in (None, record.body)
        and record.status in statuses
        and record.since < run.on.isoformat()
    ]
    best: dict[str, int] = {}
    for record in able:
        best[record.body] = min(record.time, best.get(record.body, record.time))
    return [record for record in able if record.time == best[record.body]]


def judge(book: RecordBook, run: Run) -> list[Judgement]:
    """Say what a new time is against the record of every body; nothing where it is slower.

    A time that beats the fastest of all these records by more than the margin of the book is
    implausible for all of them: a misprint is likelier. One that beats an old list by more, but
    not the fastest, is possible.
    """
    records = standing(book.record, run)
    if not records:
        return []
    fastest = min(record.time for record in records)
    doubted = run.time * 100 < fastest * (100 - book.margin)
    return [
        Judgement(_verdict(run.time, record.time, doubted=doubted), record, _better(run, record))
        for record in records
        if run.time <= record.time
    ]


def _verdict(time: int, mark: int, *, doubted: bool) -> Verdict:
    if doubted:
        return Verdict.IMPLAUSIBLE
    return Verdict.EQUALLED if time == mark else Verdict.POSSIBLE


def _better(run: Run, record: Record) -> Fraction:
    return Fraction(100 * (record.time - run.time), record.time)
