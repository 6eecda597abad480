"""Entrants as other programs export them, on their real files where there are some."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.files.tables import told, written
from timing.core.setup.roster import Sex
from timing.files.entrants.entered import Entered
from timing.files.entrants.entries import EntryWords, entered_from
from timing.files.entrants.entry_formats import FORMATS, format_of
from timing.files.tables.findings import Findings

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
real = pytest.mark.skipif(not SAMPLES.exists(), reason="no samples beside the checkout")


@pytest.fixture
def findings() -> Findings:
    return Findings()


def entrants(
    path: Path, findings: Findings, contests=None, *, form: str = "", dates: str = ""
) -> list[Entered]:
    """What the rows of a file are, as an import takes them."""
    chosen = form or format_of(path)
    words = EntryWords(dates=dates or ("mdy" if chosen == "hytek" else ""))
    listed = FORMATS[chosen](path, findings, None)
    return entered_from(listed, contests or {"race": "race"}, findings, words, str(path))


@real
@pytest.mark.parametrize("page", [1, 2])
def test_participants_of_runsignup_are_read(findings, page: int) -> None:
    path = SAMPLES / "runsignup" / f"participants_page_{page}.json"
    found = entrants(path, findings, {"661702": "half"})
    assert not findings.problems
    first = found[0].entry
    expected = {
        1: ("Eirik Mikkelsen", "Mikkelsen", "1958-01-16", Sex.MEN, "3", "US", 64),
        2: ("Gianluca Benedetti", "Benedetti", "1998-01-22", Sex.MEN, "13", "US", 25),
    }
    assert (
        first.name,
        first.family,
        first.born,
        first.sex,
        first.bib,
        first.nation,
        first.age,
    ) == expected[page]
    assert (first.contest, found[1].entry.sex, len(found)) == ("half", Sex.WOMEN, 2)


@pytest.mark.parametrize(
    "text",
    ["[{", '{"error": {"error_code": 5}}', "[1]", '[{"participants": [{}]}]', '"[1"', "[null]"],
)
def test_what_is_no_answer_of_runsignup_is_refused(tmp_path, findings, text: str) -> None:
    assert entrants(written(tmp_path, text, "answer.json"), findings, form="runsignup") == []
    assert [problem.code for problem in findings.problems] == ["runsignup"]


def test_a_missing_answer_is_refused(tmp_path, findings) -> None:
    entrants(tmp_path / "none.json", findings, form="runsignup")
    assert told(findings.problems) == [(None, "missing-file")]


def test_an_event_that_is_not_mapped_is_named_with_the_participant(tmp_path, findings) -> None:
    text = '[{"participants": [{"user": {"first_name": "Al", "last_name": "Bo"}, "event_id": 9}]}]'
    entrants(written(tmp_path, text, "answer.json"), findings)
    assert "answer.json:1: contest '9' is unknown" in str(findings.problems[0])


@real
def test_a_web_page_at_the_end_of_an_export_is_named_and_the_rows_before_it_are_read(
    findings,
) -> None:
    path = SAMPLES / "ultrasignup" / "ultrasignup_raw_participant_export.csv"
    found = entrants(path, findings, {"100 miler": "100m"}, dates="mdy")
    first = found[0].entry
    assert (first.name, first.born, first.age) == ("Eirik Kangasniemi", "1999-06-20", 25)
    assert (first.contest, len(found)) == ("100m", 2)
    assert {problem.code for problem in findings.problems} == {"ragged-row"}
    assert findings.problems[0].line == 5


@real
@pytest.mark.parametrize(
    ("name", "dates"),
    [("ultrasignup_efforts.csv", "mdy"), ("ultrasignup_efforts_simple_export.csv", "")],
)
def test_other_exports_of_ultrasignup_are_read_too(findings, name: str, dates: str) -> None:
    path = SAMPLES / "ultrasignup" / name
    contests = dict.fromkeys(("half marathon", "marathon", "50k", "10k", "race"), "race")
    found = entrants(path, findings, contests, dates=dates)
    assert found
    assert all(one.entry.name and one.entry.sex for one in found)
    assert {problem.code for problem in findings.problems} <= {"contest", "born"}


def test_who_was_removed_is_left_out_with_a_notice(tmp_path, findings) -> None:
    found = entrants(written(tmp_path, "bib,name,Removed\n1,Al,False\n2,Bo,True\n"), findings)
    assert [one.entry.name for one in found] == ["Al"]
    assert "1 are marked as removed" in str(findings.notices[0])


HYTEK = (
    "I;Doe;Jane;Q;F;02/03/1990;CAS;CA Sur;36;;1 Road\r\n"
    "I;Only;Listed;;M;;;Club;;\r\n"
    "D;Doe;Jane;Q;F;02/03/1990;CAS;CA Sur;36;;1500;4:31.20;M;;107;;;\r\n"
    "D;Roe;Rick;;M;12/31/1988;CAS;;;;100;NT;M;;108;;S\r\n"
    "E;Poe;Paul;;M;;;;;;MILE\r\n"
    "Q;CAS;CA Sur;A;400\r\n"
    "\r\n"
)


def test_entries_of_hytek_are_read(tmp_path, findings) -> None:
    contests = {"1500": "1500m", "mile": "mile", "100": "100m", "race": "1500m"}
    found = entrants(written(tmp_path, HYTEK, "entries.txt"), findings, contests)
    jane, paul = found[0].entry, found[1].entry
    assert (jane.name, jane.family, jane.sex, jane.born) == (
        "Jane Q Doe",
        "Doe",
        Sex.WOMEN,
        "1990-02-03",
    )
    assert (jane.bib, jane.club, jane.contest, jane.seed, jane.age) == (
        "107",
        "CA Sur",
        "1500m",
        271_200_000,
        36,
    )
    assert (paul.contest, paul.seed) == ("mile", None)
    assert {notice.code for notice in findings.notices} == {"relay", "removed"}
    assert told(findings.problems) == [(2, "contest")]  # only listed: no event tells the contest


def test_a_line_that_is_no_record_of_hytek_is_named(tmp_path, findings) -> None:
    entrants(written(tmp_path, "D;Doe;Jane\nX;what\n"), findings, form="hytek")
    assert (2, "hytek") in told(findings.problems)


def test_people_of_lynx_are_read(tmp_path, findings) -> None:
    text = '; people\n107,Doe,Jane,CA Sur,L9\n108,"Roe, jr.",Rick\n109,Poe\n\n'
    found = entrants(written(tmp_path, text, "lynx.ppl"), findings)
    assert [(one.entry.bib, one.entry.name, one.entry.club) for one in found] == [
        ("107", "Jane Doe", "CA Sur"), ("108", "Rick Roe, jr.", ""),
    ]  # fmt: skip
    assert found[0].entry.external == "L9"
    assert told(findings.problems) == [(4, "lynx")]


@pytest.mark.parametrize(
    ("name", "start", "form"),
    [
        ("a.csv", "bib,name\n", "table"),
        ("a.json", '[{"event"', "runsignup"),
        ("a.json", ' {"x"', "runsignup"),
        ("a.json", '"[{ \\"e', "runsignup"),
        ("a.txt", "D;Doe;Jane", "hytek"),
        ("a.csv", "\ufeffI;Doe;Jane", "hytek"),
        ("lynx.ppl", "1,Doe,Jane", "finishlynx"),
    ],
)
def test_a_format_is_found_by_name_and_first_characters(
    tmp_path, name: str, start: str, form: str
) -> None:
    assert format_of(written(tmp_path, start, name)) == form
    assert form in FORMATS


def test_a_file_that_is_not_there_is_a_missing_table(tmp_path) -> None:
    assert format_of(tmp_path / "none.csv") == "table"
