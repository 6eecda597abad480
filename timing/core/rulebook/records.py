"""Record books: what stood on a day, and what a new time is against it.

A book is data (config/rules/records/*.toml, or an event's own) and keeps the progression. Several
bodies list records; none of them is "the" record, so every answer names its body.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from timing.core.clock import Duration, TimeTextError, parse_duration
from timing.core.refusal import Problem
from timing.core.rulefile import accept, read_rules
from timing.core.sentence import Sentence, worded

_DATE_FORMS = {4: "{}-12-31", 7: "{}-31", 10: "{}"}
STATUSES = ("claimed", "pending", "listed", "ratified")
"""Somebody says so; it is before the body; a list has it that ratifies nothing; ratified."""


class Record(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One mark that was a record when it was set.

    discipline: as in the contest (``backward-mile``). distance: millimetres, 0 where the
    discipline says it all. sex: M, W or X for mixed. category: an age or para class, "" for all.
    surface: track, road, straight road, or "" where the source does not say. mark: the time as
    text. holders: several where it is shared or a relay's. date: ISO, shortened where the day is
    not known, "" where nothing is. body: who lists it. status: one of STATUSES. rule: the rules
    under which it was set. code, margin: as in the book, "" and 0 for those of the book.
    """

    discipline: str
    sex: str
    mark: str
    holders: tuple[str, ...]
    body: str
    status: str
    source: str
    distance: int = 0
    category: str = ""
    surface: str = ""
    nation: str = ""
    date: str = ""
    place: str = ""
    rule: str = ""
    note: str = ""
    code: str = ""
    margin: int = 0

    @property
    def time(self) -> Duration:
        """The mark as a span of time."""
        return parse_duration(self.mark)

    @property
    def since(self) -> str:
        """The last day on which it may have been set, in ISO form; "" for long ago."""
        return _DATE_FORMS[len(self.date)].format(self.date) if self.date else ""


class RecordBook(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Records of one kind.

    name: of the book, in words. code: what stands beside a time that beats one of them (``NR``).
    codes: what codes mean that are the book's own. margin: by how many per cent a new time may beat
    them before it is doubted. nations: only who runs for one of these may set them; () is anybody.
    """

    margin: int
    record: tuple[Record, ...]
    name: str = ""
    code: str = ""
    codes: Mapping[str, str] = {}
    nations: tuple[str, ...] = ()

    def is_for(self, run: Run) -> bool:
        """Whether somebody of that nation may set a record of this book."""
        return not self.nations or run.nation is None or run.nation in self.nations


class Run(NamedTuple):
    """A new official time, which for a record is the gun time.

    category: "" for the open class. nation: None for anybody's.
    """

    discipline: str
    sex: str
    time: int
    on: date
    category: str = ""
    surface: str = ""
    nation: str | None = None


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


def decode_book(
    text: str, file: str | None = None, *, known: Collection[str] | None = None
) -> RecordBook:
    """Read a record book. known: codes that need no meaning in the book. Raises Refusal."""
    book = read_rules(text, RecordBook, file=file)
    wrong = [*_wrong_in(book), *(_wrong_codes(book, known) if known is not None else ())]
    accept([Problem("bad-record", said, file) for said in wrong])
    return book


def _wrong_codes(book: RecordBook, known: Collection[str]) -> Iterator[Sentence]:
    """Say which codes nobody could read."""
    for number, record in enumerate(book.record, 1):
        code = record.code or book.code
        if not code or (code not in known and code not in book.codes):
            yield worded(
                "{where}: code {code!r} has no meaning; expected one of {known} or one of "
                "the book's own codes",
                where=_row(number, record),
                code=code,
                known=", ".join(sorted(known)),
            )


def _row(number: int, record: Record) -> Sentence:
    return worded(
        "row {number} of record ({discipline})", number=number, discipline=record.discipline
    )


def _wrong_in(book: RecordBook) -> Iterator[Sentence]:
    if book.margin < 1:
        yield worded("margin {margin}; expected 1 per cent or more", margin=str(book.margin))
    for number, record in enumerate(book.record, 1):
        where = _row(number, record)
        try:
            known = record.time > 0
        except TimeTextError:
            known = False
        if not known:
            yield worded("{where}: {mark!r} is not a time", where=where, mark=record.mark)
        if record.status not in STATUSES:
            yield worded(
                "{where}: status {status!r}; expected one of {known}",
                where=where,
                status=record.status,
                known=", ".join(STATUSES),
            )
        if not _is_date(record.date):
            yield worded(
                "{where}: date {date!r}; expected YYYY, YYYY-MM, YYYY-MM-DD or nothing",
                where=where,
                date=record.date,
            )
        if not (record.holders and record.source):
            yield worded("{where}: no holder or no source", where=where)


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
    """Give the records that stood before the day of a run, the best of each body and code.

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
    best: dict[tuple[str, str], int] = {}
    for record in able:
        kind = (record.body, record.code)
        best[kind] = min(record.time, best.get(kind, record.time))
    return [record for record in able if record.time == best[record.body, record.code]]


def standing_in(books: Iterable[RecordBook], run: Run) -> list[Record]:
    """Give what stood in several books, each record with the code and the margin that hold for it.

    Where two books have a record of one body and code, the better one stands.
    """
    able = [
        replace(record, code=record.code or book.code, margin=record.margin or book.margin)
        for book in books
        if book.is_for(run)
        for record in standing(book.record, run)
    ]
    return standing(dict.fromkeys(able), run)


def judge(books: Iterable[RecordBook], run: Run) -> list[Judgement]:
    """Say what a new time is against the record of every body; nothing where it is slower.

    A time that beats every one of these records by more than its margin is implausible for all of
    them: a misprint is likelier. One that beats an old list by more, but not the fastest, is
    possible.
    """
    records = standing_in(books, run)
    doubted = all(run.time * 100 < record.time * (100 - record.margin) for record in records)
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
