"""Lists of other programs come in through the page: looked at, entered, and brought again."""

from __future__ import annotations

import io
import re
from pathlib import Path

import openpyxl
import pytest
from msgspec.structs import replace

from tests.services.days import SLUG, run_day
from tests.web.desks import send, sign_in, token
from timing.services.entrants import checkin
from timing.services.entrants.entry_facts import facts_of
from timing.store import roster, setup

DESK = f"/staff/{SLUG}/entries"
SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples"
HYTEK = (
    "I;Ødegård;Åse;;W;05/30/1984;IL;IL Ås;;;1500m;4:30.00;M\nI;Berg;Bob;;M;1990;;Reds;;;1500m;;M\n"
)
LYNX = "; people\n101,Ødegård,Åse,IL Ås\n102,Łukasz,Bob,Reds\n"
CSV = "Id;Name;Jahrgang;Geschlecht\n1;Åse Ødegård;1984;W\n2;Bob Łukasz;1990;M\n"


@pytest.fixture
def engine_name() -> str:
    return "sqlite"  # formats are what is tested here; imports run on both engines elsewhere


@pytest.fixture
def staff(app, house, client):
    """An event with a race and nobody in it."""
    told = run_day(house, "101 start 0:01")
    with house.store.write() as tx:
        event = setup.save_event(tx, replace(told.event, date="2026-05-30"))
        roster.remove_entries(tx, event, [entry.id for entry in told.roster.entries])
    sign_in(app, client, "desk")
    return client


def workbook():
    book = openpyxl.Workbook()
    for row in (
        ("Id", "Name", "Born", "Sex"),
        (1, "Åse Ødegård", 1984, "W"),
        (2, "Bob", 1990, "M"),
    ):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sample(*parts):
    path = SAMPLES.joinpath(*parts)
    if not path.is_file():
        pytest.skip(f"no sample {path.name} beside the project")
    return path.read_bytes()


def upload(staff, content, name):
    fields = {
        "csrf_token": token(staff.get(f"{DESK}/import/")),
        "file": (io.BytesIO(content), name),
    }
    answer = staff.post(f"{DESK}/import/", data=fields, content_type="multipart/form-data")
    return answer.headers["Location"]


def bring(staff, content, name, **decided):
    """Look at a file, decide everything, enter it; gives the page of the look and the answer."""
    address = upload(staff, content, name)
    seen = staff.get(address).text
    answers = {"decide:contest:": "race", **decided}
    for word in re.findall(r'name="decide:(contest:[^"]+)"', seen):
        answers[f"decide:{word}"] = "race"
    done = send(staff, address, address, do="write", **answers)
    return seen, done


def people(house):
    return sorted(entry.name for entry in facts_of(house, SLUG).entries.values())


@pytest.mark.parametrize(
    ("name", "content", "count", "somebody"),
    [
        ("list.csv", CSV.encode(), 2, "Åse Ødegård"),
        ("list.xlsx", workbook(), 2, "Åse Ødegård"),
        ("entries.txt", HYTEK.encode(), 2, "Åse Ødegård"),
        ("lynx.ppl", LYNX.encode(), 2, "Åse Ødegård"),
    ],
)
def test_every_format_is_read_through_the_page(house, staff, name, content, count, somebody):
    _seen, done = bring(staff, content, name)
    assert done.status_code == 302, done.text
    assert len(people(house)) == count
    assert somebody in people(house)


@pytest.mark.parametrize(
    ("parts", "least"),
    [
        (("runsignup", "participants_page_1.json"), 2),
        (("runsignup", "participants_page_2.json"), 1),
        (("ultrasignup", "ultrasignup_raw_participant_export.csv"), 2),
        (("ultrasignup", "ultrasignup_efforts_simple_export.csv"), 2),
        (("opensplittime", "test_efforts_utf_8.csv"), 1),
        (("opensplittime", "test_efforts_with_bib_numbers.csv"), 1),
    ],
)
def test_real_exports_come_in_and_come_again_as_the_same(house, staff, parts, least):
    content = sample(*parts)
    skips = {"decide:all:same_person": "other", "decide:all:twice": "skip",
             "decide:all:nation": "keep", "decide:all:bib_taken": "without",
             "decide:all:category": "keep"}  # fmt: skip
    _seen, done = bring(staff, content, parts[-1], **skips)
    assert done.status_code == 302, done.text
    first = people(house)
    assert len(first) >= least
    _seen, again = bring(staff, content, parts[-1], **skips | {"decide:all:same_person": "same"})
    assert again.status_code == 302, again.text
    assert people(house) == first


def test_what_was_given_on_the_day_outlives_a_newer_list(house, staff):
    bring(staff, CSV.encode(), "list.csv")
    ase = next(e for e in facts_of(house, SLUG).entries.values() if e.name.startswith("Åse"))
    card = f"/staff/{SLUG}/checkin/{ase.id}"
    send(staff, card, card, bib="A77", do="in")
    newer = CSV.replace("Geschlecht", "Geschlecht;Startnr").replace("1984;W", "1985;W;5")
    _seen, done = bring(staff, newer.encode(), "newer.csv")
    assert "1 changed" in staff.get(done.headers["Location"]).text
    kept = checkin.card(house, SLUG, ase.id)
    assert (kept.person.bib, kept.person.entries[0].born) == ("A77", "1985")
    assert kept.here


def test_an_export_of_ours_is_a_list_that_comes_in_again(house, staff):
    bring(staff, CSV.encode(), "list.csv")
    for form in ("csv", "xlsx"):
        ours = staff.get(f"{DESK}/export.{form}").data
        _seen, done = bring(staff, ours, f"again.{form}")
        assert "2 as before" in staff.get(done.headers["Location"]).text
    assert len(people(house)) == 2


HOSTILE = (
    b"Name,Born,Club,Contest\n"
    b'"=cmd|\' /C calc\'!A0",1990,"<script>alert(1)</script>",race\n'
    b"Nul\x00Name,1991,,race\n" + b"x" * 400_000 + b",1992,,race\nGood One,1993,+SUM(1),race\n"
)


def test_hostile_cells_are_shown_as_text_and_leave_without_teeth(house, staff):
    seen, done = bring(staff, HOSTILE, "bad.csv")
    assert "<script>alert(1)" not in seen
    assert "&lt;script&gt;alert(1)" in seen
    for sentence in ("Line 3: a NUL character stands in cell 1", "Line 4: the line is longer"):
        assert sentence in seen
    assert len(seen) < 200_000
    assert done.status_code == 302
    assert "Good One" in people(house)
    assert not any("\x00" in name for name in people(house))
    csv = staff.get(f"{DESK}/export.csv").text
    assert "'=cmd" in csv
    assert ",=cmd" not in csv
    assert "'+SUM" in csv
