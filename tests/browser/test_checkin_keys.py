"""The check-in desk by keyboard: at most three keys after a scan, and two desks at one moment."""

import pytest
from msgspec.structs import replace

from tests.machines.devices import all_sent
from tests.machines.waiting import until
from tests.services.days import SLUG, run_day
from tests.web.desks import PASSWORD
from timing.services.entrants import checkin
from timing.services.office import accounts, stations
from timing.store import roster, setup

MOST_KEYS = 3
COUNT_KEYS = """
addEventListener("keydown", () => {
  sessionStorage.setItem("keys", 1 + +(sessionStorage.getItem("keys") ?? 0));
});
"""


@pytest.fixture
def day(house):
    """101 to 104; three things have to be seen of each; 104 has no bib yet."""
    told = run_day(house, " | ".join(f"{bib} start 0:01" for bib in (101, 102, 103, 104)))
    asked = ("photo_id", "disclaimer", "briefing")
    contest = replace(told.event.contests[0], requires=asked)
    with house.store.write() as tx:
        event = setup.save_event(tx, replace(told.event, contests=(contest,)))
        nobody = roster.load_entry(tx, event, 104)
        roster.save_entries(tx, event, [replace(nobody, bib="", name="Zoë Last")])
    return house


@pytest.fixture
def desk(day, live_url, page):
    accounts.add(day, "ada", "desk", PASSWORD)
    page.add_init_script(COUNT_KEYS)
    page.goto(f"{live_url}/staff/sign-in?next=/staff/{SLUG}/checkin/")
    page.fill("#name", "ada")
    page.fill("#password", PASSWORD)
    press(page, "Enter")
    return page


def press(page, key):
    with page.expect_navigation():
        page.keyboard.press(key)
    until(page, "document.activeElement !== document.body")


def scan(page, text):
    """What a scanner types; the keys are counted from here."""
    page.keyboard.type(text)
    press(page, "Enter")
    page.evaluate("sessionStorage.setItem('keys', 0)")


def keys(page):
    return page.evaluate("+sessionStorage.getItem('keys')")


@pytest.mark.parametrize("width", [1280, 390])
def test_after_a_scan_one_key_checks_in_and_the_box_waits_for_the_next(desk, day, width):
    desk.set_viewport_size({"width": width, "height": 800})
    for bib in (101, 102):
        scan(desk, str(bib))
        press(desk, "Enter")
        assert 0 < keys(desk) <= MOST_KEYS
        assert checkin.card(day, SLUG, bib).ready
        assert desk.evaluate("document.activeElement.id") == "q"


def test_who_has_no_bib_gets_one_in_the_same_step(desk, day):
    scan(desk, "zoe")
    scan(desk, "A7")
    card = checkin.card(day, SLUG, 104)
    assert (card.person.bib, card.ready) == ("A7", True)
    assert desk.evaluate("document.activeElement.id") == "q"


def test_a_scan_on_an_open_card_goes_on_to_the_next_person(desk, day):
    scan(desk, "101")
    desk.keyboard.press("Tab")
    scan(desk, "102")
    press(desk, "Enter")
    assert [checkin.card(day, SLUG, bib).here is not None for bib in (101, 102)] == [False, True]
    scan(desk, "103")
    press(desk, "Escape")
    assert desk.evaluate("document.activeElement.id") == "q"
    assert checkin.card(day, SLUG, 103).here is None


def test_the_second_of_two_desks_with_the_same_card_is_told(desk, day, live_url):
    other = desk.context.new_page()
    for each in (desk, other):
        each.goto(f"{live_url}/staff/{SLUG}/checkin/101")
    press(desk, "Enter")
    press(other, "Enter")
    assert other.inner_text("[role=alert]") == "Runner 101 is here already: checked in by ada"
    assert "Checked in at" in other.inner_text(".person")
    assert checkin.counters(day, SLUG).here == 1


def test_the_second_of_two_devices_is_told_when_its_line_has_gone_out(browser, day, live_url):
    pages = []
    for name in ("Desk 1", "Desk 2"):
        token = stations.make_link(day, SLUG, name, "Ada", desk="check-in")
        page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
        page.goto(f"{live_url}/s/{token}")
        page.wait_for_selector("[data-ready=yes]")
        pages.append(page)
    for page in pages:
        page.context.set_offline(offline=True)
        page.keyboard.type("101")
        page.keyboard.press("Enter")
        page.wait_for_selector("button:has-text('All seen: check in'):focus")
        page.keyboard.press("Enter")
        page.wait_for_selector("text=Runner 101 is checked in.")
    for page in pages:
        page.context.set_offline(offline=False)
        all_sent(page)
    told = "Runner 101 was checked in at another desk, too: Desk 1. The earlier one counts."
    pages[1].wait_for_selector(f"text={told}", timeout=10_000)
    card = checkin.card(day, SLUG, 101)
    assert (card.ready, len(card.again)) == (True, 1)
    for page in pages:
        page.context.close()
