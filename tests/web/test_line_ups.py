"""The line-up of a relay team on its page, and on the card of the check-in."""

from __future__ import annotations

from tests.services.days import SLUG
from tests.services.entrants.test_line_ups import day, members, typed
from tests.web.desks import send, sign_in

__all__ = ["day"]

PAGE = f"/staff/{SLUG}/entries/101/line-up"


def test_a_line_up_is_typed_at_the_office_and_read_at_the_check_in(app, day, client):
    sign_in(app, client, "desk")
    assert "Line-up" in client.get(f"/staff/{SLUG}/entries/101").text
    assert "Line-up" not in client.get(f"/staff/{SLUG}/entries/7").text
    done = send(client, PAGE, PAGE, **typed("Ann Berg", "Ben", "Cay"))
    assert done.status_code == 302
    shown = client.get(PAGE).text
    assert 'value="Ann Berg"' in shown
    assert "Team 101: 3 of 4 legs have a runner." in shown
    card = client.get(f"/staff/{SLUG}/checkin/101").text
    assert "Leg 1: Ann Berg · Leg 2: Ben · Leg 3: Cay" in card
    assert "Team 101: 3 of 4 legs have a runner." in card
    assert PAGE in card


def test_what_the_rules_do_not_allow_is_refused_and_may_be_kept_all_the_same(app, day, client):
    sign_in(app, client, "desk")
    twice = typed("Ann Berg", "Ben", "Ben", "<Dan>")
    refused = send(client, PAGE, PAGE, **twice)
    assert refused.status_code == 422
    assert "Team 101: Ben runs more than one leg." in refused.text
    assert "Keep it all the same" in refused.text
    assert 'value="&lt;Dan&gt;"' in refused.text
    assert members(day) == []
    send(client, PAGE, PAGE, anyway="yes", **twice)
    assert len(members(day)) == 4


def test_who_is_no_team_has_no_line_up(app, day, client):
    sign_in(app, client, "desk")
    assert client.get(PAGE.replace("101", "7")).status_code == 422
