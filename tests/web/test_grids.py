"""Grids in the browser: a heat by lane, a list from paper."""

from __future__ import annotations

import re

import pytest
from werkzeug.datastructures import MultiDict

from tests.core.story import contest
from tests.services.days import SLUG, places, run_day
from tests.web.desks import send, sign_in, token

GRIDS = f"/staff/{SLUG}/grids"
HEAT = f"{GRIDS}/race/final/1"


@pytest.fixture
def staff(app, client):
    sign_in(app, client, "timer")
    return client


def test_a_heat_is_typed_and_ranked(house, staff):
    run_day(house, "gun 0:00", entered="101 102", of=contest(decimals=2, step=10_000))
    assert "heat 1" in staff.get(GRIDS).text
    form = {"bib-1": "101", "time-1-1": "1312", "bib-2": "102", "time-2-1": "1299"}
    done = send(staff, HEAT, HEAT, **form)
    assert done.status_code == 302
    assert places(house) == "1 102 | 2 101"
    assert 'value="13.12"' in staff.get(HEAT).text


def test_wind_and_reaction_times_are_typed_with_the_heat_and_one_key_takes_all_back(house, staff):
    run_day(house, "gun 0:00", entered="101 102", of=contest(decimals=2, step=10_000))
    form = {"bib-1": "101", "time-1-1": "1312", "reaction-1": "145", "bib-2": "102", "wind": "1.2"}
    assert send(staff, HEAT, HEAT, **form).status_code == 302
    page = staff.get(HEAT).text
    assert 'value="0.145"' in page
    assert 'value="+1.2"' in page
    history = staff.get(f"/staff/{SLUG}/officials/history").text
    assert "Wind of Race, Final, heat 1: +1.2" in history
    assert "Reaction time 0.145 s" in history
    lines = re.findall(r'name="line" value="([^"]+)"', page)
    data = MultiDict([("csrf_token", token(staff.get(HEAT))), *(("line", each) for each in lines)])
    assert staff.post(f"/staff/{SLUG}/officials/undo", data=data).status_code == 302
    assert 'value="+1.2"' not in staff.get(HEAT).text
    assert places(house) == "READY 101 | READY 102"


def test_an_emptied_cell_of_reaction_wind_or_place_takes_the_ruling_back(house, staff, clock):
    run_day(house, "gun 0:00", entered="101 102", of=contest(decimals=2, step=10_000))
    form = {"bib-1": "101", "time-1-1": "1312", "bib-2": "102", "time-2-1": "1312"}
    typed = {"wind": "1.2", "reaction-1": "145", "place-1": "2", "place-2": "1"}
    send(staff, HEAT, HEAT, **form, **typed)
    assert places(house) == "1 102 | 2 101"
    clock.advance(1_000_000)
    shown = dict(re.findall(r'name="(had-[^"]+)" value="([^"]*)"', staff.get(HEAT).text))
    assert shown == {
        "had-wind": "+1.2", "had-reaction-1": "0.145", "had-reaction-2": "",
        "had-place-1": "2", "had-place-2": "1",
    }  # fmt: skip
    assert send(staff, HEAT, HEAT, **form, **shown).status_code == 302
    page = staff.get(HEAT).text
    assert "0.145" not in page
    assert 'value="+1.2"' not in page
    assert places(house) == "1 101 | 1 102"


def test_a_wind_that_is_none_keeps_what_was_typed(house, staff):
    run_day(house, "gun 0:00", entered="101")
    done = send(staff, HEAT, HEAT, **{"bib-1": "101", "wind": "breeze"})
    assert done.status_code == 422
    assert 'value="breeze"' in done.text


def test_a_cell_that_cannot_be_read_keeps_what_was_typed(house, staff):
    run_day(house, "gun 0:00", entered="101 102")
    done = send(staff, HEAT, HEAT, **{"bib-1": "101", "time-1-1": "fast", "bib-2": "102"})
    assert done.status_code == 422
    assert 'value="fast"' in done.text
    assert "row 1, bib 101" in done.text


def test_the_next_heat_follows_in_one_key(house, staff):
    run_day(house, "gun 0:00", entered="101 102")
    done = send(staff, HEAT, HEAT, **{"bib-1": "101", "time-1-1": "1312", "next": "1"})
    assert done.headers["Location"].endswith(HEAT)  # there is only one heat


def test_a_heat_that_is_not_there_is_refused(house, staff):
    run_day(house, "gun 0:00", entered="101 102")
    assert staff.get(f"{GRIDS}/race/final/7").status_code == 422


def test_a_list_is_checked_line_by_line_and_then_written_down(house, staff):
    run_day(house, "gun 0:00", entered="101 102")
    page = f"{GRIDS}/paper"
    form = {"columns": "bib time", "point": "finish", "clock": "elapsed", "wave": "race"}
    live = send(staff, page, f"{page}/check", **form, text="101 6:45\n999 7:00\n102 soon").json
    assert [(line["name"], line["problem"][:9]) for line in live["lines"]] == [
        ("Runner 101", ""), ("", "unknown b"), ("", "'soon' is"),
    ]  # fmt: skip
    refused = send(staff, page, page, **form, text="102 soon", step="do")
    assert refused.status_code == 422
    looked = send(staff, page, page, **form, text="101 6:45")
    assert "Runner 101" in looked.text
    done = send(staff, page, page, **form, text="101 6:45\n102 6:40", step="do")
    assert done.status_code == 302
    assert places(house) == "1 102 | 2 101"
    wrong = send(staff, page, f"{page}/check", columns="x").json
    assert "no order of columns" in wrong["problem"]


def test_only_who_captures_comes_in(app, house, client):
    run_day(house, "gun 0:00", entered="101")
    sign_in(app, client, "judge")
    assert client.get(GRIDS).status_code == 403


def test_an_event_without_starters_says_so_instead_of_showing_an_empty_list(house, staff):
    run_day(house, "gun 0:00", entered=[])
    assert "Nobody is on the start list yet." in staff.get(GRIDS).text


def test_a_list_from_paper_is_of_the_finish_until_another_point_is_chosen(house, staff):
    run_day(house, "gun 0:00", entered="101 102")
    assert '<option value="finish" selected>' in staff.get(f"{GRIDS}/paper").text
