"""The check-in desk in the browser, with a link, and on the entrant's own phone."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.services.days import SLUG, run_day
from tests.web import race
from tests.web.desks import PASSWORD, send, sign_in, token
from timing.core.journal import rulings as act
from timing.core.status import Status
from timing.services.entrants import checkin
from timing.services.office import accounts, stations
from timing.services.raceday import capture
from timing.services.raceday.capture import Batch
from timing.services.rulings import rule
from timing.store import roster, setup
from timing.web.staff.desk_link import own_address

DESK = f"/staff/{SLUG}/checkin"


@pytest.fixture
def day(house):
    """101 and 102; the race asks for a photo ID; self check-in is on."""
    told = run_day(house, "101 start 0:01 | 102 start 0:01")
    contest = replace(told.event.contests[0], requires=("photo_id",))
    with house.store.write() as tx:
        setup.save_event(tx, replace(told.event, contests=(contest,), self_checkin=True))
    return house


@pytest.fixture
def staff(app, day, client):
    sign_in(app, client, "desk")
    return client


@pytest.fixture
def link(day):
    return stations.make_link(day, SLUG, "Desk 2", "Ada", desk="check-in")


def here(house, entry=101):
    return checkin.card(house, SLUG, entry).here


def test_a_bib_opens_the_card_and_one_key_checks_in(day, staff):
    found = staff.get(f"{DESK}/?q=101")
    assert found.headers["Location"].endswith("/101")
    page = staff.get(f"{DESK}/101")
    assert "MISSING" in page.text
    assert "Photo ID seen" in page.text
    done = send(staff, f"{DESK}/101", f"{DESK}/101", do="in", item="photo_id")
    assert done.headers["Location"].endswith("/checkin/")
    assert "Runner 101 is checked in." in staff.get(f"{DESK}/").text
    assert checkin.card(day, SLUG, 101).ready
    again = send(staff, f"{DESK}/101", f"{DESK}/101", do="in")
    assert again.status_code == 422
    assert "is here already" in again.text


def test_a_check_in_is_taken_back_and_who_is_missing_is_listed(day, staff):
    send(staff, f"{DESK}/101", f"{DESK}/101", do="in")
    assert "Runner 101" not in staff.get(f"{DESK}/absent").text
    send(staff, f"{DESK}/101", f"{DESK}/101", do="out")
    assert "Runner 101" in staff.get(f"{DESK}/absent?contest=race").text
    assert here(day) is None


def test_a_long_list_of_who_is_not_here_is_turned_in_leaves(app, house, client):
    race.hold(house, race.race(), race.field(401), race.times([]))
    sign_in(app, client, "desk")
    first, last = (client.get(f"/staff/mile/checkin/absent?page={n}").text for n in (1, 3))
    assert "401 people" in first
    assert first.count('<td class="name">') == 200
    assert "page=2" in first
    assert last.count('<td class="name">') == 1
    assert client.get("/staff/mile/checkin/absent?page=4").status_code == 404


def test_several_who_fit_are_listed_and_nobody_is_said(staff):
    assert "Runner 102" in staff.get(f"{DESK}/?q=runner").text
    assert "Nobody found" in staff.get(f"{DESK}/?q=zzzzz").text
    assert staff.get(f"{DESK}/999").status_code == 404


def test_a_bib_is_handed_out_on_the_card(day, staff):
    send(staff, f"{DESK}/101", f"{DESK}/101", bib="a7", do="keep")
    assert checkin.card(day, SLUG, 101).person.bib == "A7"
    taken = send(staff, f"{DESK}/102", f"{DESK}/102", bib="A7", do="in")
    assert taken.status_code == 422


def test_a_link_of_a_desk_opens_the_desk_and_no_timing_point(client, link, day):
    assert client.get(f"/s/{link}").headers["Location"] == f"/s/{link}/checkin"
    assert "Desk 2" in client.get(f"/s/{link}/checkin").text
    other = stations.make_link(day, SLUG, "Mat", "Ada", point="finish")
    assert client.get(f"/s/{other}/checkin").status_code == 403
    head = {"Authorization": f"Bearer {other}"}
    assert client.get("/api/v1/stations/people", headers=head).status_code == 403


def test_the_device_gets_everybody_with_what_is_missing(client, link, day):
    head = {"Authorization": f"Bearer {link}"}
    people = client.get("/api/v1/stations/people", headers=head).json["people"]
    assert [(one["bib"], one["missing"], one["here"]) for one in people] == [
        ("101", ["photo_id"], False), ("102", ["photo_id"], False),
    ]  # fmt: skip


def test_lines_of_a_desk_are_check_ins_whatever_they_say(client, link, day):
    lines = [
        {"n": 1, "bib": "101", "at": day.clock(), "source": "chip", "point": "finish"},
        {"n": 2, "what": "seen", "about": 101, "text": "photo_id", "at": day.clock()},
        {"n": 3, "what": "seen", "about": 101, "text": "crown", "at": day.clock()},
    ]
    receipts = capture.take(day, stations.permit(day, link), Batch(station="tablet-1", lines=lines))
    assert [receipt.outcome for receipt in receipts] == ["new", "new", "unreadable"]
    card = checkin.card(day, SLUG, 101)
    assert (card.here.point, card.here.source, card.ready) == ("check-in", "desk", True)


def test_only_a_desk_says_that_it_has_seen_something(day):
    mat = stations.permit(day, stations.make_link(day, SLUG, "Mat", "Ada", point="finish"))
    line = {"n": 1, "what": "seen", "about": 101, "text": "photo_id"}
    [receipt] = capture.take(day, mat, Batch(station="phone-0001", lines=[line]))
    assert receipt.outcome == "unreadable"


def test_two_desks_without_network_check_in_one_person_once(client, day):
    for number, at in ((1, 20), (2, 10)):
        link = stations.make_link(day, SLUG, f"Desk {number}", "Ada", desk="check-in")
        line = {"n": 1, "bib": "101", "at": day.clock() + at, "source": "desk"}
        batch = Batch(station=f"tablet-{number}", lines=[line])
        capture.take(day, stations.permit(day, link), batch)
    card = checkin.card(day, SLUG, 101)
    assert card.here.station == "tablet-2"
    assert checkin.counters(day, SLUG).here == 1


def test_an_entrant_says_by_phone_that_they_are_here(app, client, day):
    with app.test_request_context():
        address = own_address(SLUG, 101)
    page = client.get(address)
    assert "You are not checked in yet" in page.text
    assert "Still needed at the desk" in page.text
    assert "You are checked in." in client.post(address, follow_redirects=True).text
    assert here(day).station.endswith("/self")
    assert client.get(address.replace("/me", "x/me")).status_code == 404


def test_who_presses_twice_on_their_phone_is_here_once_and_reads_of_no_fault(app, client, day):
    with app.test_request_context():
        address = own_address(SLUG, 101)
    for _ in range(2):
        answer = client.post(f"{address}?lang=de")
        assert (answer.status_code, "lang=de" in answer.headers["Location"]) == (303, True)
        shown = client.get(answer.headers["Location"]).text
        assert "Du bist eingecheckt." in shown
        assert 'role="alert"' not in shown
    assert len([line for line in checkin.card(day, SLUG, 101).history if not line.gone]) == 1


def test_checking_in_by_phone_is_off_unless_the_organiser_says_so(app, client, day):
    with app.test_request_context():
        address = own_address(SLUG, 101)
    with day.store.write() as tx:
        event = setup.load_event(tx, SLUG)
        setup.save_event(tx, replace(event, self_checkin=False))
    assert client.post(address).status_code == 403
    assert here(day) is None


def test_without_a_bib_the_phone_sends_them_to_the_desk(app, client, day):
    with day.store.write() as tx:
        event = setup.find_event(tx, SLUG)
        roster.save_entries(tx, event, [replace(roster.load_entry(tx, event, 101), bib="")])
    with app.test_request_context():
        page = client.get(own_address(SLUG, 101))
    assert "I am here" not in page.text
    assert "Still needed at the desk: bib" in page.text


def test_one_button_says_that_everything_was_seen(day, staff):
    page = staff.get(f"{DESK}/101")
    assert 'value="all" class="big" autofocus' in page.text
    send(staff, f"{DESK}/101", f"{DESK}/101", do="all", asked="photo_id")
    assert checkin.card(day, SLUG, 101).ready
    send(staff, f"{DESK}/102", f"{DESK}/102", do="in")
    assert "Still missing: photo ID." in staff.get(f"{DESK}/").text


def test_what_is_wrong_is_changed_on_the_card_with_a_reason(day, staff):
    form = {"do": "change", "name": "Runner Berg", "club": "<b>Reds</b>", "contest-101": "race"}
    refused = send(staff, f"{DESK}/101", f"{DESK}/101", **form)
    assert refused.status_code == 422
    assert "please say why" in refused.text
    assert 'value="Runner Berg"' in refused.text
    done = send(staff, f"{DESK}/101", f"{DESK}/101", **form, reason="wrong in the list")
    assert done.headers["Location"].endswith("/101")
    page = staff.get(f"{DESK}/101").text
    assert "Name changed from “Runner 101” to “Runner Berg”" in page
    assert "&lt;b&gt;Reds&lt;/b&gt;" in page
    assert "wrong in the list" in page


def test_the_history_on_the_card_is_in_words(day, staff):
    send(staff, f"{DESK}/101", f"{DESK}/101", do="keep", bib="A7")
    send(staff, f"{DESK}/101", f"{DESK}/101", do="all", asked="photo_id")
    send(staff, f"{DESK}/101", f"{DESK}/101", do="out")
    rule(day, SLUG, [act.SetStatus(entry=101, round="final", status=Status.DNS, rule="3.1")],
         reason="ill", author="Ref")  # fmt: skip
    page = staff.get(f"{DESK}/101").text
    for sentence in ("Checked in", "Photo ID seen", "Check-in taken back", "Bib A7 handed out",
                     "in place of 101", "Status DNS 3.1", "taken back", "desk"):  # fmt: skip
        assert sentence in page


def test_the_second_of_two_desks_is_told_by_whom_somebody_is_here(app, day, staff):
    other = app.test_client()
    accounts.add(day, "Desk 2", "desk", PASSWORD)
    page = other.get("/staff/sign-in")
    form = {"name": "Desk 2", "password": PASSWORD, "csrf_token": token(page)}
    other.post("/staff/sign-in", data=form)
    cards = [(desk, token(desk.get(f"{DESK}/101"))) for desk in (staff, other)]
    answers = [desk.post(f"{DESK}/101", data={"do": "in", "csrf_token": key})
               for desk, key in cards]  # fmt: skip
    assert [answer.status_code for answer in answers] == [302, 422]
    assert "Runner 101 is here already: checked in by desk" in answers[1].text
    handed = [desk.post(f"{DESK}/{n}", data={"do": "keep", "bib": "B1", "csrf_token": key})
              for (desk, key), n in zip(cards, (101, 102), strict=True)]  # fmt: skip
    assert [answer.status_code for answer in handed] == [302, 422]
    assert "bib B1 is on" in handed[1].text


def test_whatever_a_scanner_types_opens_the_card(app, day, staff):
    with app.test_request_context():
        own = own_address(SLUG, 102)
    for scanned, entry in ((own, 102), (f"https://x.example/{SLUG}/bib/101", 101), ("102", 102)):
        answer = staff.get(f"{DESK}/", query_string={"q": scanned})
        assert answer.headers["Location"].endswith(f"/checkin/{entry}")
    forged = staff.get(f"{DESK}/", query_string={"q": own.replace("/me", "x/me")})
    assert "Nobody found" in forged.text


def test_the_call_room_sees_whom_it_waits_for_and_why(day, staff):
    send(staff, f"{DESK}/101", f"{DESK}/101", do="in")
    send(staff, f"{DESK}/102", f"{DESK}/102", do="all", asked="photo_id")
    page = staff.get(f"{DESK}/absent?who=unready").text
    assert "Runner 101" in page
    assert "Runner 102" not in page
    assert "photo ID" in page
    send(staff, f"{DESK}/101", f"{DESK}/101", do="keep", item="photo_id")
    assert "Nobody is missing." in staff.get(f"{DESK}/absent?who=unready").text


def test_a_search_says_who_is_here_already_and_in_which_contest(day, staff):
    send(staff, f"{DESK}/101", f"{DESK}/101", do="in", item="photo_id")
    page = staff.get(f"{DESK}/?q=runner").text
    first, second = page.split("<li><a")[1:3]
    assert "✓ here" in first
    assert "✓ here" not in second
    assert "Race" in second


def test_from_the_box_one_key_goes_back_to_whom_was_checked_in_last(day, staff):
    send(staff, f"{DESK}/101", f"{DESK}/101", do="in", item="photo_id")
    page = staff.get(f"{DESK}/").text
    assert f'href="{DESK}/101">Back to the last person' in page
    assert "Back to the last person" not in staff.get(f"{DESK}/").text
