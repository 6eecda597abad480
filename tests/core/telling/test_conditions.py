"""The wind of each heat, from the setup or as it was ruled."""

from __future__ import annotations

from msgspec.structs import replace

from tests.core.story import contest, event
from timing.core.clock import Instant
from timing.core.journal.lines import Ruling
from timing.core.journal.rulings import Note, Wind
from timing.core.setup.event import Conditions
from timing.core.telling.conditions import wind_of, with_wind

RACE = replace(
    event([contest()]), conditions=Conditions(wind={"race/final/1": "+0.3", "2": "-1.0"})
)


def ruled(*speeds: str, heat: int = 1) -> list[Ruling]:
    acts = [Wind(contest="race", round="final", heat=heat, speed=speed) for speed in speeds]
    return [Ruling("office", n, Instant(n), each, "", "Ref") for n, each in enumerate(acts, 1)]


def test_a_ruled_wind_overrules_the_setup_and_the_later_ruling_holds():
    told = with_wind(RACE, ruled("+1.2", "+1.4"))
    assert wind_of(told, "race", "final", 1) == "+1.4"
    assert wind_of(RACE, "race", "final", 1) == "+0.3"


def test_a_wind_that_was_taken_away_is_not_known():
    told = with_wind(RACE, ruled("+1.2", ""))
    assert wind_of(told, "race", "final", 1) == ""
    assert "race/final/1" not in told.conditions.wind


def test_an_event_of_one_round_may_keep_the_wind_under_the_heat_alone():
    assert wind_of(RACE, "race", "final", 2) == "-1.0"
    two = replace(RACE, contests=(contest(), contest("walk")))
    assert wind_of(two, "race", "final", 2) == ""


def test_other_rulings_leave_the_event_as_it_is():
    note = Ruling("office", 1, Instant(1), Note(line=("finish", 1), text="rain"), "", "Ref")
    assert with_wind(RACE, [note]) is RACE
