"""The table of decisions: rows become acts of the journal, as an official would have ruled.

A row is one ruling: what was decided, about which bib or line, the value, and why.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from timing.core.clock import Duration, Instant, TimeTextError, parse_duration
from timing.core.journal import rulings as act
from timing.core.setup.called_off import Fate
from timing.core.setup.roster import EntryId
from timing.core.status import Status
from timing.files.entrants.entered import bib_key
from timing.files.entrants.values import split_list
from timing.files.tables.findings import Findings
from timing.files.tables.headers import Record, fold, name_columns, records
from timing.files.tables.rows import read_rows

ROUND = "final"
"""The only round of a race that is scored from files."""


class Ruled(NamedTuple):
    """One decision, the line of the table on which it stands, and the leg it is about (or 0).

    word: the ruling as the table names it.
    """

    line: int
    act: act.Act
    reason: str
    author: str
    leg: int = 0
    word: str = ""


class Ground(NamedTuple):
    """What rulings speak of: entries by bib, lines of the times by order, and the clock.

    zero: the moment at which the clock of the times was started. spelling: of the bibs.
    """

    entries: Mapping[str, tuple[EntryId, ...]]
    contest_of: Mapping[EntryId, str]
    lines: Mapping[int, act.Line]
    waves: frozenset[str]
    zero: Instant
    dots_separate: bool
    spelling: Mapping[str, str] = MappingProxyType({})


class _WrongRowError(ValueError):
    """A row that is no ruling; the sentence says why."""


Builder = Callable[["_Row"], act.Act]


class _Row(NamedTuple):
    record: Record
    ground: Ground

    def text(self, field: str, expected: str) -> str:
        cell = self.record.get(field)
        if not cell:
            raise _WrongRowError(f"the {field} is missing; expected {expected}")
        return cell

    def entry(self) -> EntryId:
        return self._entry(self.text("bib", "the bib of an entrant"))

    def wearer(self) -> str:
        """A registered bib as the entries spell it."""
        bib = self.text("bib", "the right bib")
        if bib_key(bib) not in self.ground.entries:
            raise _WrongRowError(f"bib {bib!r} is not registered; expected a bib of the entries")
        return self.ground.spelling.get(bib_key(bib), bib)

    def group(self, least: int = 2) -> tuple[EntryId, ...]:
        bibs = split_list(self.text("bib", "the bibs of entrants"))
        if len(bibs) < least:
            raise _WrongRowError(f"one bib, {bibs[0]!r}; expected two or more, such as 12 17")
        return tuple(self._entry(bib) for bib in bibs)

    def _entry(self, bib: str) -> EntryId:
        found = self.ground.entries.get(bib_key(bib), ())
        if not found:
            raise _WrongRowError(f"bib {bib!r} is not registered; expected a bib of the entries")
        contest = self.record.get("contest")
        named = [each for each in found if self.ground.contest_of[each] == contest]
        if len(found) > 1 and len(named) != 1:
            known = ", ".join(self.ground.contest_of[each] for each in found)
            raise _WrongRowError(f"bib {bib!r} runs in {known}; expected one of them as contest")
        return (named or found)[0]

    def line(self) -> act.Line:
        cell = self.text("line", "the order of a line of the times")
        found = self.ground.lines.get(int(cell)) if cell.isdecimal() else None
        if found is None:
            raise _WrongRowError(f"line {cell!r} is not in the times; expected its order there")
        return found

    def leg(self) -> int:
        cell = self.record.get("leg")
        if cell and not (cell.isdecimal() and 0 < int(cell) < 100):
            raise _WrongRowError(f"the leg is {cell!r}; expected its number")
        return int(cell or 0)

    def time(self, *, signed: bool = False) -> Duration:
        cell = self.text("value", "a time")
        return parse_duration(cell, dots_separate=self.ground.dots_separate, signed=signed)

    def contests(self) -> tuple[str, ...]:
        """The contest that is called off; without one it is the whole race."""
        contest = self.record.get("contest")
        return (contest,) if contest else ()

    def stands(self) -> Instant | None:
        """As of when a stopped race counts; without a time there is no ranking."""
        return Instant(self.ground.zero + self.time()) if self.record.get("value") else None

    def wave(self) -> str:
        wave = self.text("value", "the code of a wave")
        if wave not in self.ground.waves:
            known = ", ".join(sorted(self.ground.waves))
            raise _WrongRowError(f"wave {wave!r} is unknown; expected one of {known}")
        return wave


def lines_ruled_on(ruled: Sequence[Ruled]) -> frozenset[act.Line]:
    """The lines of the times that an official looked at and corrected or voided."""
    return frozenset(
        one.act.line
        for one in ruled
        if isinstance(one.act, act.Void | act.Attribute | act.Retime | act.Repoint)
    )


def _status(status: Status) -> Builder:
    return lambda row: act.SetStatus(
        entry=row.entry(), round=ROUND, status=status, rule=row.record.get("rule")
    )


BUILDERS: dict[str, Builder] = {
    "dns": _status(Status.DNS),
    "dnf": _status(Status.DNF),
    "dq": _status(Status.DQ),
    "otl": _status(Status.OTL),
    "wd": _status(Status.WD),
    "ok": _status(Status.OK),
    "time": lambda row: act.SetTime(entry=row.entry(), round=ROUND, elapsed=row.time()),
    "offset": lambda row: act.StartOffset(
        entry=row.entry(), round=ROUND, offset=row.time(signed=True)
    ),
    "penalty": lambda row: act.Penalty(
        entry=row.entry(), round=ROUND, time=row.time(), rule=row.record.get("rule")
    ),
    "caution": lambda row: act.Caution(
        entry=row.entry(), round=ROUND, code=row.text("rule", "the code of the infraction")
    ),
    "record": lambda row: act.SetRecord(
        entry=row.entry(), round=ROUND, code=row.text("value", "the code of the record"),
        body=row.text("rule", "who lists the record"),
    ),
    "dead heat": lambda row: act.DeadHeat(round=ROUND, entries=row.group(1)),
    "photo finish": lambda row: act.PhotoFinish(round=ROUND, order=row.group()),
    "wave": lambda row: act.Move(entry=row.entry(), round=ROUND, wave=row.wave()),
    "void": lambda row: act.Void(line=row.line()),
    "bib": lambda row: act.Attribute(line=row.line(), bib=row.wearer()),
    "retime": lambda row: act.Retime(
        line=row.line(), at=Instant(row.ground.zero + row.time())
    ),
    "cancelled": lambda row: act.CallOff(contests=row.contests(), fate=Fate.CANCELLED),
    "stopped": lambda row: act.CallOff(
        contests=row.contests(), fate=Fate.STOPPED, stands=row.stands(),
        point=row.record.get("rule"),
    ),
    "clear": lambda row: act.Clear(anomaly=row.text("value", "the key of an anomaly")),
}  # fmt: skip
"""Every word of the column "ruling", and the act that it makes."""

_WORDS = {fold(word): word for word in BUILDERS} | {"dsq": "dq", "settime": "time"}


def read_rulings(
    path: Path, ground: Ground, findings: Findings, encoding: str | None = None
) -> list[Ruled]:
    """Read the decisions in their order. Raises Refusal for an unreadable file."""
    file = str(path)
    rows = read_rows(path, findings, encoding, comments=True)
    header = next(rows, None)
    if header is None:
        return []
    columns = name_columns(header, "rulings", findings, file, ("ruling",))
    ruled = []
    for record in records(rows, columns, len(header.cells), findings, file):
        try:
            row = _Row(record, ground)
            ruled.append(
                Ruled(
                    record.line, _builder(record)(row), record.get("reason"), record.get("author"),
                    row.leg(), record.get("ruling"),
                )
            )  # fmt: skip
        except (_WrongRowError, TimeTextError) as error:
            findings.problem("ruling", str(error), file, record.line)
    return ruled


def check_kinds(
    ruled: Sequence[Ruled], kinds: Sequence[type[act.Act]], of: str, findings: Findings, file: str
) -> None:
    """Refuse a ruling that means nothing in this kind of race: it would be passed over in silence.

    of: the kind of race in words.
    """
    for one in ruled:
        if not isinstance(one.act, tuple(kinds)):
            sentence = f"{one.word!r} is no ruling of {of}; expected another"
            findings.problem("ruling", sentence, file, one.line)


def _builder(record: Record) -> Builder:
    named = record.get("ruling")
    word = _WORDS.get(fold(named))
    if word is None:
        known = ", ".join(BUILDERS)
        raise _WrongRowError(f"{named!r} is no ruling; expected one of {known}")
    return BUILDERS[word]
