"""What a few new lines touch: single bibs, or so much that everything is to be folded again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from timing.core.fold.attribution import DESK
from timing.core.fold.lineup import PERSONAL
from timing.core.fold.state import State
from timing.core.journal import rulings as act
from timing.core.journal.corrections import OF_LINES
from timing.core.journal.lines import Read, Ruling
from timing.core.journal.withdrawals import Change
from timing.core.setup.roster import StartKey

_QUIET = (act.Clear, act.Note, act.Amend, act.Confirm, act.PhotoFinish, act.DeadHeat, act.Wind)
"""The acts that change no result."""


class Increment:
    """Takes lines into a state.

    bibs: whose reads or rulings changed. bare: starts without a bib about which was ruled.
    ordered: starts whose order in a tie was ruled. far: single bibs do not suffice.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        self.bibs: set[str] = set()
        self.bare: set[StartKey] = set()
        self.ordered: set[StartKey] = set()
        self.far = False

    def take(self, reads: Sequence[Read], rulings: Iterable[Ruling]) -> None:
        """Write the lines down, then apply what concerns single bibs."""
        state = self._state
        for ruling in rulings:
            self.far = self.far or state.book.clashes(ruling)
            if ruling.n < 0:
                state.clashes.append(ruling.id)
            for change in state.book.add(ruling):
                self._change(change)
        for read in reads:
            state.wrote(read)
            self._put(state.fix.applied(read))

    def _change(self, change: Change) -> None:
        one = change.ruling.act
        if isinstance(one, PERSONAL):
            self._personal(change)
        elif isinstance(one, OF_LINES):
            self._correct(change)
        elif not isinstance(one, _QUIET):
            self.far = True
        if isinstance(one, act.PhotoFinish):
            self.ordered |= {(entry, one.round) for entry in one.order}
        elif isinstance(one, act.DeadHeat):
            self.ordered |= {(entry, one.round) for entry in one.entries}

    def _personal(self, change: Change) -> None:
        lineup = self._state.lineup
        (lineup.tell if change.came else lineup.untell)(change.ruling)
        one = change.ruling.act
        target = self._state.targets.get((one.entry, one.round))  # type: ignore[union-attr]
        if target is not None and target.bib:
            self.bibs.add(target.bib)
        elif target is not None:
            self.bare.add(target.key)

    def _correct(self, change: Change) -> None:
        """Take the read of a correction off its pile and put it where it belongs now."""
        state = self._state
        read = state.read(change.ruling.act.line)  # type: ignore[union-attr]
        if read is not None:
            self._take_off(state.fix.applied(read))
        (state.fix.add if change.came else state.fix.drop)(change.ruling)
        if read is not None:
            self._put(state.fix.applied(read))

    def _take_off(self, read: Read | None) -> None:
        bib = self._bib(read)
        if read is not None and bib:
            self._state.piles[bib] = [each for each in self._state.piles[bib] if each != read]

    def _put(self, read: Read | None) -> None:
        bib = self._bib(read)
        if read is not None and bib:
            self._state.piles[bib].append(read)

    def _bib(self, read: Read | None) -> str:
        """Whose a read is; "" for nobody's. Times and bibs of the two streams reach further."""
        if read is None:
            return ""
        bib = read.bib or self._state.lineup.chips.get(read.chip or "", "")
        if not bib or (read.at is None and read.source != DESK):
            self.far = True
            return ""
        self.bibs.add(bib)
        return bib
