"""What a few new lines touch: single bibs, or so much that everything is to be folded again.

Lines are written into the state here; ``core.fold.realignment`` follows where they change who
wears what.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from timing.core.fold.attribution import Target, is_half, is_time, names
from timing.core.fold.lineup import PERSONAL
from timing.core.fold.state import State
from timing.core.journal import rulings as act
from timing.core.journal.corrections import OF_LINES
from timing.core.journal.lines import Read, Ruling
from timing.core.journal.withdrawals import Change
from timing.core.setup.roster import StartKey

_QUIET = (act.Clear, act.Note, act.Amend, act.Confirm, act.PhotoFinish, act.DeadHeat, act.Wind)
"""The acts that change no result."""

_OF_STREAMS = (act.Pair, act.Blank)
"""The acts that lay the two streams side by side."""


class Increment:
    """Takes lines into a state.

    bibs: whose reads or rulings changed. bare: starts without a bib about which was ruled.
    shown: starts whose row changed, or whose order in a tie. gone: what is no start any more.
    lined_up: who starts where and under which bib changed. nameless, streams: what names nobody,
    and the times and bibs that are to be joined. far: all that does not suffice.
    """

    def __init__(self, state: State) -> None:
        self.state = state
        self.bibs: set[str] = set()
        self.bare: set[StartKey] = set()
        self.shown: set[StartKey] = set()
        self.gone: set[StartKey] = set()
        self.lined_up = self.nameless = self.streams = self.far = False

    def take(self, reads: Sequence[Read], rulings: Iterable[Ruling]) -> None:
        """Write the lines down, then apply what concerns single bibs."""
        state = self.state
        for ruling in rulings:
            self.far = self.far or state.book.clashes(ruling)
            if ruling.n < 0:
                state.clashes.append(ruling.id)
            for change in state.book.add(ruling):
                self._change(change)
        for read in reads:
            state.wrote(read)
            self.put(state.fix.applied(read))

    def _change(self, change: Change) -> None:
        one = change.ruling.act
        if isinstance(one, PERSONAL):
            self._personal(change)
        elif isinstance(one, OF_LINES):
            self._correct(change)
        elif isinstance(one, _OF_STREAMS):
            self.streams = True
        elif isinstance(one, act.SetClock):
            self.far = True
        elif not isinstance(one, _QUIET):
            self.lined_up = True
        if isinstance(one, act.PhotoFinish):
            self.shown |= {(entry, one.round) for entry in one.order}
        elif isinstance(one, act.DeadHeat):
            self.shown |= {(entry, one.round) for entry in one.entries}

    def _personal(self, change: Change) -> None:
        lineup = self.state.lineup
        (lineup.tell if change.came else lineup.untell)(change.ruling)
        one = change.ruling.act
        self.touch((one.entry, one.round))  # type: ignore[union-attr]

    def touch(self, key: StartKey) -> None:
        """Note that the result of a start is to be worked out again, if it is one."""
        target = self.state.targets.get(key)
        if target is not None and target.bib:
            self.bibs.add(target.bib)
        elif target is not None:
            self.bare.add(key)

    def drop(self, target: Target) -> None:
        """Forget the result of a start that is none any more."""
        self.bibs.add(target.bib)
        del self.state.results[target.key]
        self.gone.add(target.key)

    def _correct(self, change: Change) -> None:
        """Take the read of a correction off its pile and put it where it belongs now."""
        state = self.state
        read = state.read(change.ruling.act.line)  # type: ignore[union-attr]
        fixed = None if read is None else state.fix.applied(read)
        if fixed is not None:
            self.take_off(fixed, names(fixed, state.lineup.chips))
        (state.fix.add if change.came else state.fix.drop)(change.ruling)
        if read is not None:
            self.put(state.fix.applied(read))

    def take_off(self, read: Read, bib: str | None) -> None:
        """Take a read off the pile of a bib."""
        self._mark(read, bib)
        self.state.piles[bib] = [each for each in self.state.piles[bib] if each != read]

    def put(self, read: Read | None) -> None:
        """Put a read on the pile where it belongs; one that is voided belongs on none."""
        if read is not None:
            bib = names(read, self.state.lineup.chips)
            self._mark(read, bib)
            self.state.piles[bib].append(read)

    def _mark(self, read: Read, bib: str | None) -> None:
        """Note what comes to a pile or leaves it: the bib, and halves of the two streams."""
        if bib is None:
            self.nameless = True
            self.streams = self.streams or is_time(read)
        else:
            self.bibs.add(bib)
            if is_half(read):
                self.streams = True
                self.state.halved.add(bib)
