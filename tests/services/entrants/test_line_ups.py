"""Relay teams: who runs which leg, refused where the rules do not allow it, and kept in history."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.core.story import contest, course, entry, event, start
from tests.services.days import SLUG, go_on, run_day, set_clock
from timing.core.refusal import Refusal
from timing.core.setup.event import Heat, Round, Wave
from timing.core.setup.roster import Member, Sex
from timing.services.entrants import checkin
from timing.services.entrants.entries import BY_FORM, enter_one, record_of
from timing.services.entrants.entry_facts import facts_of
from timing.services.entrants.entry_plan import plan_records
from timing.services.entrants.line_ups import line_up, name_runners
from timing.services.house import House, UnknownEventError


def relay():
    made = replace(contest(course=course("start 0 | finish 400")), legs_of=4)
    heats = Round(code="heats", name="Heats", heats=(Heat(number=1, wave="race"),))
    final = Round(code="final", name="Final", heats=(Heat(number=1, wave="last"),))
    return replace(made, rounds=(heats, final))


@pytest.fixture
def day(house: House) -> House:
    """Two teams of four in a relay with heats, and Ann Berg, who is entered alone, too."""
    alone = entry("7", contest="road", name="Ann Berg", sex=Sex.WOMEN, born="1990", person=7)
    run_day(
        house, "", of=event([relay(), contest("road")], waves=(Wave(code="last", name="Last"),)),
        entered=[entry("101", name="Club A"), entry("102", name="Club B"), alone],
        starts=[
            start(bib, round=code, wave=wave)
            for bib in ("101", "102") for code, wave in (("heats", "race"), ("final", "last"))
        ],
    )  # fmt: skip
    return house


def typed(*legs: str, spare: tuple[str, ...] = ()) -> dict[str, str]:
    rows = {f"name-{leg}": name for leg, name in enumerate(legs, start=1)}
    return rows | {f"name-s{number}": name for number, name in enumerate(spare, start=1)}


def write(house: House, *legs: str, entry: int = 101, **how) -> bool:
    how = {"reason": "", "author": "R"} | how
    return name_runners(house, SLUG, entry, typed(*legs, spare=how.pop("spare", ())), **how)


def members(house: House, entry: int = 101) -> list[tuple[int, str]]:
    return [(each.leg, each.name) for each in facts_of(house, SLUG).entries[entry].members]


def test_four_runners_and_a_substitute_are_named_and_stand_in_the_history(day):
    assert write(day, "Ann Berg", "Ben", "Cay", "Dan", spare=("Eve",))
    assert members(day) == [(1, "Ann Berg"), (2, "Ben"), (3, "Cay"), (4, "Dan"), (0, "Eve")]
    assert not write(day, "Ann Berg", "Ben", "Cay", "Dan", spare=("Eve",))
    write(day, "Ben", "Ann Berg", "Cay", "Dan", spare=("Eve",))
    told = [line for line in checkin.card(day, SLUG, 101).history if line.what == "amend"]
    assert (told[-1].data["old"], told[-1].data["new"]) == (
        "1 Ann Berg; 2 Ben; 3 Cay; 4 Dan; 0 Eve", "1 Ben; 2 Ann Berg; 3 Cay; 4 Dan; 0 Eve",
    )  # fmt: skip


def test_who_is_entered_alone_is_known_and_the_form_may_say_more(day):
    rows = typed("ann berg", "Ben") | {"sex-2": "M", "born-2": "1991", "sex-1": ""}
    name_runners(day, SLUG, 101, rows, reason="", author="R")
    ann, ben = facts_of(day, SLUG).entries[101].members
    assert (ann.person, ann.sex, ann.born) == (7, Sex.WOMEN, "1990")
    assert ben == Member(name="Ben", leg=2, sex=Sex.MEN, born="1991")
    write(day, "Cay", "Ben")
    assert facts_of(day, SLUG).entries[101].members[1] == ben


def test_two_of_one_name_are_nobody_who_is_known(day):
    fields = {"name": "Ann Berg", "contest": "road", "born": "1970"}
    enter_one(day, SLUG, fields, {"all:same_person": "other"}, author="R")
    write(day, "Ann Berg")
    assert facts_of(day, SLUG).entries[101].members[0].person is None


def test_two_run_a_leg_together(day):
    write(day, "Ann Berg & Ben", "Cay")
    assert members(day) == [(1, "Ann Berg"), (1, "Ben"), (2, "Cay")]
    assert line_up(day, SLUG, 101).rows["1"].name == "Ann Berg & Ben"


def test_a_runner_on_two_legs_is_refused_until_somebody_says_so(day):
    with pytest.raises(Refusal, match="Team 101: Ben runs more than one leg"):
        write(day, "Ann Berg", "Ben", "Ben", "Dan")
    assert members(day) == []
    write(day, "Ann Berg", "Ben", "Ben", "Dan", anyway=True)
    assert [each.code for each in line_up(day, SLUG, 101).doubts] == ["line_up_twice"]
    snapshot = day.live.snapshot(SLUG, fresh=True)
    assert "line_up_twice" in {each.code for each in snapshot.anomalies}


def test_a_runner_of_another_team_is_refused_and_both_teams_are_told(day):
    write(day, "Ann Berg", "Ben", "Cay", "Dan")
    with pytest.raises(Refusal, match="Ben is named by team 102 and by team 101"):
        write(day, "Eve", "Ben", "Fay", "Gil", entry=102)
    write(day, "Eve", "Ben", "Fay", "Gil", entry=102, anyway=True)
    for team in (101, 102):
        assert [each.code for each in line_up(day, SLUG, team).doubts] == ["line_up_shared"]


def test_a_leg_that_nobody_runs_yet_is_a_doubt_and_no_refusal(day):
    write(day, "Ann Berg", "Ben")
    assert [each.code for each in line_up(day, SLUG, 101).doubts] == ["line_up_legs"]


def test_four_new_runners_after_the_first_start_and_no_fifth(day):
    set_clock(day, "0:00")
    write(day, "Ann Berg", "Ben", "Cay", "Dan")
    go_on(day, "gun 5:00 race")
    set_clock(day, "10:00")
    with pytest.raises(Refusal, match="please give a reason"):
        write(day, "Eve", "Fay", "Gil", "Hal")
    write(day, "Eve", "Fay", "Gil", "Hal", reason="the final")
    assert line_up(day, SLUG, 101).additional == ("Eve", "Fay", "Gil", "Hal")
    go_on(day, "gun 20:00 last", "gun")
    set_clock(day, "30:00")
    with pytest.raises(Refusal, match="5 additional athletes; expected at most 4"):
        write(day, "Ida", "Fay", "Gil", "Hal", reason="the next")
    assert write(day, "Ann Berg", "Fay", "Gil", "Hal", reason="the next")


def test_who_is_named_only_after_the_start_is_nobody_additional(day):
    go_on(day, "gun 5:00 race")
    write(day, "Ann Berg", "Ben", "Cay", "Dan", reason="the list came late")
    assert line_up(day, SLUG, 101).additional == ()


def test_only_teams_of_a_relay_have_a_line_up(day):
    for number in (7, 999):
        with pytest.raises(Refusal, match="is no team of a relay"):
            line_up(day, SLUG, number)
    with pytest.raises(UnknownEventError):
        line_up(day, "nowhere", 101)


def test_a_file_changes_a_line_up_and_tells_what_is_odd(day):
    write(day, "Ann Berg", "Ben", "Cay", "Dan", spare=("Eve",))
    facts = facts_of(day, SLUG)
    record = {"name": "Club A", "contest": "race", "runners_2": "Eve", "runners_3": "Ann Berg"}
    plan = plan_records(facts, [record_of(record)], {"all:same_person": "same"}, BY_FORM)
    [line] = plan.lines
    assert [(each.leg, each.name) for each in line.entry.members] == [
        (2, "Eve"), (3, "Ann Berg"), (4, "Dan"),
    ]  # fmt: skip
    assert line.entry.members[1].person == 7
    assert [notice.code for notice in plan.notices] == ["line_up_legs"]
