"""From heats to the start list of the final, on a page."""

from __future__ import annotations

from tests.services.days import SLUG, places
from tests.services.raceday.test_advancing import FIVE, heats_day
from tests.web.desks import send, sign_in

ROUNDS = f"/staff/{SLUG}/rounds"


def test_the_start_list_of_the_final_is_written_with_one_button(app, house, client):
    heats_day(house, FIVE)
    sign_in(app, client, "timer")
    assert "Race · Heats" in client.get(ROUNDS).text
    page = f"{ROUNDS}/race/heats"
    shown = client.get(page).text
    assert "The first 1 of each heat (Q) and the 1 best by time (q)" in shown
    assert "Reserves: 105" in shown
    done = send(client, page, page, seed="s")
    assert done.status_code == 302
    assert "READY 101" in places(house)
    after = client.get(done.headers["Location"]).text
    assert "The start list of Final is written." in after
    assert "On the start list already: 101, 102, 103" in after


def test_a_round_that_leads_nowhere_is_refused(app, house, client):
    heats_day(house, FIVE)
    sign_in(app, client, "judge")
    assert client.get(f"{ROUNDS}/race/final").status_code == 422
    assert send(client, f"{ROUNDS}/race/heats", f"{ROUNDS}/race/heats").status_code == 403
