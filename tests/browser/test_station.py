"""A volunteer's phone in a real browser: nothing is lost, whatever happens to network and tab."""

import pytest

from tests.services.days import SLUG, places, run_day
from timing.services.office import stations
from timing.store import journal, setup

READY = "[data-ready=yes]"


@pytest.fixture
def engine_name() -> str:
    return "sqlite"  # the browser is what is tested here; services run on both engines


@pytest.fixture
def house(app):
    return app.extensions["house"]


@pytest.fixture
def station(house, live_url, page):
    run_day(house, " | ".join(f"{bib} start 0:01" for bib in (101, 102, 103)) + " | gun 0:00")
    token = stations.make_link(house, SLUG, "Finish left", "Ada", point="finish")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{live_url}/s/{token}")
    page.wait_for_selector(READY)
    return page


def finish_lines(house):
    with house.store.read() as tx:
        event = setup.find_event(tx, SLUG)
        return [read for read in journal.load_journal(tx, event).reads if read.point == "finish"]


def key_in(page, bib):
    page.keyboard.type(bib)
    page.keyboard.press("Enter")


def all_sent(page):
    page.wait_for_selector("#unsent[data-mood=good]")


def test_digits_and_enter_record_bib_and_time_and_enter_alone_a_time(station, house):
    key_in(station, "101")
    key_in(station, "")
    station.wait_for_selector(".line >> nth=1")
    all_sent(station)
    assert [(read.bib, read.source) for read in finish_lines(house)] == [
        ("101", "typed"), (None, "button"),
    ]  # fmt: skip


def test_hours_without_network_a_reload_and_a_closed_tab_lose_nothing(station, house, browser):
    context = station.context
    key_in(station, "101")
    all_sent(station)
    station.wait_for_function("navigator.serviceWorker.controller || navigator.serviceWorker.ready")
    station.wait_for_timeout(500)
    context.set_offline(True)
    key_in(station, "102")
    station.wait_for_selector("#unsent[data-mood=warn]")
    station.reload()
    station.wait_for_selector(READY)
    key_in(station, "103")
    station.wait_for_selector(".line >> nth=2")
    address = station.url
    reopened = context.new_page()
    station.close()
    context.set_offline(False)
    reopened.goto(address)
    reopened.wait_for_selector(READY)
    all_sent(reopened)
    assert [read.bib for read in finish_lines(house)] == ["101", "102", "103"]
    assert len({read.station for read in finish_lines(house)}) == 1


def test_a_wrong_line_is_taken_back_and_a_missing_bib_added(station, house):
    key_in(station, "102")
    key_in(station, "")
    station.wait_for_selector(".line >> nth=1")
    form = station.locator(".line").first.locator("input")
    form.fill("101")
    form.press("Enter")
    station.wait_for_selector(".line .bib-cell:text-is('101')")
    station.keyboard.press("Control+z")
    station.wait_for_selector(".line.undone")
    all_sent(station)
    assert places(house).startswith("READY") or "1 101" not in places(house)


def test_an_unknown_bib_is_told_in_words(station):
    station.wait_for_function("document.querySelectorAll('#expected li').length === 3")
    station.keyboard.type("999")
    assert station.locator("#who").inner_text() == "unknown bib"
    station.keyboard.press("Enter")
    station.wait_for_selector(".line.look")
    assert "look at this" in station.locator(".line.look .state-cell").inner_text()


def test_the_expected_list_records_with_one_tap(station, house):
    station.locator("summary").click()
    station.locator("#expected button", has_text="102").click()
    station.wait_for_selector(".line")
    all_sent(station)
    assert [read.bib for read in finish_lines(house)] == ["102"]
