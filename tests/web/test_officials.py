"""The officials' desk: the queue, a bib, the history, the streams, the course."""

from __future__ import annotations

import re

import pytest

from tests.core.story import contest, course, entry
from tests.services.days import SLUG, places, run_day
from tests.web.desks import send, sign_in
from timing.services.public import enquiries
from timing.services.publications.publishing import Order, publish

DESK = f"/staff/{SLUG}/officials"
RACE = "gun 0:00 | 101 finish 6:45 | 102 finish 6:46 | 130 finish 6:50"
ENTERED = "101 102 103"


@pytest.fixture
def staff(app, client):
    sign_in(app, client, "timer")
    return client


def decide(staff, **fields: str):
    return send(staff, DESK, f"{DESK}/decide", **fields)


def test_an_unknown_bib_is_listed_with_the_bib_that_was_meant(house, staff):
    run_day(house, RACE, entered=ENTERED)
    page = staff.get(DESK)
    assert "Bib 130 at Finish belongs to nobody." in page.text
    assert "103 Runner 103" in page.text
    assert "two digits changed places" in page.text


def test_one_key_accepts_a_suggestion_and_one_takes_it_back(house, staff, clock):
    run_day(house, RACE, entered=ENTERED)
    form = {"kind": "attribute", "line": "finish:3", "bib": "103", "step": "do", "quick": "1"}
    assert decide(staff, **form, reason="suggested").status_code == 302
    assert places(house) == "1 101 | 2 102 | 3 103"
    page = staff.get(DESK)
    assert "Nothing to look at." in page.text
    line = page.text.partition('name="line" value="')[2].partition('"')[0]
    clock.advance(1_000_000)
    undone = send(staff, DESK + "/history", f"{DESK}/undo", line=line)
    assert undone.status_code == 302
    assert places(house).startswith("1 101 | 2 102 | READY 103")


def test_what_a_decision_changes_is_shown_first(house, staff):
    run_day(house, RACE, entered=ENTERED)
    look = decide(staff, kind="status", bib="101", status="DQ", rule="TR16.8")
    assert look.status_code == 200
    assert "1 result and 2 places change." in look.text
    assert places(house).startswith("1 101")


def test_a_decision_that_cannot_be_read_says_why(house, staff):
    run_day(house, RACE, entered=ENTERED)
    look = decide(staff, kind="status", bib="101", status="DQ")
    assert look.status_code == 422
    assert "DQ needs the number of the rule" in look.text


def test_an_anomaly_is_explained_with_a_reason_only(house, staff):
    run_day(house, RACE, entered=ENTERED)
    key = "unknown_bib:finish:3"
    assert decide(staff, kind="clear", anomaly=key, step="do").status_code == 422
    assert decide(staff, kind="clear", anomaly=key, step="do", reason="a dog").status_code == 302
    assert "1 explained" in staff.get(DESK).text


def test_everything_about_a_bib_stands_on_one_page(house, staff):
    run_day(house, RACE + " | 101 finish 6:46 | penalty 101 0:05 T7", entered=ENTERED)
    page = staff.get(f"{DESK}/bib?bib=101").text
    for words in ("Runner 101", "another reading of the same crossing counts", "counts",
                  "Penalty of 5 T7", "gun time 6:45", "as told", "Why this result",
                  "Wave race started at 08:00:00.00."):  # fmt: skip
        assert words in page, words


def test_readings_that_belong_to_no_start_are_shown_too(house, staff):
    run_day(house, RACE, entered=ENTERED)
    page = staff.get(f"{DESK}/bib?bib=130").text
    assert "Nobody starts with this bib." in page
    assert "Readings that belong to no start" in page


def test_a_question_of_a_runner_waits_in_the_queue_and_is_answered_there(house, staff):
    run_day(house, RACE, entered=ENTERED)
    enquiries.ask(house, SLUG, "101", "I was third, not first", "ada@example.org")
    page = staff.get(DESK).text
    assert "Bib 101: I was third, not first" in page
    assert "ada@example.org" in page
    assert staff.get(f"{DESK}/news").json["asked"] == 1
    assert "I was third" in staff.get(f"/staff/{SLUG}/publish").text
    assert "Protests against" not in page
    sent = send(staff, DESK, f"{DESK}/enquiries/1", answer="The film shows you first.")
    assert sent.status_code == 302
    page = staff.get(DESK).text
    assert "Question 1 is answered." in page
    assert "I was third" not in page
    [asked] = enquiries.everything(house, SLUG)
    assert (asked.answer, asked.author) == ("The film shows you first.", "timer")


def test_a_question_says_whether_it_came_in_the_time_for_a_protest(house, staff):
    run_day(house, RACE, entered=ENTERED)
    for order in (Order("Ref"), Order("Ref", official=True, force=True, reason="all looked at")):
        told = publish(house, SLUG, "race", order)
    enquiries.ask(house, SLUG, "101", "I was third, not first")
    page = staff.get(DESK).text
    assert "in time" in page
    assert "Protests against the result until" in page
    house.clock.at = told.published_at + 31 * 60 * 1_000_000
    enquiries.ask(house, SLUG, "102", "And I?")
    assert "too late" in staff.get(f"{DESK}/bib?bib=102").text


def test_a_question_stands_beside_the_readings_of_its_bib_with_its_answer(house, staff):
    run_day(house, RACE, entered=ENTERED)
    enquiries.ask(house, SLUG, "101", "I was third, not first")
    enquiries.answer(house, SLUG, 1, "The film shows you first.", "Referee")
    page = staff.get(f"{DESK}/bib?bib=101").text
    assert "I was third, not first" in page
    assert "The film shows you first." in page
    assert "Answer anew" in page
    assert "I was third" not in staff.get(f"{DESK}/bib?bib=102").text


def test_an_empty_answer_or_one_to_no_question_is_refused(house, staff):
    run_day(house, RACE, entered=ENTERED)
    enquiries.ask(house, SLUG, "101", "I was third, not first")
    assert send(staff, DESK, f"{DESK}/enquiries/1", answer=" ").status_code == 422
    assert send(staff, DESK, f"{DESK}/enquiries/7", answer="yes").status_code == 404


def test_doubts_are_told_in_the_language_of_the_reader(house, staff):
    run_day(house, RACE, entered=ENTERED)
    assert "Startnummer 130" in staff.get(f"{DESK}?lang=de").text


def test_the_history_is_read_aloud_and_can_be_narrowed(house, staff, clock):
    run_day(house, RACE + " | dq 101 TR16.8 | void finish:1 | penalty 102 0:05", entered=ENTERED)
    page = staff.get(f"{DESK}/history").text
    assert "Wave race started at 08:00:00.00" in page
    assert "Status DQ TR16.8" in page
    narrowed = staff.get(f"{DESK}/history?bib=102").text
    assert "Penalty of 5" in narrowed
    assert "Status DQ" not in narrowed


def test_the_history_is_turned_in_leaves(house, staff):
    run_day(house, "gun 0:00 | 101 finish 6:45 | dq 101 TR16.8")
    assert staff.get(f"{DESK}/history?page=1").status_code == 200
    assert staff.get(f"{DESK}/history?page=2").status_code == 404
    assert staff.get(f"{DESK}/history?page=0").status_code == 404
    assert staff.get(f"{DESK}/history?page=last").status_code == 400


def test_the_history_calls_contests_waves_and_items_by_their_names(house, staff):
    run_day(house, RACE, entered=ENTERED)
    from timing.core.journal import rulings as act
    from timing.services.rulings import rule

    event = house.live.snapshot(SLUG, fresh=True).event
    code, name = event.contests[0].code, event.contests[0].name
    acts = (act.Close(contest=code, round=event.contests[0].rounds[0].code),
            act.Confirm(entry=1, item="photo_id"))  # fmt: skip
    rule(house, SLUG, acts, reason="because", author="Ref")
    page = staff.get(f"{DESK}/history").text
    assert f"of {name} is over" in page
    assert "Seen at the desk: photo ID" in page
    assert "photo_id" not in page


def test_every_kind_of_ruling_is_read_aloud(house, staff):
    from tests.web.every_ruling import EVERY

    run_day(house, RACE, entered=ENTERED)
    from timing.services.rulings import rule

    rule(house, SLUG, EVERY, reason="because", author="Ref")
    page = staff.get(f"{DESK}/history")
    assert page.status_code == 200
    assert "%(" not in page.text


def test_the_two_streams_stand_side_by_side(house, staff):
    story = "gun 0:00 | - finish 6:45 | - finish 6:46 | 101 finish - | 102 finish - | 103 finish -"
    run_day(house, story)
    page = staff.get(f"{DESK}/streams").text
    assert "1 time is missing." in page
    assert "08:06:45.00" in page
    form = {"kind": "blank", "line": "finish:4", "step": "do", "quick": "1"}
    assert decide(staff, **form).status_code == 302
    assert "2 times are missing" not in staff.get(f"{DESK}/streams/finish").text
    assert places(house).startswith("1 101")


def test_without_streams_the_page_says_so(house, staff):
    run_day(house, RACE, entered=ENTERED)
    assert "No timing point has times" in staff.get(f"{DESK}/streams").text


def test_who_is_still_out_is_shown_with_the_next_arrival(house, staff):
    loop = contest(course=course("start 0 | half@half 1000 | finish 2000"))
    run_day(house, "gun 0:00 | 101 half 4:00 | 101 finish 8:00 | 102 half 5:00", of=loop,
            until="12:00")  # fmt: skip
    page = staff.get(f"{DESK}/on-course").text
    for words in ("2 started", "1 finished", "1 still out", "1 overdue", "08:10:00", "Half: 2"):
        assert words in page, words
    assert "Runner 102" not in staff.get(f"{DESK}/on-course?category=W40").text


def test_a_page_hears_that_something_is_new(house, staff):
    run_day(house, RACE, entered=ENTERED)
    assert staff.get(f"{DESK}/news").json == {"seq": 4, "open": 1, "asked": 0}
    assert staff.get("/staff/nowhere/officials/news").status_code == 404


def test_nobody_is_led_to_another_site(house, staff):
    run_day(house, RACE, entered=ENTERED)
    form = {"kind": "void", "line": "finish:3", "step": "do", "quick": "1"}
    done = decide(staff, **form, back="//evil.example/staff/story/")
    assert done.headers["Location"] == DESK


@pytest.mark.parametrize("role", ["judge", "announcer", "desk"])
def test_who_may_look_may_not_decide(app, house, client, role):
    run_day(house, RACE, entered=ENTERED)
    sign_in(app, client, role)
    assert client.get(DESK).status_code == 200
    form = {"kind": "void", "line": "finish:3", "step": "do", "quick": "1"}
    assert decide(client, **form).status_code == 403


@pytest.mark.parametrize("page", ["", "/history", "/bib?bib=1", "/streams", "/on-course"])
def test_an_event_that_is_not_there_is_not_found(staff, page):
    assert staff.get(f"/staff/nowhere/officials{page}").status_code == 404


def test_the_way_between_the_desks_shows_only_the_desks_of_ones_role(app, house, client):
    run_day(house, RACE, entered=ENTERED)
    sign_in(app, client, "announcer")
    page = client.get(DESK).text
    assert f"{DESK}/history" in page
    assert f"/staff/{SLUG}/grids" not in page
    assert f"/staff/{SLUG}/start" not in page


def test_whoever_is_out_without_a_bib_is_no_link_to_nowhere(house, staff):
    run_day(house, "gun 0:00 | 101 start 0:01", entered=[entry("101"), entry("", id=102)])
    assert 'bib="></a>' not in staff.get(f"/staff/{SLUG}/officials/on-course").text


def test_what_was_typed_wrong_is_mended_where_it_is_told(house, staff):
    run_day(house, RACE, entered=ENTERED)
    form = {"kind": "status", "bib": "101", "round": "final", "contest": "race", "status": "DQ"}
    refused = decide(staff, **form, rule="")
    assert refused.status_code == 422
    page = refused.text
    assert 'name="status" value="DQ"' in page
    assert re.search(r'<input id="rule" name="rule"[^>]* autofocus', page)
    assert page.count('name="rule"') == 1
    looked = decide(staff, **form, rule="TR16.8")
    assert looked.status_code == 200
    assert 'name="step" value="do"' in looked.text


def test_a_time_that_is_none_stays_in_its_field(house, staff):
    run_day(house, RACE, entered=ENTERED)
    form = {"kind": "set_time", "bib": "101", "round": "final", "contest": "race"}
    page = decide(staff, **form, time="soon", course_point="").text
    assert re.search(r'<input id="time" name="time" value="soon"[^>]* autofocus', page)


def test_a_reading_is_told_with_the_name_of_its_place_and_how_it_was_seen(house, staff):
    run_day(house, RACE, entered=ENTERED)
    page = staff.get(f"{DESK}?lang=de").text
    assert "130, Finish," in page
    assert "getippt" in page or "Chip" in page or "Taste" in page
