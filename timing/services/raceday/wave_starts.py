"""Who starts in a wave, and what of the programme that is."""

from __future__ import annotations

from collections.abc import Iterable

from timing.core.fold.whole import State
from timing.core.setup.roster import StartKey


def names_of(state: State, keys: Iterable[StartKey]) -> list[str]:
    """What a wave starts, in words: ``100 m · Heats · 2``."""
    entries, starts = state.lineup.entries, state.lineup.starts
    parts = {(entries[key[0]].contest, key[1], starts[key].heat) for key in keys}
    names = []
    for contest in state.event.contests:
        for each in contest.rounds:
            heats = sorted(
                heat for code, part, heat in parts if (code, part) == (contest.code, each.code)
            )
            if heats:
                stage = [each.name] if len(contest.rounds) > 1 else []
                several = [", ".join(map(str, heats))] if len(each.heats) > 1 else []
                names.append(" · ".join([contest.name, *stage, *several]))
    return names


def starters_of(state: State, wave: str) -> dict[str, StartKey]:
    """The start of each bib of a wave."""
    return {
        state.lineup.bibs[key[0]]: key
        for key, start in state.lineup.starts.items()
        if start.wave == wave and state.lineup.bibs[key[0]]
    }
