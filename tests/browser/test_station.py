"""A volunteer's phone in a real browser: nothing is lost, whatever happens to network and tab."""

import json

import pytest

from tests.core.story import MILE_ON_TRACK, contest
from tests.machines.devices import all_sent, key_in
from tests.machines.eyes import flaws
from tests.machines.waiting import until
from tests.services.days import SLUG, places, run_day
from timing.core.journal.rulings import Note
from timing.services.office import stations
from timing.store import journal, raw_lines, setup

READY = "[data-ready=yes]"
KEPT = (
    "async () => { await navigator.serviceWorker.ready;"
    " while ((await (await caches.open('station-1')).keys()).length < 5)"
    " await new Promise((go) => setTimeout(go, 20)); }"
)
"""Waits until the page would open without a network."""


SLOW = """async () => {
  const page = document.querySelector("script[type=module]").src;
  const { Post } = await import(page.replace(/station.js.*/, "post.js"));
  let waiting = Array.from({ length: 300 }, (_, n) => ({ n: n + 1, stamp: 1, state: "saved" }));
  const box = {
    id: "phone-0001",
    unsent: async (limit) => waiting.slice(0, limit),
    countUnsent: async () => waiting.length,
    put: async (lines) => {
      const gone = new Set(lines.filter((line) => line.state === "accepted").map(({ n }) => n));
      waiting = waiting.filter(({ n }) => !gone.has(n));
    },
  };
  const sizes = [];
  window.fetch = async (_address, { body }) => {
    const { lines } = JSON.parse(body);
    sizes.push(lines.length);
    if (lines.length > 30) throw new DOMException("", "TimeoutError");
    const receipts = lines.map(({ n }) => ({ n, outcome: "new" }));
    return Response.json({ receipts, server_time: 1 });
  };
  const post = new Post(box, { offset: 0, heard() {} }, "token", () => {});
  while (waiting.length) await post.now();
  clearTimeout(post.timer);
  return sizes;
}"""
"""Sends 300 lines over a network that carries thirty in time; gives the size of each attempt."""


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
    station.evaluate(KEPT)
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
    expected(station, 3)
    station.keyboard.type("10")
    assert station.locator("#who").inner_text().strip() == ""
    station.keyboard.press("Escape")
    station.keyboard.type("999")
    assert station.locator("#who").inner_text() == "unknown bib"
    station.keyboard.press("Enter")
    station.wait_for_selector(".line.look")
    assert "look at this" in station.locator(".line.look .state-cell").inner_text()


def expected(page, count):
    until(page, f"document.querySelectorAll('#expected li').length === {count}")


def test_the_expected_list_records_with_one_tap(station, house):
    station.locator("#expected button", has_text="102").click()
    station.wait_for_selector(".line")
    all_sent(station)
    assert [read.bib for read in finish_lines(house)] == ["102"]
    expected(station, 2)


def test_typing_narrows_the_expected_list_and_an_arrow_leads_into_it(station, house):
    expected(station, 3)
    station.keyboard.type("103")
    expected(station, 1)
    station.keyboard.press("ArrowDown")
    station.keyboard.press("Enter")
    station.wait_for_selector(".line")
    all_sent(station)
    assert [read.bib for read in finish_lines(house)] == ["103"]


def test_a_half_read_bib_has_its_own_key(station, house):
    station.keyboard.type("1")
    station.locator("#wild").click()
    station.keyboard.type("3")
    assert station.locator("#record").inner_text() == "TIME for 1?3"
    station.keyboard.press("Enter")
    station.wait_for_selector(".line.look:has-text('read in part')")
    key_in(station, "*01")
    station.wait_for_selector(".line >> nth=1")
    all_sent(station)
    assert [read.bib for read in finish_lines(house)] == ["1?3", "?01"]


def test_a_note_stands_beside_its_line_and_is_kept(station, house):
    key_in(station, "101")
    station.locator(".line summary").click()
    field = station.locator(".line input[inputmode=text]")
    field.fill("fell at the line")
    field.press("Enter")
    station.wait_for_selector(".line .name-cell:has-text('fell at the line')")
    all_sent(station)
    with house.store.read() as tx:
        event = setup.find_event(tx, SLUG)
        [note] = [
            each.act.text
            for each in journal.load_journal(tx, event).rulings
            if isinstance(each.act, Note)
        ]
    assert note == "fell at the line"


def test_what_is_open_beside_a_line_stays_open_while_the_line_is_sent_and_accepted(station):
    station.context.set_offline(True)
    key_in(station, "101")
    station.locator(".line summary").click()
    station.locator(".line input[inputmode=text]").fill("fell at")
    station.locator(".line summary").focus()
    station.context.set_offline(False)
    all_sent(station)
    station.wait_for_selector(".line.accepted")
    assert station.locator(".line details").get_attribute("open") is not None
    assert station.input_value(".line input[inputmode=text]") == "fell at"


def test_bibs_alone_are_written_in_order_and_that_is_remembered(station, house):
    station.check("#bibs-only")
    key_in(station, "102")
    station.keyboard.press("Enter")  # no bib: nothing to write down
    all_sent(station)
    station.reload()
    station.wait_for_selector(READY)
    key_in(station, "101")
    station.wait_for_selector(".line >> nth=1")
    all_sent(station)
    assert [(read.bib, read.at) for read in finish_lines(house)] == [("102", None), ("101", None)]


def test_laps_are_counted_and_who_is_lapped_is_told(house, live_url, page):
    line = "gun 0:00 | 101 line 1:40 | 102 line 1:50 | 101 line 3:20"
    run_day(house, line, of=contest(course=MILE_ON_TRACK))
    token = stations.make_link(house, SLUG, "Line", "Ada", point="line")
    page.goto(f"{live_url}/s/{token}")
    page.wait_for_selector(READY)
    page.wait_for_selector("#expected button:has-text('lap 2 of 4')")
    page.keyboard.type("101")
    assert page.locator("#who").inner_text() == "Runner 101 · Race · lap 3 of 4 · ring the bell"
    page.keyboard.press("Enter")
    page.wait_for_selector("#expected button:has-text('1 lap behind')")
    assert "102" in page.locator("#expected .lapped").inner_text()
    all_sent(page)
    assert "ring the bell" in page.locator(".line").first.inner_text()


def test_a_wild_clock_is_told_and_its_lines_are_kept_with_the_raw_stamp(house, live_url, page):
    run_day(house, "gun 0:00 | 101 start 0:01")
    token = stations.make_link(house, SLUG, "Finish", "Ada", point="finish")
    page.add_init_script("Date.now = () => 1_000_000_000_000")
    page.goto(f"{live_url}/s/{token}")
    page.wait_for_selector("#offset[data-mood=warn]")
    assert "please set it" in page.locator("#offset").inner_text()
    page.wait_for_selector(READY)
    key_in(page, "101")
    page.wait_for_selector(".line.accepted")
    [read] = finish_lines(house)
    assert abs(read.at - house.clock()) < 2_000_000
    with house.store.read() as tx:
        event = setup.find_event(tx, SLUG)
        [raw] = raw_lines.list_lines(tx, event, read.station)
    stamp = json.loads(raw.content)["stamp"]
    assert 0 <= 1_000_000_000_000_000 - stamp <= 2_000_000  # its own clock, that long before


def test_a_line_typed_before_the_clocks_were_compared_is_corrected_too(house, live_url, page):
    run_day(house, "gun 0:00 | 101 start 0:01")
    token = stations.make_link(house, SLUG, "Finish", "Ada", point="finish")
    page.add_init_script("Date.now = () => 1_000_000_000_000")
    page.route("**/stations/lines", lambda route: route.abort())
    page.goto(f"{live_url}/s/{token}")
    page.wait_for_selector(READY)
    key_in(page, "101")
    page.wait_for_selector("#unsent[data-mood=warn]")
    page.unroute("**/stations/lines")
    page.wait_for_selector(".line.accepted")
    assert abs(finish_lines(house)[0].at - house.clock()) < 2_000_000


def test_who_crossed_hundreds_of_lines_ago_without_a_network_is_not_expected_any_more(station):
    station.wait_for_selector("#expected:has-text('101')")
    station.context.set_offline(True)
    key_in(station, "101")
    station.evaluate(
        "for (let n = 0; n < 150; n++) document.getElementById('entry').requestSubmit()"
    )
    station.wait_for_selector("#unsent:has-text('151 not sent yet')")
    assert "102" in station.inner_text("#expected")
    assert "101" not in station.inner_text("#expected")


def test_the_big_key_stays_under_the_thumb_whatever_the_network_does(station):
    all_sent(station)
    before = station.locator("#record").bounding_box()
    station.context.set_offline(True)
    key_in(station, "101")
    station.wait_for_selector("#unsent:has-text('No connection')")
    assert station.locator("#record").bounding_box() == before


def test_what_takes_too_long_is_sent_in_smaller_pieces(station):
    sizes = station.evaluate(SLOW)
    assert sizes[:3] == [200, 50, 12]
    assert sum(size for size in sizes[2:] if size <= 30) == 300
    assert max(sizes[2:]) <= 96


def test_a_link_that_was_closed_keeps_the_lines_and_says_so(station, house):
    [link] = stations.links(house, SLUG)
    stations.revoke(house, link.token_hash)
    key_in(station, "101")
    station.wait_for_selector("#unsent[data-mood=bad]")
    assert "closed by the race office" in station.locator("#unsent").inner_text()
    assert "stay on this device" in station.locator("#unsent").inner_text()
    assert station.locator(".line.saved").count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_volunteer_of_any_kind_can_use_the_page(station, scheme):
    station.emulate_media(color_scheme=scheme)
    key_in(station, "101")
    key_in(station, "")
    key_in(station, "1?9")
    all_sent(station)
    assert list(flaws(station)) == []
    small = station.evaluate(
        "[...document.querySelectorAll('main button, main input, main summary')]"
        ".filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 44"
        " && e.type !== 'checkbox').map(e => e.outerHTML)"
    )
    assert small == []
