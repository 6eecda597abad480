"""The page at the start."""

from __future__ import annotations

import re

import pytest

from tests.core.story import contest, event, moment, start
from tests.services.days import SLUG, places, run_day
from tests.web.desks import send, sign_in, token
from timing.core.clock import HOUR, MINUTE, SECOND, Duration
from timing.core.journal.rulings import CallOff
from timing.core.setup.called_off import Fate
from timing.core.setup.event import Wave
from timing.services.rulings import rule
from timing.web.staff.spans import in_minutes, in_words

START = f"/staff/{SLUG}/start"
RACE = "gun 0:00 | 101 finish 6:45 | 102 finish 6:46"


@pytest.fixture
def staff(app, client):
    sign_in(app, client, "timer")
    return client


def gun_of(house):
    return house.live.ask(SLUG, lambda state: state.lineup.guns.get("race"))


def test_a_wave_is_started_with_one_button_and_can_be_undone(house, staff):
    run_day(house, "", entered="101 102", until="0:00")
    done = send(staff, START, f"{START}/race/gun")
    assert done.status_code == 302
    assert gun_of(house) == moment("0:00")
    page = staff.get(START)
    assert "race has started." in page.text
    assert "Undo" in page.text


def test_a_press_on_a_device_is_moved_to_the_servers_clock(house, staff):
    run_day(house, "", entered="101", until="0:10")
    stamp, offset = str(moment("0:08")), "1000000"
    done = send(staff, START, f"{START}/race/gun", stamp=stamp, offset=offset)
    assert done.status_code == 302
    assert gun_of(house) == moment("0:09")
    assert staff.get(f"{START}/state").json["guns"] == {"race": moment("0:09")}


def test_a_second_press_is_refused_in_a_sentence(house, staff):
    run_day(house, RACE)
    refused = send(staff, START, f"{START}/race/gun")
    assert refused.status_code == 422
    assert "has started already" in refused.text


def test_a_late_gun_shows_what_changes_and_asks_for_a_reason(house, staff, clock):
    run_day(house, RACE, until="10:00")
    address = f"{START}/race/time"
    look = send(staff, START, address, ago="9:50")
    assert "2 results and 0 places change." in look.text
    assert gun_of(house) == moment("0:00")
    asked = str(moment("10:00"))
    clock.advance(60_000_000)
    silent = send(staff, START, address, ago="9:50", asked=asked, step="do")
    assert silent.status_code == 422
    assert "Please give a reason" in silent.text
    done = send(staff, START, address, ago="9:50", asked=asked, step="do", reason="missed")
    assert done.status_code == 302
    assert gun_of(house) == moment("0:10")


def test_a_gun_by_the_time_of_day_is_one_of_the_event(house, staff):
    run_day(house, RACE)
    send(staff, START, f"{START}/race/time", day="8:00:05", step="do", reason="video")
    assert gun_of(house) == moment("0:05")


@pytest.mark.parametrize("said", [{}, {"ago": "a while"}, {"day": "noon"}])
def test_a_moment_that_cannot_be_read_is_said_so(house, staff, said):
    run_day(house, RACE)
    look = send(staff, START, f"{START}/race/time", **said)
    assert look.status_code == 422
    assert 'role="alert"' in look.text


def test_a_recall_takes_the_gun_back_and_names_who_caused_it(house, staff):
    run_day(house, "gun 0:00", entered="101 102", until="0:05")
    look = send(staff, START, f"{START}/race/recall", bibs="102")
    assert "1 result" in look.text
    done = send(staff, START, f"{START}/race/recall", bibs="102", step="do", reason="moved")
    assert done.status_code == 302
    assert gun_of(house) is None
    assert "DQ 102" in places(house)
    assert "1 false start" in staff.get(START).text


def test_offsets_of_a_pursuit_are_pasted(house, staff):
    run_day(house, RACE)
    form = {"offsets": "102 0:30", "step": "do", "reason": "pursuit"}
    assert send(staff, START, f"{START}/race/offsets", **form).status_code == 302
    assert places(house) == "1 102 | 2 101"


@pytest.mark.parametrize("act", ["time", "recall", "offsets"])
def test_a_wave_that_is_not_there_is_refused(house, staff, act):
    run_day(house, RACE)
    assert send(staff, START, f"{START}/nowhere/{act}").status_code == 422


def test_only_who_may_start_comes_in(app, house, client):
    run_day(house, RACE)
    assert client.get(START).status_code == 302
    sign_in(app, client, "announcer")
    assert client.get(START).status_code == 403


def test_a_stamp_that_is_no_number_is_refused(house, staff):
    run_day(house, "", entered="101", until="0:00")
    assert send(staff, START, f"{START}/race/gun", stamp="now").status_code == 422
    assert send(staff, START, f"{START}/race/gun", stamp="5").status_code == 302
    assert gun_of(house) == moment("0:00")


def planned(house, span: str) -> None:
    """A wave that is planned so long from now."""
    waves = [Wave(code="race", name="10 km", scheduled=moment(span))]
    run_day(house, "", of=event([contest()], waves=waves), entered="101", until="0:00")


@pytest.mark.parametrize("span", ["0:00", "4:59", "-20:00"])
def test_a_start_that_is_due_fires_at_once(house, staff, span):
    planned(house, span)
    assert send(staff, START, f"{START}/race/gun").status_code == 302
    assert gun_of(house) == moment("0:00")


def test_a_start_long_before_its_time_is_asked_once_and_never_refused(house, staff, clock):
    planned(house, "1:50:20")
    asked = send(staff, START, f"{START}/race/gun")
    assert asked.status_code == 200
    assert "10 km is due at 09:50:20, in 1\u00a0h\u00a050\u00a0min." in asked.text
    assert "Press again to start it now." in asked.text
    assert gun_of(house) is None
    clock.advance(3 * SECOND)
    form = {"csrf_token": token(asked), "sure": "1"}
    assert staff.post(f"{START}/race/gun", data=form).status_code == 302
    assert gun_of(house) == moment("0:03")


def test_a_device_that_has_asked_by_itself_is_not_asked_again(house, staff):
    planned(house, "1:50:00")
    said = {"stamp": str(moment("-0:01")), "offset": "0", "first": str(moment("-0:03.4"))}
    form = {"csrf_token": token(staff.get(START)), **said}
    json = {"Accept": "application/json"}
    assert staff.post(f"{START}/race/gun", data=form, headers=json).json == {"gun": moment("-0:01")}
    history = staff.get(f"/staff/{SLUG}/officials/history").text
    assert "Before its time: pressed at 07:59:56.6, asked, then confirmed." in history


def test_a_gun_kept_on_a_device_since_this_morning_is_not_doubted(house, staff):
    planned(house, "-3:00:00")
    kept = {"stamp": str(moment("-3:00:00")), "offset": "0", "sent": str(moment("0:00"))}
    assert send(staff, START, f"{START}/race/gun", **kept).status_code == 302
    assert gun_of(house) == moment("-3:00:00")


@pytest.mark.parametrize(
    ("span", "words"),
    [(HOUR + 50 * MINUTE, "1 h 50 min"), (4 * MINUTE + SECOND, "4 min"), (30 * SECOND, "30 s")],
)
def test_a_span_is_said_in_units_of_everybody(span, words):
    assert in_words(Duration(span)).replace("\u00a0", " ") == words


@pytest.mark.parametrize(
    ("span", "words"),
    [(30 * SECOND, "0:30"), (64_500_000, "1:04.5"), (-10 * SECOND, "-0:10"),
     (HOUR + 2 * MINUTE + 3 * SECOND, "1:02:03")],
)  # fmt: skip
def test_a_span_is_written_as_on_a_start_list(span, words):
    assert in_minutes(Duration(span)) == words


def test_individual_starts_are_listed_in_their_order_with_their_times(house, staff):
    waves = [Wave(code="race", name="Time trial", interval=Duration(30 * SECOND))]
    lanes = [start(bib, lane=lane) for bib, lane in (("101", 2), ("102", 1), ("103", 3))]
    of = event([contest()], waves=waves)
    run_day(house, "dns 103", of=of, entered="101 102 103", starts=lanes, until="0:00")
    page = staff.get(START).text
    assert "one every 0:30" in page
    shown = re.findall(r'"after">(.*?)</span> <strong>(.*?)<', page)
    assert shown == [("0:00", "102"), ("0:30", "101")]
    form = {"offsets": "101 0:31\n104 1:00"}
    refused = send(staff, START, f"{START}/race/offsets", **form)
    assert "bib 104 does not start in wave Time trial" in refused.text
    look = send(staff, START, f"{START}/race/offsets", offsets="101 0:01")
    assert "Start offsets of Time trial, 1 starter" in look.text


@pytest.fixture
def called_off(house):
    """The race waits for its gun, an hour from now, and is called off."""

    def call(fate, **more):
        made = CallOff(contests=(), fate=fate, **more)
        rule(house, SLUG, [made], reason="Storm", author="Anna")

    run_day(house, "", entered="101 102", until="0:00")
    return call


@pytest.mark.parametrize("fate", Fate)
def test_the_key_of_what_is_called_off_asks_before_it_fires(house, staff, called_off, fate):
    called_off(fate)
    asked = send(staff, START, f"{START}/race/gun")
    assert asked.status_code == 200
    assert f"race: {fate.value.capitalize()}." in asked.text
    assert gun_of(house) is None
    assert staff.get(f"{START}/state").json["fates"] == {"race": fate.value}
    send(staff, START, f"{START}/race/gun", sure="1")
    assert gun_of(house) == moment("0:00")


def test_no_wave_that_is_called_off_is_framed(staff, called_off):
    assert "wave armed" in staff.get(START).text
    called_off(Fate.CANCELLED)
    page = staff.get(START).text
    assert "wave armed" not in page
    assert "This event is cancelled. " in " ".join(page.replace("</strong>", " ").split())


def test_what_is_postponed_to_a_time_is_due_then(house, staff, called_off):
    called_off(Fate.POSTPONED, until=moment("0:03"))
    send(staff, START, f"{START}/race/gun")
    assert gun_of(house) == moment("0:00")
    page = staff.get(START).text
    assert "postponed" not in page


def test_a_press_on_a_device_that_did_not_know_is_written_and_told(house, staff, called_off):
    stamp = str(moment("0:00"))
    called_off(Fate.CANCELLED)
    answer = staff.post(
        f"{START}/race/gun",
        data={"csrf_token": token(staff.get(START)), "stamp": stamp, "offset": "0"},
        headers={"Accept": "application/json"},
    )
    assert answer.json == {"gun": moment("0:00")}
    codes = {each.code for each in house.live.snapshot(SLUG, fresh=True).anomalies}
    assert codes == {"not_held"}
    assert places(house) == "CXL 101 | CXL 102"
