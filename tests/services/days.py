"""A race of the story language, in the database of a house: its setup, its roster, its journal."""

from __future__ import annotations

from tests.core.story import Told, moment, story
from tests.machines.clocks import StandingClock
from timing.core.clock import Instant
from timing.services.house import House
from timing.store import journal, roster, setup

SLUG = "story"


def run_day(house: House, text: str, *, until: str = "30:00", **how) -> Told:
    """Tell a story and write it down; the clock then stands at a time of the story."""
    told = story(text, **how)
    with house.store.write() as tx:
        event = setup.save_event(tx, told.event)
        roster.save_roster(tx, event, told.roster)
        journal.append(tx, event, told.journal.reads, told.journal.rulings)
    set_clock(house, until)
    return told


def go_on(house: House, text: str, station: str = "later") -> None:
    """Let stations write further lines; each call is a station of its own."""
    from tests.core.story import Teller

    teller = Teller()
    for line in text.split("|"):
        teller.tell(f"@{station} {line.strip()}")
    with house.store.write() as tx:
        journal.append(tx, setup.find_event(tx, SLUG) or 0, teller.reads, teller.rulings)


def set_clock(house: House, until: str) -> None:
    """Let it be so long after the beginning of the story."""
    clock = house.clock
    assert isinstance(clock, StandingClock)
    clock.at = moment(until) or Instant(0)


def places(house: House, contest: str = "race", round_code: str = "final") -> str:
    """The list as ``1 101 | 2 102 | DNF 103``."""
    snapshot = house.live.snapshot(SLUG, fresh=True)
    assert snapshot is not None
    rows = snapshot.standings[contest, round_code].rows
    return " | ".join(f"{row.place or row.result.status} {row.bib}" for row in rows)
