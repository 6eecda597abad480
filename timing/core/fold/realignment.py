"""Who wears what was changed, or what is to be joined: whose results that concerns.

The lineup is made anew, which is cheap, and held against the one before; only starts, bibs and
chips that differ are followed up.
"""

from __future__ import annotations

from timing.core.fold.attribution import halves, nameless
from timing.core.fold.increment import Increment
from timing.core.fold.lineup import Lineup, line_up, targets_of
from timing.core.journal.streams import join
from timing.core.setup.roster import StartKey


def line_up_again(step: Increment) -> None:
    """Bring the lineup of a state up to date, and note whom that touches."""
    state = step.state
    old, known, before = state.lineup, state.known, state.targets
    state.lineup = lineup = line_up(state.event, state.roster, state.live, old.plans)
    state.targets, state.known = targets_of(state.event, lineup)
    for key, target in state.targets.items():
        was = before.get(key)
        if was != target:
            step.touch(key)
            if was is not None:
                step.bibs.add(was.bib)
    for key in before.keys() - state.targets.keys():
        step.drop(before[key])
    step.bibs |= (known.idle ^ state.known.idle) | (known.guides ^ state.known.guides)
    step.bare = {key for key in step.bare if key in state.targets and not state.targets[key].bib}
    _close(step, old)
    _call_off(step, old)
    _follow_chips(step, old)
    step.shown |= rows_changed(old, lineup)


def rows_changed(old: Lineup, new: Lineup) -> set[StartKey]:
    """The starts whose row says something else of start, bib or entry, whatever the result is."""
    entries = {
        number
        for number, entry in new.entries.items()
        if old.bibs.get(number) != new.bibs[number] or old.entries.get(number) != entry
    }
    return {
        key
        for key, start in new.starts.items()
        if old.starts.get(key) != start or key[0] in entries
    }


def _close(step: Increment, old: Lineup) -> None:
    """A round that is closed or opened again says something only of those without a time."""
    state = step.state
    ended = old.closed ^ state.lineup.closed
    if ended:
        for key, target in state.targets.items():
            result = state.results.get(key)
            if (target.plan.contest, key[1]) in ended and (result is None or result.gun is None):
                step.touch(key)


def _call_off(step: Increment, old: Lineup) -> None:
    """Judge the starts anew of contests that are cancelled or stopped now, or no longer."""
    lineup = step.state.lineup
    changed = {
        code
        for code in old.called_off.keys() | lineup.called_off.keys()
        if old.judged(code) != lineup.judged(code)
    }
    if changed:
        for key, target in step.state.targets.items():
            if target.plan.contest in changed:
                step.touch(key)


def _follow_chips(step: Increment, old: Lineup) -> None:
    """Take the reads of chips that were handed on off their piles, to those of their wearers."""
    state = step.state
    chips = state.lineup.chips
    moved = {
        chip for chip in old.chips.keys() | chips.keys() if old.chips.get(chip) != chips.get(chip)
    }
    for bib in {old.chips.get(chip) for chip in moved}:
        pile = state.piles.get(bib, ())
        gone = [read for read in pile if not read.bib and read.chip in moved]
        for read in gone:
            step.take_off(read, bib)
            step.put(read)


def join_again(step: Increment) -> None:
    """Sort out what names nobody, and lay the two streams side by side anew where they changed."""
    state = step.state
    times, state.nameless = nameless(state.piles.get(None, ()))
    if not step.streams:
        return
    bibs = [half for bib in state.halved for half in halves(bib, state.piles.get(bib, ()))]
    before, state.streams = state.streams, join(times, bibs, state.live)
    gone, came = set(before.joined), set(state.streams.joined)
    for read in gone - came:
        state.piles[read.bib].remove(read)
    for read in came - gone:
        state.piles[read.bib].append(read)
    step.bibs |= {read.bib for read in gone ^ came if read.bib}
