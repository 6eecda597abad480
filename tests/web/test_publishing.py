"""Ready to publish."""

from __future__ import annotations

import pytest

from tests.core.story import contest, event
from tests.services.days import SLUG, go_on, places, run_day
from tests.web.desks import send, sign_in
from timing.services.publications import publishing

DESK = f"/staff/{SLUG}/publish"
RACE = "gun 0:00 | 101 finish 6:45 | 102 finish 6:46"


@pytest.fixture
def staff(app, client):
    sign_in(app, client, "timer")
    return client


def publish(staff, **fields: str):
    return send(staff, DESK, f"{DESK}/race", **fields)


def test_a_clean_contest_is_published_and_its_sheet_is_kept(house, staff):
    run_day(house, RACE)
    assert "Nothing stands in the way" in staff.get(DESK).text
    assert publish(staff, state="official").status_code == 302
    sheet = staff.get(f"{DESK}/race/1.pdf")
    assert (sheet.status_code, sheet.mimetype) == (200, "application/pdf")
    assert sheet.data.startswith(b"%PDF")
    page = staff.get(DESK).text
    assert "Version 1 is published." in page
    assert "Nothing changed since version 1." in page


def test_open_errors_are_counted_and_stand_in_the_way(house, staff):
    run_day(house, RACE + " | 999 finish 7:00", entered="101 102")
    page = staff.get(DESK).text
    assert "1 error stands in the way" in page
    assert "Unknown bibs" in page
    refused = publish(staff, state="official")
    assert refused.status_code == 422
    assert "Not published: errors are open." in refused.text
    assert publishing.versions(house, SLUG) == []
    assert publish(staff, state="official", force="1").status_code == 422
    forced = publish(staff, state="official", force="1", reason="press at five")
    assert forced.status_code == 302


def test_what_is_explained_is_told_apart(house, staff):
    run_day(house, RACE + " | 999 finish 7:00", entered="101 102")
    key = "unknown_bib:finish:3"
    form = {"kind": "clear", "anomaly": key, "step": "do", "reason": "a dog", "back": DESK}
    send(staff, DESK, f"/staff/{SLUG}/officials/decide", **form)
    page = staff.get(DESK).text
    assert "explained" in page
    assert "Nothing stands in the way" in page


def test_a_round_is_closed_from_here_when_everybody_is_in(house, staff):
    run_day(house, RACE + " | 103 start 0:02")
    assert "1 of Race are still out: 103." in staff.get(DESK).text
    form = {"kind": "close", "contest": "race", "round": "final", "step": "do", "reason": "swept"}
    send(staff, DESK, f"/staff/{SLUG}/officials/decide", **form)
    assert "still out" not in staff.get(DESK).text


def test_changes_between_versions_are_told(house, staff):
    run_day(house, RACE)
    publish(staff, state="provisional")
    go_on(house, "penalty 101 0:05")
    assert "2 lines would change since version 1" in staff.get(DESK).text
    publish(staff, state="provisional")
    page = staff.get(f"{DESK}/race/2").text
    assert "101 Runner 101: 1. 6:45.0 becomes 2. 6:50.0." in page
    assert "new" in staff.get(f"{DESK}/race/1").text


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("de", "101 Runner 101: aus 1. 6:45.0 wird 2. 6:50.0."),
        ("it", "101 Runner 101: 1. 6:45.0 diventa 2. 6:50.0."),
        ("fr", "101 Runner 101 : 1. 6:45.0 devient 2. 6:50.0."),
        ("es", "101 Runner 101: 1. 6:45.0 pasa a 2. 6:50.0."),
    ],
)
def test_changes_are_told_in_the_reader_s_language(house, staff, language, said):
    run_day(house, RACE)
    publish(staff, state="provisional")
    go_on(house, "penalty 101 0:05")
    assert said in staff.get(f"{DESK}?lang={language}").text
    publish(staff, state="provisional")
    assert said in staff.get(f"{DESK}/race/2?lang={language}").text


def test_each_contest_is_on_a_page_of_its_own(house, staff):
    run_day(house, RACE, of=event([contest(), contest("walk")]))
    assert staff.get(f"{DESK}?contest=race").status_code == 200
    assert "nothing to publish" in staff.get(f"{DESK}?contest=walk").text


def test_what_is_not_there_is_not_found(house, staff):
    run_day(house, RACE)
    assert staff.get(f"{DESK}/race/7.pdf").status_code == 404
    assert staff.get(f"{DESK}/race/7").status_code == 404
    assert staff.get("/staff/nowhere/publish").status_code == 404


def test_only_who_may_publish_does(app, house, client):
    run_day(house, RACE)
    sign_in(app, client, "judge")
    assert publish(client, state="provisional").status_code == 403


def test_a_tie_for_a_medal_is_parted_by_the_photo_finish_on_the_spot(house, staff):
    run_day(house, "gun 0:00 | 101 finish 6:45 | 102 finish 6:45 | 103 finish 6:50")
    page = staff.get(DESK).text
    assert "A tie for place 1 in Race." in page
    assert 'name="bibs" value="101 102"' in page
    form = {"kind": "photo_finish", "bib": "101", "round": "final", "contest": "race"}
    decide = f"/staff/{SLUG}/officials/decide"
    done = send(
        staff, DESK, decide, **form, bibs="102 101", step="do", reason="film", back=DESK
    )  # fmt: skip
    assert done.status_code == 302
    assert places(house) == "1 102 | 2 101 | 3 103"
    assert "A tie for place 1" not in staff.get(DESK).text
    history = staff.get(f"/staff/{SLUG}/officials/history").text
    assert "Order read from the photo finish" in history
    assert f">{house.pen.name}" not in history  # who decided, not which process wrote it
