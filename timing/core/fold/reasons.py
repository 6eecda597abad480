"""Why a read that could be a passing is not one, as a code of ``core.telling.explain.UNUSED``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from timing.core.clock import Instant
from timing.core.fold.results import Unused
from timing.core.journal.lines import Read
from timing.core.setup.course import Plan, is_late


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


def why_unused(fitted: Fitted, read: Read, pinned: int | None) -> Unused:
    """Say why a read that was left over is not used, and what counts in its place.

    pinned: the index that an official gave it.
    """
    plan, indexes = fitted.plan, fitted.plan.at_point[read.point]
    if pinned is not None:
        return Unused("contradiction", (read,), fitted.read_at((pinned,)))
    if fitted.pinned.issuperset(indexes):
        return Unused("overruled", (read,), fitted.read_at(indexes))
    index, last = fitted.passings[-1] if fitted.passings else (-1, None)
    if plan.course.open_laps:
        if is_late(plan, fitted.started, read.moment):
            return Unused("time_up", (read,))
    elif last is not None and index >= plan.last and read.moment > last.moment:
        return Unused("after_finish", (read,), last)
    return _out_of_order(fitted, read, indexes)


def _out_of_order(fitted: Fitted, read: Read, indexes: Sequence[int]) -> Unused:
    plan = fitted.plan
    if fitted.started is not None:
        after = read.moment - fitted.started
        if all(after < plan.loose.since_start[index] for index in indexes):
            return Unused("too_soon", (read,))
        if all(after < plan.strict.since_start[index] for index in indexes):
            return Unused("too_soon" if plan.laps else "too_fast", (read,))
    close = [
        passing
        for _, passing in fitted.passings
        if passing.point == read.point and abs(passing.moment - read.moment) < plan.lap
    ]
    if close:
        return Unused("too_soon", (read,), close[0])
    return Unused("contradiction", (read,), fitted.read_at(indexes))
