"""Lists from paper: understood line by line, then written down."""

from __future__ import annotations

import pytest

from tests.core.story import moment
from tests.services.days import SLUG, places, run_day
from timing.core.refusal import Refusal
from timing.services.house import House, UnknownEventError
from timing.services.raceday.paper_grid import COLUMNS, Paper, check_paper, save_paper


def paper(text: str, columns: str = "bib time", **more: str) -> Paper:
    return Paper(text, columns, "finish", **more)


def understood(house: House, list_: Paper) -> list[tuple[str, str, str]]:
    return [(each.bib, each.name, str(each.problem)) for each in check_paper(house, SLUG, list_)]


def test_a_list_is_written_down_and_ranked(house: House):
    run_day(house, "gun 0:00", entered="101 102")
    assert save_paper(house, SLUG, paper("101\t6:45\n\n102;6:40\n"), "T") == 2
    assert places(house) == "1 102 | 2 101"


def test_the_same_list_again_changes_nothing(house: House):
    run_day(house, "gun 0:00", entered="101 102")
    for _ in range(2):
        save_paper(house, SLUG, paper("101 6:45"), "T")
    assert house.live.ask(SLUG, lambda state: len(state.reads)) == 1


def test_every_line_says_how_it_is_understood(house: House):
    run_day(house, "gun 0:00", entered="101 102")
    found = understood(house, paper("101 6:45\n999 7:00\n102 soon\n101", wave="race"))
    assert found == [
        ("101", "Runner 101", ""),
        ("999", "", "unknown bib"),
        ("102", "", "'soon' is not a time; expected [H:]MM:SS[.fff] or seconds"),
        ("101", "", "1 columns; expected bib time"),
    ]


def test_unknown_bibs_are_kept_and_lines_that_are_none_are_refused(house: House):
    run_day(house, "gun 0:00", entered="101")
    with pytest.raises(Refusal, match="line 2: 'soon'"):
        save_paper(house, SLUG, paper("101 6:45\n101 soon"), "T")
    assert save_paper(house, SLUG, paper("999 6:45", wave="race"), "T") == 1
    codes = [each.code for each in house.live.snapshot(SLUG, fresh=True).anomalies]
    assert codes == ["unknown_bib"]


def test_bibs_in_order_are_one_half_of_two_streams(house: House):
    run_day(house, "gun 0:00 | - finish 6:45 | - finish 6:50", entered="101 102")
    save_paper(house, SLUG, paper("102\n101", "bib"), "T")
    assert places(house) == "1 102 | 2 101"
    assert understood(house, paper("102\n102", "bib"))[1][2] == "the same bib as line 1"


def test_times_alone_count_from_the_gun_of_a_wave(house: House):
    run_day(house, "gun 0:00", entered="101")
    [line] = check_paper(house, SLUG, paper("64500", "time", wave="race"))
    assert line.at == moment("6:45")
    [without] = check_paper(house, SLUG, paper("64500", "time"))
    assert without.refused
    assert "no gun to count from" in str(without.problem)


def test_times_of_day_are_those_of_the_event(house: House):
    run_day(house, "gun 0:00", entered="101")
    [line] = check_paper(house, SLUG, paper("8:06:45 101", "time bib", clock="day"))
    assert line.at == moment("6:45")


def test_laps_and_order_are_columns_of_their_own(house: House):
    run_day(house, "gun 0:00", entered="101")
    [line] = check_paper(house, SLUG, paper("1 101 6:45", "order bib time"))
    assert (line.bib, line.at) == ("101", moment("6:45"))
    [line] = check_paper(house, SLUG, paper("101 1 6:45", "bib lap time"))
    assert line.at == moment("6:45")
    assert len(COLUMNS) == 6


def test_what_cannot_be_a_list_is_refused(house: House):
    run_day(house, "gun 0:00", entered="101")
    for list_, sentence in (
        (paper("101", "x"), "no order of columns"),
        (Paper("101", "bib", "moon"), "no timing point 'moon'"),
        (paper(" \n"), "the list is empty"),
    ):
        with pytest.raises(Refusal, match=sentence):
            save_paper(house, SLUG, list_, "T")
    with pytest.raises(UnknownEventError):
        check_paper(house, "nowhere", paper("101 1:00"))
