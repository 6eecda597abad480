"""A row of the standings as text: the same cells on page, sheet and file."""

from msgspec.structs import replace

from tests.core.lists import result
from tests.core.story import contest, course, entry, story
from timing.core.clock import MINUTE, Duration
from timing.core.fold.results import Mark
from timing.core.rulebook.rules import Basis
from timing.core.setup.roster import Entry, Sex
from timing.core.status import Status
from timing.core.telling.listing import (
    HIDDEN_NAME,
    Line,
    SplitCell,
    lines_of,
    reaction_of,
    shown_name,
    shown_time,
)


def lines(text, **how):
    return lines_of(story(text, **how).standings())


def test_places_times_and_gaps_are_printed_by_the_rule_of_the_contest():
    first, second, third = lines("gun 0:00 | 1 finish 6:45 | 2 finish 6:50 | 3 finish 6:50")
    assert (first.place, first.time, first.gap) == ("1", "6:45.0", "")
    assert (second.place, third.place) == ("2=", "2=")
    assert second.gap == "+5.0"


def test_who_has_no_place_is_listed_with_the_reason():
    *_, last = lines("gun 0:00 | 1 finish 6:45 | 2 finish 6:50 | dq 2 TR16.8")
    assert (last.place, last.time) == ("", "DQ (TR16.8)")
    *_, last = lines("gun 0:00 | 1 finish 6:45 | 2 start 0:01 | dnf 2")
    assert last.time == "DNF"


def test_a_name_is_hidden_where_its_bearer_wants_it():
    entry = Entry(id=1, contest="race", name="Ada", club="Reds")
    assert shown_name(entry) == "Ada"
    assert shown_name(replace(entry, hidden=True)) == HIDDEN_NAME
    assert shown_name(replace(entry, name="")) == HIDDEN_NAME


def test_penalties_and_cautions_stand_beside_the_time():
    [only] = lines("gun 0:00 | 1 finish 6:45 | penalty 1 0:30 IRR4 | caution 1 toes")
    assert only.notes == ("+30 (IRR4)", "toes")
    assert only.time == "7:15.0"


def test_a_net_time_is_printed_where_it_differs():
    told = story("gun 0:00 | 1 start 0:03.2 | 1 finish 6:45 | 2 finish 6:50")
    by_bib = {line.bib: line.net for line in lines_of(told.standings())}
    assert by_bib["2"] == ""
    assert by_bib["1"] in ("6:42", "6:41.8")


def test_laps_are_what_counts_on_laps():
    told = story("gun 0:00 | 1 finish 6:45")
    standings = told.standings()
    laps = replace(standings.contest, rules=replace(standings.contest.rules, basis=Basis.LAPS))
    [row] = standings.rows
    assert shown_time(laps, row.result) == str(row.result.laps)
    assert shown_time(laps, row.result._replace(laps=0)) == "6:45.0"


def test_further_laps_have_columns_of_their_own():
    standings = story("gun 0:00 | 1 finish 6:45").standings()
    contest = standings.contest
    open_course = replace(contest, course=replace(contest.course, open_laps=True))
    beyond = len(contest.course.points)
    [row] = standings.rows
    lap = row._replace(result=result(elapsed=(MINUTE, 2 * MINUTE), positions=(1, beyond)))
    [line] = lines_of(standings._replace(contest=open_course, rows=(lap,)))
    assert line.splits[-1] == (f"lap-{beyond}", "2:00.0")


def test_a_split_that_was_not_passed_is_empty_and_a_sex_that_is_not_known_has_no_place():
    told = story("gun 0:00 | 1 finish 6:45")
    [row] = told.standings().rows
    unknown = replace(row.entry, sex=Sex.UNKNOWN)
    [line] = lines_of(told.standings()._replace(rows=(row._replace(entry=unknown),)))
    assert line.sex_place == ""
    assert all(cell.elapsed == "" for cell in line.splits)


def test_every_cell_of_a_line_holds_what_it_is_named_for():
    ada = entry(
        "1", name="Ada Berg", club="Reds", nation="SUI", born="1990-02-03", sex=Sex.WOMEN,
        category="W35",
    )  # fmt: skip
    bob = entry("2", name="Bob", nation="SUI", delegation="Retro Club", born="1980", hidden=True)
    one, two, three = lines(
        "gun 0:00 | move 1 race 2 4 | 1 start 0:01 | 1 finish 6:45 | 2 finish 6:50 | qualify 2 q",
        entered=[ada, bob, entry("3")],
    )
    assert one == Line(
        place="1", bib="1", name="Ada Berg", club="Reds", nation="SUI", born="1990", sex="W",
        category="W35", category_place="1", sex_place="1", heat="2", heat_place="1", lane="4",
        time="6:45.0", net="6:44.0", gap="", notes=(), splits=(), status=Status.OK, entry=1,
    )  # fmt: skip
    assert (two.name, two.club, two.nation, two.born) == (HIDDEN_NAME, "", "Retro Club", "1980")
    assert (two.sex_place, two.category, two.category_place) == ("", "", "")
    assert (two.notes, two.lane) == (("q",), "")
    assert (three.place, three.heat_place, three.gap, three.status) == ("", "", "", Status.READY)


def test_a_reaction_time_is_shown_to_the_thousandth_and_the_last_one_counts():
    marks = [
        Mark("reaction", "", Duration(micros), "", "") for micros in (139_000, 145_678)
    ]  # fmt: skip
    penalty = Mark("penalty", "", Duration(5_000_000), "", "")
    assert reaction_of(result(marks=(*marks, penalty))) == "0.145"
    assert reaction_of(result(marks=(penalty,))) == ""


def test_the_splits_are_those_between_start_and_finish():
    of = contest(course=course("start 0 | a 400 | b 800 | finish 1600"))
    [line] = lines("gun 0:00 | 1 b 3:00 | 1 finish 6:45", of=of)
    assert line.splits == (SplitCell("a", ""), SplitCell("b", "3:00.0"))
    laps = contest(course=course("start@line 0 | lap@line 400", open_laps=True), basis=Basis.LAPS)
    [line] = lines("gun 0:00 | 1 line 2:00 | 1 line 4:00", of=laps)
    assert line.splits == (SplitCell("lap", "2:00.0"), SplitCell("lap-2", "4:00.0"))


def test_on_open_laps_the_points_before_the_line_have_a_cell_while_nobody_has_passed():
    laps = contest(course=course("start 0 | turn 400 | lap@line 800", open_laps=True))
    [only] = lines("gun 0:00", of=laps, entered="1")
    assert only.splits == (SplitCell("turn", ""),)
