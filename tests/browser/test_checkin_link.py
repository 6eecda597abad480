"""A check-in desk on a tablet: a scan and a key a person, and nothing is lost without network."""

import pytest

from tests.machines.devices import all_sent
from tests.services.days import SLUG, run_day
from timing.services.entrants import checkin
from timing.services.office import stations


@pytest.fixture
def desk(house, live_url, page):
    run_day(house, " | ".join(f"{bib} start 0:01" for bib in (101, 102, 103)))
    token = stations.make_link(house, SLUG, "Desk 2", "Ada", desk="check-in")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{live_url}/s/{token}")
    page.wait_for_selector("[data-ready=yes]")
    return page


def scan(page, text):
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def test_a_scan_and_enter_check_in_and_the_box_has_the_focus_again(desk, house):
    scan(desk, "101")
    desk.keyboard.press("Enter")
    desk.wait_for_selector("#told[data-mood=good]")
    scan(desk, "runner 102")
    desk.keyboard.press("Enter")
    desk.wait_for_selector("text=Runner 102 is checked in.")
    assert desk.evaluate("document.activeElement.id") == "q"
    all_sent(desk)
    assert checkin.counters(house, SLUG).here == 2


def test_without_network_the_desk_goes_on_and_says_what_is_unsent(desk, house):
    desk.context.set_offline(offline=True)
    for bib in ("101", "102"):
        scan(desk, bib)
        desk.keyboard.press("Enter")
        desk.wait_for_selector(f"text=Runner {bib} is checked in.")
    desk.wait_for_selector("text=2 not sent yet, safe on this device.")
    scan(desk, "101")
    desk.wait_for_selector(".verdict >> text=READY")
    desk.keyboard.press("Escape")
    assert checkin.counters(house, SLUG).here == 0
    desk.context.set_offline(offline=False)
    all_sent(desk)
    assert checkin.counters(house, SLUG).here == 2


def test_a_slip_of_typing_finds_them_and_a_check_in_is_taken_back(desk, house):
    scan(desk, "runer 103")
    desk.keyboard.press("Enter")
    desk.wait_for_selector("text=Runner 103 is checked in.")
    scan(desk, "103")
    desk.click("text=Not here after all")
    desk.wait_for_selector("text=Taken back for Runner 103.")
    all_sent(desk)
    assert checkin.counters(house, SLUG).here == 0
    scan(desk, "zzzz")
    desk.wait_for_selector("text=Nobody found.")
