"""Who leaves when where not all leave with the gun: pursuit, interval and individual starts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from timing.core.clock import Duration, Instant
from timing.core.fold.whole import State
from timing.core.setup.event import Wave
from timing.core.setup.roster import StartKey
from timing.core.status import Status

_NOT_THERE = (Status.DNS, Status.DQ, Status.WD)


class Turn(NamedTuple):
    """One starter. after: so long after the gun, negative before it."""

    after: Duration
    bib: str
    name: str


def turns(state: State, wave: Wave, keys: Iterable[StartKey]) -> tuple[Turn, ...]:
    """Give the starters of a wave in the order in which they leave; nobody where all leave at once.

    keys: the starts of the wave. Who does not start leaves a gap.
    """
    lineup = state.lineup._replace(guns={wave.code: Instant(0)})
    found = []
    for key in keys:
        after = lineup.started(lineup.starts[key])
        if after is not None and state.results[key].status not in _NOT_THERE:
            entry = lineup.entries[key[0]]
            found.append(Turn(Duration(after), lineup.bibs[entry.id], entry.name))
    if not any(turn.after for turn in found):
        return ()
    return tuple(sorted(found, key=lambda turn: (turn.after, len(turn.bib), turn.bib)))
