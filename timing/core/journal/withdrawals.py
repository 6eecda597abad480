"""Which rulings are in force: a withdrawal takes one back, withdrawing that brings it back."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from timing.core.journal.anomalies import Anomaly, about_line
from timing.core.journal.lines import LineId, Ruling, precedence
from timing.core.journal.rulings import Withdraw


class Change(NamedTuple):
    """A ruling came into force, or it no longer is."""

    ruling: Ruling
    came: bool


class Book:
    """The rulings of an event.

    live: those in force, in order of precedence, withdrawals left out.
    """

    def __init__(self, rulings: Iterable[Ruling]) -> None:
        self._lines: dict[LineId, Ruling] = {}
        self._takers: dict[LineId, list[LineId]] = {}
        for ruling in sorted(rulings, key=lambda each: (precedence(each), repr(each))):
            self._enter(ruling)
        self.live = [
            ruling
            for ruling in self._lines.values()
            if not isinstance(ruling.act, Withdraw) and self._holds(ruling.id)
        ]

    def _enter(self, ruling: Ruling) -> bool:
        """Write a ruling down; False if that line is there already."""
        if ruling.id in self._lines:
            return False
        self._lines[ruling.id] = ruling
        if isinstance(ruling.act, Withdraw):
            self._takers.setdefault(ruling.act.line, []).append(ruling.id)
        return True

    def __contains__(self, line: LineId) -> bool:
        return line in self._lines

    @property
    def rulings(self) -> list[Ruling]:
        """All rulings, those that are not in force included."""
        return list(self._lines.values())

    def clashes(self, ruling: Ruling) -> bool:
        """Whether another ruling has the identity of this one."""
        return self._lines.get(ruling.id, ruling) != ruling

    def add(self, ruling: Ruling) -> list[Change]:
        """Take one more ruling in; says what that changes: nothing, or one ruling."""
        end = self._end_of(ruling) if self._enter(ruling) else None
        if end is None:
            return []
        place = self._place_of(end)
        was = place < len(self.live) and self.live[place].id == end.id
        now = self._holds(end.id)
        if was and not now:
            del self.live[place]
        elif now and not was:
            self.live.insert(place, end)
        return [Change(end, now)] if was != now else []

    def _place_of(self, ruling: Ruling) -> int:
        """Where a ruling stands or would stand among those in force: mostly behind them all."""
        key = precedence(ruling)
        if not self.live or precedence(self.live[-1]) < key:
            return len(self.live)
        return bisect_left(self.live, key, key=precedence)

    def _end_of(self, ruling: Ruling) -> Ruling | None:
        """Follow the withdrawals to what they are about; None for nothing and for a circle."""
        passed: set[LineId] = set()
        end: Ruling | None = ruling
        while end is not None and isinstance(end.act, Withdraw):
            if end.id in passed:
                return None
            passed.add(end.id)
            end = self._lines.get(end.act.line)
        return end

    def _holds(self, line: LineId) -> bool:
        """Decide from the unopposed withdrawals inward."""
        if line not in self._takers:
            return True
        above = [line]
        for each in above:
            above.extend(self._takers.get(each, ()))
        held: dict[LineId, bool] = {}
        for each in reversed(above):
            held[each] = not any(held[taker] for taker in self._takers.get(each, ()))
        return held[line]

    def doubts(self) -> Iterator[Anomaly]:
        """Name withdrawals of nothing, and those that withdraw each other in a circle."""
        for target, takers in self._takers.items():
            for taker in takers:
                if target not in self._lines and self._holds(taker):
                    yield about_line("unknown_line", taker, kind="withdraw")
        for circle in self._circles():
            if not any(self._withdrawn_from_outside(line, circle) for line in circle):
                for line in circle:
                    yield about_line("circular_withdrawal", line)

    def _withdrawn_from_outside(self, line: LineId, circle: list[LineId]) -> bool:
        others = (taker for taker in self._takers[line] if taker not in circle)
        return any(map(self._holds, others))

    def _circles(self) -> Iterator[list[LineId]]:
        """Follow each withdrawal to known ground; who comes back to the walk is in a circle."""
        passed: set[LineId] = set()
        for begin in self._lines:
            walk: list[LineId] = []
            line = begin
            while line not in passed and line in self._lines:
                act = self._lines[line].act
                if not isinstance(act, Withdraw):
                    break
                passed.add(line)
                walk.append(line)
                line = act.line
            if line in walk:
                yield walk[walk.index(line) :]
