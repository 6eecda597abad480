"""Headers in their usual spellings; what may be two things is asked for, never guessed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.files.tables import told
from timing.files.tables.findings import Findings
from timing.files.tables.headers import (
    _unused,
    fold,
    name_columns,
    records,
    spellings,
    vocabulary,
)
from timing.files.tables.rows import Row, read_rows

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"


def columns(header: str, table: str = "entries", required: tuple[str, ...] = ()):
    findings = Findings()
    row = Row(1, tuple(header.split(",")))
    return name_columns(row, table, findings, "t.csv", required), findings


KNOWN = """
Bib,Name,Sex,Year of birth,Club,Nation,Category,Wave,Chip
    bib name sex born club nation category wave chip
no.,First name,Last name,gender,DOB,club,country,age group,corral,tag
    bib first last sex born club nation category wave chip
Start number,Full Name,M/F,Age,Team
    bib name sex age team
Race #,Runner
    bib name
Start-Nr.,Nachname,Vorname,Geschlecht,Jahrgang,Verein,Nation,Altersklasse,Welle,Chip-Nr.
    bib last first sex born club nation category wave chip
StNr,Name,Vorname,JG,AK
    bib last first born category
Pett.,Cognome,Nome,Sesso,Anno,Società,Nazione,Categoria,Griglia
    bib last first sex born club nation category wave
Numero,Nome e cognome,Data di nascita
    bib name born
N° dossard,Nom,Prénom,Sexe,Année de naissance,Club,Pays,Catégorie,Sas
    bib last first sex born club nation category wave
Dossard,Nom
    bib name
Dorsal,Nombre,Apellidos,Sexo,Año de nacimiento,Club,País,Categoría
    bib first last sex born club nation category
Dorsal,Nombre y apellidos,Fecha de nacimiento,Prueba
    bib name born contest
#,NAME
    bib name
bib_number,first_name,LAST
    bib first last
"""
PAIRS = [pair.split("\n    ") for pair in re.split(r"\n(?! )", KNOWN.strip())]


@pytest.mark.parametrize(("header", "fields"), PAIRS)
def test_the_usual_spellings_of_five_languages_are_known(header: str, fields: str) -> None:
    found, findings = columns(header)
    assert found == {field: number for number, field in enumerate(fields.split())}
    assert not findings.problems
    assert not findings.notices


def test_a_column_that_nobody_knows_is_ignored_with_a_notice() -> None:
    found, findings = columns("bib,name,shoe size")
    assert set(found) == {"bib", "name"}
    assert str(findings.notices[0]) == "t.csv:1: column 'shoe size' is not used"
    assert not findings.problems


def test_a_column_without_a_header_is_ignored_in_silence() -> None:
    found, findings = columns("bib,,name")
    assert found == {"bib": 0, "name": 2}
    assert not findings.notices


def test_two_columns_for_one_field_are_refused() -> None:
    _, findings = columns("bib,no,name")
    assert "columns 'bib' and 'no' are both the bib" in str(findings.problems[0])


def test_a_header_that_may_be_two_things_is_decided_by_the_others() -> None:
    found, _ = columns("#,bib,time", "times")
    assert found == {"order": 0, "bib": 1, "time": 2}
    found, _ = columns("pos,#,time", "times")
    assert found == {"order": 0, "bib": 1, "time": 2}


def test_a_header_that_may_be_two_things_is_refused_where_nothing_decides() -> None:
    _, findings = columns("#,time", "times")
    assert "column '#' may be order or bib" in str(findings.problems[0])


def test_a_missing_column_is_named_with_what_was_found() -> None:
    _, findings = columns("shoe,club", required=("name|last", "bib"))
    assert [str(problem) for problem in findings.problems] == [
        "t.csv:1: there is no column for the name or last; found 'shoe', 'club'",
        "t.csv:1: there is no column for the bib; found 'shoe', 'club'",
    ]


@pytest.mark.parametrize("table", ["entries", "times", "rulings"])
def test_every_spelling_leads_to_a_field_and_every_field_is_its_own_spelling(table: str) -> None:
    known = spellings(table)
    for field, words in vocabulary()[table].items():
        assert field in known[fold(field.replace("_", " "))]
        for word in words:
            assert fold(word), word
            assert field in known[fold(word)]


def test_headers_are_compared_without_case_accents_and_punctuation() -> None:
    assert fold(" Start-Nr. ") == fold("STARTNR") == "startnr"
    assert fold("Année") == "annee"
    assert fold("N°") == "n"
    assert fold("#") == "#"


def test_rows_of_another_width_than_the_header_are_named() -> None:
    findings = Findings()
    rows = [Row(2, ("7", "Bo")), Row(3, ("8",)), Row(4, ("9", "Al", "")), Row(5, ("9", "Al", "x"))]
    found = list(records(rows, {"bib": 0, "name": 1}, 2, findings, "t.csv"))
    assert [(each.line, each.get("bib"), each.get("club")) for each in found] == [
        (2, "7", ""), (4, "9", ""),
    ]  # fmt: skip
    assert told(findings.problems) == [(3, "ragged-row"), (5, "ragged-row")]


@pytest.mark.skipif(not SAMPLES.exists(), reason="no samples beside the checkout")
@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("test_efforts_ascii.csv", {"first", "last", "sex", "age", "nation"}),
        ("test_efforts_header_formats.csv", {"first", "last", "sex", "age", "nation", "bib"}),
        ("test_efforts_utf_8.csv", {"first", "last", "sex", "age", "nation"}),
        ("test_efforts_mixed.csv", {"first", "last", "sex", "bib", "born"}),
        ("test_efforts_nonbinary.csv", {"first", "last", "sex", "age", "nation", "contest"}),
    ],
)
def test_real_tables_of_entrants_are_understood(name: str, fields: set[str]) -> None:
    findings = Findings()
    header = next(read_rows(SAMPLES / "opensplittime" / name, findings))
    assert set(name_columns(header, "entries", findings, name)) == fields
    assert not findings.problems


@pytest.mark.skipif(not SAMPLES.exists(), reason="no samples beside the checkout")
def test_a_real_table_with_a_column_twice_is_refused() -> None:
    findings = Findings()
    path = SAMPLES / "opensplittime" / "test_efforts_duplicate_headers.csv"
    name_columns(next(read_rows(path, findings)), "entries", findings, "t.csv")
    assert "are both the nation" in str(findings.problems[0])


def test_of_very_many_columns_that_are_not_used_the_first_are_named():
    assert str(_unused(["a", "b"])) == "columns 'a', 'b' are not used"
    told = str(_unused([f"c{n}" for n in range(40)]))
    assert told.endswith("'c7' and 32 more are not used")
    assert "'c8'" not in told
