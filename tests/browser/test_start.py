"""The start in a browser: keys pressed hours early, without a network, too; starters one by one."""

from __future__ import annotations

import pytest

from tests.core.story import contest, entry, event, moment, start as starts
from tests.services.days import SLUG, run_day, set_clock
from tests.web.desks import PASSWORD
from timing.core.clock import Duration
from timing.core.journal.rulings import CallOff
from timing.core.setup.called_off import Fate
from timing.core.setup.event import Wave
from timing.services.office import accounts
from timing.services.rulings import rule

WAVES = [
    Wave(code="race", name="5 km", scheduled=moment("0:00")),
    Wave(code="ten", name="10 km", scheduled=moment("1:50:20")),
]
HALF_A_MINUTE = Duration(30_000_000)
IMPATIENT = """() => {
  const real = AbortSignal.timeout.bind(AbortSignal);
  AbortSignal.timeout = (patience) => real(patience / 20);
}"""
ECHO = """if (sessionStorage.getItem("guns:story")) {
  Date.now = () => Number(sessionStorage.getItem("guns:story")) / 1000 + 400;
  new MutationObserver((_changes, watch) => {
    const key = document.querySelector("[data-ready=yes] [data-wave=ten] .start-key");
    if (!key) return;
    watch.disconnect();
    key.click();
    document.documentElement.dataset.tapped = "yes";
  }).observe(document, { attributes: true, subtree: true });
}"""
"""Taps the key of the next wave 0.4 s after a gun, as soon as the page has come again."""


@pytest.fixture
def start(house, live_url, page):
    """The page of the start, at the time of the first of two waves."""
    run_day(house, "", of=event([contest()], waves=WAVES), entered="101", until="0:00")
    return opened(house, live_url, page)


def opened(house, live_url, page):
    accounts.add(house, "boss", "administrator", PASSWORD)
    page.goto(f"{live_url}/staff/sign-in")
    page.fill("[name=name]", "boss")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/staff/")
    page.goto(f"{live_url}/staff/{SLUG}/start")
    page.wait_for_selector("[data-ready=yes]")
    return page


def guns(house):
    return house.live.ask(SLUG, lambda state: dict(state.lineup.guns))


def read(page) -> None:
    """Look at the question for longer than a double click takes."""
    page.evaluate("""async () => {
      const asked = performance.now();
      while (performance.now() - asked < 600) await new Promise(requestAnimationFrame);
    }""")


def test_an_early_key_is_asked_for_once_and_the_press_that_confirms_is_the_gun(house, start):
    early = start.locator("[data-wave=ten] .start-key")
    start.context.set_offline(True)
    early.evaluate("key => { key.click(); key.click(); }")
    start.wait_for_selector("[data-wave=ten] .asks")
    question = "10 km is due at 09:50:20, in 1 h 50 min. Press again to start it now."
    assert question in early.inner_text().replace("\u00a0", " ")
    read(start)
    assert start.get_attribute("[data-wave=ten]", "data-gun") == ""
    start.keyboard.press("Escape")
    assert "not due yet: asks first" in early.inner_text()

    early.focus()
    start.keyboard.press("Space")
    start.wait_for_selector("[data-wave=ten] .asks")
    read(start)
    start.keyboard.down("Space")
    start.wait_for_selector("#trouble:not([hidden])")
    assert guns(house).get("ten") is None
    start.context.set_offline(False)
    start.wait_for_selector("[data-wave=ten] .tag.good")
    assert abs(guns(house)["ten"] - moment("0:00")) < 5_000_000
    told = house.live.ask(SLUG, lambda state: [ruling.reason for ruling in state.live])
    assert [each.startswith("Before its time: pressed at ") for each in told] == [True]


def test_what_is_cancelled_is_seen_by_an_open_page_and_its_key_asks_without_a_network(house, start):
    start.wait_for_selector("[data-wave=race].armed")
    cancelled = CallOff(contests=(), fate=Fate.CANCELLED)
    rule(house, SLUG, [cancelled], reason="Storm", author="Anna")
    start.wait_for_selector("[data-wave=race][data-fate=cancelled]")
    start.wait_for_selector("[data-ready=yes]")
    assert start.locator(".wave.armed").count() == 0
    assert "This event is cancelled. Reason: Storm" in start.inner_text(".called-off")
    start.context.set_offline(True)
    key = start.locator("[data-wave=race] .start-key")
    key.focus()
    start.keyboard.press("Space")
    start.wait_for_selector("[data-wave=race] .asks")
    assert "5 km: Cancelled. Press again to start it now." in key.inner_text()
    start.keyboard.press("Escape")
    assert "asks" not in key.get_attribute("class")
    assert start.get_attribute("[data-wave=race]", "data-gun") == ""


def test_a_key_that_is_held_down_or_slid_off_is_one_press_or_none(house, start):
    early = start.locator("[data-wave=ten] .start-key")
    early.focus()
    start.keyboard.down("Enter")
    start.wait_for_selector("[data-wave=ten] .asks")
    read(start)
    start.keyboard.down("Enter")
    start.keyboard.up("Enter")
    assert start.get_attribute("[data-wave=ten]", "data-gun") == ""
    start.keyboard.press("Escape")

    due = start.locator("[data-wave=race] .start-key")
    due.hover()
    start.mouse.down()
    start.mouse.move(1, 1)
    start.mouse.up()
    slid = start.evaluate("Date.now()")
    start.route("**/race/gun", lambda route: route.abort())
    due.press("Enter")
    start.wait_for_selector("#trouble:not([hidden])")
    [kept] = start.evaluate("JSON.parse(localStorage['guns:story'])")
    assert kept["stamp"] >= slid * 1000


def test_the_next_starter_is_called_with_the_seconds_that_are_left(house, live_url, page):
    waves = [Wave(code="race", name="Time trial", interval=HALF_A_MINUTE)]
    lanes = [starts(bib, lane=lane) for lane, bib in enumerate(("101", "102", "103"), 1)]
    of = event([contest()], waves=waves)
    run_day(house, "gun 0:00", of=of, entered="101 102 103", starts=lanes, until="0:00")
    opened(house, live_url, page)
    page.wait_for_selector(".turns .go:has-text('101')")
    assert page.inner_text(".turns li:has-text('102') .left").startswith("00:")
    set_clock(house, "0:30.5")
    page.reload()
    page.wait_for_selector(".turns .go:has-text('102')")
    assert page.locator(".turns li:visible").count() == 2
    set_clock(house, "5:00")
    page.reload()
    page.wait_for_selector(".turns", state="hidden")


def test_a_gun_on_a_network_that_says_nothing_is_told_and_sent_again(house, start):
    start.evaluate(IMPATIENT)
    start.route("**/race/gun", lambda route: None)  # asked, and never answered
    start.keyboard.press("Space")
    start.wait_for_selector("#trouble:has-text('kept on this device')")
    start.unroute("**/race/gun")
    start.wait_for_selector("[data-wave=race] .tag.good")
    assert list(guns(house)) == ["race"]


def test_a_second_tap_of_a_nervous_thumb_does_not_start_the_next_wave(house, live_url, page):
    waves = [Wave(code=code, name=code) for code in ("race", "ten")]
    of = event([contest(), contest("ten")], waves=waves)
    entered = ["101", entry("201", contest="ten")]
    run_day(house, "", of=of, entered=entered, until="0:00")
    opened(house, live_url, page)
    page.add_init_script(ECHO)
    page.keyboard.press("Space")
    page.wait_for_selector("html[data-tapped]")
    assert list(guns(house)) == ["race"]
    page.evaluate("Date.now = () => Number(sessionStorage.getItem('guns:story')) / 1000 + 5000")
    page.locator("[data-wave=ten] .start-key").click()
    page.wait_for_selector("[data-wave=ten] .tag.good")
