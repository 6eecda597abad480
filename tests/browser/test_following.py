"""Whoever follows a runner from afar: told of a favourite, compares, asks, reads the answer."""

from __future__ import annotations

from itertools import count

import pytest

from tests.machines.served import served
from tests.machines.waiting import until
from tests.web import race
from timing.core.clock import MINUTE, SECOND, Duration
from timing.core.journal.lines import Ruling
from timing.core.journal.rulings import SetStatus
from timing.core.status import Status
from timing.services.public import enquiries
from timing.services.publications import publishing
from timing.services.publications.publishing import Order

WIDTHS = pytest.mark.parametrize("width", [390, 1280])
LISTEN = """
    window.told = [];
    const Real = window.Notification;
    window.Notification = class extends Real {
        constructor(title, options) {
            super(title, options);
            window.told.push([title, options.body]);
        }
    };
"""


@pytest.fixture
def site(settings, clock, app):
    """A race behind the cache, on a socket; every request finds the cache stale."""
    from timing.app import create_app

    ticks = count(0, 10)
    made = create_app(settings, clock, lambda: next(ticks))
    made.testing = True
    house = made.extensions["house"]
    reads = [*race.times(range(1, 5)), race.passing(5, "turn", 9 * MINUTE, 9)]
    race.hold(house, race.race(), race.field(6), reads)
    with served(made) as url:
        yield url, house
    house.store.close()


@pytest.mark.parametrize("place", ["/mile", "/mile/five"])
def test_who_allows_it_is_told_when_a_favourite_passes_a_point(site, page, clock, place):
    url, house = site
    page.context.grant_permissions(["notifications"], origin=url)
    page.add_init_script(LISTEN)
    page.goto(f"{url}/mile/bib/105")
    page.click("[data-star]")
    page.goto(url + place)
    if place == "/mile":
        until(page, "document.querySelector('#favourites p').textContent !== '…'")
    race.more(house, "mile", race.passing(5, "line", 21 * MINUTE, 99))
    clock.advance(Duration(5 * SECOND))
    until(page, "window.told.length > 0")
    (name, body) = page.evaluate("window.told[0]")
    assert name == "Dan O'Neill"
    assert "21:00" in body


def test_nobody_is_asked_for_permission_before_pressing_a_button(site, page):
    url, _house = site
    asked = "window.Notification.requestPermission = () => { window.asked = 1; return 'denied'; }"
    page.add_init_script(asked)
    page.goto(f"{url}/mile/bib/105")
    page.click("[data-star]")
    page.goto(f"{url}/mile")
    page.wait_for_selector("#favourites li")
    assert page.evaluate("window.asked") is None


@WIDTHS
def test_a_question_is_asked_and_its_answer_comes_back(site, page, width):
    url, house = site
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{url}/mile/bib/102")
    page.click("text=This is not right")
    page.fill("#text", "I was in front of 101.")
    page.click("main button")
    page.wait_for_url("**/enquiry/*")
    assert "I was in front of 101." in page.inner_text("blockquote")
    assert "Not answered yet" in page.inner_text("main")
    enquiries.answer(house, "mile", 1, "The photo shows 101 first.", "ref")
    page.reload()
    assert page.inner_text(".notice.good") == "The photo shows 101 first."
    assert page.context.cookies() == []


@WIDTHS
def test_two_runners_stand_side_by_side_with_a_drawing_of_the_course(site, page, width):
    url, _house = site
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{url}/mile/bib/102")
    assert page.locator("figure.plot svg circle").count() == 2
    drawn = page.locator("figure.plot svg").bounding_box()
    assert drawn["width"] <= width
    page.fill("#with", "101")
    page.click("#compare ~ form button")
    table = page.locator("#compare ~ .scroll table")
    assert "Åse Ødegård" in table.inner_text()
    assert "+4" in table.locator("tbody tr").first.inner_text()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_shared_link_has_a_card_with_a_picture_of_its_size(site, page):
    url, _house = site
    page.goto(f"{url}/mile/bib/101")

    def told(name: str) -> str:
        return page.get_attribute(f"meta[property='og:{name}']", "content")

    assert (told("title"), told("url")) == ("Åse Ødegård – Five kilometres", f"{url}/mile/bib/101")
    size = page.evaluate(
        """address => new Promise(done => { const picture = new Image();
        picture.onload = () => done([picture.naturalWidth, picture.naturalHeight]);
        picture.src = address; })""",
        told("image"),
    )
    assert size == [int(told("image:width")), int(told("image:height"))] == [1200, 630]


@WIDTHS
def test_what_an_amendment_changed_stands_on_a_page_with_its_reason(site, page, width):
    url, house = site
    page.set_viewport_size({"width": width, "height": 800})
    publishing.publish(house, "mile", "five", Order("ref", official=True, force=True, reason="all"))
    out = SetStatus(entry=2, round="final", status=Status.DQ, rule="IRR 2")
    race.more(house, "mile", Ruling("office", 1, race.GUN, out, "ran forward", "ref"))
    house.live.snapshot("mile", fresh=True)
    order = Order("ref", official=True, force=True, reason="protest upheld")
    publishing.publish(house, "mile", "five", order)
    page.goto(f"{url}/mile/five")
    banner = page.inner_text("#version")
    assert "Official" in banner
    assert "Version 2" in banner
    assert "protest upheld" in banner
    page.click("#version a")
    changed = page.inner_text("#v2 table")
    assert "DQ" in changed
    assert "20:10" in changed
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
