"""Sexes and dates whose meaning only the whole column tells."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from tests.files.tables import told
from timing.core.setup.roster import Sex
from timing.files.entrants.values import is_yes, read_births, read_sexes, split_list
from timing.files.tables.findings import Findings
from timing.files.tables.headers import Record


def column(field: str, cells: list[str]) -> list[Record]:
    return [Record(line, {field: cell}) for line, cell in enumerate(cells, 2)]


def sexes(*cells: str) -> str:
    findings = Findings()
    found = read_sexes(column("sex", list(cells)), findings, "t.csv")
    assert not findings.problems
    return " ".join(sex.value or "-" for sex in found)


@pytest.mark.parametrize(
    ("cells", "meant"),
    [
        ("M F", "M W"),  # English, Italian
        ("m w d", "M W N"),  # German: D is divers
        ("M F X", "M W N"),
        ("H F", "M W"),  # French: H is homme
        ("H M", "M W"),  # Spanish: M is mujer
        ("U D", "M W"),  # Italian: uomini and donne
        ("H D", "M W"),  # French: hommes and dames
        ("M M", "M M"),
        ("Male FEMALE nonbinary", "M W N"),
        ("Herren Damen", "M W"),
        ("homme femme mixte", "M W X"),
        ("hombre mujer ?", "M W -"),
    ],
)
def test_the_letters_of_a_column_are_read_in_one_language(cells: str, meant: str) -> None:
    assert sexes(*cells.split()) == meant


def test_an_empty_sex_is_unknown() -> None:
    assert sexes("M", "", "F") == "M - W"


def test_words_and_letters_may_stand_in_one_column() -> None:
    assert sexes("M", "female") == "M W"


def test_letters_of_no_one_language_are_named() -> None:
    findings = Findings()
    found = read_sexes(column("sex", ["M", "F", "H", "unicorn"]), findings, "t.csv")
    assert found == [Sex.MEN, Sex.WOMEN, Sex.UNKNOWN, Sex.UNKNOWN]
    assert told(findings.problems) == [(4, "sex"), (5, "sex")]
    assert "'H' is no sex; expected" in str(findings.problems[0])


def births(*cells: str, order: str = "") -> list[str]:
    findings = Findings()
    found = read_births(column("born", list(cells)), findings, "t.csv", order)
    assert not findings.problems, findings.problems
    return found


@pytest.mark.parametrize(
    ("cell", "born"),
    [
        ("1984", "1984"),
        ("1984-05-30", "1984-05-30"),
        ("1984-05-30 00:00:00", "1984-05-30"),
        ("30.05.1984", "1984-05-30"),
        ("3.4.1984", "1984-04-03"),
        ("05/05/1984", "1984-05-05"),
        ("1984/5/30", "1984-05-30"),
        ("", ""),
        ("?", ""),
    ],
)
def test_a_birth_is_a_date_or_a_year(cell: str, born: str) -> None:
    assert births(cell) == [born]


def test_one_date_of_a_column_tells_the_order_of_all() -> None:
    assert births("03/04/1984", "30/05/1990") == ["1984-04-03", "1990-05-30"]
    assert births("03/04/1984", "05/30/1990") == ["1984-03-04", "1990-05-30"]


def test_the_order_may_be_declared() -> None:
    assert births("03/04/1984", order="mdy") == ["1984-03-04"]
    assert births("03-04-1984", order="dmy") == ["1984-04-03"]


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("03/04/1984", "may be day/month or month/day"),
        ("31.02.1984", "is no day of the calendar"),
        ("5/05/90", "has a year of two digits"),
        ("1884", "is before 1900"),
        ("1899-12-31", "is before 1900"),
        ("yesterday", "is no birth date"),
        ("30.05-1984", "is no birth date"),
    ],
)
def test_a_birth_that_cannot_be_told_is_named(cell: str, said: str) -> None:
    findings = Findings()
    assert read_births(column("born", [cell]), findings, "t.csv") == [""]
    assert f"t.csv:2: {cell!r} {said}" in str(findings.problems[0])


@given(st.dates(min_value=__import__("datetime").date(1900, 1, 1)))
def test_every_iso_date_is_read_as_it_is(day) -> None:
    assert births(day.isoformat()) == [day.isoformat()]
    assert births(f"{day.day}.{day.month}.{day.year}") == [day.isoformat()]


@pytest.mark.parametrize("cell", ["yes", "Y", "ja", "Sì", "oui", "sí", "1", "x", "TRUE"])
def test_yes_is_said_in_many_languages(cell: str) -> None:
    assert is_yes(cell)


@pytest.mark.parametrize("cell", ["", "no", "nein", "0", "perhaps"])
def test_everything_else_is_no_yes(cell: str) -> None:
    assert not is_yes(cell)


def test_a_cell_may_hold_a_list() -> None:
    assert split_list("12 17") == split_list("12, 17") == split_list(" 12;17;") == ["12", "17"]
