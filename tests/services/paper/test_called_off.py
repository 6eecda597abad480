"""What is cancelled, postponed or stopped stands in the head of every sheet, in its language."""

from __future__ import annotations

import pytest

from tests.core.story import contest, course, entry, event, moment, start
from tests.printing.reading import text_of
from tests.services.days import SLUG, go_on, run_day, set_clock
from timing.core.journal.rulings import CallOff
from timing.core.setup.called_off import Fate
from timing.core.setup.event import Wave
from timing.printing.phrases import phrases_of
from timing.printing.sheets.notices import alert_of
from timing.services.paper import public_sheets, sheets
from timing.services.paper.sheets import Wanted
from timing.services.public.honours import medals_of
from timing.services.publications import publishing
from timing.services.publications.publishing import Order
from timing.services.raceday.ready import readiness
from timing.services.rulings import rule, withdraw

RACE = "gun 0:00 | 101 finish 6:45 | 102 finish 6:50"
TRAIL = contest("race", course("start 0 | bridge 4000 | finish 10000"))


def call_off(house, fate, *contests, reason="Storm", **more):
    made = CallOff(contests=contests, fate=fate, **more)
    return rule(house, SLUG, [made], reason=reason, author="Anna")[0]


def printed(house, kind, **wanted) -> str:
    text = text_of(sheets.print_sheet(house, SLUG, kind, Wanted(**wanted)).pdf)
    return " ".join(text.split())


@pytest.mark.parametrize("kind", ["results", "start", "start-by-name", "check-in", "no-shows"])
def test_a_sheet_of_a_cancelled_event_says_it_with_the_reason(house, kind):
    run_day(house, "", entered="101 102")
    call_off(house, Fate.CANCELLED)
    assert "This event is cancelled. Reason: Storm" in printed(house, kind)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("de", "Diese Veranstaltung wurde abgebrochen. Es gibt keine Wertung. Grund: Storm"),
        ("it", "Questa manifestazione è stata interrotta. Non c’è classifica. Motivo: Storm"),
        ("fr", "Cette manifestation a été interrompue. Il n’y a pas de classement."),
        ("es", "Este evento fue suspendido durante la carrera. No hay clasificación."),
    ],
)
def test_it_is_said_in_the_language_of_the_sheet(house, language, told):
    run_day(house, RACE)
    call_off(house, Fate.STOPPED)
    assert told in printed(house, "results", language=language)


def test_a_sheet_of_one_contest_tells_of_no_other(house):
    both = event([contest("short"), contest("long")])
    entered = [entry("1", contest="short"), entry("2", contest="long")]
    starts = [start("1", wave="short"), start("2", wave="long")]
    run_day(house, "", of=both, entered=entered, starts=starts)
    call_off(house, Fate.POSTPONED, "long", day="2026-06-06")
    assert "Long: postponed to 6 Jun 2026." in printed(house, "start", contest="long")
    assert "postponed" not in printed(house, "start", contest="short")
    assert "Long: postponed to 6 Jun 2026." in printed(house, "check-in")


def test_a_start_list_has_the_new_times(house):
    wave = Wave(code="race", name="Race", scheduled=moment("30:00"))
    run_day(house, "", of=event([contest("race")], waves=[wave]), entered="101", until="0:00")
    assert "08:30:00" in printed(house, "start")
    call_off(house, Fate.POSTPONED, until=moment("1:30:00"))
    text = printed(house, "start")
    assert "postponed to 09:30." in text
    assert "09:30:00" in text
    assert "08:30:00" not in text


def test_several_things_are_a_paragraph_each(house):
    both = event([contest("short"), contest("long")])
    run_day(house, "", of=both, entered=[entry("1", contest="short")], until="0:00")
    call_off(house, Fate.CANCELLED, "short", reason="Ice")
    call_off(house, Fate.CANCELLED, "long")
    told = alert_of(phrases_of("en"), house.live.snapshot(SLUG, fresh=True).event)
    assert told == ["Short: cancelled. Reason: Ice", "Long: cancelled. Reason: Storm"]


def test_a_race_that_is_ranked_at_a_point_says_where_and_as_of_when(house):
    run_day(house, "gun 0:00 | 101 bridge 20:00 | 102 bridge 21:00", of=TRAIL, until="30:00")
    call_off(house, Fate.STOPPED, "race", stands=moment("25:00"), point="bridge")
    text = printed(house, "results")
    assert "Race: the race was stopped." in text
    assert "Who had passed Bridge by 08:25:00 is ranked, by the time there." in text
    assert "1 101 Runner 101 20:00.0" in text


def test_a_certificate_names_the_point_at_which_its_time_is(house):
    run_day(house, "gun 0:00 | 101 bridge 20:00", of=TRAIL, until="30:00")
    call_off(house, Fate.STOPPED, stands=moment("25:00"), point="bridge")
    assert "Race, Bridge" in printed(house, "certificates")


def test_a_publication_says_it_and_one_from_before_is_not_handed_out_any_more(house):
    run_day(house, RACE)
    publishing.publish(house, SLUG, "race", Order("Ada"))
    before = public_sheets.public_pdf(house, SLUG, "results", "race", "en")
    set_clock(house, "31:00")
    line = call_off(house, Fate.STOPPED)
    told = text_of(public_sheets.public_pdf(house, SLUG, "results", "race", "en"))
    assert "This event was stopped." in told
    version = publishing.publish(house, SLUG, "race", Order("Ada")).version
    frozen = publishing.sheet(house, SLUG, "race", version)
    assert "This event was stopped." in text_of(frozen.pdf)
    assert public_sheets.public_pdf(house, SLUG, "results", "race", "en") == frozen.pdf
    withdraw(house, SLUG, line, reason="", author="Anna")
    assert publishing.sheet(house, SLUG, "race", version).pdf == frozen.pdf
    assert publishing.sheet(house, SLUG, "race", 1).pdf == before


def test_a_start_list_from_before_is_no_longer_current(house):
    run_day(house, "", entered="101 102")
    table = sheets.table_of(house, house.live.snapshot(SLUG), "start", Wanted(contest="race"))
    (sheet,) = sheets.sheets_of(table, "start")
    kind, _, token = sheet.link.rpartition("/sheet/")[2].split("/")
    assert public_sheets.check(house, SLUG, kind, "race", token).current
    call_off(house, Fate.POSTPONED)
    set_clock(house, "31:00")
    assert not public_sheets.check(house, SLUG, kind, "race", token).current


def test_a_list_that_is_kept_in_the_tables_says_it_too(house):
    run_day(house, RACE)
    call_off(house, Fate.STOPPED, stands=moment("6:46"))
    publishing.publish(house, SLUG, "race", Order("Ada"))
    folded = printed(house, "results")
    house.live.forget(SLUG)
    kept = printed(house, "results")
    assert not house.live.holds(SLUG)
    for text in (folded, kept):
        assert "Who was in by 08:06:46 is ranked." in text
        assert "STP" in text


def test_there_are_no_prizes_no_medals_and_no_doubts_of_a_cancelled_contest(house):
    run_day(house, RACE, entered="101 102 103")
    call_off(house, Fate.STOPPED)
    go_on(house, "103 finish 7:00")
    found = house.live.snapshot(SLUG, fresh=True)
    assert medals_of(house, found).contests == 0
    assert readiness(house, SLUG).checks == ()
