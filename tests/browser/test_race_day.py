"""What a volunteer holds in one hand: codes that a camera reads, cards and keys that fit."""

from __future__ import annotations

import pytest

from tests.services.days import SLUG, run_day
from timing.services.office import accounts, stations
from timing.services.raceday import capture, judging

pytestmark = pytest.mark.browser
PASSWORD = "a long password of the tests"
PHONE, SMALL = {"width": 390, "height": 844}, {"width": 320, "height": 640}
DESKS = ("start", "officials", "publish", "grids/race/final/1", "stations/", "judge")
CUT = """() => [...document.querySelectorAll("button, .button, .desk-nav a")].flatMap((key) => {
  const cut = [];
  const words = document.createTreeWalker(key, NodeFilter.SHOW_TEXT);
  for (let text; (text = words.nextNode()); ) {
    for (const word of text.data.matchAll(/[\\p{L}\\p{N}]+/gu)) {
      const range = document.createRange();
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      const lines = new Set([...range.getClientRects()].map((part) => Math.round(part.top)));
      if (lines.size > 1) cut.push(word[0]);
    }
  }
  return cut;
})"""
"""The words on keys that stand in two lines."""


def sign_in(house, page, live_url):
    accounts.add(house, "boss", "administrator", PASSWORD)
    page.goto(f"{live_url}/staff/sign-in")
    page.fill("#name", "boss")
    page.fill("#password", PASSWORD)
    page.click("main button")
    page.wait_for_selector("text=Sign out")


def test_the_code_of_a_link_fills_its_box_and_says_where_it_leads(house, live_url, page):
    run_day(house, "101 start 0:01")
    sign_in(house, page, live_url)
    page.goto(f"{live_url}/staff/{SLUG}/stations/")
    page.select_option("#place", "finish")
    page.fill("#name", "Eva")
    page.click("text=Make a link")
    drawn = page.locator(".qr svg path").last.bounding_box()
    assert min(drawn["width"], drawn["height"]) > 150
    assert "this computer only" in page.inner_text(".notice.warn")


def test_the_card_of_a_desk_with_a_link_fits_a_phone(house, live_url, page):
    run_day(house, "101 start 0:01 | 102 start 0:01")
    token = stations.make_link(house, SLUG, "Desk", "Ada", desk="check-in")
    page.set_viewport_size(PHONE)
    page.goto(f"{live_url}/s/{token}")
    page.wait_for_selector("[data-ready=yes]")
    page.keyboard.type("101")
    page.keyboard.press("Enter")
    card = page.locator(".person").bounding_box()
    words = page.locator(".person .verdict").bounding_box()
    cancel = page.locator(".person button >> nth=-1").bounding_box()
    assert words["width"] > card["width"] * 0.8
    assert cancel["y"] + cancel["height"] <= card["y"] + card["height"]
    assert cancel["height"] < 60


def test_a_key_of_the_station_is_as_wide_as_its_word(house, live_url, page):
    run_day(house, "gun 0:00 | 101 start 0:01")
    token = stations.make_link(house, SLUG, "Finish", "Ada", point="finish")
    page.set_viewport_size(SMALL)
    page.goto(f"{live_url}/s/{token}?lang=de")
    page.wait_for_selector("[data-ready=yes]")
    key = page.locator(".tools button")
    assert key.evaluate("key => key.scrollWidth <= key.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_no_key_of_a_desk_cuts_a_word_on_the_smallest_phone(house, live_url, page):
    run_day(house, "gun 0:00 | 101 start 0:01 | 130 finish 6:50", entered="101 102")
    token = stations.make_link(house, SLUG, "Finish", "Ada", point="finish")
    permit = stations.permit(house, token)
    for device in ("a-phone-with-a-long-name", "another-phone-of-this-link"):
        capture.take(house, permit, capture.Batch(station=device, unsent=7))
    sign_in(house, page, live_url)
    page.set_viewport_size(SMALL)
    wrong = []
    for language in ("de", "it", "fr", "es"):
        for desk in DESKS:
            page.goto(f"{live_url}/staff/{SLUG}/{desk}?lang={language}")
            wrong += [(language, desk, word) for word in page.evaluate(CUT)]
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wrong.append((language, desk, "wider than the screen"))
    assert wrong == []


def test_two_streams_fit_every_screen_and_a_tapped_row_shows_its_keys(house, live_url, page):
    times = " | ".join(f"@t - finish 6:{second}" for second in (41, 42, 43))
    run_day(house, f"gun 0:00 | {times} | @b 102 finish - | @b 103 finish -")
    sign_in(house, page, live_url)
    for width in (768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"{live_url}/staff/{SLUG}/officials/streams")
        page.wait_for_selector("#streams[data-ready=yes]")
        scroll = page.locator(".scroll")
        assert scroll.evaluate("each => each.scrollWidth <= each.clientWidth"), width
    page.set_viewport_size(PHONE)
    keys = page.locator("#streams .fixes:visible")
    assert keys.count() == 1
    page.click("#streams tr:nth-child(2) td:nth-child(3)")
    assert keys.count() == 1
    assert keys.locator("[data-side=bib]").first.is_visible()
    assert "Row 2" in keys.locator("button").first.get_attribute("aria-label")


def test_a_judge_writes_down_without_scrolling_to_the_end(house, live_url, page):
    run_day(house, "gun 0:00", entered="101")
    sign_in(house, page, live_url)
    page.set_viewport_size(SMALL)
    page.goto(f"{live_url}/staff/{SLUG}/judge")
    page.fill("#bib", "101")
    page.locator("[name=code]").first.check()
    key = page.locator(".judge .send button")
    assert key.bounding_box()["y"] + key.bounding_box()["height"] <= SMALL["height"]
    key.click()
    page.wait_for_selector("text=Written down for bib 101.")


def test_a_judge_without_a_network_goes_on_and_each_report_arrives_once(house, live_url, page):
    run_day(house, "gun 0:00", entered="101 102")
    sign_in(house, page, live_url)
    page.goto(f"{live_url}/staff/{SLUG}/judge")
    page.wait_for_selector(".judge[data-ready=yes]")
    page.context.set_offline(True)
    for bib, waiting in (("101", 1), ("999", 2)):
        page.fill("#bib", bib)
        page.locator("[name=code]").first.check()
        page.click(".judge .send button")
        page.wait_for_selector(f"#waiting:has-text('Not sent yet: {waiting}.')")
    page.context.set_offline(False)
    page.wait_for_selector("#kept:has-text('bib 999 starts nowhere')")
    assert [entry.bib for entry in judging.log(house, SLUG).entries] == ["101"]
    page.wait_for_selector("#log:has-text('101')")
    page.click("#kept button")
    assert page.input_value("#bib") == "999"
    page.fill("#bib", "102")
    page.click(".judge .send button")
    page.wait_for_selector("#written:has-text('Written down for bib 102.')")
    assert [entry.bib for entry in judging.log(house, SLUG).entries] == ["102", "101"]
