"""Numbers by rule as a browser without scripts sees them: looked at first, then given."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from tests.services.days import SLUG, run_day
from tests.web.desks import send, sign_in
from timing.core.setup.roster import Entry
from timing.services.entrants import numbering
from timing.services.entrants.entries import enter_one
from timing.services.entrants.entry_facts import facts_of
from timing.store import roster, setup
from timing.web.staff.giving_out import shortly

NUMBERS = f"/staff/{SLUG}/bibs/numbers"


@pytest.fixture
def staff(app, house, client):
    """Two contests with numbers: 101 wears one already, three wait, one of them in both."""
    run_day(house, "101 start 0:01")
    people = [
        Entry(id=1, contest="race", name="Ada <b>Alm</b>", person=1),
        Entry(id=2, contest="mile", name="Ada <b>Alm</b>", person=1),
        Entry(id=3, contest="mile", name="Bob Berg", person=2),
    ]
    with house.store.write() as tx:
        event = setup.load_event(tx, SLUG)
        mile = replace(event.contests[0], code="mile", name="Mile")
        setup.save_event(tx, replace(event, contests=(*event.contests, mile)))
        roster.save_entries(tx, setup.event_number(tx, SLUG), people)
    numbering.set_ranges(house, SLUG, {"race": "99-102", "mile": "102-110"})
    sign_in(app, client, "desk")
    return client


def hidden(page):
    """What the form that gives the numbers out carries."""
    return dict(re.findall(r'type="hidden" name="(contest|order|gaps|seen)" value="([^"]*)"', page))


def test_the_page_of_bibs_leads_to_the_look_at_the_whole_event(staff):
    page = staff.get(f"/staff/{SLUG}/bibs/").text
    assert f'<form action="{NUMBERS}"' in page
    assert '<option value="">all contests</option>' in page


def test_what_each_contest_gets_is_shown_and_nothing_is_given(house, staff):
    page = staff.get(NUMBERS).text
    assert "1 gets a number:</b> 99" in page
    assert "1 wears the number of another contest, too" in page
    assert "1 has a number and keeps it" in page
    assert "1 gets a number:</b> 102" in page
    assert re.search(r"Runner .*share numbers|and Mile share numbers", page)
    assert "Stay free: 100" in page
    assert "Ada &lt;b&gt;Alm&lt;/b&gt;" in page
    assert "Give out 3 bibs" in page
    assert facts_of(house, SLUG).bibs[1] == ""


def test_what_was_looked_at_is_given(house, staff):
    fields = hidden(staff.get(f"{NUMBERS}?gaps=on").text)
    done = send(staff, NUMBERS, NUMBERS, **fields)
    assert "3 bibs given out." in staff.get(done.headers["Location"]).text
    assert facts_of(house, SLUG).bibs == {1: "102", 2: "102", 3: "103", 101: "101"}
    page = staff.get(NUMBERS).text
    assert "Nobody waits for a number." in page
    assert "Give out" not in page


def test_the_look_is_shown_again_when_somebody_was_entered_meanwhile(house, staff):
    fields = hidden(staff.get(NUMBERS).text)
    enter_one(house, SLUG, {"name": "Aaron", "contest": "race"}, {}, author="Ada")
    again = send(staff, NUMBERS, NUMBERS, **fields)
    assert again.status_code == 422
    assert "look at the numbers again" in again.text
    assert "Aaron" in again.text
    assert send(staff, NUMBERS, NUMBERS, **hidden(again.text)).status_code == 302


def test_who_gets_none_is_told_with_the_reason(house, staff):
    numbering.set_ranges(house, SLUG, {"race": "", "mile": "110"})
    numbering.keep(house, SLUG, "110", "lost")
    page = staff.get(f"{NUMBERS}?contest=mile").text
    assert "2 stay without a number: the range is used up." in page
    numbering.set_ranges(house, SLUG, {"mile": "90-101"})
    page = staff.get(f"{NUMBERS}?contest=mile&gaps=on").text
    assert "only numbers between given ones are left" in page
    page = staff.get(NUMBERS).text
    assert "2 get a number:" in page
    given = send(staff, NUMBERS, NUMBERS, contest="mile", gaps="on")
    told = staff.get(given.headers["Location"]).text
    assert "0 bibs given out. 2 entrants are without one" in told
    numbering.set_ranges(house, SLUG, {"mile": ""})
    refused = staff.get(NUMBERS)
    assert refused.status_code == 200  # who only looks has done nothing wrong
    assert "no contest has a range of bibs" in refused.text
    assert "all contests" in refused.text


def test_of_very_many_pieces_the_first_are_written():
    assert shortly([str(n) for n in range(0, 40, 2)]).endswith("20, 22, …")
    assert shortly(["1", "2"]) == "1-2"
