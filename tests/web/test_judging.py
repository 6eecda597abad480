"""The judge's page and the referee's list."""

from __future__ import annotations

from tests.services.days import SLUG, places, run_day
from tests.web.desks import send, sign_in, token

JUDGE = f"/staff/{SLUG}/judge"
RACE = "gun 0:00 | 101 finish 6:45 | 102 finish 6:46"


def test_a_judge_reports_and_takes_back_but_does_not_decide(app, house, client, clock):
    run_day(house, RACE)
    sign_in(app, client, "judge")
    done = send(client, JUDGE, JUDGE, bib="101", code="left-lane", post="bend 2")
    assert done.headers["Location"].endswith("?post=bend+2&kept=101")
    page = client.get(done.headers["Location"]).text
    assert "Written down for bib 101." in page
    assert "waits for the referee" in page
    assert 'value="bend 2"' in page
    assert client.get(f"{JUDGE}/proposals").status_code == 403
    line = page.partition('name="line" value="')[2].partition('"')[0]
    clock.advance(1_000_000)
    assert send(client, JUDGE, f"{JUDGE}/back", line=line).status_code == 302
    assert "Nothing yet." in client.get(JUDGE).text


def test_a_wrong_bib_keeps_what_was_typed(app, house, client):
    run_day(house, RACE)
    sign_in(app, client, "judge")
    again = send(client, JUDGE, JUDGE, bib="999", code="fall", note="at the cone")
    assert again.status_code == 422
    assert "bib 999 starts nowhere" in again.text
    assert 'value="at the cone"' in again.text


def test_a_phone_numbers_its_reports_and_hears_what_is_wrong(app, house, client):
    run_day(house, RACE)
    sign_in(app, client, "judge")
    kept = {"csrf_token": token(client.get(JUDGE)), "device": "judge-0123456789abcdef01234567"}
    json = {"Accept": "application/json"}
    for n, bib, at in (("1", "101", "x"), ("1", "101", "x"), ("2", "102", "1780128000000000")):
        said = {"n": n, "bib": bib, "code": "left-lane", "at": at}
        assert client.post(JUDGE, data=kept | said, headers=json).json == {"kept": bib}
    assert client.get(JUDGE).text.count("waits for the referee") == 2
    wrong = client.post(JUDGE, data=kept | {"n": "3", "bib": "9", "code": "fall"}, headers=json)
    assert wrong.status_code == 422
    assert wrong.json == {"problems": ["bib 9 starts nowhere; look at the bib again"]}


def test_the_referee_confirms_a_proposal(app, house, client):
    run_day(house, RACE)
    sign_in(app, client, "administrator")
    send(client, JUDGE, JUDGE, bib="101", code="hindered")
    page = client.get(f"{JUDGE}/proposals").text
    assert "Hindered another runner" in page
    form = {"kind": "status", "bib": "101", "status": "DQ", "rule": "IRR 2016, 3"}
    send(client, JUDGE, f"/staff/{SLUG}/officials/decide", **form, step="do", reason="seen")
    assert "No proposal waits." in client.get(f"{JUDGE}/proposals").text
    assert "DQ 101" in places(house)


def test_a_provisional_publication_starts_the_time_for_protests(app, house, client, clock):
    run_day(house, RACE)
    sign_in(app, client, "administrator")
    desk = f"/staff/{SLUG}/publish"
    send(client, desk, f"{desk}/race", state="provisional")
    assert "30:00 left." in client.get(desk).text
    clock.advance(31 * 60_000_000)
    assert "The time for protests is over." in client.get(desk).text
