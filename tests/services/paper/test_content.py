"""Each thing that a championship's sheet has to say stands on it, read back from the paper."""

from __future__ import annotations

import re

import pytest
import zxingcpp
from msgspec.structs import replace

from tests.core.story import entry
from tests.printing.reading import reader, text_of
from tests.services.days import SLUG, go_on, run_day
from tests.services.paper.conftest import WORLDS
from timing.core.clock import MINUTE
from timing.core.telling.listing import lines_of
from timing.core.telling.sentences import SENTENCES
from timing.printing.phrases import phrases_of
from timing.services.paper import sheets
from timing.services.paper.sheets import Wanted
from timing.services.public.circumstances import MOST_CHANGES
from timing.services.publications import publishing
from timing.services.publications.publishing import Order
from timing.store import setup

RACE = "gun 0:00 | 101 finish 6:45 | 102 finish 6:50 | dq 102 TR16.8 | 103 start 0:02"


def words_of(house, kind, slug=SLUG, **wanted) -> str:
    """The text of a sheet with its line breaks gone."""
    return " ".join(text_of(sheets.print_sheet(house, slug, kind, Wanted(**wanted)).pdf).split())


@pytest.mark.parametrize(
    "said",
    [
        "Retro Running World Championships (demonstration)",
        "Krebsbach",
        "17–19 Jul 2026",
        "100 m men · Heats",
        "Fri 17 Jul 15:00:06",
        "sunny, 24 °C",
        "wind +1.2 m/s",
        "100 m backward",
        "IRR competition rules 2016",
        "The back goes first; the toes point against the running direction all the time.",
        "The time stops when the back, at shoulder height, reaches the line.",
        "The first false start repeats the start; whoever causes a further one is disqualified.",
        "No companion runs forward, unless the organiser permits one.",
        "fully automatic timing (photo finish)",
        "gun time, rounded up to 0.01 s",
        "the 6 fastest (q) go on",
        "WB (recordholders.org) 13.17 Christian López Rodríguez ESP 2022",
        "Rank Lane Bib Name Nat. Club or city Born Cat.",
        "Provisional",
        "as of",
        "printed 20",
        "Protests within 30 minutes of the announcement",
        "q qualified by time",
        "DQ disqualified",
        "DQ (IRR 2)",
        "Referee",
        "Chief timekeeper",
        "live results: is this sheet still current?",
        "Page 1 of 3",
        "Demonstration: all entrants are invented.",
        "Heat 1",
        "Overall",
    ],
)
def test_the_sheet_of_a_heat_says(championship, said):
    assert said in words_of(championship, "results-by-heat", WORLDS, contest="100m-men")


def test_the_code_on_a_sheet_leads_to_the_page_that_knows_whether_it_is_current(championship):
    import pypdfium2

    drawn = sheets.print_sheet(championship, WORLDS, "results", Wanted(contest="100m-men"))
    document = pypdfium2.PdfDocument(drawn.pdf)
    found = [
        zxingcpp.read_barcodes(document[page].render(scale=4).to_pil())[0].text for page in (0, 1)
    ]
    document.close()
    address = rf"http://[^/]+/{WORLDS}/sheet/results/100m-men/[0-9a-f]{{8}}\?round="
    assert re.fullmatch(address + "heats", found[0])
    assert re.fullmatch(address + "final", found[1])


def test_the_number_of_a_sheet_changes_with_what_it_says_and_with_nothing_else(house):
    run_day(house, RACE)

    def number(language: str = "en") -> str:
        drawn = sheets.print_sheet(house, SLUG, "results", Wanted(language=language))
        return str(reader(drawn.pdf).metadata["/Subject"]).split()[0]

    first = number()
    assert first == number("de")
    go_on(house, "103 finish 7:00")
    assert number() != first


def test_a_sheet_of_what_is_published_carries_its_version_and_the_deadline_of_protests(house):
    run_day(house, RACE)
    publishing.publish(house, SLUG, "race", Order("Ada"))
    at = house.clock()
    text = words_of(house, "results")
    assert "Provisional v1" in text
    assert "race-1" in text
    until = at + 30 * MINUTE
    assert f"Protests until {until // 3_600_000_000 % 24:02d}:" in text
    go_on(house, "103 finish 7:00")
    text = words_of(house, "results")
    assert "Provisional v1" not in text
    assert "Changed since the last version: – 103" in text
    publishing.publish(house, SLUG, "race", Order("Ada", official=True, force=True, reason="sure"))
    text = words_of(house, "results")
    assert "Official v2" in text
    assert "Protests" not in text
    assert "Changed since the last version: – 103" in text
    publishing.publish(house, SLUG, "race", Order("Ada", official=True, force=True, reason="sure"))
    assert "Amended v3" in words_of(house, "results-by-sex")


@pytest.mark.parametrize(
    ("language", "heading", "said"),
    [
        ("de", "Geändert seit der letzten Fassung:", "aus 1. 6:45.0 wird 2. 6:50.0."),
        ("it", "Modifiche dall'ultima versione:", "1. 6:45.0 diventa 2. 6:50.0."),
        ("fr", "Changé depuis la dernière version :", "1. 6:45.0 devient 2. 6:50.0."),
        ("es", "Cambios desde la última versión:", "1. 6:45.0 pasa a 2. 6:50.0."),
    ],
)
def test_a_sheet_says_what_changed_in_its_own_language(house, language, heading, said):
    run_day(house, "gun 0:00 | 101 finish 6:45 | 102 finish 6:46")
    publishing.publish(house, SLUG, "race", Order("Ada"))
    go_on(house, "penalty 101 0:05")
    text = words_of(house, "results", language=language)
    assert f"{heading} – 102" in text
    assert said in text


def test_more_changes_than_a_sheet_has_room_for_are_counted(house):
    field = " ".join(str(bib) for bib in range(101, 121))
    run_day(house, "gun 0:00", entered=field)
    publishing.publish(house, SLUG, "race", Order("Ada"))
    go_on(house, " | ".join(f"{bib} finish 6:{bib - 80}" for bib in range(101, 121)))
    text = words_of(house, "results", language="de")
    assert "– und 8 weitere" in text
    assert text.count("– 1") == MOST_CHANGES


def test_paper_and_page_say_a_change_in_the_same_english_words():
    said = phrases_of("en").words
    for code in ("changed", "listed", "unlisted", "edited"):
        assert said[f"change.{code}"] == SENTENCES[code]


def test_the_published_sheet_has_records_gun_and_the_code_of_its_version(championship):
    version = publishing.publish(championship, WORLDS, "1500m-men", Order("Ada"))
    kept = publishing.sheet(championship, WORLDS, "1500m-men", version.version)
    text = " ".join(text_of(kept.pdf).split())
    assert "WB (press) 5:55 Thomas Dold GER 2004" in text
    assert "is this sheet still current?" in text
    assert "Fri 17 Jul 17:30" in text


@pytest.mark.parametrize("contest", ["100m-men", "1500m-women", "half-marathon", "4x100m"])
def test_the_rows_on_paper_are_the_standings_row_by_row(championship, contest):
    snapshot = championship.live.snapshot(WORLDS)
    text = words_of(championship, "results", WORLDS, contest=contest)
    at = 0
    for (code, _), standings in snapshot.standings.items():
        if code != contest:
            continue
        for line in lines_of(standings):
            start = f"{line.place} " if line.place else ""
            cells = [line.bib, *((line.time,) if line.time else ())]
            for cell in cells:
                found = text.find(cell, at)
                assert found >= 0, (start, line.bib, cell)
                at = found


def test_splits_and_laps_have_a_sheet_of_their_own_where_they_are_many(championship):
    plain = words_of(championship, "results", WORLDS, contest="10000m-men")
    many = words_of(championship, "results-with-splits", WORLDS, contest="10000m-men")
    assert "9600 m" not in plain
    assert "9600 m" in many


def test_a_relay_names_its_runners_below_the_team(championship):
    text = words_of(championship, "relays", WORLDS)
    assert re.search(r"1\. \S+ .* 2\. \S+ .* 3\. \S+ .* 4\. \S+", text)
    assert text.index("POL") < text.index("1. ")


def test_decisions_are_told_in_words_and_what_desks_saw_is_no_incident(championship):
    text = words_of(championship, "incidents", WORLDS, language="de")
    assert "Status: DQ IRR 2" in text
    assert "Welle 100 m men, heat 1 startete um 15:00:06" in text
    assert "photo_id" not in text


def test_decisions_call_waves_contests_and_rounds_by_their_names(championship):
    text = words_of(championship, "incidents", WORLDS)
    assert "The round Heats of 100 m men is over" in text
    assert "Wave 100 m men, heat 1 started at" in text
    assert "100m-men" not in text.partition("Page 1")[0].partition("incidents-")[0]


def test_teams_say_how_they_score_and_what_race_it_was(championship):
    text = words_of(championship, "teams", WORLDS, language="it")
    assert "somma dei posti dei primi 3 di una società" in text
    for said in ("21,0975 km all'indietro", "Regolamento di gara IRR 2016", "CLB Chạy Lùi Huế"):
        assert said in text


def test_a_name_that_runs_the_other_way_leaves_the_change_around_it_in_order(house):
    people = [entry("101", name="יוסי לוי"), entry("102", name="Ada")]
    run_day(house, "gun 0:00 | 101 finish 6:45 | 102 finish 6:46", entered=people)
    publishing.publish(house, SLUG, "race", Order("Ada"))
    go_on(house, "penalty 101 0:05")
    text = words_of(house, "results").replace("\u200e", "")
    assert re.search(r"– 101 .{7,9}: ?1\. 6:45\.0 becomes 2\. 6:50\.0\.", text), text


@pytest.mark.parametrize(
    ("language", "said"),
    [("de", ("1500 m, Bahn", "Presse", "eigene Website")), ("fr", ("1500 m, piste", "presse"))],
)
def test_records_are_told_in_the_language_of_the_sheet(championship, language, said):
    text = words_of(championship, "records", WORLDS, language=language)
    assert [each for each in said if each not in text] == []
    assert "own site" not in text
    assert not {"track", "press"} & set(re.findall(r"\w+", text))


def test_columns_can_be_chosen(championship):
    text = words_of(
        championship, "results", WORLDS, contest="100m-men", columns=("place", "name", "time")
    )
    assert "Rank Name Time" in text


def test_an_event_that_is_not_public_has_all_its_sheets_in_the_office(house):
    told = run_day(house, RACE)
    with house.store.write() as tx:
        setup.save_event(tx, replace(told.event, public=False))
    assert "101" in words_of(house, "awards")
    assert "6:45" in words_of(house, "results")


def test_start_lists_have_the_category_of_the_scheme_and_every_drawn_round(championship):
    text = words_of(championship, "start", WORLDS, contest="100m-men")
    assert "100 m men · Heats" in text
    assert "100 m men · Final" in text
    assert "Cat." in text


def test_the_form_for_a_record_is_filled_in_where_something_is_known(championship):
    text = words_of(championship, "record-application", WORLDS, contest="100m-men")
    rules = "IRR competition rules 2016"
    for said in ("100 m backward · Men", "Oğuz Özgür", "15.95", "+0.3", rules, "Wind not over"):
        assert said in text
    assert "backward-100m" not in text
    assert "Record until now 13.17" in text


def test_a_certificate_names_the_day_of_the_race_and_each_place(championship):
    text = words_of(championship, "certificates", WORLDS, contest="half-marathon", bib="113")
    assert "Krebsbach, Sunday, 19 July 2026" in text
    assert "Rank 11 · Men: Rank 8 · M1: Rank 3" in text


def test_where_only_men_run_their_place_is_told_once(championship):
    text = words_of(championship, "certificates", WORLDS, contest="100m-men", bib="115")
    assert "Rank 1 · U18: Rank 1" in text


def test_the_certificate_of_a_relay_names_its_members(championship):
    text = words_of(championship, "certificates", WORLDS, contest="4x100m", bib="POL")
    assert "Świętosława Dąbrowska" in text
    assert "Zbigniew Brzęczyszczykiewicz" in text
    assert text.count("POL") == 1
    last = words_of(championship, "certificates", WORLDS, contest="4x100m", bib="GER")
    assert "Rank 5" in last
    assert "Men:" not in last


def test_start_lists_of_a_relay_name_the_members(championship):
    for kind in ("start", "call-room", "announcer"):
        assert "Jiří Říha" in words_of(championship, kind, WORLDS, contest="4x100m")
    assert "Members" not in words_of(championship, "start", WORLDS, contest="100m-men")


def test_the_medal_table_explains_the_codes_of_its_delegations(championship):
    text = words_of(championship, "medals", WORLDS, language="de")
    assert "Zeichenerklärung" in text
    assert "CZE Tschechien" in text
    assert (text.count("CZE"), text.count("CAT")) == (2, 1)


@pytest.mark.parametrize(
    ("language", "says"),
    [("en", "false start"), ("de", "Fehlstart"), ("it", "falsa partenza"), ("fr", "faux départ"),
     ("es", "salida nula")],
)  # fmt: skip
def test_the_rule_behind_a_disqualification_is_told_in_the_legend(house, language, says):
    run_day(house, RACE)
    assert f"TR16.8 {says}" in words_of(house, "results", language=language)


def test_who_a_category_is_for_is_told_in_the_legend_or_beside_its_title(championship):
    overall = words_of(championship, "results", WORLDS, contest="half-marathon")
    assert "M1 age 40 to 54" in overall
    by_category = words_of(
        championship, "results-by-category", WORLDS, contest="half-marathon", language="de"
    )
    assert "40 bis 54 Jahre" in by_category
    assert by_category.count("40 bis 54 Jahre") <= 2  # of each sex, and not again in the legend
