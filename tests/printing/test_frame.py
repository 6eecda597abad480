"""What stands around the rows: facts in words, course and direction, state, foot."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from tests.core.story import ZERO, contest, course, event
from tests.printing.race import frame, heats, mile
from timing.core.clock import Duration, Instant
from timing.core.rulebook.rules import Basis
from timing.core.rulebook.rulesets import Ruleset, Sentence
from timing.core.setup.distances import length_of
from timing.core.setup.event import Conditions, Course, Direction, Leg, Round, Wave
from timing.printing.phrases import phrases_of
from timing.printing.sheet import Sheet, Tone
from timing.printing.sheets.contest_facts import (
    contest_facts,
    course_text,
    is_backward,
    qualification,
    ranked_by,
    rules_note,
)
from timing.printing.sheets.frame import Edition, Filling, Frame, framed

SAY = phrases_of("en")
INSIDE = Filling(subtitles=["Mile"], columns=[], groups=[], signed=True)


def put(**more: Any) -> Sheet:
    return framed(frame(mile(), **more), INSIDE)


@pytest.mark.parametrize(
    ("language", "millimetres", "shown"),
    [
        ("en", 100_000, "100 m"), ("en", 1_609_344, "1609.344 m"), ("en", 21_097_500, "21,097.5 m"),
        ("en", 0, "0 m"), ("de", 21_097_500, "21.097,5 m"), ("de", 1_609_344, "1609,344 m"),
        ("en", 10_000_000, "10,000 m"), ("de", 5_000_000, "5000 m"),
    ],
)  # fmt: skip
def test_metres_are_told_exactly_as_a_language_writes_them(
    language: str, millimetres: int, shown: str
) -> None:
    assert phrases_of(language).length(length_of(millimetres, kilometres=False)) == shown


@pytest.mark.parametrize(
    ("language", "name", "shown"),
    [
        ("en", "6.0975 km", "6.0975 km"), ("de", "6.0975 km", "6,0975 km"),
        ("fr", "8.04672 km", "8,04672 km"), ("en", "12000 m", "12,000 m"), ("de", "Turn", "Turn"),
        ("it", "", ""),
    ],
)  # fmt: skip
def test_a_point_named_by_its_distance_is_written_as_the_whole_is(
    language: str, name: str, shown: str
) -> None:
    assert phrases_of(language).point(name) == shown


def legs(*directions: Direction) -> Course:
    found = course("start 0 | a 400 | b 800 | finish 1500")
    return replace(found, legs=tuple(Leg(direction=each) for each in directions))


def halves(*directions: Direction) -> Course:
    points = " | ".join(f"p{n} {n * 500}" for n in range(len(directions) + 1))
    return replace(course(points), legs=tuple(Leg(direction=each) for each in directions))


def told(way: Course) -> str:
    """What the head of a sheet says about a course."""
    return course_text(SAY, contest(course=way))


def test_a_course_is_told_with_its_direction_leg_by_leg_where_it_changes() -> None:
    back, forth = Direction.BACKWARD, Direction.FORWARD
    assert told(legs(back, back, back)) == "1500 m backward"
    assert told(legs(back, back, forth)) == "800 m backward, 700 m forward"
    assert told(course("start 0 | finish 100")) == "100 m"
    assert told(course("start 0 | line 400", open_laps=True)) == "laps of 400 m"
    assert told(replace(legs(back, back, back), lanes_until=115_000)) == (
        "1500 m backward, in lanes until 115 m"
    )
    assert told(halves(back, forth, back, forth)) == ("2 times (500 m backward, 500 m forward)")
    assert told(halves(back, forth, back)) == ("500 m backward, 500 m forward, 500 m backward")
    assert is_backward(legs(forth, back, forth))
    assert not is_backward(legs(forth, forth, forth))


def test_couples_are_told_to_run_both_ways_and_where_they_swap() -> None:
    back, forth = Direction.BACKWARD, Direction.FORWARD
    one, other = ({"first": back, "second": forth}, {"first": forth, "second": back})
    start, turn = (Leg(direction=ways["first"], roles=ways) for ways in (one, other))
    swapped = replace(course("start 0 | turn 500 | finish 1000"), legs=(start, turn))
    assert told(swapped) == ("1000 m, of each couple one backward, one forward, swapping at 500 m")
    kept = replace(swapped, legs=(turn, turn))
    assert told(kept) == "1000 m, of each couple one backward, one forward"
    assert is_backward(replace(swapped, legs=(Leg(roles={"second": back}),) * 2))


def test_rounding_and_basis_are_told_in_words() -> None:
    assert ranked_by(SAY, contest(step=Duration(10_000)).rules) == "gun time, rounded up to 0.01 s"
    net = contest(step=Duration(1_000_000), basis=Basis.NET)
    assert ranked_by(SAY, net.rules) == "net time, rounded up to 1 s"
    assert ranked_by(SAY, contest(basis=Basis.LAPS).rules) == "laps, then time"


@pytest.mark.parametrize(
    ("by_place", "by_time", "words"),
    [
        (3, 2, "first 3 of each heat (Q), next 2 fastest (q) go on"),
        (2, 0, "first 2 of each heat (Q) go on"),
        (0, 6, "the 6 fastest (q) go on"),
        (0, 0, ""),
    ],
)
def test_who_goes_on_is_told_in_words(by_place: int, by_time: int, words: str) -> None:
    round_ = Round(code="heats", name="Heats", heats=(), by_place=by_place, by_time=by_time)
    assert qualification(SAY, round_) == words


def test_the_scheduled_start_is_told_until_there_was_a_gun() -> None:
    wave = Wave(code="race", name="Race", scheduled=Instant(ZERO))
    setup = event([contest()], waves=[wave])
    (only,) = setup.contests
    told = Frame(event=setup)
    planned = {f.label: f.value for f in contest_facts(told, only, only.rounds[0])}
    gun = Instant(ZERO + 6_000_000)
    started = {f.label: f.value for f in contest_facts(told, only, only.rounds[0], gun)}
    assert planned["Scheduled start"] == "08:00:00"
    assert started["Start"] == "08:00:06"
    assert "Scheduled start" not in started


ESSEN = Ruleset(
    code="irr",
    name="IRR rules",
    names={"de": "IRR-Regeln"},
    source="x",
    sentences=(Sentence(code="toes", text={"en": "Back first.", "de": "Rücken voran."}),),
)


def test_the_rule_set_is_told_by_its_name_and_says_what_it_says() -> None:
    setup = replace(event([contest()]), ruleset="irr")
    (only,) = setup.contests
    back = replace(only, course=legs(Direction.BACKWARD))
    for language, name, rule in (("en", "IRR rules", "Back first."),
                                 ("de", "IRR-Regeln", "Rücken voran.")):  # fmt: skip
        told = Frame(event=setup, ruleset=ESSEN, language=language)
        assert name in [fact.value for fact in contest_facts(told, back, None)]
        assert list(rules_note(told, back)) == [f"{name}: {rule}"]


def test_rules_of_running_backward_are_not_told_of_a_contest_that_is_run_forward() -> None:
    setup = event([contest()])
    (only,) = setup.contests
    forward = replace(only, course=legs(Direction.FORWARD))
    assert list(rules_note(Frame(event=setup, ruleset=ESSEN), forward)) == []


def test_a_rule_set_that_the_house_does_not_know_is_told_as_it_is_called() -> None:
    setup = replace(event([contest()]), ruleset="Club rules")
    (only,) = setup.contests
    told = Frame(event=setup)
    assert "Club rules" in [fact.value for fact in contest_facts(told, only, None)]
    assert list(rules_note(told, only)) == []


def test_weather_is_told_where_it_is_known() -> None:
    told = heats()
    setup = replace(told.event, conditions=Conditions(temperature="9 °C"))
    (only,) = setup.contests
    facts = {fact.label: fact.value for fact in contest_facts(Frame(event=setup), only, None)}
    assert facts["Weather"] == "9 °C"


@pytest.mark.parametrize(
    ("edition", "text", "tone"),
    [
        (Edition(), "Provisional", Tone.OPEN),
        (Edition("provisional", 2), "Provisional v2", Tone.OPEN),
        (Edition("official", 1), "Official v1", Tone.FINAL),
        (Edition("amended", 3), "Amended v3", Tone.FINAL),
    ],
)
def test_the_state_tells_what_the_sheet_is_worth(edition: Edition, text: str, tone: Tone) -> None:
    state = put(edition=edition).state
    assert state is not None
    assert (state.text, state.tone) == (text, tone)


def test_a_sheet_without_an_edition_has_no_state() -> None:
    assert put(edition=None).state is None


def test_the_foot_tells_the_moment_in_the_time_of_the_place() -> None:
    told = mile()
    vienna = replace(told.event, timezone="Europe/Vienna")
    sheet = framed(frame(told, event=vienna), INSIDE)
    assert sheet.as_of == "as of 10:15:00"
    assert sheet.printed_at == "printed 2026-05-30 10:16 (+02:00)"


def test_without_a_moment_nothing_is_said_about_it() -> None:
    sheet = put(as_of=None, printed_at=None, link="")
    assert (sheet.as_of, sheet.printed_at, sheet.link_text) == ("", "", "")


def test_officials_sign_under_their_role_in_the_language_of_the_sheet() -> None:
    sheet = put(language="de", officials=[("referee", "A. B."), ("Starter", "")])
    assert [(each.role, each.name) for each in sheet.signatures] == [
        ("Schiedsrichter", "A. B."),
        ("Starter", ""),
    ]


def test_a_demonstration_says_so_on_every_sheet() -> None:
    told = mile()
    sheet = framed(frame(told, event=replace(told.event, demo=True)), INSIDE)
    assert sheet.notes == ["Demonstration: all entrants are invented."]
