"""A race day of the officials in a real browser, by keyboard: gun, repair, two streams, publish."""

from __future__ import annotations

import pytest

from tests.core.story import moment
from tests.machines.eyes import flaws, violations
from tests.machines.waiting import until
from tests.services.days import SLUG, go_on, places, run_day, set_clock
from tests.web.desks import PASSWORD
from timing.core.journal.rulings import Reaction, Void, Wind
from timing.readers.delivery import Batch
from timing.readers.sighting import Refused
from timing.services.office import accounts
from timing.services.public import enquiries
from timing.services.publications import publishing
from timing.services.readers.boxes import Order, enrol
from timing.services.readers.reading import Diary
from timing.services.rulings import rule

READY = "[data-ready=yes]"
STAFF = f"/staff/{SLUG}"


@pytest.fixture
def desk(house, live_url, page):
    """Open a desk of the event as an administrator."""
    accounts.add(house, "boss", "administrator", PASSWORD)
    page.goto(f"{live_url}/staff/sign-in")
    page.fill("[name=name]", "boss")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/staff/")

    def open_desk(path: str):
        page.goto(f"{live_url}{STAFF}{path}")
        return page

    return open_desk


def gun_of(house):
    return house.live.ask(SLUG, lambda state: state.lineup.guns.get("race"))


def test_from_the_gun_to_official_results_without_a_mouse(house, desk):
    run_day(house, "", entered="101 102 103", until="0:00")
    page = desk("/start")
    page.wait_for_selector(READY)
    page.keyboard.press("Space")
    page.wait_for_selector(".wave .tag.good")
    assert abs(gun_of(house) - moment("0:00")) < 1_000_000

    go_on(house, "101 finish 6:45 | 102 finish 6:46 | 130 finish 6:50")
    set_clock(house, "10:00")
    page = desk("/officials")
    page.wait_for_selector(READY)
    page.keyboard.press("1")
    page.wait_for_selector("text=Nothing to look at.")
    assert places(house) == "1 101 | 2 102 | 3 103"

    page = desk("/publish")
    page.focus("text=Publish official results")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Version 1 is published.")
    assert [each.state for each in publishing.versions(house, SLUG)] == ["official"]


def test_one_key_inserts_a_slot_and_one_takes_it_back(house, desk):
    times = " | ".join(f"@t - finish 6:{second}" for second in (41, 42, 43))
    run_day(house, f"gun 0:00 | {times} | @b 102 finish - | @b 103 finish -")
    page = desk("/officials/streams")
    page.wait_for_selector(READY)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Insert")
    page.wait_for_selector("text=Undo")
    assert places(house) == "1 102 | 2 103"
    assert [row.time.n for row in joined(house)] == [2, 3]
    set_clock(house, "31:00")
    page.wait_for_selector(READY)
    page.keyboard.press("z")
    page.wait_for_selector("text=Taken back.")
    assert [row.time.n for row in joined(house)] == [1, 2]
    page.wait_for_selector(READY)
    page.keyboard.press("p")
    page.wait_for_selector("text=anchor >> nth=0")


def joined(house):
    rows = house.live.ask(SLUG, lambda state: state.streams.rows["finish"])
    return [row for row in rows if row.time and row.bib]


def test_a_gun_without_network_is_kept_through_a_reload_and_sent_later(house, desk):
    run_day(house, "", entered="101", until="0:00")
    page = desk("/start")
    page.wait_for_selector(READY)
    page.route("**/race/gun", lambda route: route.abort())
    page.keyboard.press("Space")
    page.wait_for_selector("#trouble:not([hidden])")
    assert "not sent yet" in page.inner_text("#trouble")
    page.reload()
    page.wait_for_selector("#trouble:not([hidden])")
    assert gun_of(house) is None
    page.unroute("**/race/gun")
    page.wait_for_selector(".wave .tag.good")
    assert abs(gun_of(house) - moment("0:00")) < 1_000_000


def test_a_heat_is_typed_by_keyboard_alone(house, desk):
    run_day(house, "gun 0:00", entered="101 102")
    page = desk("/grids/race/final/1")
    page.wait_for_selector(READY)
    page.keyboard.type("41245")
    page.keyboard.press("Enter")
    page.keyboard.type("40000")
    page.keyboard.press("Tab")
    assert page.input_value("[name='time-1-1']") == "4:12.45"
    page.keyboard.press("Control+s")
    page.wait_for_selector("text=2 lines written.")
    assert places(house) == "1 102 | 2 101"


def test_a_list_is_checked_while_it_is_typed(house, desk):
    run_day(house, "gun 0:00", entered="101 102")
    page = desk("/grids/paper")
    page.wait_for_selector(READY)
    page.select_option("#point", "finish")
    page.fill("#text", "101 6:45\n999 7:00")
    page.wait_for_selector("#checked li >> nth=1")
    assert "Runner 101" in page.inner_text("#checked")
    assert "unknown bib" in page.inner_text("#checked")


def test_what_a_decision_changes_is_seen_by_everybody(house, desk):
    run_day(house, "gun 0:00 | 101 finish 6:45 | 102 finish 6:46")
    page = desk("/officials/bib?bib=101")
    page.fill("#pt1", "0:05")
    page.keyboard.press("Enter")
    page.wait_for_selector("#told")
    assert page.inner_text("#told") == "1 result and 2 places change."
    assert violations(page) == []
    page.keyboard.type("cut a corner")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Undo")
    assert places(house) == "1 102 | 2 101"


def test_the_queue_follows_what_another_official_decides(house, desk):
    run_day(house, "gun 0:00 | 7 finish 6:45 | 8 finish 6:50", entered="101")
    page = desk("/officials")
    page.wait_for_selector(READY)
    assert page.locator(".doubt").count() == 2
    rule(house, SLUG, [Void(line=("finish", 1))], reason="a dog", author="Colleague")
    set_clock(house, "31:00")
    until(page, "document.querySelectorAll('.doubt').length === 1")
    assert "Bib 8" in page.inner_text("#queue")
    assert "1 thing" in page.inner_text("#waiting")


def test_the_queue_waits_while_somebody_types(house, desk):
    run_day(house, "gun 0:00 | 7 finish 6:45 | 8 finish 6:50", entered="101")
    page = desk("/officials")
    page.wait_for_selector(READY)
    page.locator(".doubt input[name=bib]").last.fill("10")
    rule(house, SLUG, [Void(line=("finish", 2))], reason="a dog", author="Colleague")
    set_clock(house, "31:00")
    page.wait_for_selector("#newer:not([hidden])")
    assert page.locator(".doubt input[name=bib]").last.input_value() == "10"


def test_a_question_of_a_runner_is_answered_from_the_queue(house, desk):
    run_day(house, "gun 0:00 | 101 finish 6:45", entered="101")
    enquiries.ask(house, SLUG, "101", "I was faster")
    page = desk("/officials")
    page.wait_for_selector(READY)
    page.fill("[name=answer]", "Your watch was.")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Question 1 is answered.")
    assert enquiries.everything(house, SLUG)[0].answer == "Your watch was."


def test_wind_and_reaction_times_are_typed_with_a_heat(house, desk):
    run_day(house, "gun 0:00", entered="101 102")
    page = desk("/grids/race/final/1")
    page.wait_for_selector(READY)
    page.keyboard.type("1245")
    page.fill("[name=reaction-1]", "145")
    page.fill("#wind", "1,2")
    assert page.input_value("[name=reaction-1]") == "0.145"
    page.keyboard.press("Control+s")
    page.wait_for_selector("text=3 lines written.")
    assert page.input_value("#wind") == "+1.2"
    page.wait_for_selector(READY)
    page.click("text=Undo")
    page.wait_for_selector("text=Taken back.")
    assert page.input_value("#wind") == ""
    assert page.input_value("[name=time-1-1]") == ""


def test_an_emptied_reaction_and_wind_are_withdrawn(house, desk):
    run_day(house, "gun 0:00", entered="101 102")
    page = desk("/grids/race/final/1")
    page.wait_for_selector(READY)
    page.fill("[name=reaction-1]", "99")
    page.fill("#wind", "1,2")
    page.keyboard.press("Control+s")
    page.wait_for_selector("text=2 lines written.")
    page.wait_for_selector(READY)
    house.clock.advance(1_000_000)
    page.fill("[name=reaction-1]", "")
    page.fill("#wind", "")
    page.keyboard.press("Control+s")
    until(page, "document.querySelector('#wind').defaultValue === ''")
    page.wait_for_selector(READY)
    assert page.input_value("[name=reaction-1]") == ""
    acts = house.live.ask(SLUG, lambda state: [ruling.act for ruling in state.live])
    assert not any(isinstance(each, Reaction | Wind) for each in acts)


def box_with_garbage(house) -> None:
    told = enrol(house, Order(SLUG, "ipico", "10.0.0.9", "finish", name="Mat at the finish"))
    bad = Refused(2, "aa400000000123450a2a01123018455927a8" * 3, "checksum", "it does not fit")
    Diary(house, told).commit(Batch([], [bad], [], {}, house.clock()))


@pytest.mark.parametrize(
    "path",
    ["/start", "/officials", "/officials/bib?bib=101", "/officials/history", "/officials/streams",
     "/officials/on-course", "/publish", "/grids", "/grids/race/final/1", "/grids/paper",
     "/judge", "/judge/proposals", "/rounds",
     "/readers/?format=ipico&where=10.0.0.9&point=finish&name=Another mat"],
)  # fmt: skip
def test_every_desk_is_usable_by_everybody(house, desk, path: str):
    run_day(
        house,
        "gun 0:00 | 101 finish 6:45 | 130 finish 6:50 | 104 start 0:02 | - finish 7:00 | "
        "102 finish - | dq 105 TR16.8",
        entered="101 102 103 104 105",
    )
    enquiries.ask(house, SLUG, "101", "I was faster than the one before me, was I not?")
    box_with_garbage(house)
    page = desk(path)
    for width, scheme in ((390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        assert list(flaws(page)) == [], (width, scheme)
