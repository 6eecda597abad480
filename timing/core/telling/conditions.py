"""The wind of each heat: from the setup, or as an official wrote it down on the day."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from timing.core.journal.lines import Ruling
from timing.core.journal.rulings import Wind
from timing.core.setup.event import Event


def place_of(contest: str, round_code: str, heat: int) -> str:
    """Where the conditions of an event keep the wind of a heat."""
    return f"{contest}/{round_code}/{heat}"


def with_wind(event: Event, live: Iterable[Ruling]) -> Event:
    """The event with the winds that were ruled. live: the rulings in force."""
    ruled = {
        place_of(ruling.act.contest, ruling.act.round, ruling.act.heat): ruling.act.speed
        for ruling in live
        if isinstance(ruling.act, Wind)
    }
    if not ruled:
        return event
    known = {place: wind for place, wind in (event.conditions.wind | ruled).items() if wind}
    return replace(event, conditions=replace(event.conditions, wind=known))


def wind_of(event: Event, contest: str, round_code: str, heat: int) -> str:
    """The wind of a heat, "" where it is not known.

    An event of one contest with one round may keep it under the number of the heat alone.
    """
    wind = event.conditions.wind
    found = wind.get(place_of(contest, round_code, heat))
    if found is None and [len(each.rounds) for each in event.contests] == [1]:
        found = wind.get(str(heat))
    return found or ""
