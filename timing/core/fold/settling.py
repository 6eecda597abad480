"""From the reads of one bib to the results of its starts. Local: looks at no other bib."""

from __future__ import annotations

from collections.abc import Sequence

from timing.core.fold.attribution import DESK, Target, at_desk, checking_in, sort_out
from timing.core.fold.clean import clean_result
from timing.core.fold.effort import Effort
from timing.core.fold.judging import marked, result_of
from timing.core.fold.results import Result
from timing.core.fold.state import State
from timing.core.journal.lines import Read
from timing.core.journal.rulings import SetTime
from timing.core.setup.roster import StartKey


def starts_of(state: State, bib: str) -> list[StartKey]:
    """The starts of whoever wears a bib."""
    return [target.key for target in state.known.wearers.get(bib, ())]


def settle_all_cleanly(state: State) -> list[str]:
    """Settle all bibs that can take the short way; gives the others, those of nobody included."""
    wearers = state.known.wearers
    unsettled = [bib for bib in wearers if not settle_cleanly(state, bib)]
    return unsettled + [bib for bib in state.piles if bib is not None and bib not in wearers]


def settle_cleanly(state: State, bib: str) -> bool:
    """Work out the result of a bib the short way; False where its reads or rulings forbid it."""
    targets = state.known.wearers[bib]
    pile = state.piles.get(bib)
    if not pile or len(targets) != 1:
        return False
    target = targets[0]
    if state.lineup.judged(target.plan.contest) is not None:
        return False
    rulings = state.lineup.about.get(target.key)
    if rulings and any(isinstance(each.act, SetTime) for each in rulings):
        return False
    result = _clean(target, pile) or _clean_beside_desk(state, target, pile)
    if result is None:
        return False
    state.results[target.key] = marked(_effort(state, target), result) if rulings else result
    return True


def _clean(target: Target, passing: Sequence[Read]) -> Result | None:
    (entry, round_code), _, started, plan = target
    return None if started is None else clean_result(entry, round_code, plan, started, passing)


def _clean_beside_desk(state: State, target: Target, pile: Sequence[Read]) -> Result | None:
    """The same for whoever has checked in."""
    there = at_desk(pile)
    if not there or any(read.n < 0 for read in there):
        return None
    result = _clean(target, [read for read in pile if read[6] != DESK])
    if result is not None:
        state.checked_in[target.bib] = min(there, key=checking_in)
    return result


def settle(state: State, bib: str) -> None:
    """Sort out the reads of a bib and work out the result of each of its starts."""
    found = sort_out(bib, state.piles.get(bib, ()), state.known)
    if found.anomalies:
        state.strays[bib] = found.anomalies
    if found.checked_in is not None:
        state.checked_in[bib] = found.checked_in
    for target in state.known.wearers.get(bib, ()):
        state.results[target.key] = _result(state, target, found.given[target.key])


def settle_again(state: State, bib: str) -> None:
    """Settle a bib whose reads or rulings have changed."""
    state.strays.pop(bib, None)
    state.checked_in.pop(bib, None)
    if bib not in state.known.wearers or not settle_cleanly(state, bib):
        settle(state, bib)


def settle_without_bib(state: State, target: Target) -> None:
    """Work out the result of a start whose bib was not handed out yet."""
    state.results[target.key] = _result(state, target, ())


def _result(state: State, target: Target, reads: Sequence[Read]) -> Result:
    return result_of(_effort(state, target), reads)


def _effort(state: State, target: Target) -> Effort:
    (entry, round_code), bib, started, plan = target
    lineup = state.lineup
    return Effort(
        entry, round_code, bib, plan, started, bib in state.checked_in,
        (plan.contest, round_code) in lineup.closed, lineup.about.get(target.key, ()),
        lineup.judged(plan.contest),
    )  # fmt: skip
