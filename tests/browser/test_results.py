"""Result pages in a real browser: they refresh in place, stand still, and are open to everybody."""

from __future__ import annotations

from itertools import count

import pytest

from tests.machines.eyes import flaws_day_and_night
from tests.machines.served import served
from tests.machines.waiting import until
from tests.web import race
from timing.core.clock import MINUTE
from timing.core.journal.lines import Ruling
from timing.core.journal.rulings import SetStatus
from timing.core.status import Status
from timing.services.office import stations

SHIFTS = """() => new Promise(done => new PerformanceObserver(list => done(
    list.getEntries().filter(one => !one.hadRecentInput).reduce((sum, one) => sum + one.value, 0)
)).observe({type: "layout-shift", buffered: true}) || setTimeout(() => done(0), 300))"""
PAGES = (
    "", "/mile", "/mile/five", "/mile/five?view=splits&q=a", "/mile/bib/101?with=102",
    "/mile/bib/101/enquiry", "/mile/find?q=a", "/mile/five/prizes", "/mile/medals",
    "/mile/records", "/mile/on-course", "/mile/five/versions", "/mile/sheets", "/mile/bib/999",
)  # fmt: skip


@pytest.fixture
def five(house):
    reads = [*race.times(range(1, 5)), race.passing(5, "turn", 9 * MINUTE, 9)]
    race.hold(house, race.race(), race.field(6), reads)
    return house


@pytest.fixture
def site(settings, clock, app):
    """The application behind its cache, on a socket; every request finds the cache stale."""
    from timing.app import create_app

    ticks = count(0, 10)
    made = create_app(settings, clock, lambda: next(ticks))
    made.testing = True
    with served(made) as url:
        yield url, made.extensions["house"]
    made.extensions["house"].store.close()


def finish(house, clock):
    race.more(house, "mile", race.passing(5, "line", 21 * MINUTE, 99))
    clock.advance(5_000_000)


@pytest.mark.parametrize("width", [390, 1280])
def test_a_finish_arrives_in_place_is_marked_and_nothing_jumps(five, site, page, clock, width):
    url, house = site
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{url}/mile/five")
    finish(house, clock)
    page.wait_for_selector("#e5.news")
    assert page.inner_text("#e5 .place") == "5"
    assert "21:00" in page.inner_text("#e5 .time")
    assert page.locator("tr.news").count() == 1
    assert page.inner_text("#asof").startswith("As of ")
    assert page.evaluate(SHIFTS) < 0.05
    order = page.eval_on_selector_all("tr[data-bib]", "rows => rows.map(row => row.dataset.bib)")
    assert order == ["101", "102", "103", "104", "105", "106"]


def test_a_withdrawn_result_stays_to_be_seen_until_the_page_is_loaded_again(
    five, site, page, clock
):
    url, house = site
    page.goto(f"{url}/mile/five")
    act = SetStatus(entry=2, round="final", status=Status.DQ, rule="IRR 2")
    race.more(house, "mile", Ruling("office", 1, race.GUN, act, "ran forward", "ref"))
    clock.advance(5_000_000)
    page.wait_for_selector("#e2 s.withdrawn")
    assert page.inner_text("#e2 s.withdrawn") == "20:10"
    assert "DQ" in page.inner_text("#e2 .time")
    page.reload()
    assert page.locator("s.withdrawn").count() == 0


def test_without_a_network_the_page_says_how_old_it_is(five, site, page):
    url, _house = site
    page.goto(f"{url}/mile/five")
    until(page, "document.getElementById('asof').textContent.startsWith('As of')")
    page.context.set_offline(True)
    page.evaluate("dispatchEvent(new Event('online'))")  # asks at once; the race is long over
    until(page, "document.getElementById('asof').textContent.includes('No connection')")
    assert page.locator("tr[data-bib]").count() == 6
    page.context.set_offline(False)
    until(page, "document.getElementById('asof').textContent.startsWith('As of')")


def test_a_favourite_stays_on_the_device_and_is_followed_on_the_event_page(five, site, page, clock):
    url, house = site
    page.goto(f"{url}/mile/bib/105")
    page.click("[data-star]")
    assert page.get_attribute("[data-star]", "aria-pressed") == "true"
    page.goto(f"{url}/mile/five")
    assert page.locator("tr.mine").get_attribute("data-bib") == "105"
    page.goto(f"{url}/mile")
    until(page, "document.querySelector('#favourites p').textContent.includes('Turn')")
    finish(house, clock)
    until(page, "document.querySelector('#favourites p').textContent.includes('21:00')")
    assert page.context.cookies() == []


def test_the_search_answers_while_typing(five, live_url, page):
    page.goto(f"{live_url}/mile")
    page.type("#q", "odeg")
    page.wait_for_selector("#found a")
    assert page.inner_text("#found a") == "Åse Ødegård"
    page.fill("#q", "quux")
    until(page, "document.getElementById('found').textContent.includes('Nobody found')")


def test_filters_and_comparison_work_without_javascript(five, live_url, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_url}/mile/five")
    page.click("summary")
    page.fill("#f-q", "unal")
    page.click(".filters button")
    assert page.locator("tr[data-bib]").count() == 1
    page.click("tr[data-bib] a")
    page.fill("#with", "101")
    page.click("text=Compare >> nth=-1")
    assert "Åse Ødegård" in page.inner_text("#compare ~ .scroll")
    context.close()


@pytest.mark.parametrize(
    "address", ["", "/mile", "/mile/five", "/mile/bib/101", "/mile/five/prizes"]
)
def test_a_first_visit_weighs_less_than_60_kilobytes(settings, clock, app, house, page, address):
    from timing.app import create_app

    race.hold(house, race.race(), race.field(300), race.times(range(1, 301)))
    made = create_app(settings, clock, lambda: 0.0)
    weights = []
    page.on("requestfinished", lambda one: weights.append(sum(
        one.sizes()[part] for part in ("responseBodySize", "responseHeadersSize"))))  # fmt: skip
    with served(made) as url:
        page.goto(url + address, wait_until="networkidle")
    made.extensions["house"].store.close()
    if address == "/mile/five":
        assert page.locator("tr[data-bib]").count() == 200
    assert weights
    assert sum(weights) < 60_000


@pytest.mark.parametrize("width", [390, 1280])
def test_whoever_reads_far_below_stays_there_when_rows_arrive_above(site, page, clock, width):
    url, house = site
    turned = [race.passing(n, "turn", 8 * MINUTE + n, 800 + n) for n in range(1, 11)]
    race.hold(house, race.race(), race.field(90), [*race.times(range(11, 91)), *turned])
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{url}/mile/five")
    page.locator("#e60").scroll_into_view_if_needed()
    page.evaluate("document.getElementById('e60').scrollIntoView({block: 'start'})")
    top = "document.getElementById('e60').getBoundingClientRect().top"
    before = page.evaluate(top)
    for number in range(1, 11):
        race.more(house, "mile", race.passing(number, "line", 19 * MINUTE + number, 900 + number))
    clock.advance(5_000_000)
    page.wait_for_selector("#e1.news", state="attached")
    assert abs(page.evaluate(top) - before) < 2
    assert page.evaluate(SHIFTS) < 0.05
    assert page.locator("tr[data-bib]").first.get_attribute("data-bib") == "101"


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_on_any_page_and_none_scrolls_sideways(five, live_url, browser, width):
    tokens = [stations.make_link(five, "mile", "x", "ref", desk=desk)
              for desk in ("announcer", "screen")]  # fmt: skip
    desks = (f"/s/{tokens[0]}/announcer?bib=101", f"/s/{tokens[1]}/screen",
             f"/s/{tokens[1]}/kiosk?bib=101")  # fmt: skip
    context = browser.new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    found = []
    for address in (*PAGES, *desks):
        page.goto(live_url + address)
        found += [(address, *each) for each in flaws_day_and_night(page)]
    context.close()
    assert found == []
