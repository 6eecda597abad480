"""A race from files that must be refused: every problem by file and line, nothing written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.services.scoring.test_scoring import ENTRIES, RACE, TIMES, race, refused, with_start
from timing.core.refusal import Refusal
from timing.services.scoring.race import score


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return race(tmp_path / "race")


def test_every_problem_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    folder = race(
        tmp_path / "race", entries_csv=ENTRIES.replace("\n2,", "\n1,"),
        times_csv="3\t18:01\n9\t18:05\n1\t17:00\n3\t19:00\n1\tsoon\n",
        rulings_csv="ruling,bib\ndnf,17\n",
    )  # fmt: skip
    said = refused(folder)
    assert [line.split(" ")[0] for line in said] == [
        "entries.csv:3:", "times.csv:2:", "times.csv:3:", "times.csv:4:", "times.csv:5:",
        "times.csv:5:", "rulings.csv:2:",
    ]  # fmt: skip
    assert "bib '9' is not registered" in said[1]


PRIZED = RACE.replace('"5 km"', '"5 km"\nprizes = "prizes.toml"')
REFUSED = {
    "race.toml:1: ": {"race_toml": "name = 1"},
    "race.toml:9: there is no key `extra`": {"race_toml": f"{RACE}[extra]\na = 1\n"},
    "race.toml:6: 'prizes.toml' is no file beside": {"race_toml": PRIZED},
    "prizes.toml: ": {"race_toml": PRIZED, "prizes_toml": "name = 1"},
    "entries.csv: the file is empty": {"entries_csv": ""},
    "entries.csv:1: there is no column for the name": {"entries_csv": "shoe,size\n1,2\n"},
    "entries.csv:2: wave 'Z'": {
        "entries_csv": ENTRIES.replace("sex", "wave").replace(",F,", ",Z,")
    },
    "times.csv: the file is empty": {"times_csv": ""},
    "times.csv:2: bib '3' was recorded in line 1": {"times_csv": "3\t18:01\n3\t18:02\n"},
    "entries.csv:3: chip 'AA' was given to bib '1' in line 2": {
        "entries_csv": "bib,name,chip\n1,Al,AA\n2,Bo,AA BB\n3,Cy,CC\n"
    },
    "race.toml:11: 0 in a group": {
        "race_toml": with_start('time_trial = { per_wave = 0, interval = "1" }')
    },
    "entries.csv:2: bib 'A1' has no place": {
        "race_toml": with_start('time_trial = { per_wave = 2, interval = "1" }'),
        "entries_csv": "bib,name\nA1,Al\n1,Bo\n2,Cy\n3,Di\n",
    },
}


@pytest.mark.parametrize("said", REFUSED)
def test_an_input_that_must_be_refused_is_refused_by_name(tmp_path: Path, said: str) -> None:
    found = refused(race(tmp_path / "race", **REFUSED[said]))
    assert any(line.startswith(said) for line in found)


@pytest.mark.parametrize("name", ["race.toml", "entries.csv", "times.csv"])
def test_a_missing_file_is_refused(folder: Path, name: str) -> None:
    (folder / name).unlink()
    assert refused(folder)[0].startswith(f"{name}: there is no such file")


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    assert "there is no such folder" in refused(tmp_path / "nowhere")[0]


def test_two_tables_of_one_name_are_refused(folder: Path) -> None:
    (folder / "times.txt").write_text(TIMES)
    with pytest.raises(Refusal, match=r"there are times.csv and times.txt; expected one"):
        score(folder, folder.parent / "out")


def test_a_file_of_another_encoding_is_read_when_it_is_named(folder: Path, tmp_path: Path) -> None:
    (folder / "entries.csv").write_bytes(ENTRIES.encode("cp1252"))
    assert "entries.csv:2: the byte 0xfa is not UTF-8" in refused(folder)[0]
    score(folder, tmp_path / "out", encoding="cp1252")
    assert "Ana Núñez" in (tmp_path / "out" / "results.csv").read_text(encoding="utf-8")


SCHEME = """name = "Two"
source = "the club"
[age.day]
counted = "day"
[[category]]
code = "F"
name = "Women"
sexes = ["W"]
ages = { day = [20, 150] }
[[category]]
code = "M"
name = "Men"
sexes = ["M"]
ages = { day = [20, 150] }
"""


def test_a_delay_of_a_category_that_the_scheme_has_not_is_refused(tmp_path: Path) -> None:
    text = with_start('by_category = { f = "1:00", W70 = "1:00" }')
    text = text.replace('"5 km"', '"5 km"\ncategories = "two.toml"')
    (said,) = refused(race(tmp_path / "race", race_toml=text, two_toml=SCHEME))
    assert said == "race.toml:12: category 'W70' is not in the scheme; expected one of F, M"


def test_a_delay_of_a_category_that_nobody_has_is_told(tmp_path: Path) -> None:
    folder = race(tmp_path / "race", race_toml=with_start('by_category = { W70 = "1:00" }'))
    (told,) = score(folder, tmp_path / "out").notices
    assert "nobody is of category 'W70'" in told.sentence


def test_a_race_of_which_nobody_is_listed_has_empty_lists_and_a_sheet(tmp_path: Path) -> None:
    rulings = "ruling,line\nvoid,1\nvoid,2\nvoid,3\n"
    score(race(tmp_path / "race", rulings_csv=rulings), tmp_path / "out")
    lines = (tmp_path / "out" / "results.csv").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1
    assert (tmp_path / "out" / "results.pdf").stat().st_size > 0
