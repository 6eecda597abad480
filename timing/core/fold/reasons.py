"""Why a read that could be a passing is not one, as a code of ``core.telling.explain.UNUSED``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from timing.core.clock import Instant
from timing.core.fold.results import Unused
from timing.core.journal.lines import Read
from timing.core.setup.course import Plan, is_late


class Candidate(NamedTuple):
    """A read that may be a passing. pinned: the index that an official gave it, else -1."""

    at: int
    read: Read
    pinned: int = -1


class Fitted(NamedTuple):
    """The passings that were chosen, with what they were chosen by.

    passings: (course point index, read), in order. pinned: the indexes that an official set.
    """

    plan: Plan
    started: Instant | None
    passings: Sequence[tuple[int, Read]]
    pinned: frozenset[int]

    def read_at(self, indexes: Sequence[int]) -> Read | None:
        """The read that counts at the first of these indexes that is passed."""
        return next((read for index, read in self.passings if index in indexes), None)


def why_unused(fitted: Fitted, each: Candidate) -> Unused:
    """Say why a candidate that was left over is not used, and what counts in its place."""
    indexes = fitted.plan.at_point.get(each.read.point, ())
    if each.pinned >= 0:
        return Unused("contradiction", (each.read,), fitted.read_at((each.pinned,)))
    if fitted.pinned.issuperset(indexes):
        return Unused("overruled", (each.read,), fitted.read_at(indexes))
    last = fitted.passings[-1] if fitted.passings else None
    if last is not None and last[0] >= fitted.plan.last and not fitted.plan.course.open_laps:
        finish = last[1]
        if each.at > (finish.at or 0):
            return Unused("after_finish", (each.read,), finish)
    if fitted.plan.course.open_laps and is_late(fitted.plan, fitted.started, each.at):
        return Unused("time_up", (each.read,))
    return _out_of_order(fitted, each, indexes)


def _out_of_order(fitted: Fitted, each: Candidate, indexes: Sequence[int]) -> Unused:
    plan = fitted.plan
    if fitted.started is not None:
        after = each.at - fitted.started
        if all(after < plan.loose.since_start[index] for index in indexes):
            return Unused("too_soon", (each.read,))
        if all(after < plan.strict.since_start[index] for index in indexes):
            return Unused("too_soon" if plan.laps else "too_fast", (each.read,))
    close = [
        read
        for _, read in fitted.passings
        if read.point == each.read.point and abs((read.at or 0) - each.at) < plan.lap
    ]
    if close:
        return Unused("too_soon", (each.read,), close[0])
    return Unused("contradiction", (each.read,), fitted.read_at(indexes))
