"""``timing print``: a sheet of an event as a file, whole or not at all."""

from __future__ import annotations

import pytest

from tests.printing.reading import text_of
from tests.services.days import SLUG, run_day
from timing.core.setup.roster import Entry

RACE = "gun 0:00 | 101 finish 6:45 | 102 finish 6:50"


@pytest.fixture
def engine_name() -> str:
    return "sqlite"  # what is printed comes from memory


@pytest.fixture
def day(house):
    run_day(house, RACE)
    return house


def test_a_sheet_is_written_in_the_language_that_was_asked_for(day, runner, tmp_path):
    out = tmp_path / "day.pdf"
    ended = runner("print", "results", SLUG, "race", "-o", out, "--language", "de", "--large")
    assert (ended.exit_code, ended.stderr) == (0, "")
    assert ended.stdout == f"1 pages written to {out}.\n"
    assert "Ergebnis" in text_of(out.read_bytes())
    assert [path.name for path in tmp_path.glob("day*")] == ["day.pdf"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("poster", SLUG), "is no kind of sheet; expected one of results"),
        (("results", "nowhere"), "no event 'nowhere'"),
        (("results", SLUG, "swim"), "'swim' is no contest; expected race"),
        (("results", SLUG, "--paper", "A0"), "'A0' is no paper"),
        (("results", SLUG, "--round", "semi"), "nothing on a sheet"),
    ],
)
def test_a_refused_sheet_leaves_the_one_that_is_there(day, runner, tmp_path, words, sentence):
    out = tmp_path / "day.pdf"
    out.write_bytes(b"yesterday")
    ended = runner("print", *words, "-o", out)
    assert ended.exit_code == 2
    assert sentence in ended.stderr
    assert out.read_bytes() == b"yesterday"


def test_a_letter_that_no_font_has_is_named(house, runner, tmp_path):
    names = [Entry(id=101, bib="101", contest="race", name="Ada \U0001f3c3")]
    run_day(house, "gun 0:00 | 101 finish 6:45", entered=names)
    ended = runner("print", "results", SLUG, "-o", tmp_path / "day.pdf")
    assert ended.exit_code == 1
    assert "no font has '\U0001f3c3'" in ended.stderr
    assert (tmp_path / "day.pdf").read_bytes().startswith(b"%PDF")


def test_a_folder_that_is_not_there_is_named(day, runner, tmp_path):
    ended = runner("print", "results", SLUG, "-o", tmp_path / "none" / "day.pdf")
    assert ended.exit_code == 2
    assert ended.stderr.startswith(f"{tmp_path / 'none' / 'day.pdf'}: ")
    assert "Traceback" not in ended.stderr
