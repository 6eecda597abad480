"""What a page refuses it refuses in the language of the page; programs are told in English."""

from __future__ import annotations

import io
import re
from functools import cache

import pytest

from tests.services.days import SLUG, run_day
from tests.web.desks import send, sign_in, token
from tests.web.test_translations import seen, shape
from tests.web.texts import LANGUAGES, PLACES, refusals, translated
from timing.core.refusal import Problem, refused as refusal
from timing.core.sentence import worded
from timing.web.language import placed, said
from timing.web.mishaps import refusal_of, told_to_programs

STAFF = f"/staff/{SLUG}"
HEAT = f"{STAFF}/grids/race/final/1"
PAPER = f"{STAFF}/grids/paper"
DESK = f"{STAFF}/officials/decide"
LIST = {"columns": "bib time", "point": "finish", "clock": "elapsed", "wave": "race"}

REFUSED = {
    "accounts": ("/staff/accounts", {"do": "add", "name": "Ada", "role": "chief"},
                 "„chief“ ist keine Rolle; erwartet wird eine von"),
    "new event": ("/staff/new", {"name": "Mile", "slug": "mile", "date": "soon"},
                  "„soon“ ist kein Datum; erwartet wird etwa 2026-05-30"),
    "event": (f"{STAFF}/setup", {"name": "", "date": "2025-07-05"},
              "die Veranstaltung hat keinen Namen"),
    "contest": (f"{STAFF}/setup/contest", {"name": "Walk", "distance": "far"},
                "„far“ ist keine Distanz; erwartet wird etwa 5 km, 400 m oder 1 mi"),
    "scheme": (f"{STAFF}/setup/schemes/categories/", {"title": "", "name": "own"},
               "das Schema hat keinen Namen"),
    "wave": (f"{STAFF}/setup/wave", {"wave": "x", "bibs": "101"},
             "wähle eine Welle dieser Veranstaltung"),
    "check-in": (f"{STAFF}/checkin/101", {"do": "bib", "bib": "ü"},
                 "„ü“ ist keine Startnummer; erwartet werden 1 bis 12 Buchstaben oder Ziffern"),
    "entry": (f"{STAFF}/entries/101", {"name": "Ada", "contest": "race", "wave": "x"},
              "es gibt keine Welle „x“; erwartet wird eine von race"),
    "entries": (f"{STAFF}/entries/new", {"name": "Ada", "contest": "race", "born": "soon"},
                "„soon“ ist kein Geburtsdatum; erwartet wird ein Jahr"),
    "bibs": (f"{STAFF}/bibs/", {"do": "ranges", "range-race": "9-1"},
             "race: „9-1“ fällt; erwartet wird die kleinere Nummer zuerst"),
    "people": (f"{STAFF}/people/", {"do": "join", "one": "1", "other": "999"},
               "einer von beiden ist nicht mehr gemeldet"),
    "start": (f"{STAFF}/start/race/time", {"day": "soon", "step": "look"},
              "„soon“ ist keine Uhrzeit; erwartet wird HH:MM:SS"),
    "offsets": (f"{STAFF}/start/race/offsets", {"offsets": "102 soon", "step": "look"},
                "Zeile 1, „102 soon“: „soon“ ist keine Zeit; erwartet wird"),
    "heat": (HEAT, {"bib-1": "101", "time-1-1": "fast"},
             "Zeile 1, Startnummer 101: „fast“ ist keine Zeit"),
    "wind": (HEAT, {"bib-1": "101", "wind": "breeze"},
             "„breeze“ ist kein Wind; erwartet werden Meter pro Sekunde, etwa +1.2"),
    "paper": (PAPER, {**LIST, "text": "102 soon", "step": "do"},
              "Zeile 1: „soon“ ist keine Zeit"),
    "officials": (DESK, {"kind": "status", "bib": "999", "status": "DNF"},
                  "Startnummer 999 startet nirgends; erwartet wird die Startnummer eines Starters"),
    "judge": (f"{STAFF}/judge", {"bib": "", "code": "no-bend"},
              "„no-bend“ ist kein Verstoß; erwartet wird einer der Liste"),
    "draw": (f"{STAFF}/rounds/race", {"heats": "40"},
             "keine Runde von „race“ wird ausgelost; erwartet werden Läufe oder Bahnen"),
    "publish": (f"{STAFF}/publish/race", {"state": "official", "force": "1"},
                "Veröffentlichen trotz Fehlern braucht einen Grund"),
    "readers": (f"{STAFF}/readers/", {"step": "start", "format": "ipico", "where": "x",
                                      "point": "nowhere", "name": "Mat"},
                "gibt es „nowhere“ nicht (Messpunkt); erwartet wird eines von"),
    "privacy": (f"{STAFF}/privacy", {"minors": "aloud"},
                "„aloud“ ist keine Möglichkeit; erwartet wird"),
    "print": (f"{STAFF}/print/runs", {"kind": "poster"},
              "„poster“ ist keine Art von Blatt; erwartet wird eine von"),
}  # fmt: skip
"""A desk -> where a form goes that is refused, its fields, and how that is said in German."""


@pytest.fixture
def staff(app, house, client):
    run_day(house, "gun 0:00 | 101 finish 6:45", entered="101 102")
    sign_in(app, client)
    return client


def refused(staff, desk: str, language: str):
    address, fields, _said = REFUSED[desk]
    return send(staff, f"{STAFF}/start", f"{address}?lang={language}", **fields)


@pytest.mark.parametrize("desk", REFUSED)
def test_a_desk_refuses_in_german(staff, desk):
    answer = refused(staff, desk, "de")
    assert answer.status_code == 422
    assert REFUSED[desk][-1] in " ".join(seen(answer.text))


@cache
def shapes(language: str) -> tuple[re.Pattern[str], ...]:
    """What refusals look like; those that are hardly more than a value could be anything."""
    told = {text: text for text in refusals()}
    if language != "en":
        forms = translated(language)
        told = {text: forms[text][0] for text in told if forms[text][0] != text}
    return tuple(shape(form) for text, form in told.items() if len(PLACES.sub("", text)) > 12)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_shows_an_english_refusal(staff, language):
    for desk in REFUSED:
        shown = seen(refused(staff, desk, language).text)
        english = {text for text in shown for each in shapes("en") if each.search(text)}
        assert (desk, english) == (desk, set())
        assert any(each.search(text) for text in shown for each in shapes(language)), desk


def test_the_lines_of_a_list_are_understood_in_german_while_they_are_typed(staff):
    text = "101 6:45\n999 7:00\n102 soon\n101"
    address = f"{PAPER}/check?lang=de"
    live = send(staff, PAPER, address, **LIST, text=text).json
    assert [line["problem"] for line in live["lines"]] == [
        "", "unbekannte Startnummer",
        "„soon“ ist keine Zeit; erwartet wird [H:]MM:SS[.fff] oder Sekunden",
        "1 Spalten; erwartet wird bib time",
    ]  # fmt: skip
    assert send(staff, PAPER, address, columns="x").json["problem"] == (
        "„x“ ist keine Reihenfolge von Spalten"
    )


def test_a_file_of_entrants_is_doubted_and_refused_in_german(staff):
    table = "Name;Year;Nation;Colour\nRunner 101;1990;XYZ;red\nCleo;soon;;\n"
    page = f"{STAFF}/entries/import/"
    form = {"csrf_token": token(staff.get(page)), "file": (io.BytesIO(table.encode()), "a.csv")}
    address = staff.post(page, data=form, content_type="multipart/form-data").headers["Location"]
    shown = " ".join(seen(staff.get(f"{address}?lang=de").text))
    assert "Spalte 'Colour' wird nicht verwendet" in shown
    assert "„XYZ“ ist keine bekannte Nation" in shown
    assert "„soon“ ist kein Geburtsdatum; erwartet wird ein Jahr, JJJJ-MM-TT" in shown


def test_a_program_and_its_log_are_told_in_english(app):
    error = refusal("bib-lost", "bib {bib} is noted as lost; bring it back first", bib="7")
    with app.test_request_context("/?lang=de"):
        assert refusal_of(error) == (
            "Startnummer 7 ist als verloren vermerkt; erst muss sie zurück sein"
        )
        assert told_to_programs(error) == str(error)
    assert str(error) == "bib 7 is noted as lost; bring it back first"


def test_a_problem_of_a_file_says_its_place_in_every_language(app):
    problem = Problem("name", worded("the name is missing"), "list.csv", 4)
    with app.test_request_context("/?lang=fr"):
        assert placed(problem) == "list.csv:4: le nom manque"
        assert said(problem) == "le nom manque"
        assert said("déjà traduit") == "déjà traduit"
