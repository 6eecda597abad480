"""Rounds, heats and waves by form: what is not changed stays, on what rulings rest stays too."""

import pytest

from tests.services.office.test_setting_up import EVENT, MILE_FORM
from timing.core.refusal import Refusal
from timing.services.office import setting_up
from timing.services.office.contest_words import words_of
from timing.services.office.round_form import wave_words


@pytest.fixture
def slug(house):
    made, _ = setting_up.create(house, EVENT)
    keep(house, made, "", {**MILE_FORM, "heats": "3", "lanes": "6", "by_place": "1"})
    return made


def keep(house, slug, code, fields):
    change = setting_up.contest_change(house, slug, code, fields)
    setting_up.save(house, slug, change, reason="", by="Ada")


def mile(house, slug):
    event = setting_up.loaded(house, slug)
    return event, event.contests[0]


def test_a_third_round_is_added_and_the_others_stay_as_they_are(house, slug):
    event, before = mile(house, slug)
    words = words_of(event, before)
    words |= {"round-2-code": "final", "round-2-name": "Final", "round-2-heats": "1",
              "round-2-lanes": "6", "round-1-code": "", "round-1-name": "Semi-finals",
              "round-1-heats": "2", "round-1-by_place": "2", "round-1-by_time": "2",
              "round-1-reserves": "1"}  # fmt: skip
    keep(house, slug, before.code, words)
    event, after = mile(house, slug)
    assert [(each.code, each.name, len(each.heats)) for each in after.rounds] == [
        ("heats", "Heats", 3), ("semi-finals", "Semi-finals", 2), ("final", "Final", 1),
    ]  # fmt: skip
    semi = after.rounds[1]
    assert (semi.by_place, semi.by_time, semi.reserves) == (2, 2, 1)
    assert after.rounds[0] == before.rounds[0]
    assert len(event.waves) == 6
    keep(house, slug, after.code, words_of(event, after))
    assert mile(house, slug) == (event, after)


def test_two_rounds_of_one_name_are_refused(house, slug):
    event, before = mile(house, slug)
    words = words_of(event, before) | {"round-2-name": "Heats", "round-2-heats": "1"}
    with pytest.raises(Refusal, match="same name"):
        keep(house, slug, before.code, words)


def test_a_point_in_between_leaves_the_codes_of_the_others(house, slug):
    event, before = mile(house, slug)
    words = words_of(event, before)
    moved = {
        f"leg-{n + 1}-{field}": words.get(f"leg-{n}-{field}", "")
        for n in range(2, 5)
        for field in ("code", "name", "point", "distance", "direction", "surface")
    }
    added = {"leg-2-code": "", "leg-2-name": "Water", "leg-2-distance": "500 m"}
    keep(house, slug, before.code, words | moved | added)
    _, after = mile(house, slug)
    codes = [point.code for point in after.course.points]
    assert [code for code in codes if code in {p.code for p in before.course.points}] == [
        point.code for point in before.course.points
    ]
    assert len(codes) == len(set(codes)) == len(before.course.points) + 1


def test_waves_get_names_times_and_intervals_and_points_get_names(house, slug):
    event, _ = mile(house, slug)
    words = wave_words(event)
    words |= {"wave-1-name": "Heat B", "wave-1-start": "11:15", "wave-1-day": "1",
              "wave-1-interval": "0:30", "point-line": "The mat"}  # fmt: skip
    change = setting_up.waves_change(house, slug, words)
    setting_up.save(house, slug, change, reason="", by="Ada")
    event, contest = mile(house, slug)
    wave = event.waves[1]
    assert (wave.name, wave.interval) == ("Heat B", 30_000_000)
    assert wave.scheduled - event.waves[0].scheduled == 45 * 60_000_000
    assert {point.code: point.name for point in event.points}["line"] == "The mat"
    keep(house, slug, contest.code, words_of(event, contest))
    assert setting_up.loaded(house, slug).waves == event.waves
    bad = words | {"wave-0-start": "noon", "wave-1-name": " "}
    with pytest.raises(Refusal) as refused:
        setting_up.waves_change(house, slug, bad)
    assert {problem.code for problem in refused.value.problems} == {"wave-0-start", "wave-1-name"}


def test_a_contest_leaves_a_shared_gun_for_one_of_its_own(house, slug):
    five = {**MILE_FORM, "name": "Five", "distance": "5 km", "code": "five",
            "wave": "backward-mile-heat-1"}  # fmt: skip
    keep(house, slug, "", five)
    event = setting_up.loaded(house, slug)
    shared = event.contest("five")
    assert shared.rounds[0].heats[0].wave == "backward-mile-heat-1"
    words = words_of(event, shared)
    assert words["wave"] == "backward-mile-heat-1"
    keep(house, slug, "five", words | {"wave": "", "start": "12:00"})
    event = setting_up.loaded(house, slug)
    assert event.contest("five").rounds[0].heats[0].wave == "five"
    assert [wave.code for wave in event.waves if wave.code == "five"]


def test_a_further_wave_is_added_and_stays_until_its_name_is_cleared(house, slug):
    event, contest = mile(house, slug)
    spare = f"wave-{len(event.waves)}-"
    words = wave_words(event) | {f"{spare}name": "Heat 1", f"{spare}start": "10:15"}
    setting_up.save(house, slug, setting_up.waves_change(house, slug, words), reason="", by="Ada")
    event, _ = mile(house, slug)
    added = event.waves[-1]
    assert (added.code, added.name) == ("heat-1", "Heat 1")
    assert added.scheduled - event.waves[0].scheduled == -15 * 60_000_000
    keep(house, slug, contest.code, words_of(event, contest))
    assert setting_up.loaded(house, slug).waves == event.waves
    again = wave_words(event) | {f"wave-{len(event.waves)}-name": "Heat 1"}
    change = setting_up.waves_change(house, slug, again)
    assert [wave.code for wave in change.event.waves][-2:] == ["heat-1", "heat-1-2"]
    cleared = wave_words(event) | {f"{spare}name": ""}
    change = setting_up.waves_change(house, slug, cleared)
    assert change.event.waves == event.waves[:-1]


@pytest.mark.parametrize("distance", ["21.1 km", "10 km", "21100 m", "100000 m", "3 mi"])
def test_a_contest_of_any_length_is_kept_as_its_form_shows_it(house, slug, distance):
    form = {**MILE_FORM, "name": "Long", "code": "long", "distance": distance, "laps": "1"}
    keep(house, slug, "", form)
    event = setting_up.loaded(house, slug)
    contest = event.contest("long")
    keep(house, slug, "long", words_of(event, contest))
    assert setting_up.loaded(house, slug).contest("long") == contest


@pytest.mark.parametrize(
    ("distance", "laps", "length", "points"),
    [
        ("4 x 400 m", "1", 1_600_000, 5),
        ("4×2 km", "", 8_000_000, 5),
        ("4 x 400 m", "8", 1_600_000, 9),
        ("2 km", "4", 2_000_000, 5),
    ],
)
def test_a_distance_may_say_its_laps(house, slug, distance, laps, length, points):
    form = {**MILE_FORM, "name": "Relay", "code": "relay", "distance": distance, "laps": laps}
    keep(house, slug, "", form)
    course = setting_up.loaded(house, slug).contest("relay").course
    assert (course.distance, len(course.points)) == (length, points)


def test_a_point_may_be_added_in_any_row_and_stands_where_its_distance_says(house, slug):
    form = {**MILE_FORM, "name": "Trail", "code": "trail", "distance": "21.1 km", "laps": "1"}
    keep(house, slug, "", form)
    event = setting_up.loaded(house, slug)
    words = words_of(event, event.contest("trail"))
    words |= {"leg-2-name": "Ridge", "leg-2-distance": "9 km", "leg-2-point": "Ridge",
              "leg-2-direction": "forward"}  # fmt: skip
    keep(house, slug, "trail", words)
    course = setting_up.loaded(house, slug).contest("trail").course
    assert [(each.code, each.point) for each in course.points] == [
        ("start", "start"), ("split-1", "ridge"), ("finish", "line"),
    ]  # fmt: skip
    assert [leg.direction.value for leg in course.legs] == ["forward", "backward"]
