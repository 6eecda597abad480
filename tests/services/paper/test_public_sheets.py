"""Sheets for everybody, and whether a sheet of paper still says what is true."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace

from tests.core.story import entry
from tests.printing.reading import reader, text_of
from tests.services.days import SLUG, go_on, run_day
from tests.services.paper.conftest import WORLDS
from timing.core.refusal import Refusal
from timing.core.setup.event import Minors
from timing.services.paper import public_sheets, sheets
from timing.services.paper.sheets import PUBLIC, Wanted
from timing.services.publications import publishing
from timing.services.publications.publishing import Order
from timing.store import roster, setup

RACE = "gun 0:00 | 101 finish 6:45 | 102 finish 6:50"


def published(house) -> int:
    return publishing.publish(house, SLUG, "race", Order("Ada")).version


def test_the_public_sheet_is_the_published_one_once_there_is_one(house):
    run_day(house, RACE)
    live = public_sheets.public_pdf(house, SLUG, "results", "race", "en")
    assert live.startswith(b"%PDF")
    frozen = publishing.sheet(house, SLUG, "race", published(house))
    assert public_sheets.public_pdf(house, SLUG, "results", "race", "en") == frozen.pdf
    assert public_sheets.public_pdf(house, SLUG, "results", "swim", "en") is None
    assert public_sheets.public_pdf(house, "nowhere", "results", "race", "en") is None


@pytest.mark.parametrize("kind", PUBLIC)
def test_every_public_kind_is_handed_out(championship, kind):
    assert public_sheets.public_pdf(championship, WORLDS, kind, "", "en").startswith(b"%PDF")


def test_a_kind_with_nothing_on_it_says_so(house):
    run_day(house, RACE)
    with pytest.raises(Refusal, match="nothing on a sheet"):
        public_sheets.public_pdf(house, SLUG, "teams", "", "en")


def test_what_is_not_for_everybody_is_not_handed_out(championship):
    for kind in ("check-in", "incidents", "certificates", "book", "nothing"):
        assert public_sheets.public_pdf(championship, WORLDS, kind, "", "en") is None
        assert public_sheets.check(championship, WORLDS, kind, "all", "v1") is None


def test_a_hidden_event_has_no_public_sheet(house):
    told = run_day(house, RACE)
    with house.store.write() as tx:
        setup.save_event(tx, replace(told.event, public=False))
    assert public_sheets.public_pdf(house, SLUG, "results", "race", "en") is None
    assert public_sheets.check(house, SLUG, "results", "race", "v1") is None
    assert public_sheets.on_offer(house, SLUG) is None


def test_a_sheet_is_drawn_once_for_what_the_journal_says(house, monkeypatch):
    drawn = []
    real = sheets.draw_kind
    monkeypatch.setattr(sheets, "draw_kind", lambda *a: drawn.append(a) or real(*a))
    run_day(house, RACE)
    first = public_sheets.public_pdf(house, SLUG, "results", "", "en")
    house.clock.advance(5_000_000)
    assert public_sheets.public_pdf(house, SLUG, "results", "", "en") == first
    assert len(drawn) == 1
    go_on(house, "103 finish 7:00")
    house.clock.advance(5_000_000)
    assert public_sheets.public_pdf(house, SLUG, "results", "", "en") != first
    assert len(drawn) == 2


@pytest.mark.parametrize(
    ("minors", "shown", "kept_back"),
    [(Minors.INITIALS, "A. B.", "Anna Berg"), (Minors.HIDDEN, "—", "Anna Berg")],
)
@pytest.mark.parametrize("kind", ["results", "start", "start-by-name", "results-by-sex"])
def test_public_sheets_keep_back_what_the_event_does_not_show_of_minors(
    house, minors, shown, kept_back, kind
):
    young = [entry("101", name="Anna Berg", born="2014-05-02"), entry("102", name="Bo Dahl")]
    told = run_day(house, RACE, entered=young)
    with house.store.write() as tx:
        setup.save_event(tx, replace(told.event, minors=minors))
    published(house)
    text = text_of(public_sheets.public_pdf(house, SLUG, kind, "race", "en"))
    assert shown in text
    assert kept_back not in text
    assert "Bo Dahl" in text
    office = text_of(sheets.print_sheet(house, SLUG, kind, Wanted()).pdf)
    assert kept_back in office


def test_who_asked_to_be_hidden_since_is_on_no_public_sheet_any_more(house):
    told = run_day(house, RACE, entered=[entry("101", name="Anna Berg"), entry("102", name="Bo")])
    published(house)
    assert "Anna Berg" in text_of(public_sheets.public_pdf(house, SLUG, "results", "race", "en"))
    entries = tuple(replace(each, hidden=each.bib == "101") for each in told.roster.entries)
    with house.store.write() as tx:
        event = setup.find_event(tx, SLUG) or 0
        roster.save_roster(tx, event, replace(told.roster, entries=entries))
    house.clock.advance(5_000_000)
    text = text_of(public_sheets.public_pdf(house, SLUG, "results", "race", "en"))
    assert "Anna Berg" not in text


def token_of(house, kind: str = "results") -> str:
    """The token in the address on the sheet as the office prints it now."""
    snapshot = house.live.snapshot(SLUG, fresh=True)
    table = sheets.table_of(house, snapshot, kind, Wanted(contest="race"))
    (sheet,) = sheets.sheets_of(table, kind)
    found = re.search(rf"/sheet/{kind}/race/(\w+)", sheet.link)
    assert found
    return found[1]


@pytest.mark.parametrize("kind", ["results", "start", "results-by-sex", "results-compact"])
def test_a_sheet_is_current_until_something_changes_on_it(house, kind):
    run_day(house, RACE + " | 103 start 0:01")
    token = token_of(house, kind)
    assert public_sheets.check(house, SLUG, kind, "race", token).current
    go_on(house, "dns 101" if kind != "start" else "move 101 race 1 7")
    house.clock.advance(5_000_000)
    assert not public_sheets.check(house, SLUG, kind, "race", token).current


@pytest.mark.parametrize("language", ["en", "de", "it", "fr", "es"])
def test_a_sheet_of_records_is_current_in_every_language(championship, language):
    drawn = sheets.print_sheet(championship, WORLDS, "records", Wanted(language=language))
    token = str(reader(drawn.pdf).metadata["/Subject"]).split()[0].rpartition("-")[2]
    assert public_sheets.check(championship, WORLDS, "records", "all", token).current
    assert not public_sheets.check(championship, WORLDS, "records", "all", "00000000").current


def test_a_published_sheet_is_current_until_the_next_version(house):
    run_day(house, RACE)
    assert published(house) == 1
    token = token_of(house)
    assert token == "v1"
    assert public_sheets.check(house, SLUG, "results", "race", token).current
    published(house)
    found = public_sheets.check(house, SLUG, "results", "race", token)
    assert (found.current, found.version, found.newest.version) == (False, 1, 2)
    assert not public_sheets.check(house, SLUG, "results", "race", "v9").current


def test_the_offer_names_what_has_something_on_it(championship):
    offer = public_sheets.on_offer(championship, WORLDS)
    assert "relays" in offer["4x100m"]
    assert "relays" not in offer["100m-men"]
    assert "results-by-heat" in offer["100m-men"]
    assert "results-with-splits" not in offer["100m-men"]
    assert "results-with-splits" in offer["1500m-men"]
    assert {"medals", "records", "start-by-name"} <= set(offer[""])
    for contest, kinds in offer.items():
        for kind in kinds:
            assert public_sheets.public_pdf(championship, WORLDS, kind, contest, "en")
