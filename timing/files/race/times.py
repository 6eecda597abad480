"""The table of recorded times, in the order in which they were written down.

With a header, or in the bare form that clubs keep: bib, tab, time, and remarks after ``#``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from timing.core.clock import (
    DAY,
    HOUR,
    MINUTE,
    Duration,
    Instant,
    TimeTextError,
    instant_of,
    parse_duration,
)
from timing.core.setup.course import AGES
from timing.core.status import Status
from timing.files.entrants.values import is_yes
from timing.files.race.bare_times import bare_columns, evened, without_remarks
from timing.files.race.day_clock import DayClock
from timing.files.tables.findings import Findings
from timing.files.tables.headers import Record, fold, name_columns, records, spellings
from timing.files.tables.rows import Row, read_rows

UNRECORDED = {"", "?", "-"}
CLOCKS = ("elapsed", "day", "utc")
DOTS = ("", "colon", "decimal")
MOST_DECIMALS = 6
_STATUSES = {
    "dns": Status.DNS, "dnf": Status.DNF, "dq": Status.DQ, "dsq": Status.DQ, "disq": Status.DQ,
    "otl": Status.OTL, "wd": Status.WD, "ret": Status.DNF, "dnc": Status.DNS,
}  # fmt: skip
_EITHER = re.compile(r"\d{1,3}\.\d\d")
_SHARE = re.compile(r"0?[.,]\d{4,}")
"""What a spreadsheet makes of a time when it forgets that it is one: 0.03125 of a day."""
_DAY_TIME = re.compile(r"(?:(\d{4}-\d\d-\d\d)[ T])?(\S+)")
_NUMBERS = ("order", "bib", "time", "leg", "lap")
"""Fields without words: what stands behind a # there is a remark, in Aid #1 it is a name."""
_UTC = re.compile(
    r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.(\d+))?(?:Z|TZ| UTC|([+-])(\d\d):?(\d\d))?"
)


class TimeWords(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the times of a race are written.

    clock: "elapsed" since the clock was started, "day" for the time of day, "utc" for moments
        such as 2026-05-30T08:00:00Z.
    start: the time of day at which the clock was started. date: the day of it, as an ISO date.
    dots: what 28.49 is: "colon" for 28 min 49 s, "decimal" for 28.49 s; "" refuses it.
    decimals: digits after the point that are used; the rest was never measured and is cut.
    ordered: the lines stand as they were recorded, so that an earlier time behind a later one is
        a mistake; False for a list that was put together, such as results of two races.
    """

    clock: str = "elapsed"
    start: str = "0:00:00"
    date: str = ""
    dots: str = ""
    decimals: int = MOST_DECIMALS
    ordered: bool = True


class LeftOutError(TimeTextError):
    """A time of day that the clocks of the place left out, when summer time began."""

    def __init__(self, text: str) -> None:
        ValueError.__init__(
            self, f"no clock showed {text!r}: summer time began; expected a time that there was"
        )


class Recorded(NamedTuple):
    """One line of the table; elapsed since the clock was started, None where not recorded.

    order: the number that the table gives the record, else its place in the table.
    """

    line: int
    order: int
    bib: str
    chip: str
    elapsed: Duration | None
    status: Status | None
    point: str
    leg: int
    lap: int
    in_out: str = ""
    stopped: bool = False


def read_times(
    path: Path,
    points: dict[str, str],
    findings: Findings,
    words: TimeWords,
    encoding: str | None = None,
    *,
    clock: DayClock | None = None,
    gaps: bool = False,
) -> list[Recorded]:
    """Read the recorded times. Raises Refusal for an unreadable file.

    points: folded codes and names of timing points -> code; the one named "" is the finish.
    clock: the clocks of the place, from the day on at which that of the times was started.
    gaps: a line may say with question marks that somebody was there of whom neither bib nor time
    was recorded.
    A nonsense time is a problem with its line; ``order.check_times`` looks at the lines together.
    """
    file = str(path)
    listed = list(_records(path, findings, encoding))
    if not listed:
        findings.problem(
            "empty-file", "there is no time in the file; expected bibs and times", file
        )
    reader = _Reader(points, findings, words, file, clock, gaps=gaps)
    return [reader.recorded(number, record) for number, record in enumerate(listed, 1)]


def _records(path: Path, findings: Findings, encoding: str | None) -> Iterator[Record]:
    file = str(path)
    rows = read_rows(path, findings, encoding, comments=True)
    first = next(rows, None)
    if first is None:
        return iter(())
    if _is_header(first):
        columns = name_columns(first, "times", findings, file, ("bib|chip", "time"))
        width = len(first.cells)
        numbers = {columns[field] for field in _NUMBERS if field in columns}
        told = without_remarks(rows, numbers, width)
        return records(told, columns, width, findings, file)
    bare = list(without_remarks(chain([first], rows), None, 0))
    fields = bare_columns(bare)
    columns = {field: column for column, field in enumerate(fields)}
    return records(evened(bare, fields), columns, len(fields), findings, file)


def _is_header(row: Row) -> bool:
    """A header names something; the first record of a bare table has a time or a number."""
    known = spellings("times")
    return any(fold(cell) in known for cell in row.cells) or not any(
        letter.isdecimal() for cell in row.cells for letter in cell
    )


class _Reader:
    """Turns the records of one file into recorded times."""

    def __init__(
        self,
        points: dict[str, str],
        findings: Findings,
        words: TimeWords,
        file: str,
        clock: DayClock | None,
        *,
        gaps: bool,
    ) -> None:
        self.gaps = gaps
        self.points = points
        self.findings = findings
        self.words = words
        self.file = file
        self.step = 10 ** (MOST_DECIMALS - words.decimals)
        self.start = parse_duration(words.start)
        self.clock = clock or DayClock(date.fromisoformat(words.date or "2000-01-01"), UTC)
        self.zero = self.clock.moment(self.start)
        self.before: dict[str, Instant] = {}  # the last moment at each point

    def recorded(self, number: int, record: Record) -> Recorded:
        get = record.get
        bib = "" if get("bib") in UNRECORDED else get("bib")
        status = _STATUSES.get(get("time").casefold())
        elapsed = None if status else self._elapsed(record)
        unknown = self.gaps and (get("bib") or get("time"))
        if not bib and not get("chip") and elapsed is None and not unknown:
            self._wrong(record, "empty-record", "the line has neither bib nor time")
        return Recorded(
            record.line, self._number(record, "order") or number, bib, get("chip"), elapsed,
            status, self._point(record), self._number(record, "leg"),
            self._number(record, "lap"), self._in_out(record), is_yes(get("stopped")),
        )  # fmt: skip

    def _elapsed(self, record: Record) -> Duration | None:
        cell = record.get("time")
        if cell in UNRECORDED:
            return None
        doubt = "" if self.words.dots else _doubt(cell)
        if doubt:
            self._wrong(record, "ambiguous-time", doubt)
            return None
        try:
            time = self._parsed(cell, record.get("point"))
        except TimeTextError as error:
            self._wrong(record, "time", str(error))
            return None
        return Duration(time - time % self.step)

    def _parsed(self, cell: str, point: str) -> Duration:
        dots = self.words.dots == "colon"
        if self.words.clock == "elapsed":
            time = parse_duration(cell, dots_separate=dots)
            if time > AGES:
                raise TimeTextError(cell)
            return time
        if self.words.clock == "utc":
            return Duration(_moment(cell) - self.zero)
        shape = _DAY_TIME.fullmatch(cell)
        if shape is None:
            raise TimeTextError(cell)
        shown = parse_duration(shape[2], dots_separate=dots)
        days = _days(self.words.date, shape[1], cell) if shape[1] else int(shown < self.start)
        return self._of_day(Duration(shown + days * DAY), point, cell)

    def _of_day(self, shown: Duration, point: str, cell: str) -> Duration:
        """Since the clock was started. What it shows twice follows the line before."""
        moments = self.clock.moments(shown)
        if not moments:
            raise LeftOutError(cell)
        before = self.before.get(point, moments[0])
        at = next((moment for moment in moments if moment >= before), moments[0])
        if self.words.ordered:
            self.before[point] = at
        return Duration(at - self.zero)

    def _point(self, record: Record) -> str:
        named = record.get("point")
        code = self.points.get(named.casefold())
        if code is None:
            names = {name if code.isdecimal() else code for name, code in self.points.items()}
            known = ", ".join(sorted(names))
            self._wrong(record, "point", f"point {named!r} is unknown; expected one of {known}")
        return code or named

    def _in_out(self, record: Record) -> str:
        cell = record.get("in_out").casefold()
        if cell not in ("", "in", "out"):
            self._wrong(record, "in-out", f"{cell!r}; expected in or out")
        return cell

    def _number(self, record: Record, field: str) -> int:
        cell = record.get(field)
        if cell in UNRECORDED:
            return 0
        if cell.isdecimal() and len(cell) < 10:
            return int(cell)
        self._wrong(record, field, f"the {field} is {cell!r}; expected a number")
        return 0

    def _wrong(self, record: Record, code: str, sentence: str) -> None:
        self.findings.problem(code, sentence, self.file, record.line)


def _doubt(cell: str) -> str:
    """What else a time may be where nobody said what its dot is; "" where it is plain."""
    which = 'dots = "colon" or "decimal" under [times] in race.toml'
    if _EITHER.fullmatch(cell):
        told = "may be minutes and seconds or seconds and hundredths"
        return f"{cell!r} {told}; expected {cell.replace('.', ':')}, or {which}"
    if _SHARE.fullmatch(cell):
        told = "may be the part of a day that a spreadsheet writes for a time, or seconds"
        return f"{cell!r} {told}; expected such as 45:00, or {which}"
    return ""


def _moment(cell: str) -> Instant:
    """A moment in UTC or with its offset from it, with any number of decimals."""
    shape = _UTC.fullmatch(cell)
    try:
        if shape is None:
            raise TimeTextError(cell)
        whole = instant_of(datetime.fromisoformat(f"{shape[1]}T{shape[2]}+00:00"))
    except ValueError:
        raise TimeTextError(cell) from None
    ahead = int(shape[5] or 0) * HOUR + int(shape[6] or 0) * MINUTE
    fraction = int((shape[3] or "")[:6].ljust(6, "0"))
    return Instant(whole + fraction + (ahead if shape[4] == "-" else -ahead))


def _days(first: str, other: str, cell: str) -> int:
    """Days from one ISO date to another."""
    try:
        return (date.fromisoformat(other) - date.fromisoformat(first)).days
    except ValueError:
        raise TimeTextError(cell) from None
