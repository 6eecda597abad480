"""One runner: what the page says, whom it compares, what it shares, and what can be asked."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image

from tests.web import race
from timing.core.clock import MINUTE, SECOND
from timing.core.journal.lines import Ruling
from timing.core.journal.rulings import Penalty, SetStatus
from timing.core.status import Status
from timing.services.public import enquiries


def test_the_page_tells_time_place_splits_and_why(five, client):
    page = client.get("/mile/bib/102").text
    assert "Bob Łukasz" in page
    assert "20:10" in page
    assert "Place 2 of 4." in page
    assert "4:02 /km" in page
    assert "started at 09:00:00.00." in page
    assert re.search(r"Finish after 20:10: chip of station \w+, line \d+, at 09:20:10.00\.", page)
    assert "Official time 20:10: the gun time 20:10" in page
    assert '<a href="/mile/bib/101"' in page
    assert '<a href="/mile/bib/103"' in page


def test_who_is_on_the_course_is_told_where_last_seen(five, client):
    page = client.get("/mile/bib/105").text
    assert "Is on the course; last seen at Turn." in page


def test_a_disqualification_is_told_with_its_rule(five, client):
    act = SetStatus(entry=2, round="final", status=Status.DQ, rule="IRR 2")
    race.more(five, "mile", Ruling("office", 1, race.GUN, act, "ran forward", "ref"))
    five.live.forget("mile")
    page = client.get("/mile/bib/102").text
    assert "DQ (IRR 2) by an official: ran forward" in page
    assert "ref:" not in page


def test_two_runners_stand_side_by_side(five, client):
    page = client.get("/mile/bib/101?with=103").text
    assert "−8" in page
    assert "Zoë Ünal" in page
    assert client.get("/mile/bib/101?with=999").status_code == 404


def test_the_link_carries_title_and_picture_for_those_who_share_it(five, client):
    page = client.get("/mile/bib/101").text
    assert '<meta property="og:title" content="Åse Ødegård – Five kilometres">' in page
    image = re.search(r'og:image" content="http://localhost(/[^"]+)"', page)[1]
    card = client.get(image)
    assert card.mimetype == "image/png"
    with Image.open(io.BytesIO(card.data)) as drawn:
        assert drawn.size == (1200, 630)
    assert client.get(image).data == card.data
    assert "<svg" in page


def test_the_card_is_drawn_for_every_script(house, client):
    names = {"n1": {"name": "高橋 翔"}, "n2": {"name": "يوسف بنعلي"}, "n3": {"name": "Θωμάς" * 20}}
    race.hold(house, race.race(), race.field(3, **names), race.times([1, 2, 3]))
    cards = {client.get(f"/mile/bib/{bib}/card.png").data for bib in (101, 102, 103)}
    assert len(cards) == 3


def ask(client, bib="102", wait=None, **changes):
    form = client.get(f"/mile/bib/{bib}/enquiry")
    token = re.search(r'name="token" value="([^"]+)"', form.text)[1]
    values = {"token": token, "text": "I was before 101.", "contact": "bob@example.org"} | changes
    return client.post(f"/mile/bib/{bib}/enquiry", data=values)


def test_a_question_is_kept_and_answered_under_its_own_address(five, client):
    asked = ask(client)
    assert asked.status_code == 303
    assert "Set-Cookie" not in asked.headers
    page = client.get(asked.location).text
    assert "Question 1" in page
    assert "Not answered yet" in page
    assert "bob@example.org" not in page
    assert [each.text for each in enquiries.everything(five, "mile")] == ["I was before 101."]
    assert enquiries.answer(five, "mile", 1, "Corrected, thank you.", "ref")
    assert "Corrected, thank you." in client.get(asked.location).text
    assert enquiries.everything(five, "mile", only_open=True) == []


def test_an_address_of_a_question_cannot_be_guessed(five, client):
    ask(client)
    for key in ("1", "WyJtaWxlIiwxXQ", "WyJtaWxlIiwxXQ.bad"):
        assert client.get(f"/mile/enquiry/{key}").status_code == 404


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"text": "  "}, "Please write what is not right."),
        ({"text": "x" * 1001}, "That is too long."),
        ({"contact": "x" * 121}, "That is too long."),
        ({"token": ""}, "open for too long"),
        ({"token": "forged"}, "open for too long"),
        ({"website": "http://spam"}, "could not be read"),
    ],
)
def test_a_question_that_cannot_be_taken_keeps_its_text(five, client, changes, sentence):
    answer = ask(client, **changes)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert enquiries.everything(five, "mile") == []


def test_the_form_of_one_runner_is_not_good_for_another(five, client):
    form = client.get("/mile/bib/101/enquiry")
    token = re.search(r'name="token" value="([^"]+)"', form.text)[1]
    assert ask(client, bib="102", token=token).status_code == 422


def test_three_open_questions_about_a_bib_are_enough(five, client):
    for _ in range(3):
        assert ask(client).status_code == 303
    refused = ask(client)
    assert refused.status_code == 429
    assert "please wait for the answer" in refused.text
    assert ask(client, bib="101").status_code == 303


def test_the_desk_is_not_flooded(five, client, clock):
    for number in range(20):
        enquiries.ask(five, "mile", f"x{number}", "why?")
    assert ask(client).status_code == 429
    clock.advance(2 * MINUTE)
    assert ask(client).status_code == 303


def test_a_penalty_is_told_with_its_reason(five, client):
    act = Penalty(entry=1, round="final", time=5 * SECOND, rule="IRR 4")
    race.more(five, "mile", Ruling("office", 1, race.GUN, act, "cut the corner", "ref"))
    five.live.forget("mile")
    page = client.get("/mile/bib/101").text
    assert "Penalty 5 (IRR 4) by an official: cut the corner" in page


def test_a_reading_that_does_not_count_is_told_with_its_reason(five, client):
    late = race.passing(1, "line", 25 * MINUTE, 77)
    race.more(five, "mile", late)
    five.live.forget("mile")
    page = client.get("/mile/bib/101").text
    assert "at 09:25:00.00: after the finish at 09:20:00.00." in page
