"""Who starts, for the lists from before a race, and the orders in which they stand."""

from __future__ import annotations

import re
from typing import NamedTuple

from timing.core.clock import Duration, Instant, format_duration
from timing.core.fold.lineup import Lineup
from timing.core.setup.alphabet import bare
from timing.core.setup.event import Contest, Event
from timing.core.setup.roster import Entry, Start
from timing.core.telling.listing import shown_name
from timing.printing.phrases import clock_time

_NUMBER = re.compile(r"\d+")


class Starter(NamedTuple):
    """One entry on a list. start: None where the contest or round is not drawn yet.

    category: as the scheme of the contest has it, "" for the one that was entered.
    """

    contest: Contest
    entry: Entry
    bib: str
    start: Start | None
    planned: str
    category: str = ""


def starters_of(
    event: Event, lineup: Lineup, contest: str = "", round_code: str = ""
) -> list[Starter]:
    """Everybody who is entered, in one contest or in all of them.

    round_code: only those on the start list of this round; "" takes the first round of each.
    planned: local time of the own start, "" where it is not known.
    """
    found = []
    for entry in lineup.entries.values():
        own = event.contest(entry.contest)
        if own is None or (contest and own.code != contest):
            continue
        code = round_code or (own.rounds[0].code if own.rounds else "")
        start = lineup.starts.get((entry.id, code))
        if start is None and round_code:
            continue
        bib = lineup.bibs.get(entry.id, entry.bib)
        found.append(Starter(own, entry, bib, start, _planned(event, start)))
    return found


def _planned(event: Event, start: Start | None) -> str:
    """The scheduled moment of the wave, later by the lane's interval and the own offset."""
    wave = next((each for each in event.waves if start and each.code == start.wave), None)
    if wave is None or wave.scheduled is None or start is None:
        return ""
    late = start.offset + (wave.interval or 0) * max(start.lane - 1, 0)
    return clock_time(Instant(wave.scheduled + late), event.timezone)


def time_text(starter: Starter, time: Duration | None) -> str:
    """A time that came with the entry, with the digits of the contest; "" where none came."""
    return "" if time is None else format_duration(time, starter.contest.rules.decimals)


def by_bib(starter: Starter) -> tuple[int, str]:
    """Bibs in the order of their numbers; without a bib first, so that they are seen."""
    number = _NUMBER.search(starter.bib)
    return (int(number.group()) if number else -1, starter.bib)


def by_name(starter: Starter) -> tuple[str, str]:
    """Names by the family name, without accents and case."""
    entry = starter.entry
    family = entry.family or entry.name.rpartition(" ")[2]
    return bare(family), bare(shown_name(entry))


def by_lane(starter: Starter) -> tuple[int, int, tuple[int, str]]:
    start = starter.start
    if start is None:
        return (1_000_000, 0, by_bib(starter))
    return (start.heat, start.lane, by_bib(starter))


def by_start(starter: Starter) -> tuple[str, tuple[int, int, tuple[int, str]]]:
    return (starter.planned, by_lane(starter))
