"""The print room, and the sheets that everybody may have."""

from __future__ import annotations

import pytest

from tests.printing.reading import text_of
from tests.services.days import SLUG, run_day
from tests.web.desks import sign_in
from timing.services.paper.sheets import KINDS
from timing.services.publications import publishing
from timing.services.publications.publishing import Order

ROOM = f"/staff/{SLUG}/print/"
RACE = "gun 0:00 | 101 finish 6:45 | 102 finish 6:50 | 103 start 0:02"


@pytest.fixture
def engine_name() -> str:
    return "sqlite"  # what is printed comes from memory


@pytest.fixture
def day(house):
    run_day(house, RACE)
    return house


@pytest.fixture
def staff(app, day, client):
    sign_in(app, client, "announcer")
    return client


def test_every_kind_of_sheet_can_be_chosen_and_the_choice_stays(staff):
    page = staff.get(f"{ROOM}?kind=judges&paper=LETTER&language=de&large=1")
    for kind in KINDS:
        assert f'value="{kind}"' in page.text
    for chosen in ('value="judges" selected', 'value="de" selected', "selected>LETTER", "checked"):
        assert chosen in page.text
    address = "sheet.pdf?kind=judges&amp;language=de&amp;paper=LETTER&amp;large=1"
    assert address in page.text


def test_a_sheet_is_given_as_it_was_chosen(staff):
    sheet = staff.get(f"{ROOM}sheet.pdf?kind=results&contest=race&language=de")
    assert (sheet.status_code, sheet.mimetype) == (200, "application/pdf")
    assert sheet.headers["Content-Disposition"] == f'inline; filename="{SLUG}-race-results.pdf"'
    assert "Ergebnis" in text_of(sheet.data)


def test_a_picture_of_the_first_page_is_shown_beside_the_choice(staff):
    picture = staff.get(f"{ROOM}preview.png?kind=results")
    assert picture.mimetype == "image/png"
    assert picture.data.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("kind=poster", "is no kind of sheet"),
        ("kind=%3Cscript%3E", "is no kind of sheet"),
        ("paper=A0", "is no paper"),
        ("contest=swim", "is no contest"),
        ("kind=medals", "nothing on a sheet"),
    ],
)
def test_what_cannot_be_printed_is_told_and_not_repeated_as_markup(staff, asked, sentence):
    for part in ("sheet.pdf", "preview.png"):
        page = staff.get(f"{ROOM}{part}?{asked}")
        assert page.status_code == 422
        assert sentence in page.text
        assert "<script>" not in page.text


@pytest.mark.parametrize(
    "asked",
    ["slug=x", "endpoint=x", "_scheme=javascript&_external=1", "_anchor=x", "values=x", "large="],
)
def test_an_address_with_strange_words_is_just_the_room(staff, asked):
    page = staff.get(f"{ROOM}?kind=results&{asked}")
    assert page.status_code == 200
    assert "javascript:" not in page.text


def test_a_language_that_the_house_does_not_speak_is_no_fault(staff):
    for language in ("xx", "../de", "%00"):
        assert staff.get(f"{ROOM}sheet.pdf?language={language}").status_code in (200, 422)


def test_a_room_of_an_event_that_is_not_there_is_not_found(staff):
    for part in ("", "sheet.pdf", "preview.png"):
        assert staff.get(f"/staff/nowhere/print/{part}").status_code == 404


def test_everybody_gets_the_sheet_as_it_stands_and_then_as_it_was_published(day, client):
    live = client.get(f"/{SLUG}/race.pdf?lang=de")
    assert (live.status_code, live.mimetype) == (200, "application/pdf")
    assert "Ergebnis" in text_of(live.data)
    version = publishing.publish(day, SLUG, "race", Order("Tim"))
    kept = publishing.sheet(day, SLUG, "race", version.version)
    assert client.get(f"/{SLUG}/race.pdf").data == kept.pdf


@pytest.mark.parametrize("address", [f"/{SLUG}/swim.pdf", "/nowhere/race.pdf"])
@pytest.mark.parametrize(("language", "title"), [("en", "Not found"), ("de", "Nicht gefunden")])
def test_a_sheet_that_is_not_there_is_told_in_the_readers_language(
    day, client, address, language, title
):
    page = client.get(f"{address}?lang={language}")
    assert page.status_code == 404
    assert title in page.text
