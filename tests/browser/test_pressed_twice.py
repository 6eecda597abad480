"""A key of the office that is pressed twice in a hurry, and a session that ends under a form."""

import pytest

from tests.services.days import SLUG, run_day
from tests.web.desks import PASSWORD
from timing.services.entrants.entry_facts import facts_of
from timing.services.office import accounts

NEW = f"/staff/{SLUG}/entries/new"


@pytest.fixture
def office(house, live_url, page):
    """The form of a new entry, filled in by somebody who is signed in."""
    run_day(house, "101 start 0:01")
    accounts.add(house, "ada", "desk", PASSWORD)
    page.goto(f"{live_url}/staff/sign-in?next={NEW}")
    sign_in(page)
    page.fill("#club", "Reds")
    page.fill("#name", "Cleo Neu")
    return page


def sign_in(page):
    page.fill("#name", "ada")
    page.fill("#password", PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def people(house):
    return sorted((each.name, each.club) for each in facts_of(house, SLUG).entries.values())


def test_a_key_that_is_pressed_twice_sends_its_form_once(house, office):
    sent = []
    office.on("request", lambda request: sent.append(request.method))
    with office.expect_navigation():
        office.evaluate("key => { key.click(); key.click(); }",
                        office.query_selector("main form .row button"))  # fmt: skip
    office.wait_for_selector("text=Cleo Neu is entered.")
    assert sent.count("POST") == 1
    assert people(house) == [("Cleo Neu", "Reds"), ("Runner 101", "")]
    office.go_back()
    office.fill("#name", "Dora Alt")
    with office.expect_navigation():
        office.keyboard.press("Enter")
    assert sent.count("POST") == 2
    assert len(people(house)) == 3


def test_a_session_that_ended_under_a_form_loses_nothing(house, office):
    accounts.sign_out_everywhere(house, "ada")
    with office.expect_navigation():
        office.keyboard.press("Enter")
    assert "What you typed is kept" in office.inner_text("main")
    sign_in(office)
    assert "Cleo Neu" in office.inner_text("main")
    with office.expect_navigation():
        office.keyboard.press("Enter")
    office.wait_for_selector("text=Cleo Neu is entered.")
    assert people(house) == [("Cleo Neu", "Reds"), ("Runner 101", "")]
