"""Sheets of an event: every kind is printed, what is on it is what the journal says."""

import pypdf
import pytest

from tests.services.days import SLUG, run_day
from timing.core.refusal import Refusal
from timing.services.paper import sheets
from timing.services.paper.sheets import KINDS, Wanted

WORLDS = "retro-worlds"
RACE = "gun 0:00 | 101 finish 6:45 | 102 finish 6:50 | dq 102 TR16.8 | 103 start 0:02"


def text_of(pdf, tmp_path):
    file = tmp_path / "sheet.pdf"
    file.write_bytes(pdf)
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(file).pages)


NEED_A_CHAMPIONSHIP = {
    "medals", "records", "relays", "results-with-splits", "record-application", "teams",
}  # fmt: skip


@pytest.mark.parametrize("kind", sorted(set(KINDS) - NEED_A_CHAMPIONSHIP))
def test_every_kind_of_sheet_is_printed_and_the_same_again(house, kind):
    run_day(house, RACE)
    drawn = sheets.print_sheet(house, SLUG, kind, Wanted())
    assert drawn.pages >= 1
    assert drawn.pdf.startswith(b"%PDF")
    assert sheets.print_sheet(house, SLUG, kind, Wanted()).pdf == drawn.pdf


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        ("medals", "ITA"),
        ("records", "recordholders.org"),
        ("relays", "1. "),
        ("teams", "CLB Chạy Lùi Huế"),
        ("results-with-splits", "300 m"),
        ("record-application", "Fully automatic timing"),
    ],
)
def test_what_a_championship_has_is_printed_for_one(championship, kind, word, tmp_path):
    wanted = Wanted(contest="100m-men" if kind == "record-application" else "")
    drawn = sheets.print_sheet(championship, WORLDS, kind, wanted)
    assert word in text_of(drawn.pdf, tmp_path)
    assert sheets.print_sheet(championship, WORLDS, kind, wanted).pdf == drawn.pdf


def test_certificates_are_one_for_each_who_has_a_place(house, tmp_path):
    run_day(house, RACE)
    drawn = sheets.print_sheet(house, SLUG, "certificates", Wanted(language="de"))
    assert drawn.pages == 1
    assert "Urkunde" in text_of(drawn.pdf, tmp_path)


def test_a_batch_tells_how_far_it_is_and_can_be_stopped(house):
    run_day(house, RACE)
    told = []

    class StopError(Exception):
        pass

    def watch(step, steps):
        told.append((step, steps))
        if len(told) == 2:
            raise StopError

    with pytest.raises(StopError):
        sheets.print_sheet(house, SLUG, "bibs", Wanted(), watch)
    assert told[0][0] == 1
    assert told[0][1] == told[1][1] >= 6


def test_results_say_places_times_and_reasons(house, tmp_path):
    run_day(house, RACE)
    text = text_of(sheets.print_sheet(house, SLUG, "results", Wanted()).pdf, tmp_path)
    assert "6:45" in text
    assert "DQ (TR16.8)" in text
    assert "rovisional" in text


def test_sheets_speak_the_language_that_was_asked_for(house, tmp_path):
    run_day(house, RACE)
    wanted = Wanted(language="de", paper="LETTER", large=True)
    assert "Ergebnis" in text_of(sheets.print_sheet(house, SLUG, "results", wanted).pdf, tmp_path)


def test_no_show_lists_have_only_those_who_are_not_here(house, tmp_path):
    from timing.services.entrants import checkin

    run_day(house, RACE)
    first = house.live.snapshot(SLUG).roster.entries[0]
    checkin.check_in(house, SLUG, first.id, by="desk")
    text = text_of(sheets.print_sheet(house, SLUG, "no-shows", Wanted()).pdf, tmp_path)
    assert "102" in text
    assert "101" not in text


@pytest.mark.parametrize(
    ("kind", "wanted", "sentence"),
    [
        ("poster", Wanted(), "'poster' is no kind of sheet; expected one of results"),
        ("results", Wanted(paper="A0"), "'A0' is no paper; expected one of A4"),
        ("results", Wanted(contest="swim"), "'swim' is no contest; expected race"),
        ("results", Wanted(round="semi"), "nothing on a sheet of the kind results"),
    ],
)
def test_what_cannot_be_printed_is_named(house, kind, wanted, sentence):
    run_day(house, RACE)
    with pytest.raises(Refusal, match=sentence):
        sheets.print_sheet(house, SLUG, kind, wanted)


def test_an_unknown_event_is_named(house):
    with pytest.raises(Refusal, match="no event 'nowhere'"):
        sheets.print_sheet(house, "nowhere", "results", Wanted())
