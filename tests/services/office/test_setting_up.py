"""An event from an empty database; last year's again; what a change after the gun would do."""

import pytest

from tests.services.days import SLUG, places, run_day
from timing.core.refusal import Refusal
from timing.core.rulebook.rules import Basis
from timing.core.setup.event import Direction, PointKind
from timing.services.office import contest_form, setting_up
from timing.services.office.contest_words import other_rounding, words_of
from timing.services.office.form_reading import MILE
from timing.store import journal, setup

EVENT = {
    "name": "Rückwärtsmeile", "slug": "", "date": "2026-05-30", "timezone": "Europe/Berlin",
    "place": "Berlin", "public": "yes", "language-de": "yes", "language-en": "yes",
}  # fmt: skip
MILE_FORM = {
    "name": "Backward Mile", "distance": "1 mi", "laps": "4", "direction": "backward, forward",
    "surface": "track", "preset": "track-hand", "categories": "wma", "start": "10:30",
    "requires-briefing": "yes", "capacity": "60", "bibs": "1-99", "decimals": "2",
}  # fmt: skip


def added(house, **changes):
    slug, _ = setting_up.create(house, EVENT)
    change = setting_up.contest_change(house, slug, "", {**MILE_FORM, **changes})
    setting_up.save(house, slug, change, reason="", by="Ada")
    return setting_up.loaded(house, slug)


def test_an_event_begins_with_its_facts(house):
    slug, warnings = setting_up.create(house, EVENT)
    event = setting_up.loaded(house, slug)
    assert (slug, warnings) == ("ruckwartsmeile", ())
    assert (event.timezone, event.languages, event.public) == ("Europe/Berlin", ("en", "de"), True)
    assert [point.code for point in event.points] == ["check-in"]
    with pytest.raises(Refusal, match="already"):
        setting_up.create(house, EVENT)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": " "}, "no name"),
        ({"slug": "staff"}, "used by the house"),
        ({"slug": "api"}, "used by the house"),
        ({"slug": "Ünsinn!"}, "no address"),
        ({"date": "30.5.2026"}, "is no date"),
        ({"date": "2026-02-30"}, "is no date"),
        ({"last_date": "2026-05-29"}, "before the first"),
        ({"timezone": "Mars/Base"}, "no time zone"),
        ({"ruleset": "chess"}, "no rules"),
    ],
)
def test_facts_that_cannot_be_are_refused(house, changes, sentence):
    with pytest.raises(Refusal, match=sentence):
        setting_up.create(house, EVENT | changes)


@pytest.mark.parametrize("word", sorted(setting_up.RESERVED))
def test_addresses_of_the_house_are_no_events(house, word):
    with pytest.raises(Refusal):
        setting_up.create(house, EVENT | {"slug": word})


@pytest.mark.parametrize("word", sorted(contest_form.RESERVED))
def test_pages_of_an_event_are_no_contests(house, word):
    slug, _ = setting_up.create(house, EVENT)
    for form in ({"name": word.title()}, {"code": word}):
        with pytest.raises(Refusal, match=f"{word}.* is used by the house"):
            setting_up.contest_change(house, slug, "", {**MILE_FORM, **form})


def test_a_contest_of_laps_with_turning_directions(house):
    event = added(house)
    [mile] = event.contests
    assert (mile.code, mile.discipline) == ("backward-mile", "mixed-mile")
    assert mile.course.distance == MILE
    assert [leg.direction for leg in mile.course.legs] == [
        Direction.BACKWARD, Direction.FORWARD, Direction.BACKWARD, Direction.FORWARD,
    ]  # fmt: skip
    assert [point.kind for point in mile.course.points][-1] is PointKind.FINISH
    assert (mile.rules.decimals, mile.rules.preset, mile.rules.categories) == (
        2,
        "track-hand",
        "wma",
    )
    assert (mile.requires, mile.capacity, mile.bibs) == (("briefing",), 60, "1-99")
    assert [wave.scheduled for wave in event.waves] == [1_780_129_800_000_000]
    assert {point.code for point in event.points} == {"check-in", "start", "line"}


def test_a_contest_comes_back_from_its_words(house):
    event = added(house)
    [mile] = event.contests
    words = words_of(event, mile)
    assert (words["start"], words["decimals"], words.get("step", "")) == (
        "10:30", "2", "",
    )  # fmt: skip
    change = setting_up.contest_change(house, event.slug, mile.code, words)
    again = change.event.contest(mile.code)
    names = [point.name for point in again.course.points]
    assert names == [point.name for point in mile.course.points]
    assert again.course.legs == mile.course.legs
    assert again.rules == mile.rules
    assert change.event.waves == event.waves


def test_legs_of_their_own_points_and_surfaces(house):
    rows = {
        "leg-0-name": "Start", "leg-1-name": "Hill top", "leg-1-distance": "1.5 km",
        "leg-1-point": "Hill top", "leg-1-direction": "forward", "leg-1-surface": "trail",
        "leg-2-name": "Finish", "leg-2-distance": "3 km", "leg-2-direction": "backward",
    }  # fmt: skip
    course = added(house, **rows).contests[0].course
    assert [(point.point, point.distance) for point in course.points] == [
        ("start", 0), ("hill-top", 1_500_000), ("line", 3_000_000),
    ]  # fmt: skip
    assert [leg.surface for leg in course.legs] == ["trail", ""]


def test_heats_bring_their_waves_and_a_final(house):
    event = added(house, heats="3", lanes="6", by_place="1", by_time="3")
    [mile] = event.contests
    assert [each.code for each in mile.rounds] == ["heats", "final"]
    assert [heat.wave for heat in mile.rounds[0].heats] == [
        f"backward-mile-heat-{n}" for n in (1, 2, 3)
    ]
    assert (mile.rounds[0].by_place, mile.rounds[0].by_time) == (1, 3)
    assert len(event.waves) == 4


def test_everything_that_cannot_be_read_is_told_at_once(house):
    slug, _ = setting_up.create(house, EVENT)
    bad = {
        "name": "", "distance": "far", "direction": "sideways", "capacity": "many",
        "preset": "chess", "categories": "zodiac", "bibs": "9-1", "start": "noon",
        "time_limit": "long", "timing": "sundial", "wave": "nobody", "step": "0", "heats": "99999",
    }  # fmt: skip
    with pytest.raises(Refusal) as refused:
        setting_up.contest_change(house, slug, "", bad)
    codes = {problem.code for problem in refused.value.problems}
    assert {"name", "distance", "direction", "capacity", "preset", "categories", "bibs", "start",
            "time_limit", "timing", "wave", "step", "heats"} <= codes  # fmt: skip
    with pytest.raises(Refusal, match="no contest 'x'"):
        setting_up.contest_change(house, slug, "x", MILE_FORM)


def test_a_copy_of_last_year_tells_every_fixed_date(house):
    old = added(house)
    fields = EVENT | {"slug": "next", "name": "Mile 2026", "date": "2027-05-29"}
    slug, warnings = setting_up.create(house, fields, copy_of=old.slug)
    new = setting_up.loaded(house, slug)
    assert new.contests == old.contests
    assert "start of Backward Mile: moved to 2027-05-29 10:30" in warnings[0]
    assert "the name still says 2026" in warnings
    with house.store.read() as tx:
        assert journal.head(tx, setup.find_event(tx, slug)).seq == 0


def test_before_the_gun_nothing_has_to_be_explained(house):
    event = added(house)
    change = setting_up.event_change(house, event.slug, EVENT | {"date": "2026-05-31"})
    assert change.preview is None
    setting_up.save(house, event.slug, change, reason="", by="Ada")
    change = setting_up.without_contest(house, event.slug, "backward-mile")
    setting_up.save(house, event.slug, change, reason="", by="Ada")
    assert setting_up.loaded(house, event.slug).waves == ()


def test_after_the_gun_a_change_is_looked_at_and_explained(house):
    run_day(house, "gun 0:00 | 101 start 0:09 | 101 finish 9:00 | 102 start 0:01 | 102 finish 9:01")
    event = setting_up.loaded(house, SLUG)
    assert places(house).startswith("1 101")
    words = words_of(event, event.contests[0]) | {"basis": "net"}
    change = setting_up.contest_change(house, SLUG, "race", words)
    assert change.event.contests[0].rules.basis is Basis.NET
    assert change.preview.results == 2
    with pytest.raises(Refusal, match="give a reason"):
        setting_up.save(house, SLUG, change, reason="", by="Ada")
    setting_up.save(house, SLUG, change, reason="the invitation says net", by="Ada")
    with house.store.read() as tx:
        last = journal.load_journal(tx, setup.find_event(tx, SLUG)).rulings[-1]
    assert (last.reason, last.author) == ("setup changed: the invitation says net", "Ada")


def test_a_contest_that_still_has_entrants_stays(house):
    run_day(house, "101 start 0:01")
    change = setting_up.without_contest(house, SLUG, "race")
    with pytest.raises(Refusal, match="still need it"):
        setting_up.save(house, SLUG, change, reason="", by="Ada")


def test_every_scheme_of_the_house_is_without_gap_and_overlap():
    assert set(setting_up.scheme_checks().values()) == {None}


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, None),  # by hand on the track: a tenth, and so do the rules of this contest
        ({"step": "0.01"}, ("0.01", "0.1", "World Athletics")),
        ({"timing": "fat"}, ("0.1", "0.01", "World Athletics")),
        ({"timing": "fat", "distance": "15 km", "laps": "1"}, None),
        ({"timing": "transponder"}, ("0.1", "1", "World Athletics")),
        ({"timing": "fat", "surface": "road", "preset": "road-gun"}, None),
        ({"timing": "fat", "surface": "beach"}, None),  # nobody rules beaches
    ],
)
def test_a_contest_that_rounds_otherwise_than_a_federation_is_told_so(house, changes, told):
    (contest,) = added(house, **changes).contests
    found = other_rounding(contest)
    assert (found and found[:3]) == told


def test_couples_swap_and_lanes_end_where_the_form_says_and_stay_when_it_is_kept_again(house):
    ways = "backward/forward, forward/backward"
    event = added(house, distance="1 km", laps="2", direction=ways, legs_of="2",
                  lanes="8", lanes_until="115 m")  # fmt: skip
    (contest,) = event.contests
    assert [leg.roles for leg in contest.course.legs] == [
        {"first": Direction.BACKWARD, "second": Direction.FORWARD},
        {"first": Direction.FORWARD, "second": Direction.BACKWARD},
    ]
    assert contest.course.lanes_until == 115_000
    words = words_of(event, contest)
    again = setting_up.contest_change(house, event.slug, contest.code, words)
    assert again.event.contests == (contest,)


def test_lanes_without_a_mark_go_to_the_finish_also_when_the_form_is_kept_again(house):
    event = added(house, distance="100 m", laps="1", lanes="8")
    (contest,) = event.contests
    assert contest.course.lanes_until == 100_000
    again = setting_up.contest_change(house, event.slug, contest.code, words_of(event, contest))
    assert again.event.contests == (contest,)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"direction": "backward/forward, backward", "legs_of": "2"},
         "leg 2: both partners run backward; expected one backward"),
        ({"direction": "backward/forward/backward"}, "expected two directions"),
        ({"direction": "backward/sideways"}, "'sideways' is no direction"),
        ({"lanes_until": "5 km"}, "lanes until 5000000 mm; expected 1 to 1609344"),
        ({"lanes_until": "a bit"}, "'a bit' is no distance"),
    ],
)  # fmt: skip
def test_a_course_on_which_nobody_can_swap_or_cut_in_is_refused(house, changes, sentence):
    with pytest.raises(Refusal, match=sentence):
        added(house, **changes)
