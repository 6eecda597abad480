"""Everybody reads at once what is cancelled, postponed or stopped."""

from __future__ import annotations

import json

import pytest

from tests.core.story import contest, entry, event, moment, start
from tests.services.days import SLUG, places, run_day
from tests.web.desks import send, sign_in
from timing.core.clock import SECOND
from timing.core.journal.rulings import CallOff
from timing.core.setup.called_off import Fate
from timing.core.setup.event import Wave
from timing.services.office import stations
from timing.services.rulings import rule

DESK = f"/staff/{SLUG}/call-off"
RACE = "gun 0:00 | 101 finish 6:45 | 102 finish 6:46"
TWO = event(
    [contest("short"), contest("long")],
    waves=[Wave(code="long", name="Long", scheduled=moment("40:00"))],
)
FIELD = {
    "entered": [entry("1", contest="short"), entry("2", contest="long")],
    "starts": [start("1", wave="short"), start("2", wave="long")],
}


@pytest.fixture
def staff(app, client):
    sign_in(app, client, "organiser")
    return client


def call_off(house, fate, *contests, reason="Storm", **more):
    made = CallOff(contests=contests, fate=fate, **more)
    rule(house, SLUG, [made], reason=reason, author="Anna")


def later(app, seconds=2):
    """Let so long pass that a page of everybody is built anew."""
    app.extensions["house"].clock.at += seconds * SECOND


def test_a_race_is_stopped_with_a_reason_that_everybody_reads_and_it_can_be_undone(house, staff):
    run_day(house, RACE, until="6:50")
    assert "Stopped: it was broken off on the way" in staff.get(DESK).text
    look = send(staff, DESK, DESK, contests="race", fate="stopped", counts="")
    assert "This event was stopped. There is no ranking." in look.text
    assert "Everybody reads it, on every page and every sheet." in look.text
    assert "STP" in look.text
    assert places(house) == "1 101 | 2 102"
    done = send(staff, DESK, DESK, contests="race", fate="stopped", step="do", reason="Hail")
    assert done.status_code == 302
    page = staff.get(DESK)
    assert page.text.count("This event was stopped. There is no ranking.") >= 2
    assert "Reason: Hail" in page.text
    assert places(house) == "STP 101 | STP 102"
    line = page.text.split('name="line" value="')[1].split('"')[0]
    form = {"kind": "withdraw", "line": line, "step": "do", "reason": "Sun", "back": DESK}
    back = send(staff, DESK, f"/staff/{SLUG}/officials/decide", **form)
    assert back.headers["Location"].endswith(DESK)
    assert places(house) == "1 101 | 2 102"
    assert "was stopped" not in staff.get(f"/staff/{SLUG}/").text


def test_a_decision_without_a_reason_is_asked_for_one(house, staff):
    run_day(house, "", entered="101", until="0:00")
    asked = send(staff, DESK, DESK, contests="race", fate="cancelled", step="do")
    assert asked.status_code == 422
    assert places(house) == "READY 101"


def test_a_slip_is_told_in_a_sentence_and_can_be_mended_there(house, staff):
    run_day(house, "", entered="101", until="0:00")
    told = send(staff, DESK, DESK, contests="race", fate="postponed", new_time="noon")
    assert told.status_code == 422
    assert "is no time of day; expected such as 10:30" in told.text
    assert 'name="new_time" value="noon"' in told.text


def test_only_who_may_rule_may_call_off(app, client, house):
    run_day(house, "", entered="101", until="0:00")
    sign_in(app, client, "desk")
    assert client.get(DESK).status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "", "/race", "/race?view=splits", "/bib/101", "/race/prizes", "/sheets", "/on-course",
        "/find?q=101", "/medals", "/records", "/race/versions",
    ],
)  # fmt: skip
def test_every_page_of_everybody_begins_with_it(house, client, path):
    run_day(house, RACE)
    call_off(house, Fate.CANCELLED)
    page = client.get(f"/{SLUG}{path}")
    assert page.status_code == 200, path
    told = page.text.index("This event is cancelled.")
    assert told < page.text.index("<h1")
    assert "Reason: Storm" in page.text


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Story: cancelled."), ("de", "Story: abgesagt."),
        ("it", "Story: gara annullata."), ("fr", "Story : épreuve annulée."),
        ("es", "Story: prueba cancelada."),
    ],
)  # fmt: skip
def test_it_is_told_in_the_language_of_the_reader(house, client, language, told):
    run_day(house, "", of=TWO, **FIELD)
    call_off(house, Fate.CANCELLED, "long")
    page = client.get(f"/{SLUG}?lang={language}")
    assert told.replace("Story", "Long") in page.text
    assert told.replace("Story", "Short") not in page.text


def test_a_contest_that_is_held_does_not_tell_of_another(house, client):
    run_day(house, "", of=TWO, **FIELD)
    call_off(house, Fate.CANCELLED, "long")
    assert "cancelled" not in client.get(f"/{SLUG}/short").text
    assert "Long: cancelled." in client.get(f"/{SLUG}/long").text


def test_the_timetable_tells_the_new_start_and_that_it_is_postponed(house, client):
    run_day(house, "", of=TWO, **FIELD)
    call_off(house, Fate.POSTPONED, "long", until=moment("1:30:00"))
    page = client.get(f"/{SLUG}").text
    assert "Long: postponed to " in page
    assert "Postponed" in page.split("<table")[1]


def test_the_list_of_events_tells_it(house, client, app):
    run_day(house, "", entered="101")
    assert "Cancelled" not in client.get("/").text
    call_off(house, Fate.CANCELLED)
    later(app)
    assert "Cancelled" in client.get("/").text
    assert "Abgesagt" in client.get("/?lang=de").text


def test_a_list_of_events_does_not_call_an_event_off_of_which_one_contest_is(house, client):
    run_day(house, "", of=TWO, **FIELD)
    call_off(house, Fate.CANCELLED, "long")
    assert "Cancelled" not in client.get("/").text


def test_programs_read_it_as_a_field(house, client):
    run_day(house, "", of=TWO, **FIELD)
    call_off(house, Fate.POSTPONED, "long", until=moment("1:30:00"), day="2026-05-30")
    told = client.get(f"/api/v1/events/{SLUG}").json
    assert told["called_off"] is None
    assert [each["called_off"] for each in told["contests"]] == [None, {
        "fate": "postponed", "reason": "Storm", "since_us": house.clock(),
        "until_us": moment("1:30:00"), "day": "2026-05-30", "ranked": True, "stands_us": None,
        "point": "",
    }]  # fmt: skip
    assert told["contests"][1]["rounds"][0]["start_us"] == moment("1:30:00")
    page = client.get(f"/api/v1/events/{SLUG}/contests/long/standings").json
    assert page["called_off"]["fate"] == "postponed"


def test_the_list_of_events_for_programs_tells_it_too(house, client):
    run_day(house, "", of=TWO, **FIELD)
    call_off(house, Fate.CANCELLED)
    assert client.get("/api/v1/events").json["events"][0]["called_off"]["fate"] == "cancelled"


def test_files_say_it(house, client):
    run_day(house, RACE)
    call_off(house, Fate.STOPPED, stands=moment("6:45.5"))
    document = json.loads(client.get(f"/{SLUG}/race.json").text)
    assert document["called_off"][0]["fate"] == "stopped"
    rows = client.get(f"/{SLUG}/race.csv").text.splitlines()
    assert [line.split(",")[1] for line in rows[1:]] == ["1", ""]
    assert "STP" in rows[2]


def test_devices_at_the_course_and_at_the_desk_are_told_while_they_are_open(house, client):
    run_day(house, "", entered="101")
    finish = stations.make_link(house, SLUG, "Finish", "Anna", point="finish")
    desk = stations.make_link(house, SLUG, "Desk", "Anna", desk="check-in")
    pages = {f"/s/{finish}": "expected", f"/s/{desk}/checkin": "people"}
    for page, answer in pages.items():
        assert "cancelled" not in client.get(page).text
        token = finish if answer == "expected" else desk
        asked = {"Authorization": f"Bearer {token}"}
        assert client.get(f"/api/v1/stations/{answer}", headers=asked).json["notices"] == []
    call_off(house, Fate.CANCELLED)
    later(client.application)
    for page, answer in pages.items():
        assert "This event is cancelled." in client.get(page).text
        token = finish if answer == "expected" else desk
        asked = {"Authorization": f"Bearer {token}"}
        told = client.get(f"/api/v1/stations/{answer}?lang=de", headers=asked).json["notices"]
        assert told == [{
            "fate": "cancelled", "text": "Diese Veranstaltung ist abgesagt.",
            "reason": "Grund: Storm",
        }]  # fmt: skip


def test_the_announcer_and_the_big_screen_begin_with_it(house, client):
    run_day(house, RACE)
    call_off(house, Fate.STOPPED)
    link = stations.make_link(house, SLUG, "Speaker", "Anna", desk="announcer")
    for page in ("announcer", "screen", "kiosk"):
        assert "This event was stopped." in client.get(f"/s/{link}/{page}").text


@pytest.mark.parametrize(
    "desk", ["", "checkin/", "start", "officials", "officials/on-course", "entries/", "publish",
             "setup", "print/"],
)  # fmt: skip
def test_every_desk_begins_with_it(house, staff, desk):
    run_day(house, RACE)
    call_off(house, Fate.STOPPED)
    page = staff.get(f"/staff/{SLUG}/{desk}")
    assert page.status_code == 200
    assert page.text.index("This event was stopped.") < page.text.index("<h1")


def test_the_history_says_what_was_announced(house, staff):
    run_day(house, "", of=TWO, **FIELD)
    call_off(house, Fate.CANCELLED, "long")
    assert "Announced: Long: cancelled." in staff.get(f"/staff/{SLUG}/officials/history").text


def test_a_runner_is_told_of_the_own_contests(house, client):
    run_day(house, "", of=TWO, **FIELD)
    call_off(house, Fate.CANCELLED, "long")
    assert "cancelled" not in client.get(f"/{SLUG}/bib/1").text
    page = client.get(f"/{SLUG}/bib/2").text
    assert "Long: cancelled." in page
    assert "The contest is cancelled: Storm" in page


def test_a_page_of_a_cancelled_contest_does_not_call_it_finished(house, client):
    run_day(house, "", of=TWO, **FIELD)
    call_off(house, Fate.CANCELLED, "long")
    page = client.get(f"/{SLUG}/long").text
    assert "0 of 1 finished" not in page
    assert "Cancelled</span>" in page
