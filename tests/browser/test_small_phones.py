"""A runner's old phone: the narrowest screen, and the longest words."""

from __future__ import annotations

import pytest

from tests.web import race
from timing.core.journal.lines import Ruling
from timing.core.journal.rulings import SetStatus
from timing.core.status import Status
from timing.services.demo.loading import load_demos

MOST_REQUESTS, MOST_BYTES = 12, 150_000
SHIFTS = """window.shifted = 0;
new PerformanceObserver((list) => {
  for (const each of list.getEntries()) window.shifted += each.value;
}).observe({ type: "layout-shift", buffered: true });"""
PAGES = (
    "/", "/retro-worlds", "/retro-worlds/100m-men", "/retro-worlds/half-marathon",
    "/retro-worlds/4x100m", "/retro-worlds/bib/199", "/retro-worlds/medals",
    "/retro-worlds/records", "/retro-worlds/on-course", "/backwards-mile/mile",
)  # fmt: skip


@pytest.mark.browser
@pytest.mark.parametrize("language", ["de", "es"])
def test_no_page_for_everybody_is_wider_than_the_screen(app, live_url, browser, language):
    load_demos(app.extensions["house"])
    page = browser.new_page(viewport={"width": 320, "height": 600})
    wide = []
    for address in PAGES:
        page.goto(f"{live_url}{address}?lang={language}")
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > page.evaluate("document.documentElement.clientWidth"):
            wide.append((address, width))
    page.close()
    assert wide == []


@pytest.mark.browser
def test_a_page_for_everybody_is_light_and_nothing_on_it_jumps(app, live_url, browser):
    load_demos(app.extensions["house"])
    heavy = []
    for address in PAGES:
        page = browser.new_page(viewport={"width": 390, "height": 844})
        page.add_init_script(SHIFTS)
        taken = []
        page.on("requestfinished", lambda asked, taken=taken: taken.append(asked.sizes()))
        page.goto(f"{live_url}{address}", wait_until="networkidle")
        size = sum(each["responseBodySize"] for each in taken)
        shifted = page.evaluate("window.shifted")
        if len(taken) > MOST_REQUESTS or size > MOST_BYTES or shifted > 0:
            heavy.append((address, len(taken), size, shifted))
        page.close()
    assert heavy == []


@pytest.mark.browser
def test_results_are_read_and_found_without_scripts(app, live_url, browser):
    load_demos(app.extensions["house"])
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_url}/retro-worlds")
    page.fill("#q", "199")
    page.press("#q", "Enter")
    page.click("#found a")
    page.fill("#with", "107")
    page.press("#with", "Enter")
    assert page.url.endswith("/retro-worlds/bib/199?with=107")
    page.goto(f"{live_url}/retro-worlds/half-marathon")
    assert page.locator("tbody tr").count() > 40
    context.close()


@pytest.mark.browser
def test_a_long_reason_of_a_disqualification_leaves_the_names_their_room(app, live_url, browser):
    act = SetStatus(entry=3, round="final", status=Status.DQ, rule="left the marked course twice")
    ruling = Ruling("office", 1, race.GUN, act, "", "ref")
    race.hold(app.extensions["house"], race.race(), race.field(3), race.times([1, 2]), [ruling])
    page = browser.new_page(viewport={"width": 320, "height": 600})
    page.goto(f"{live_url}/mile/five")
    assert "left the marked course twice" in page.inner_text("[data-bib='103'] .time")
    wide = page.evaluate("document.querySelector('[data-bib=\"101\"] .name').offsetWidth")
    page.close()
    assert wide >= 100
