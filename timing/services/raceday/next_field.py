"""The start list of a next round: who is ranked for it, who left it, and where everybody stands.

Works on what the state says of the round; knows nothing of who goes on by place or time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from timing.core.fold.standings import Standings
from timing.core.fold.state import State
from timing.core.journal import rulings as act
from timing.core.journal.lines import LineId
from timing.core.rounds.heats import seed_order, zigzag
from timing.core.rounds.progression import (
    Finisher,
    Progression,
    rank_by_marks,
    rank_qualifiers,
    replace_withdrawn,
)
from timing.core.setup.event import Contest, Round
from timing.core.setup.roster import EntryId, Start
from timing.services.house import House, UnknownEventError
from timing.services.raceday.lanes import OddLane, lanes_of, odd_lanes, seeded_by_places
from timing.services.raceday.seeding import not_starting, starters_of

LET_IN = ("qR", "qJ")
"""Marks of those whom the referee or the jury lets go on (CR 25.4); others are by result."""


class Field(NamedTuple):
    """What the state knows of the next round. gone: ruled out of it. starts: there, by bib.

    given: bib -> the mark that was given. lines: the rulings that put somebody there, by bib.
    let_in: bib -> mark, see LET_IN.
    marks: (bib, mark) of everybody in the order of seeding. guns: waves that started.
    """

    gone: frozenset[EntryId]
    starts: Mapping[str, Start]
    given: Mapping[str, str]
    lines: Mapping[str, Sequence[LineId]]
    let_in: Mapping[str, str]
    marks: tuple[tuple[str, int | None], ...]
    guns: tuple[str, ...]


class Chosen(NamedTuple):
    """ranked: who goes on, with the reserves. withdrawn: who would and does not come.

    dropped: who stands there by a result that does not hold any more. standby: reserves who wait.
    """

    ranked: tuple[str, ...]
    withdrawn: tuple[str, ...]
    dropped: tuple[str, ...]
    standby: tuple[str, ...]


def field_of(house: House, slug: str, contest: Contest, number: int) -> Field:
    """Ask for the field of the round that follows this one. Raises UnknownEventError.

    number: of this round, from 0.
    """
    found = house.live.ask(slug, lambda state: _field(state, contest, number))
    if found is None:
        raise UnknownEventError(slug)
    return found


def _field(state: State, contest: Contest, number: int) -> Field:
    this, following = contest.rounds[number : number + 2]
    marks = {each.key: each.mark for each in starters_of(state, contest, this.code)}
    bibs = state.lineup.bibs
    starts = {
        bibs[entry]: start
        for (entry, code), start in state.lineup.starts.items()
        if code == following.code and state.lineup.entries[entry].contest == contest.code
    }
    given: dict[str, str] = {}
    lines: dict[str, list[LineId]] = {}
    for each in state.live:
        match each.act:
            case act.Qualify(entry=entry, round=this.code, mark=mark) if entry in bibs:
                given[bibs[entry]] = mark
            case act.Move(entry=entry, round=following.code) if entry in bibs:
                pass
            case _:
                continue
        lines.setdefault(bibs[entry], []).append(each.id)
    let_in = {bib: mark for bib, mark in given.items() if mark in LET_IN}
    own = {heat.wave for heat in following.heats} - {heat.wave for heat in this.heats}
    fired = own & set(state.lineup.guns)
    return Field(
        not_starting(state, following.code), starts, given, lines, let_in,
        tuple((key, marks[key]) for key in seed_order(marks.items())),
        tuple(wave.name for wave in state.event.waves if wave.code in fired),
    )  # fmt: skip


def finishers_of(standings: Standings) -> list[Finisher]:
    """Everybody of a round, as who goes on is decided."""
    return [
        Finisher(row.bib, row.start.heat, row.heat_place, row.result.gun)
        for row in standings.rows
        if row.bib
    ]


def ranked_for(
    contest: Contest, progression: Progression, field: Field, earlier: Iterable[Standings]
) -> tuple[str, ...]:
    """By places and times, or in longer races by the marks so far (TR 20.3.2).

    Whom the referee or the jury lets in ranks last.
    """
    ranked = rank_qualifiers(progression)
    ranked = (*ranked, *(bib for bib in field.let_in if bib not in ranked))
    if seeded_by_places(contest):
        return ranked
    known = dict(field.marks)
    seeds = [(bib, known[bib]) for bib, _mark in field.marks if bib in ranked]
    seeds += [(bib, None) for bib in ranked if bib not in known]
    runs = [finisher for standings in earlier for finisher in finishers_of(standings)]
    return rank_by_marks(seeds, runs)


def chosen_of(
    ranked: Sequence[str], standby: Sequence[str], gone: set[str], field: Field
) -> Chosen:
    """Let reserves take the places of those who are gone. ranked: all who would go on."""
    filled = replace_withdrawn(ranked, standby, gone)
    waiting = tuple(bib for bib in standby if bib not in gone and bib not in filled)
    withdrawn = tuple(bib for bib in (*ranked, *standby) if bib in gone)
    by_result = [bib for bib in field.starts if bib in field.given and bib not in field.let_in]
    dropped = tuple(bib for bib in by_result if bib not in filled and bib not in gone)
    return Chosen(filled, withdrawn, dropped, waiting)


def spots_of(
    contest: Contest, number: int, chosen: Chosen, field: Field, seed: str
) -> Mapping[str, tuple[int, int]]:
    """The heat and the lane of each qualifier."""
    if any(bib in field.starts for bib in (*chosen.withdrawn, *chosen.dropped)):
        return _kept(contest.rounds[number], chosen, field)
    following = contest.rounds[number]
    spots: dict[str, tuple[int, int]] = {}
    for heat, bibs in zip(
        following.heats, zigzag(chosen.ranked, len(following.heats)), strict=True
    ):
        purpose = f"{contest.code} {following.code} heat {heat.number} lanes"
        lanes = lanes_of(contest, number, heat, bibs, (seed, purpose))
        spots |= {bib: (heat.number, lanes.get(bib, 0)) for bib in bibs}
    return spots


def _kept(this: Round, chosen: Chosen, field: Field) -> Mapping[str, tuple[int, int]]:
    """Who stands there stays; the others take the places that were left, the best first."""
    leaving = [
        field.starts[bib] for bib in (*chosen.withdrawn, *chosen.dropped) if bib in field.starts
    ]
    free = [(start.heat, start.lane) for start in leaving if start.lane]
    spots = {
        bib: (field.starts[bib].heat, field.starts[bib].lane)
        for bib in chosen.ranked
        if bib in field.starts
    }
    for bib in chosen.ranked:
        if bib not in spots:
            spots[bib] = free.pop(0) if free else (_emptiest(this, spots), 0)
    return spots


def _emptiest(this: Round, spots: Mapping[str, tuple[int, int]]) -> int:
    """The heat in which the fewest stand."""
    taken = [heat for heat, _lane in spots.values()]
    return min((heat.number for heat in this.heats), key=taken.count)


def odd_of(contest: Contest, number: int, chosen: Chosen, field: Field) -> Iterator[OddLane]:
    """Lanes that officials gave otherwise; a reserve may have any."""
    if chosen.withdrawn or not set(chosen.ranked) <= set(field.starts):
        return
    for heat in contest.rounds[number].heats:
        standing = [
            (bib, field.starts[bib].lane)
            for bib in chosen.ranked
            if bib in field.starts and field.starts[bib].heat == heat.number
        ]
        yield from odd_lanes(contest, number, heat, standing)
