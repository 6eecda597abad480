"""What must be zero or explained before results are published."""

from __future__ import annotations

import pytest

from tests.core.story import contest, course, entry, event, moment
from tests.services.days import SLUG, run_day
from timing.core.clock import Instant
from timing.core.journal.rulings import Clear, Close, SetStatus
from timing.core.status import Status
from timing.services.house import House, UnknownEventError
from timing.services.office import stations
from timing.services.raceday import ready
from timing.services.rulings import rule
from timing.store import setup, stations as rows


def counts(house: House, contest_code: str = "") -> dict[str, int]:
    found = ready.readiness(house, SLUG, contest_code)
    return {check.code: len(check.open) for check in found.checks}


def test_a_clean_race_has_nothing_to_look_at(house: House):
    run_day(house, "gun 0:00 | 101 finish 6:45 | 102 finish 6:46")
    assert counts(house) == {}


def test_kinds_are_counted_the_gravest_first(house: House):
    run_day(
        house,
        "gun 0:00 | 101 finish 6:45 | 102 finish 6:45 | 7 finish 6:50 | 8 finish 6:51 | "
        "- finish 6:55 | 103 start 0:02 | 101 finish 9:00",
        entered="101 102 103",
    )
    assert counts(house) == {
        "unknown_bib": 2, "no_bib": 1, "still_out": 1, "podium_tie": 1, "after_finish": 1,
    }  # fmt: skip


def test_what_is_explained_is_not_counted(house: House):
    run_day(house, "gun 0:00 | 101 finish 6:45 | 102 finish 6:45")
    rule(house, SLUG, [Clear(anomaly="podium_tie:race:final:1")], reason="both won", author="R")
    assert counts(house) == {"podium_tie": 0}


def test_a_contest_hears_of_its_own_doubts_and_of_those_of_nobody_at_its_points(house: House):
    walk = contest("walk", course("gate 0 | tower 1000"))
    run_day(
        house,
        "gun 0:00 race | gun 0:00 walk | 201 gate 0:05 | 7 tower 5:00 | 8 finish 5:00",
        of=event([contest(), walk]),
        entered=[entry("101"), entry("201", contest="walk")],
    )
    assert counts(house, "walk") == {"unknown_bib": 1, "still_out": 1}
    assert counts(house, "race") == {"unknown_bib": 1, "nobody_seen": 1}


def test_a_contest_of_which_nobody_was_seen_is_not_official_without_a_reason(house: House):
    walk = contest("walk", course("gate 0 | tower 1000"))
    run_day(
        house, "gun 0:00 race | 101 finish 6:45",
        of=event([contest(), walk]),
        entered=[entry("101"), entry("201", contest="walk"), entry("202", contest="walk")],
    )  # fmt: skip
    dns = SetStatus(entry=202, round="final", status=Status.DNS)
    rule(house, SLUG, [dns], reason="ill", author="R")
    assert counts(house, "walk") == {"nobody_seen": 1}
    [blocking] = ready.readiness(house, SLUG, "walk").blocking
    assert blocking.sentence == "Nobody of Walk, final, was seen anywhere."
    rule(house, SLUG, [Clear(anomaly=blocking.key)], reason="called off", author="R")
    assert ready.readiness(house, SLUG, "walk").blocking == ()


def test_who_was_never_seen_is_named_until_the_round_is_closed(house: House):
    run_day(house, "gun 0:00 | 101 finish 6:45", entered="101 102 103")
    assert counts(house) == {"not_seen": 1}
    [check] = ready.readiness(house, SLUG).checks
    assert check.doubts[0].sentence == "2 of Race were never seen and are not ruled DNS: 102, 103."
    rule(house, SLUG, [Close(contest="race", round="final")], reason="sweeper is in", author="R")
    assert counts(house) == {}


def test_times_of_a_wave_without_a_gun_concern_its_contest(house: House):
    run_day(house, "101 finish 6:45", of=event([contest(), contest("walk")]))
    assert "no_gun" in counts(house, "race")
    assert counts(house, "walk") == {}


def test_stations_that_hold_lines_back_stand_in_the_way(house: House):
    run_day(house, "gun 0:00 | 101 finish 6:45")
    hear(house, "phone-one", "30:00", unsent=3)
    hear(house, "phone-two", "20:00", unsent=0)
    assert counts(house, "race") == {"unsent_lines": 1, "silent_station": 1}
    [blocking] = ready.readiness(house, SLUG, "race").blocking
    assert blocking.sentence == (
        "Station phone-one at finish holds 3 lines that did not arrive yet."
    )


def test_each_silent_device_of_one_link_is_told_by_its_number(house: House):
    run_day(house, "gun 0:00 | 101 finish 6:45")
    for number in (1, 2, 3):
        hear(house, "Eva", f"2{number}:00", unsent=0, station=f"phone-{number}")
    hear(house, "Eva", "30:00", unsent=0, station="phone-2")
    [check] = ready.readiness(house, SLUG, "race").checks
    assert [doubt.params["station"] for doubt in check.doubts] == ["Eva (1)", "Eva (3)"]
    assert stations.names(house, SLUG)["phone-2"] == "Eva (2)"


def test_a_station_elsewhere_does_not_concern_the_contest(house: House):
    run_day(house, "gun 0:00 | 101 finish 6:45")
    hear(house, "phone-one", "30:00", unsent=3, point="elsewhere")
    assert counts(house, "race") == {}
    assert counts(house) == {"unsent_lines": 1}


def hear(
    house: House, name: str, at: str, *, unsent: int, point: str = "finish", station: str = ""
) -> None:
    then = moment(at) or Instant(0)
    with house.store.write() as tx:
        number = setup.find_event(tx, SLUG) or 0
        device = station or name
        row = rows.StationRow(number, device, None, name, point, then, then, unsent, None)
        rows.hear(tx, row)
    assert stations.devices(house, SLUG)


def test_an_event_or_contest_that_is_not_there_is_named(house: House):
    run_day(house, "gun 0:00 | 101 finish 6:45")
    with pytest.raises(UnknownEventError, match="swim"):
        ready.readiness(house, SLUG, "swim")
    with pytest.raises(UnknownEventError):
        ready.readiness(house, "nowhere")
