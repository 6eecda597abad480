"""An event is set up in the browser, from nothing."""

from __future__ import annotations

import io
import re

import pytest

from tests.services.days import SLUG, run_day
from tests.web.desks import send, sign_in, token
from timing.files.rulebook import prizes_at, team_presets
from timing.services.office import contest_form, setting_up
from timing.services.office.contest_words import words_of

EVENT = {"name": "Backward Mile Day", "date": "2026-05-30", "timezone": "Europe/Rome",
         "public": "yes", "language-it": "yes"}  # fmt: skip
TEAMS = next(iter(team_presets()))
OPEN = b"""name = "C"
source = "us"
[age.d]
counted = "day"
[[category]]
code = "All"
ages = { d = [0, 150] }
"""
SLUG_MADE = "backward-mile-day"
SETUP = "/staff/backward-mile-day/setup"


@pytest.fixture
def staff(app, house, client):
    sign_in(app, client, "organiser")
    return client


def test_an_event_and_its_contest_are_made_in_two_forms(house, staff):
    assert "New event" in staff.get("/staff/").text
    assert send(staff, "/staff/new", "/staff/new", **EVENT).headers["Location"] == SETUP
    form = {"name": "Mile", "distance": "1 mi", "laps": "4", "direction": "backward",
            "preset": "road-gun", "start": "10:00", "heats": "1"}  # fmt: skip
    made = send(staff, f"{SETUP}/contest", f"{SETUP}/contest", **form)
    assert made.headers["Location"] == SETUP
    page = staff.get(SETUP)
    assert "1609.344\u00a0m" in page.text
    assert "no gap, no overlap" in page.text
    contest = staff.get(f"{SETUP}/contest/mile")
    assert 'value="402.336 m"' in contest.text
    assert 'value="10:00"' in contest.text


def test_no_event_and_no_contest_has_the_address_of_a_page(app):
    paths = [rule.rule.split("/")[1:] for rule in app.url_map.iter_rules()]
    first = {path[0] for path in paths if path[0] and "<" not in path[0]}
    second = {path[1] for path in paths if path[0] == "<slug>" and len(path) > 1}
    assert first <= setting_up.RESERVED
    assert {word for word in second if "<" not in word} <= contest_form.RESERVED


def test_what_is_wrong_stands_beside_its_field_too(staff):
    page = send(staff, "/staff/new", "/staff/new", **EVENT | {"date": "soon", "timezone": "Moon"})
    assert page.status_code == 422
    for field, sentence in (("date", "is no date"), ("timezone", "is no time zone")):
        told = re.search(rf'<p class="error" id="{field}-error">([^<]+)</p>', page.text)
        assert told, field
        assert sentence in told[1]
        assert re.search(rf'id="{field}"[^>]* aria-invalid="true"[^>]*{field}-error', page.text)
    assert 'id="place-error"' not in page.text


def test_what_was_typed_stays_when_something_is_wrong(staff):
    page = send(staff, "/staff/new", "/staff/new", **EVENT | {"slug": "staff"})
    assert page.status_code == 422
    assert "used by the house" in page.text
    assert 'value="Backward Mile Day"' in page.text
    send(staff, "/staff/new", "/staff/new", **EVENT)
    page = send(staff, f"{SETUP}/contest", f"{SETUP}/contest", name="Mile", distance="far")
    assert page.status_code == 422
    assert 'value="far"' in page.text
    assert staff.get(f"{SETUP}/contest/none").status_code == 404


def test_a_copy_warns_about_its_dates(staff):
    send(staff, "/staff/new", "/staff/new", **EVENT)
    form = {"name": "Mile", "distance": "1 mi", "start": "10:00"}
    send(staff, f"{SETUP}/contest", f"{SETUP}/contest", **form)
    again = EVENT | {"date": "2027-05-29", "slug": "next", "copy_of": "backward-mile-day"}
    done = send(staff, "/staff/new", "/staff/new", **again)
    assert "start of Mile: moved to 2027-05-29 10:00" in staff.get(done.headers["Location"]).text


def test_facts_of_an_event_are_changed(house, staff):
    send(staff, "/staff/new", "/staff/new", **EVENT)
    done = send(staff, SETUP, SETUP, **EVENT | {"place": "Bologna", "self_checkin": "yes"})
    assert done.status_code == 302
    event = setting_up.loaded(house, "backward-mile-day")
    assert (event.place, event.self_checkin, event.languages) == ("Bologna", True, ("it",))
    assert send(staff, SETUP, SETUP, **EVENT | {"date": "x"}).status_code == 422


def test_after_the_gun_the_page_shows_what_would_change_and_asks_why(house, staff):
    run_day(house, "gun 0:00 | 101 start 0:09 | 101 finish 9:00")
    address = f"/staff/{SLUG}/setup/contest/race"
    form = {"name": "Race", "basis": "net", "preset": "track-hand", "leg-0-distance": "0 m",
            "leg-0-name": "S", "leg-1-distance": "5 km", "leg-1-name": "F",
            "leg-1-point": "finish"}  # fmt: skip
    look = send(staff, address, address, **form)
    assert look.status_code == 200
    assert "The race has begun" in look.text
    refused = send(staff, address, address, **form, step="do")
    assert refused.status_code == 422
    assert "give a reason" in refused.text
    done = send(staff, address, address, **form, step="do", reason="as invited")
    assert done.status_code == 302
    assert send(staff, address, address, do="remove", step="do", reason="x").status_code == 422


def field_values(page):
    """What stands in the fields of a form, by their names; boxes only when ticked."""
    found = re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page)
    return dict(found)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"timezone": "America/New_York"}, ("timezone", "America/New_York")),
        ({"public": ""}, ("public", False)),
        ({"language-de": "yes", "language-it": "yes"}, ("languages", ("de", "it"))),
        ({"last_date": "2026-06-01"}, ("last_date", "2026-06-01")),
        ({"self_checkin": "yes"}, ("self_checkin", True)),
        ({"ruleset": "irr-2016"}, ("ruleset", "irr-2016")),
        ({"organiser": "<script>"}, ("organiser", "<script>")),
    ],
)
def test_every_fact_of_an_event_is_changed_on_its_page(house, staff, fields, expected):
    send(staff, "/staff/new", "/staff/new", **EVENT)
    form = {**EVENT, **fields}
    assert send(staff, SETUP, SETUP, **{k: v for k, v in form.items() if v}).status_code == 302
    name, value = expected
    assert getattr(setting_up.loaded(house, SLUG_MADE), name) == value


@pytest.mark.parametrize(
    ("fields", "read"),
    [
        ({"capacity": "60"}, lambda c: c.capacity == 60),
        ({"teams": TEAMS}, lambda c: c.rules.teams == TEAMS),
        ({"basis": "net"}, lambda c: c.rules.basis == "net"),
        ({"categories": "wma", "prizes": "mile-for-all"}, lambda c: c.rules.prizes),
        ({"legs_of": "4"}, lambda c: c.legs_of == 4),
        ({"open_laps": "yes", "time_limit": "1:00:00"}, lambda c: c.course.open_laps),
        ({"requires-helmet": "yes"}, lambda c: c.requires == ("helmet",)),
        ({"round-0-heats": "3", "round-0-by_place": "2", "round-1-name": "Last"},
         lambda c: [len(each.heats) for each in c.rounds] == [3, 1]),
        ({"leg-1-direction": "forward", "leg-1-surface": "grass"},
         lambda c: (c.course.legs[0].direction, c.course.legs[0].surface) == ("forward", "grass")),
        ({"bibs": "1-99"}, lambda c: c.bibs == "1-99"),
    ],
)  # fmt: skip
def test_every_fact_of_a_contest_is_changed_on_its_page(house, staff, fields, read):
    send(staff, "/staff/new", "/staff/new", **EVENT)
    send(staff, f"{SETUP}/contest", f"{SETUP}/contest", name="Mile", distance="1 mi", laps="1")
    page = f"{SETUP}/contest/mile"
    event = setting_up.loaded(house, SLUG_MADE)
    form = words_of(event, event.contests[0]) | fields
    form = {name: value for name, value in form.items() if value}
    assert send(staff, page, page, **form).status_code == 302
    assert read(setting_up.loaded(house, SLUG_MADE).contests[0])
    shown = staff.get(page).text
    for name, value in fields.items():
        assert re.search(rf'name="{name}"[^>]*', shown), (name, value)


def test_waves_are_named_and_timed_on_the_page_of_the_event(house, staff):
    send(staff, "/staff/new", "/staff/new", **EVENT)
    send(staff, f"{SETUP}/contest", f"{SETUP}/contest", name="Mile", distance="1 mi", laps="1")
    form = field_values(staff.get(SETUP).text)
    assert form["wave-0-code"] == "mile"
    change = {"wave-0-code": "mile", "wave-0-name": "The mile", "wave-0-start": "10:45",
              "wave-0-day": "1", "do": "waves"}  # fmt: skip
    send(staff, SETUP, SETUP, **change)
    assert setting_up.loaded(house, SLUG_MADE).waves[0].name == "The mile"
    assert 'value="10:45"' in staff.get(SETUP).text
    refused = send(staff, SETUP, SETUP, **{**change, "wave-0-start": "soon"})
    assert refused.status_code == 422
    assert 'value="soon"' in refused.text


def test_an_own_scheme_is_made_from_a_table_changed_and_taken_out(house, staff):
    send(staff, "/staff/new", "/staff/new", **EVENT)
    desk = f"{SETUP}/schemes/categories/"
    begun = staff.get(f"{desk}?like=wma").text
    assert "Begin like" in begun
    table = {"name": "ours", "title": "Our classes", "counted": "day", "row-0-code": "Kids",
             "row-0-to": "17", "row-1-code": "Grown", "row-1-from": "20"}  # fmt: skip
    gap = send(staff, desk, desk, **table)
    assert gap.status_code == 422
    assert 'value="Grown"' in gap.text
    assert send(staff, desk, desk, **{**table, "row-1-from": "18"}).status_code == 302
    assert "ours" in staff.get(SETUP).text
    page = staff.get(f"{desk}ours").text
    assert 'value="Kids"' in page
    file = {"csrf_token": token(staff.get(desk)), "name": "club",
            "file": (io.BytesIO(OPEN), "c.toml")}  # fmt: skip
    assert staff.post(desk, data=file, content_type="multipart/form-data").status_code == 302
    bad = {**file, "csrf_token": token(staff.get(desk)), "name": "other",
           "file": (io.BytesIO(b"\xff\xfe"), "c.toml")}  # fmt: skip
    assert staff.post(desk, data=bad, content_type="multipart/form-data").status_code == 422
    send(staff, f"{desk}ours", f"{desk}ours", do="remove")
    assert list(setting_up.loaded(house, SLUG_MADE).schemes) == ["categories/club"]
    assert staff.get(f"{desk}ours").status_code == 404
    assert staff.get(f"{SETUP}/schemes/hats/").status_code == 404


def test_own_prizes_are_made_from_a_table(house, staff):
    send(staff, "/staff/new", "/staff/new", **EVENT)
    desk = f"{SETUP}/schemes/prizes/"
    form = {"name": "cups", "title": "Cups", "row-0-code": "W", "row-0-sex": "W",
            "row-0-number": "3", "row-0-basis": "gun"}  # fmt: skip
    assert send(staff, desk, desk, **form).status_code == 302
    assert prizes_at(setting_up.loaded(house, SLUG_MADE), "cups").prize[0].number == 3
    assert 'value="3"' in staff.get(f"{desk}cups").text


def test_a_rounding_that_is_not_the_rule_is_told_beside_the_rules(staff):
    send(staff, "/staff/new", "/staff/new", **EVENT)
    form = {"name": "Mile", "distance": "1 mi", "laps": "4", "surface": "track", "heats": "1",
            "direction": "backward", "preset": "track-fat", "timing": "transponder"}  # fmt: skip
    send(staff, f"{SETUP}/contest", f"{SETUP}/contest", **form)
    page = staff.get(f"{SETUP}/contest/mile").text
    assert "Times are rounded up to 0.01 s here." in page
    assert "World Athletics says 1 s: Technical Rules TR 19.24.5" in page
    assert '<option value="transponder" selected>' in page


def test_an_own_record_book_is_made_from_a_table_and_chosen_by_a_contest(house, staff):
    send(staff, "/staff/new", "/staff/new", **EVENT)
    desk = f"{SETUP}/schemes/records/"
    form = {"name": "club", "title": "Club records", "body": "Our club", "code": "MR",
            "margin": "20", "row-0-discipline": "backward-mile", "row-0-sex": "W",
            "row-0-mark": "7:10", "row-0-holders": "Ada"}  # fmt: skip
    wrong = send(staff, desk, desk, **{**form, "row-0-mark": "quick"})
    assert wrong.status_code == 422
    assert "row 1 of record (backward-mile)" in wrong.text
    assert 'value="quick"' in wrong.text
    assert send(staff, desk, desk, **form).status_code == 302
    page = staff.get(f"{desk}club").text
    assert 'value="Our club"' in page
    assert '<option value="ratified" selected>' in page
    assert "record book" in staff.get(SETUP).text
    new = staff.get(f"{SETUP}/contest").text
    assert 'name="records-backward" value="yes" checked' in new
    mile = {"name": "Mile", "distance": "1 mi", "laps": "4", "heats": "1", "preset": "club-road",
            "direction": "backward", "records-asked": "yes", "records-club": "yes"}  # fmt: skip
    send(staff, f"{SETUP}/contest", f"{SETUP}/contest", **mile)
    [made] = setting_up.loaded(house, SLUG_MADE).contests
    assert made.rules.records == ("club",)
    assert 'name="records-club" value="yes" checked' in staff.get(f"{SETUP}/contest/mile").text
    assert "Text of the scheme" in staff.get(f"{desk}?like=backward").text


def test_rules_are_chosen_by_names_that_say_what_they_are(staff):
    send(staff, "/staff/new", "/staff/new", **EVENT)
    assert '<option value="irr-2016">IRR-Wettkampfregeln 2016</option>' in (
        staff.get(f"{SETUP}?lang=de").text
    )
    page = staff.get(f"{SETUP}/contest?lang=en").text  # the office keeps the language chosen last
    assert "track-fat: gun time, rounded up to 0.01 s" in page
    assert '<option value="swiss-2026">Swiss Athletics 2026</option>' in page


def test_a_further_contest_begins_like_the_last_and_a_spare_point_like_its_leg(staff):
    send(staff, "/staff/new", "/staff/new", **EVENT)
    trail = {"name": "Trail", "distance": "21.1 km", "direction": "forward", "surface": "trail",
             "preset": "track-hand"}  # fmt: skip
    send(staff, f"{SETUP}/contest", f"{SETUP}/contest", **trail)
    new = staff.get(f"{SETUP}/contest").text
    assert '<option value="forward" selected>' in new
    assert '<option value="track-hand" selected>' in new
    assert 'name="surface" type="text" value="trail"' in new
    course = staff.get(f"{SETUP}/contest/trail").text
    assert course.count('<option value="forward" selected>') == 3
    assert 'value="21.1 km"' in course


def test_the_cursor_stands_in_the_first_field_that_is_wrong(staff):
    send(staff, "/staff/new", "/staff/new", **EVENT)
    page = f"{SETUP}/contest"
    wrong = send(staff, page, page, name="Mile", distance="1 mi", start="10 am").text
    assert re.search(r'id="start"[^>]* autofocus', wrong)
    assert wrong.count(" autofocus") == 1


def test_a_further_wave_is_added_and_people_are_put_into_it(house, staff):
    send(staff, "/staff/new", "/staff/new", **EVENT)
    send(staff, f"{SETUP}/contest", f"{SETUP}/contest", name="Mile", distance="1 mi", bibs="1-99")
    entries_page = f"/staff/{SLUG_MADE}/entries/new"
    for bib in ("7", "8"):
        send(staff, entries_page, entries_page, name=f"Runner {bib}", contest="mile", bib=bib)
    form = {"do": "waves", "wave-0-code": "mile", "wave-0-name": "Mile", "wave-0-day": "1"}
    send(staff, SETUP, SETUP, **form, **{"wave-1-name": "Late", "wave-1-start": "11:00"})
    assert [wave.code for wave in setting_up.loaded(house, SLUG_MADE).waves] == ["mile", "late"]
    done = send(staff, SETUP, f"{SETUP}/wave", bibs="8-20", wave="late")
    assert done.status_code == 302
    page = staff.get(SETUP).text
    assert "1 starter was moved." in page
    assert "Mile: 1 starter · Late: 1 starter" in page
    refused = send(staff, SETUP, f"{SETUP}/wave", bibs="30-40", wave="late")
    assert refused.status_code == 422
    assert "nobody who starts in a wave wears one of these bibs" in refused.text
    assert 'value="30-40"' in refused.text


def test_the_place_of_an_event_is_no_rank_in_german(staff):
    form = staff.get("/staff/new?lang=de").text
    assert '<label for="place">Ort</label>' in form
    assert "Platz" not in form
