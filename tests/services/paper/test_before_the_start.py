"""A list of results that is asked for before anybody started is the start list, and says so."""

from __future__ import annotations

import pytest

from tests.core.story import entry
from tests.printing.reading import text_of
from tests.services.days import SLUG, go_on, run_day
from timing.printing.phrases import phrases_of
from timing.services.paper import public_sheets, sheets
from timing.services.paper.result_kinds import RESULTS
from timing.services.paper.sheets import PUBLIC, Wanted

LANGUAGES = ("en", "de", "it", "fr", "es")
ENTERED = [entry("101", name="Anna Berg"), entry("102", name="Bo Dahl")]


def later(house) -> None:
    house.clock.advance(5_000_000)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_results_of_a_race_that_has_not_begun_are_its_start_list(house, language):
    run_day(house, "", entered=ENTERED)
    text = text_of(public_sheets.public_pdf(house, SLUG, "results", "race", language))
    say = phrases_of(language)
    assert say("list.start") in text
    assert say("word.results") not in text
    assert "READY" not in text
    assert "Anna Berg" in text


@pytest.mark.parametrize("kind", RESULTS)
def test_no_kind_of_results_says_ready_before_the_start(house, kind):
    run_day(house, "", entered=ENTERED)
    lists = sheets.print_sheet(house, SLUG, "results-compact", Wanted())
    assert "READY" not in text_of(lists.pdf)
    if RESULTS[kind].keys(house.live.snapshot(SLUG).event.contests[0]):
        assert "READY" not in text_of(sheets.print_sheet(house, SLUG, kind, Wanted()).pdf)


def test_from_the_gun_on_it_is_a_list_of_results(house):
    run_day(house, "", entered=ENTERED)
    before = text_of(public_sheets.public_pdf(house, SLUG, "results", "race", "en"))
    assert "Start list" in before
    go_on(house, "gun 0:00")
    later(house)
    after = text_of(public_sheets.public_pdf(house, SLUG, "results", "race", "en"))
    assert "Start list" not in after
    assert "Results" in after


def test_who_will_not_come_begins_no_race(house):
    run_day(house, "dns 102", entered=ENTERED)
    text = text_of(public_sheets.public_pdf(house, SLUG, "results", "race", "en"))
    assert "Start list" in text
    assert "Bo Dahl" not in text


def test_where_nobody_came_that_is_the_result(house):
    run_day(house, "dns 101 | dns 102", entered=ENTERED)
    text = text_of(public_sheets.public_pdf(house, SLUG, "results", "race", "en"))
    assert "Start list" not in text
    assert "DNS" in text


def test_the_code_of_such_a_sheet_leads_to_whether_it_is_current(house):
    run_day(house, "", entered=ENTERED)
    table = sheets.table_of(house, house.live.snapshot(SLUG), "results", Wanted(contest="race"))
    (sheet,) = sheets.sheets_of(table, "results")
    kind, _, token = sheet.link.rpartition("/sheet/")[2].split("/")
    assert public_sheets.check(house, SLUG, kind, "race", token).current
    go_on(house, "dns 101")
    later(house)
    assert not public_sheets.check(house, SLUG, kind, "race", token).current


def test_before_the_start_only_start_lists_are_on_offer(house):
    run_day(house, "", entered=ENTERED)
    assert set(public_sheets.on_offer(house, SLUG)["race"]) == {
        "start", "start-by-name", "start-by-bib",
    }  # fmt: skip
    go_on(house, "gun 0:00")
    later(house)
    offer = public_sheets.on_offer(house, SLUG)["race"]
    assert "results" in offer
    assert [kind for kind in PUBLIC if kind in offer] == offer
