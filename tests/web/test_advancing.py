"""From heats to the start list of the final, on a page."""

from __future__ import annotations

import re

from tests.services.days import SLUG, go_on, places
from tests.services.raceday.test_advancing import FIVE, final_day, heats_day
from tests.services.raceday.test_draw_heats import one_by_one
from tests.services.raceday.test_drawing import both_ways, draw_day, field, sprint
from tests.web.desks import send, sign_in
from timing.core.journal import rulings as act
from timing.services.rulings import rule

ROUNDS = f"/staff/{SLUG}/rounds"


def stamp_in(page: str) -> str:
    found = re.search(r'name="stamp" value="([^"]+)"', page)
    assert found, page
    return found[1]


def test_the_start_list_of_the_final_is_written_with_one_button(app, house, client):
    heats_day(house, FIVE)
    sign_in(app, client, "timer")
    assert "Race · Heats" in client.get(ROUNDS).text
    page = f"{ROUNDS}/race/heats"
    shown = client.get(page).text
    assert "The first 1 of each heat (Q) and the 1 best by time (q)" in shown
    assert "Reserves: 105" in shown
    done = send(client, page, page, seed="s", stamp=stamp_in(client.get(f"{page}?seed=s").text))
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


def test_the_heats_are_looked_at_then_written_and_can_be_undone(app, house, client):
    draw_day(house, field(18, b1="GER", b6="GER"))
    sign_in(app, client, "timer")
    assert "18 starters, 18 without a heat" in client.get(ROUNDS).text
    page = f"{ROUNDS}/race"
    shown = client.get(f"{page}?seed=mine").text
    assert "18 starters, 3 heats (IAAF 166.2 (2018-19): 2 Q, 2 q)" in shown
    assert "changed heats (GER)" in shown
    assert "season best" in shown
    done = send(client, page, page, seed="mine", heats="3", stamp=stamp_in(shown))
    assert done.status_code == 302
    assert places(house, round_code="heats").count("READY") == 18
    after = client.get(done.headers["Location"]).text
    assert "The heats of Heats are written." in after
    assert "without a heat" not in after
    assert "Heats drawn with the seed: mine" in client.get(f"/staff/{SLUG}/officials/history").text
    assert client.get(f"{ROUNDS}/race/final").status_code == 422
    assert "Drawn at" in after
    back = send(client, page, f"{page}/draw/back")
    assert back.status_code == 302
    assert places(house, round_code="heats") == ""
    again = client.get(back.headers["Location"]).text
    assert "The draw is taken back." in again
    assert "Take the draw back" not in again
    refused = send(client, page, f"{page}/draw/back")
    assert (refused.status_code, "has no draw to take back" in refused.text) == (422, True)


def test_heats_that_are_made_and_who_goes_on_are_shown_before_they_are_written(app, house, client):
    draw_day(house, field(18), sprint(heats=1))
    sign_in(app, client, "timer")
    page = f"{ROUNDS}/race"
    shown = client.get(f"{page}?seed=mine&going=0%2B8").text
    assert "2 heats are made with the draw." in shown
    assert "2 Q, 2 q (by the table)" in shown
    assert "From now on go on: the first 0 of each heat (Q) and 8 by time (q)." in shown
    done = send(client, page, page, seed="mine", heats="3", going="0+8", stamp=stamp_in(shown))
    assert done.status_code == 302
    assert "as it is set up (0 Q, 8 q)" in re.sub(r"\s+", " ", client.get(page).text).replace(
        "</option>", ""
    )
    many = client.get(f"{page}?heats=9&going=9%2B9").text
    assert "6 heats are made" in many


def test_heats_that_nobody_needs_are_told_before_they_are_taken_away(app, house, client):
    draw_day(house, field(9))
    sign_in(app, client, "judge")
    shown = client.get(f"{ROUNDS}/race").text
    assert "1 heat without a starter is taken away with the draw." in shown


def test_single_starts_show_their_order_and_their_times(app, house, client):
    one_by_one(house)
    sign_in(app, client, "judge")
    shown = client.get(f"{ROUNDS}/race?seed=mine").text
    assert "the best start last" in shown
    assert re.search(r">6</td><td class=\"time\">[0-9:]+:02:30", shown)
    assert "Lane" not in shown


def test_a_draw_that_cannot_be_says_why_above_its_form(app, house, client):
    draw_day(house, field(18))
    sign_in(app, client, "timer")
    page = f"{ROUNDS}/race"
    asked = client.get(f"{page}?heats=19")
    assert (asked.status_code, "expected at most 18" in asked.text) == (422, True)
    assert 'value="19"' in asked.text
    go_on(house, "gun 0:00 h1")
    refused = send(client, ROUNDS, page, heats="3")
    assert (refused.status_code, "has gone off" in refused.text) == (422, True)
    assert "Draw the heats" not in client.get(ROUNDS).text


def test_a_judge_may_look_at_a_draw_and_not_write_it(app, house, client):
    draw_day(house, field(9))
    sign_in(app, client, "judge")
    page = f"{ROUNDS}/race"
    assert client.get(page).status_code == 200
    assert send(client, page, page, heats="2").status_code == 403


def test_what_is_written_is_what_was_looked_at(app, house, client):
    draw_day(house, field(9))
    sign_in(app, client, "timer")
    page = f"{ROUNDS}/race?seed=mine"
    seen = stamp_in(client.get(page).text)
    go_on(house, "dns 4 ill heats")
    refused = send(client, page, page, seed="mine", stamp=seen)
    assert (refused.status_code, "please look again" in refused.text) == (422, True)
    assert places(house, round_code="heats") == ""
    again = send(client, page, page, seed="mine", stamp=stamp_in(refused.text))
    assert again.status_code == 302
    assert places(house, round_code="heats").count("READY") == 8


def test_an_estimate_is_called_one_and_shows_its_range(app, house, client):
    both_ways(house)
    sign_in(app, client, "judge")
    shown = client.get(f"{ROUNDS}/race?lang=en").text
    assert "estimate (17–19)" in shown
    assert "personal best" in shown


def test_a_finalist_withdraws_and_the_reserve_is_looked_at_before_it_is_written(app, house, client):
    final_day(house, by_place=0, by_time=3, lanes=6, reserves=1)
    sign_in(app, client, "timer")
    page = f"{ROUNDS}/race/heats"
    first = client.get(f"{page}?seed=s").text
    send(client, page, page, seed="s", stamp=stamp_in(first))
    seen = client.get(f"{page}?seed=s&out=103&referee=104").text
    assert "Withdrawn: 103" in seen
    assert "q (reserve)" in seen
    assert "qR" in seen
    assert places(house).count("READY") == 3
    done = send(
        client, page, page, seed="s", out="103", referee="104", jury="", stamp=stamp_in(seen)
    )
    assert done.status_code == 302
    assert set(places(house).split(" | ")) == {
        "READY 101", "READY 102", "DNS 103", "READY 104", "READY 105",
    }  # fmt: skip


def test_a_next_round_that_cannot_be_says_why_and_shows_the_one_that_can(app, house, client):
    final_day(house, by_place=0, by_time=3, lanes=6)
    sign_in(app, client, "timer")
    page = f"{ROUNDS}/race/heats"
    asked = client.get(f"{page}?jury=999")
    assert (asked.status_code, "bib 999 did not run" in asked.text) == (422, True)
    assert "Runner 101" in asked.text
    stale = send(client, page, page, seed="s", stamp="x")
    assert (stale.status_code, "please look again" in stale.text) == (422, True)
    send(client, page, page, seed="s", stamp=stamp_in(client.get(f"{page}?seed=s").text))
    go_on(house, "dq 103 TR16.8 heats")
    assert "not qualified any more: 103" in client.get(page).text
    go_on(house, "gun 20:00 final", "gun")
    shown = client.get(page).text
    assert "The gun of The final has gone off; the start list stands." in shown
    assert "Write the start list" not in shown


def test_whom_no_lane_is_left_for_is_said(app, house, client):
    final_day(house, by_place=0, by_time=3, lanes=4)
    sign_in(app, client, "judge")
    shown = client.get(f"{ROUNDS}/race/heats?jury=104&referee=106").text
    assert "More go on than there are lanes; none is left for" in shown


def test_what_officials_should_look_at_before_a_final_is_said(app, house, client):
    mixed = FIVE.replace("104 finish 15.0", "104 finish 15.0 photo")
    final_day(house, mixed, by_place=0, by_time=3, lanes=8)
    sign_in(app, client, "timer")
    page = f"{ROUNDS}/race/heats"
    shown = client.get(f"{page}?seed=s").text
    assert "Timed in different ways (photo finish, by hand)" in shown
    send(client, page, page, seed="s", stamp=stamp_in(shown))
    moved = [act.Move(entry=bib, round="final", wave="final", heat=1, lane=1) for bib in (101, 103)]
    rule(house, SLUG, moved, reason="a slip", author="R")
    shown = client.get(page).text
    assert "Bib 101 stands in lane 1; the draw would give one of" in shown
