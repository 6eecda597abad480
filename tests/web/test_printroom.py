"""The print room, and the sheets that everybody may have."""

from __future__ import annotations

import pypdfium2
import pytest
import zxingcpp

from tests.core.story import entry
from tests.printing.reading import text_of
from tests.services.days import SLUG, go_on, run_day
from tests.web.desks import send, sign_in
from timing.services.office import stations
from timing.services.paper import batches
from timing.services.paper.batches import Stage
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
        ("kind=medals", "nothing to print yet"),
    ],
)
def test_what_cannot_be_printed_is_told_and_not_repeated_as_markup(staff, asked, sentence):
    for part in ("sheet.pdf", "preview.png"):
        page = staff.get(f"{ROOM}{part}?{asked}")
        assert page.status_code == 422
        assert sentence in page.text
        assert "<script>" not in page.text


def test_where_nothing_can_be_printed_the_picture_says_so(staff):
    said = staff.get(f"{ROOM}preview.png?kind=medals&picture=1")
    assert (said.status_code, said.mimetype) == (200, "image/svg+xml")
    assert "There is nothing to print yet." in said.text
    strange = staff.get(f"{ROOM}preview.png?kind=%3Cscript%3E&picture=1").text
    assert "is no kind of sheet" in strange
    assert "<script>" not in strange


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


def begun(staff, kind: str, **fields: str) -> tuple[str, batches.Run]:
    """Begin a print run from the room; gives its address and the run, which has ended."""
    answer = send(staff, f"{ROOM}?kind={kind}", f"{ROOM}runs", kind=kind, **fields)
    assert answer.status_code == 302
    run = batches.find(SLUG, answer.location.rpartition("/")[2])
    run.thread.join(60)
    return answer.location, run


def test_many_cards_are_printed_in_the_background_and_taken_when_they_are_ready(staff):
    address, run = begun(staff, "certificates", each="1")
    assert staff.get(f"{address}/state.json").json == {
        "stage": "done", "step": run.step, "steps": run.steps,
    }  # fmt: skip
    page = staff.get(address)
    assert "It is ready." in page.text
    taken = staff.get(f"{address}/file")
    assert taken.data[:2] == b"PK"
    assert taken.headers["Content-Disposition"] == "attachment; filename=story-certificates.zip"
    assert address in staff.get(f"{ROOM}?kind=certificates").text
    taken.close()


def test_a_run_that_goes_on_shows_how_far_it_is_and_can_be_stopped(staff):
    address, run = begun(staff, "posters")
    run.stage, run.step, run.steps = Stage.RUNNING, 3, 8
    page = staff.get(address)
    assert '<progress id="progress" max="8" value="3">' in page.text
    assert "printroom/run" in page.text
    assert staff.get(f"{address}/file").status_code == 404
    assert send(staff, address, f"{address}/stop").location == address
    assert run.stop.is_set()
    run.stage = Stage.STOPPED
    assert "nothing of it is kept" in staff.get(address).text
    run.stage, run.problems = Stage.REFUSED, ("there is no font",)
    assert "there is no font" in staff.get(address).text


def test_a_run_of_another_event_or_of_nobody_is_not_shown(staff):
    assert staff.get(f"{ROOM}runs/abc").status_code == 404
    assert staff.get(f"{ROOM}runs/abc/state.json").status_code == 404


def test_links_of_stations_are_made_by_those_who_look_after_stations_only(app, day, staff, client):
    refused = send(staff, f"{ROOM}?kind=posters", f"{ROOM}runs", kind="station-posters")
    assert refused.status_code == 403
    assert stations.links(day, SLUG) == []
    assert staff.get(f"{ROOM}preview.png?kind=station-posters").status_code == 200
    sign_in(app, client, "administrator")
    begun(client, "station-posters")
    assert {link.author for link in stations.links(day, SLUG)} == {"administrator"}


def test_a_picture_draws_one_page_and_a_long_batch_is_no_answer_to_a_get(house, app, client):
    run_day(house, RACE, entered=[entry(str(n), name=f"Runner {n}") for n in range(101, 150)])
    sign_in(app, client, "announcer")
    answer = client.get(f"{ROOM}sheet.pdf?kind=labels")
    assert answer.status_code == 422
    assert "print them in the background" in answer.text
    assert client.get(f"{ROOM}preview.png?kind=labels").status_code == 200
    assert client.get(f"{ROOM}sheet.pdf?kind=labels&bib=120").status_code == 200


def test_everybody_finds_every_sheet_of_an_event(day, client):
    assert f"/{SLUG}/sheets" in client.get(f"/{SLUG}").text
    page = client.get(f"/{SLUG}/sheets")
    for address in (f"/{SLUG}/sheets/race/start.pdf", f"/{SLUG}/sheets/start-by-name.pdf"):
        assert address in page.text
        assert client.get(address).mimetype == "application/pdf"
    assert client.get("/nowhere/sheets").status_code == 404
    for address in ("race/check-in.pdf", "swim/start.pdf", "incidents.pdf", "medals.pdf"):
        assert client.get(f"/{SLUG}/sheets/{address}").status_code == 404


def code_on(pdf: bytes) -> str:
    """The address in the code of the first page, from the root."""
    document = pypdfium2.PdfDocument(pdf)
    picture = document[0].render(scale=4).to_pil()
    document.close()
    (found,) = zxingcpp.read_barcodes(picture)
    return found.text.partition("//")[2].partition("/")[2]


def test_the_code_on_a_sheet_opens_the_live_page_and_tells_whether_the_sheet_is_current(
    day, client
):
    sheet = client.get(f"/{SLUG}/race.pdf").data
    page = client.get(f"/{code_on(sheet)}")
    assert "This sheet is current" in page.text
    assert "6:45" in page.text
    go_on(day, "103 finish 7:00")
    day.clock.advance(5_000_000)
    page = client.get(f"/{code_on(sheet)}?lang=de")
    assert "Dieses Blatt gilt nicht mehr" in page.text
    assert "7:00" in page.text
    assert f"/{SLUG}/sheets/race/results.pdf" in page.text


def test_a_published_sheet_is_told_which_version_is_the_newest(day, client):
    publishing.publish(day, SLUG, "race", Order("Tim"))
    address = f"/{code_on(client.get(f'/{SLUG}/race.pdf').data)}"
    assert address.endswith("/v1")
    assert "version 1 is the newest" in client.get(address).text
    publishing.publish(day, SLUG, "race", Order("Tim"))
    page = client.get(address)
    assert "it is version 1; the newest is version 2" in page.text
    assert f"/{SLUG}/race/versions" in page.text


def test_a_sheet_of_the_whole_event_is_checked_without_a_list(day, client):
    sheet = client.get(f"/{SLUG}/sheets/start-by-name.pdf").data
    page = client.get(f"/{code_on(sheet)}")
    assert "This sheet is current" in page.text
    assert client.get(f"/{SLUG}/sheet/start-by-name/all/00000000").status_code == 200


@pytest.mark.parametrize(
    "rest", ["check-in/all/v1", "results/swim/v1", "nothing/race/v1", "results/race/%3Cb%3E"]
)
def test_a_strange_code_is_no_fault(day, client, rest):
    answer = client.get(f"/{SLUG}/sheet/{rest}")
    assert answer.status_code == (200 if "%3C" in rest else 404)
    assert "<b>" not in answer.text
