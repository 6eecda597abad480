"""The pages of events and lists as a reader without JavaScript gets them."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from tests.web import race
from timing.core.journal.lines import Ruling
from timing.core.journal.rulings import SetStatus
from timing.core.rulebook.rules import ContestRules
from timing.core.status import Status


def bibs(page) -> list[str]:
    return re.findall(r'data-bib="(\w+)"', page.text)


def test_the_list_shows_the_ranked_first_and_then_who_is_on_the_course(five, client):
    page = client.get("/mile/five")
    assert page.status_code == 200
    assert bibs(page) == ["101", "102", "103", "104", "105", "106"]
    assert ">20:00" in page.text
    assert "+10" in page.text


def test_the_head_of_a_list_tells_the_course_and_which_way_it_is_run(five, client):
    assert "5000\u00a0m forward" in client.get("/mile/five").text
    assert "5000\u00a0m vorwärts" in client.get("/mile/five?lang=de").text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("sex=W", ["101", "103", "105"]),
        ("state=finished", ["101", "102", "103", "104"]),
        ("state=course", ["105"]),
        ("club=Reds", ["102", "105"]),
        ("delegation=POL&state=finished", ["101", "103"]),
        ("q=unal", ["103"]),
        ("q=o+nei", ["105"]),
        ("q=102", ["102"]),
        ("heat=2", []),
        ("category=none", []),
    ],
)
def test_a_list_is_narrowed_by_its_address_and_keeps_its_order(five, client, asked, found):
    page = client.get(f"/mile/five?{asked}")
    assert page.status_code == 200
    assert bibs(page) == found


def test_who_is_left_by_a_filter_keeps_the_place_in_the_whole_list(five, client):
    page = client.get("/mile/five?q=unal")
    assert '<td class="place">3</td>' in page.text


def test_splits_have_a_place_and_a_pace(five, client):
    page = client.get("/mile/five?view=splits")
    assert "Turn" in page.text
    assert '8:00 <span class="soft small">(1)</span>' in page.text
    assert "4:00 /km" in page.text


def test_a_long_list_is_turned_in_leaves_of_two_hundred_places(house, client):
    race.hold(house, race.race(), race.field(401), race.times(range(1, 402)))
    first, last = client.get("/mile/five"), client.get("/mile/five?page=3")
    assert len(bibs(first)) == 200
    assert bibs(last) == ["501"]
    assert "page=2" in first.text
    assert "page=2" in last.text
    assert client.get("/mile/five?page=4").status_code == 404


def test_the_legend_explains_exactly_the_codes_that_are_shown(five, client):
    assert "disqualified" not in client.get("/mile/five").text
    act = SetStatus(entry=2, round="final", status=Status.DQ, rule="IRR 2")
    race.more(five, "mile", Ruling("office", 1, race.GUN, act, "cut", "ref"))
    five.live.forget("mile")
    page = client.get("/mile/five")
    assert "<dt>DQ</dt><dd>disqualified</dd>" in page.text
    assert "qualified by time" not in page.text


def test_the_rule_behind_a_disqualification_is_told_on_the_list_and_at_the_runner(five, client):
    act = SetStatus(entry=2, round="final", status=Status.DQ, rule="TR 16.8")
    race.more(five, "mile", Ruling("office", 1, race.GUN, act, "", "ref"))
    five.live.forget("mile")
    for address in ("/mile/five", "/mile/bib/102"):
        assert "<dt>TR 16.8</dt><dd>false start</dd>" in client.get(address).text
        assert "<dt>TR 16.8</dt><dd>Fehlstart</dd>" in client.get(f"{address}?lang=de").text
    assert "TR 16.8" not in client.get("/mile/bib/101").text


def test_who_a_category_is_for_is_told_below_the_list_and_at_the_runner(house, client):
    rules = ContestRules(categories="dlv")
    event = race.race()
    contests = (replace(event.contests[0], rules=rules),)
    race.hold(house, race.race(contests=contests), race.field(6), race.times(range(1, 4)))
    page = client.get("/mile/five").text
    assert "<dt>W50</dt><dd>Women, age 50 to 54</dd>" in page
    assert "<dt>W35</dt>" not in page
    assert "<dt>W50</dt><dd>Frauen, 50 bis 54 Jahre</dd>" in client.get("/mile/five?lang=de").text
    runner = client.get("/mile/bib/101").text
    assert '<dt>W50</dt><dd>1 <span class="soft small">Women, age 50 to 54</span></dd>' in runner


@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        ("/nowhere", 404, "There is no event called nowhere here."),
        ("/mile/ten", 404, "There is no contest ten at mile."),
        ("/mile/five?round=heats", 404, "There is no contest five at mile."),
        ("/mile/bib/999", 404, "Nobody wears bib 999 at this event."),
        ("/mile/find?q=" + "x" * 10_000, 400, "A search has at most 100 characters."),
        ("/mile/five?q=" + "x" * 10_000, 400, "A search has at most 100 characters."),
        ("/mile/five?page=two", 400, "“two” is not a number."),
        ("/mile/five?page=0", 404, "There is no contest"),
        ("/mile/five?page=9999999", 400, "is not a number"),
        ("/mile/five?view=map", 400, "There is no such view of a list."),
    ],
)
def test_what_cannot_be_shown_gets_a_clear_page(five, client, address, status, sentence):
    page = client.get(address)
    assert page.status_code == status
    assert sentence in page.text
    assert "<html" in page.text


def test_a_hidden_event_is_like_no_event(house, client):
    race.hold(house, race.race(public=False), race.field(2), race.times([1, 2]))
    for address in ("/mile", "/mile/five", "/mile/bib/101", "/mile/find?q=101"):
        assert client.get(address).status_code == 404
    assert "Backward Five" not in client.get("/").text


def test_a_search_forgives_accents_and_case_and_finds_every_start_once(five, client):
    page = client.get("/mile/find?q=ODEGARD")
    assert page.text.count("Åse Ødegård") == 1
    assert "/mile/bib/101" in page.text
    assert "Nobody found" in client.get("/mile/find?q=quux").text


def test_a_hidden_name_keeps_its_place_and_is_found_by_bib_only(house, client):
    race.hold(house, race.race(), race.field(3, n2={"hidden": True}), race.times([1, 2, 3]))
    page = client.get("/mile/five")
    assert bibs(page) == ["101", "102", "103"]
    for address in ("/mile/five", "/mile/five?club=Reds", "/mile/five?q=lukasz", "/mile/bib/102"):
        text = client.get(address).text
        assert "Łukasz" not in text
        assert 'value="Reds"' not in text or "selected" in text
    assert bibs(client.get("/mile/five?q=lukasz")) == []
    assert bibs(client.get("/mile/five?club=Reds")) == []
    assert bibs(client.get("/mile/five?q=102")) == ["102"]


def test_a_page_sets_no_cookie_and_is_the_same_byte_for_byte(five, client, clock):
    first = client.get("/mile/five")
    clock.advance(90_000_000)
    second = client.get("/mile/five")
    assert "Set-Cookie" not in first.headers
    assert first.data == second.data


def test_the_language_that_was_asked_for_stays_in_every_link(five, client):
    page = client.get("/mile/five?lang=en&q=unal")
    assert 'href="/mile/bib/103?lang=en"' in page.text
    assert "/static/css/page.css?v=" in page.text
    assert 'name="lang" value="en"' in page.text
