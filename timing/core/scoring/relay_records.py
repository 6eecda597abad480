"""The finish line of a relay: records with gaps become records with every inference written down.

Knows records and team numbers, no start times and no ranking. A record is one finish of one leg
as it was written at the line; any of its parts may be missing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from timing.core.clock import SECOND, Duration
from timing.core.refusal import Problem


class Guess(StrEnum):
    """What was not written down but concluded, or written down and not used."""

    TIME_INTERPOLATED = "time_interpolated"
    TIME_SET_TO_FIRST = "time_set_to_first"
    TIME_SET_TO_LAST = "time_set_to_last_plus_1s"
    TIME_UNKNOWN = "time_unknown"
    BIB_GUESSED = "bib_guessed"
    BIB_UNKNOWN = "bib_unknown"
    BIB_CORRECTED = "bib_corrected"
    TIME_CORRECTED = "time_corrected"
    PAPER_RECORD = "paper_record"
    LEG_BY_ORDER = "leg_by_order"
    LEG_CLASH = "leg_clash"
    RECORD_SURPLUS = "record_surplus"
    RECORD_VOID = "record_void"


SENTENCES = {
    Guess.TIME_INTERPOLATED: "Record {position} had no time; it lies between {before} and {after}.",
    Guess.TIME_SET_TO_FIRST: "Record {position} had no time; it is that of record {after}.",
    Guess.TIME_SET_TO_LAST: "Record {position} had no time; it is a second after record {before}.",
    Guess.TIME_UNKNOWN: "Record {position} has no time, and no other record has one.",
    Guess.BIB_GUESSED: "Record {position} had no bib; team {bib} lacks this finish.",
    Guess.BIB_UNKNOWN: "Record {position} has no bib; too many finishes are missing to tell whose.",
    Guess.BIB_CORRECTED: "Record {position} was corrected from bib {was} to {is}.",
    Guess.TIME_CORRECTED: "Record {position} was corrected to another time.",
    Guess.PAPER_RECORD: "Record {position} is from the paper sheet.",
    Guess.LEG_BY_ORDER: "Record {position} is leg {leg} of team {bib} by order.",
    Guess.LEG_CLASH: "Record {position} says leg {leg} of team {bib}, which cannot be; not used.",
    Guess.RECORD_SURPLUS: "Record {position} is one more than team {bib} has legs; not used.",
    Guess.RECORD_VOID: "Record {position} is not used, by decision.",
}
"""What to say about each inference; the names stand for its position and its detail."""


class Record(NamedTuple):
    """One line. bib "": not recorded. leg 0: not recorded. time: since the clock was started.

    paper: taken from the paper sheet and appended. open_end: nothing after it has a time, so its
    own is only a lower bound. stopped: the team did not finish this leg, so that no time is
    concluded. void: not used, by decision.
    """

    bib: str = ""
    time: Duration | None = None
    leg: int = 0
    paper: bool = False
    open_end: bool = False
    stopped: bool = False
    void: bool = False


class Correction(NamedTuple):
    """What an official read otherwise. position: of the record, from 1; "" and None keep."""

    position: int
    bib: str = ""
    time: Duration | None = None


class Inference(NamedTuple):
    """Why a record is not as it was written. position: from 1; detail: what it rests on."""

    code: Guess
    position: int
    detail: Mapping[str, int | str]

    @property
    def sentence(self) -> str:
        """The inference in words."""
        return SENTENCES[self.code].format(position=self.position, **self.detail)


class Collation(NamedTuple):
    """Records in order, and what was concluded, in order of the records."""

    records: tuple[Record, ...]
    inferences: tuple[Inference, ...]

    def remarks(self, position: int) -> tuple[Guess, ...]:
        """The codes about one record."""
        first = bisect_left(self.inferences, position, key=lambda found: found.position)
        last = bisect_right(self.inferences, position, key=lambda found: found.position)
        return tuple(found.code for found in self.inferences[first:last])


def collate(records: Sequence[Record], corrections: Iterable[Correction], legs: int) -> Collation:
    """Correct, fill in missing times, guess missing bibs and number the legs, in this order.

    corrections: have passed ``check_corrections``.
    """
    rows = list(records)
    found = [Inference(Guess.PAPER_RECORD, k, {}) for k, row in enumerate(rows, 1) if row.paper]
    found += [Inference(Guess.RECORD_VOID, k, {}) for k, row in enumerate(rows, 1) if row.void]
    found += _correct(rows, corrections)
    used = [k for k, row in enumerate(rows) if not row.void]
    kept = [rows[k] for k in used]
    concluded = _fill_times(kept)
    concluded += _guess_bibs(kept, legs)
    concluded += _number_legs(kept, legs)
    for k, row in zip(used, kept, strict=True):
        rows[k] = row
    found += [_placed(inference, used) for inference in concluded]
    return Collation(tuple(rows), tuple(sorted(found, key=lambda one: one.position)))


_POSITIONS = ("before", "after")
"""The details of an inference that are records, too."""


def _placed(found: Inference, used: Sequence[int]) -> Inference:
    """An inference about the records in use, told of their positions among all."""
    detail = {
        key: used[value - 1] + 1 if key in _POSITIONS and isinstance(value, int) else value
        for key, value in found.detail.items()
    }
    return Inference(found.code, used[found.position - 1] + 1, detail)


def check_corrections(corrections: Iterable[Correction], records: int) -> tuple[Problem, ...]:
    """Every correction is of a record that there is."""
    return tuple(
        Problem("no-such-record", f"correction of record {position}; there are 1 to {records}")
        for position, *_ in corrections
        if not 1 <= position <= records
    )


def _correct(rows: list[Record], corrections: Iterable[Correction]) -> list[Inference]:
    found = []
    for position, bib, time in corrections:
        was = rows[position - 1]
        if bib and bib != was.bib:
            rows[position - 1] = rows[position - 1]._replace(bib=bib)
            found.append(Inference(Guess.BIB_CORRECTED, position, {"was": was.bib, "is": bib}))
        if time is not None and time != was.time:
            rows[position - 1] = rows[position - 1]._replace(time=time)
            detail = {"was": "" if was.time is None else was.time, "is": time}
            found.append(Inference(Guess.TIME_CORRECTED, position, detail))
    return found


def _fill_times(rows: list[Record]) -> list[Inference]:
    """Between two known times by record, half a second up; before the first that time itself.

    After the last known time it is that time and a second, and remains a guess.
    """
    known = [k for k, row in enumerate(rows) if row.time is not None]
    found = []
    for k, row in enumerate(rows):
        if row.time is None and not row.stopped:
            behind = bisect_left(known, k)
            before = known[behind - 1] if behind else None
            after = known[behind] if behind < len(known) else None
            rows[k], inference = _filled(rows, k, before, after)
            found.append(inference)
    return found


def _filled(
    rows: Sequence[Record], k: int, before: int | None, after: int | None
) -> tuple[Record, Inference]:
    row = rows[k]
    if before is None and after is None:
        return row, Inference(Guess.TIME_UNKNOWN, k + 1, {})
    if before is None:
        assert after is not None  # noqa: S101  (one of the two is there)
        detail = {"after": after + 1}
        return row._replace(time=rows[after].time), Inference(
            Guess.TIME_SET_TO_FIRST, k + 1, detail
        )
    start = rows[before].time or Duration(0)
    if after is None:
        last = row._replace(time=Duration(start + SECOND), open_end=True)
        return last, Inference(Guess.TIME_SET_TO_LAST, k + 1, {"before": before + 1})
    end = rows[after].time or Duration(0)
    time = _between(start, end, k - before, after - before)
    detail = {"before": before + 1, "after": after + 1}
    return row._replace(time=time), Inference(Guess.TIME_INTERPOLATED, k + 1, detail)


def _between(start: int, end: int, step: int, steps: int) -> Duration:
    """The step-th of equal steps from start to end, to the nearest second, half up."""
    exact = start * steps + (end - start) * step
    return Duration((2 * exact + steps * SECOND) // (2 * steps * SECOND) * SECOND)


def _guess_bibs(rows: list[Record], legs: int) -> list[Inference]:
    """Only where every finish of every team seen is there: then one team lacks this one.

    It is the team with the fewest finishes so far, then with the fewest later ones, then with
    the earliest next finish, then with the earliest finish before.
    """
    finishes: dict[str, list[int]] = {}
    for k, row in enumerate(rows):
        if row.bib:
            finishes.setdefault(row.bib, []).append(k)
    complete = len(rows) == len(finishes) * legs
    found = []
    for k, row in enumerate(rows):
        if row.bib:
            continue
        if not complete:
            told = {"teams": len(finishes), "legs": legs}
            found.append(Inference(Guess.BIB_UNKNOWN, k + 1, told))
            continue
        bib = min(finishes, key=lambda team: _claim(rows, k, finishes[team]))
        so_far, later, *_ = _claim(rows, k, finishes[bib])
        rows[k] = row._replace(bib=bib)
        insort(finishes[bib], k)
        claim: dict[str, int | str] = {"bib": bib, "so_far": so_far, "later": later}
        found.append(Inference(Guess.BIB_GUESSED, k + 1, claim))
    return found


def _claim(rows: Sequence[Record], k: int, own: Sequence[int]) -> tuple[int, int, int, int]:
    """How much a team lacks the k-th record; own: its records so far, rising."""
    so_far = bisect_left(own, k)
    following = rows[own[so_far]].time or 0 if so_far < len(own) else 0
    previous = rows[own[so_far - 1]].time or 0 if so_far else 0
    return so_far, len(own) - so_far, following, previous


def _number_legs(rows: list[Record], legs: int) -> list[Inference]:
    """The n-th record of a team is its n-th leg, apart from the legs that were recorded."""
    taken: set[tuple[str, int]] = set()
    found = []
    for k, row in enumerate(rows):
        if row.bib and row.leg:
            if not 1 <= row.leg <= legs or (row.bib, row.leg) in taken:
                found.append(Inference(Guess.LEG_CLASH, k + 1, {"bib": row.bib, "leg": row.leg}))
                rows[k] = row._replace(leg=0)
            taken.add((row.bib, row.leg))
    clashed = {one.position for one in found}
    for k, row in enumerate(rows):
        if not row.bib or row.leg or k + 1 in clashed:
            continue
        leg = next((leg for leg in range(1, legs + 1) if (row.bib, leg) not in taken), 0)
        taken.add((row.bib, leg))
        rows[k] = row._replace(leg=leg)
        code = Guess.LEG_BY_ORDER if leg else Guess.RECORD_SURPLUS
        found.append(Inference(code, k + 1, {"bib": row.bib, "leg": leg}))
    return found
