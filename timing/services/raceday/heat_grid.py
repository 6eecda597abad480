"""A heat by lane as it was typed so far: times, reaction times, wind, statuses and places."""

from __future__ import annotations

from typing import NamedTuple

from timing.core.clock import Duration, Instant, format_duration
from timing.core.fold.whole import State
from timing.core.journal import rulings as act
from timing.core.journal.lines import Read
from timing.core.refusal import refused
from timing.core.setup.event import Contest, Event, Heat
from timing.core.setup.roster import Start
from timing.core.telling.conditions import wind_of, with_wind
from timing.core.telling.listing import reaction_of
from timing.services.house import House, UnknownEventError
from timing.services.raceday.heat_cells import STATUSES, WATCHES
from timing.services.raceday.starting import FALSE_START


class Lane(NamedTuple):
    """One row of a heat. times: as typed digits are shown again, "" for an empty watch.

    status: with its rule. reaction: to the thousandth. false_starts: how many were noted.
    """

    start: Start
    bib: str
    name: str
    times: tuple[str, ...]
    photo: bool
    status: str
    place: str
    reaction: str
    false_starts: int


class HeatGrid(NamedTuple):
    """A heat by lane. wind: as recorded, "" where nobody noted one.

    recalls: how often its gun was recalled. following: the next heat that has starters, in the
    order of the day.
    """

    event: Event
    contest: Contest
    round: str
    heat: Heat
    gun: Instant | None
    wind: str
    recalls: int
    lanes: tuple[Lane, ...]
    following: tuple[str, str, int] | None


def heats(house: House, slug: str) -> tuple[Event, list[tuple[Contest, str, Heat, int]]]:
    """Every heat with how many start in it. Raises UnknownEventError."""

    def ask(state: State) -> tuple[Event, list[tuple[Contest, str, Heat, int]]]:
        return state.event, [
            (contest, each.code, heat, len(_starts(state, contest, each.code, heat.number)))
            for contest in state.event.contests
            for each in contest.rounds
            for heat in each.heats
        ]

    found = house.live.ask(slug, ask)
    if found is None:
        raise UnknownEventError(slug)
    return found


def heat_grid(house: House, slug: str, contest: str, round_code: str, number: int) -> HeatGrid:
    """Show a heat as it was typed so far. Raises UnknownEventError, Refusal for no such heat."""
    event, every = heats(house, slug)
    places = [(each.code, code, heat.number) for each, code, heat, count in every if count]
    key = (contest, round_code, number)
    chosen = next((row for row in every if (row[0].code, row[1], row[2].number) == key), None)
    if chosen is None:
        raise refused(
            "heat",
            "there is no heat {number} of {contest} {round}",
            number=number,
            contest=contest,
            round=round_code,
        )
    after = places[places.index(key) + 1 :] if key in places else places
    following = after[0] if after else None

    def ask(state: State) -> HeatGrid:
        ruled = with_wind(state.event, state.live)
        return HeatGrid(
            event, chosen[0], round_code, chosen[2], state.lineup.guns.get(chosen[2].wave),
            wind_of(ruled, contest, round_code, number), _recalls(state, chosen[2].wave),
            _lanes(state, chosen[0], round_code, number), following,
        )  # fmt: skip

    found = house.live.ask(slug, ask)
    if found is None:
        raise UnknownEventError(slug)
    return found


def _recalls(state: State, wave: str) -> int:
    return sum(ruling.act == act.Gun(wave=wave, at=None) for ruling in state.live)


def station_of(grid: HeatGrid) -> str:
    """The station under which the lines of a heat's grid stand."""
    return f"grid-{grid.contest.code}-{grid.round}-{grid.heat.number}"


def _lanes(state: State, contest: Contest, round_code: str, number: int) -> tuple[Lane, ...]:
    station = f"grid-{contest.code}-{round_code}-{number}"
    typed: dict[str, dict[int, Read]] = {}
    for pile in state.piles.values():
        for read in pile:
            if read.station == station and read.bib:
                typed.setdefault(read.bib, {})[read.n % 10] = read
    order: dict[int, str] = {}
    for ruling in state.live:
        if isinstance(ruling.act, act.PhotoFinish) and ruling.act.round == round_code:
            order |= {entry: str(place) for place, entry in enumerate(ruling.act.order, 1)}
    lanes = []
    for start in _starts(state, contest, round_code, number):
        bib = state.lineup.bibs[start.entry]
        result = state.results[start.entry, round_code]
        reads, status = typed.get(bib, {}), result.status.value
        lanes.append(Lane(
            start=start,
            bib=bib,
            name=state.lineup.entries[start.entry].name,
            times=tuple(_shown(reads.get(watch), result.started) for watch in range(WATCHES)),
            photo=any(read.source == "photo" for read in reads.values()),
            status=f"{status} {result.rule}".strip() if status in STATUSES else "",
            place=order.get(start.entry, ""),
            reaction=reaction_of(result),
            false_starts=sum(mark.code == FALSE_START for mark in result.marks),
        ))  # fmt: skip
    return tuple(lanes)


def _shown(read: Read | None, started: Instant | None) -> str:
    if read is None or read.at is None or started is None:
        return ""
    time = Duration(read.at - started)
    return format_duration(time, 2) if time % 10_000 == 0 else format_duration(time)


def _starts(state: State, contest: Contest, round_code: str, number: int) -> list[Start]:
    found = [
        start
        for (entry, code), start in state.lineup.starts.items()
        if code == round_code
        and start.heat == number
        and state.lineup.entries[entry].contest == contest.code
    ]
    return sorted(found, key=lambda start: (start.lane, start.entry))
