"""Whatever stands in the folder of a race counts, is refused, or is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.services.scoring.test_scoring_kinds import (
    HEAD,
    SERIES,
    folder_of,
    refused,
    series,
    table,
)
from timing.services.scoring.race import score

ENTRIES = "bib,name,sex\n1,Ann,F\n2,Bob,M\n"
TIMES = "bib,time\n2,20:00\n1,21:00\n"
RULINGS = "ruling,bib\ndq,2\n"


def told(folder: Path, out: Path) -> list[str]:
    return [str(each).replace(f"{folder}", "race") for each in score(folder, out).notices]


def race(folder: Path) -> Path:
    return folder_of(folder, race_toml=HEAD, entries_csv=ENTRIES, times_csv=TIMES)


@pytest.mark.parametrize("name", ["rulings", "entries", "times", "times_paper"])
@pytest.mark.parametrize("suffix", ["csv", "xlsx", "tsv", "txt"])
def test_a_table_beside_the_rules_of_a_series_is_refused(
    tmp_path: Path, name: str, suffix: str
) -> None:
    folder = series(tmp_path / "race")
    (folder / f"{name}.{suffix}").write_text(RULINGS, encoding="utf-8")
    (said,) = refused(folder)
    assert said.startswith(f"{name}.{suffix}: a series reads no {name} here; expected it in the")
    assert said.endswith(f"folder of a race, such as hill/{name}.{suffix}")


def test_a_series_whose_races_are_all_to_come_names_no_folder(tmp_path: Path) -> None:
    folder = series(tmp_path / "race", SERIES.replace('folder = "hill"\n', ""))
    (folder / "rulings.csv").write_text(RULINGS, encoding="utf-8")
    (said,) = refused(folder)
    assert said.endswith("expected it in the folder of a race")


def test_a_ruling_in_the_folder_of_its_race_counts_in_the_series(tmp_path: Path) -> None:
    folder = series(tmp_path / "race")
    (folder / "hill" / "rulings.csv").write_text(RULINGS, encoding="utf-8")
    score(folder, tmp_path / "out")
    rows = table(tmp_path / "out" / "results.csv")
    assert {row["name"]: row["Hill"] for row in rows} == {"Ann": "10", "Cyd": "9", "Bob": ""}


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("ruling.csv", "rulings.csv"), ("Rulings.csv", "rulings.csv"), ("times.xls", "times.csv"),
        ("times-paper.csv", "times_paper.csv"),
    ],
)  # fmt: skip
def test_a_table_that_is_nearly_named_right_is_told(tmp_path: Path, name: str, meant: str) -> None:
    folder = race(tmp_path / "race")
    (folder / name).write_text(RULINGS, encoding="utf-8")
    said = [f"race/{name}: the file is not read; did you mean {meant}?"]
    assert told(folder, tmp_path / "out") == said


def test_other_files_are_told_in_one_line_and_those_of_the_computer_are_not(tmp_path: Path) -> None:
    folder = race(tmp_path / "race")
    for name in (*(f"photo {n}.jpg" for n in range(1, 8)), ".hidden", "~$times.xlsx"):
        (folder / name).write_text("", encoding="utf-8")
    photos = ", ".join(f"photo {n}.jpg" for n in range(1, 6))
    (said,) = told(folder, tmp_path / "out")
    assert said.startswith(f"race: {photos} and 2 more: not read; expected race.toml, the tables")


def test_what_scoring_wrote_before_is_no_stray(tmp_path: Path) -> None:
    folder = race(tmp_path / "race")
    score(folder, folder)
    assert told(folder, folder) == []


def test_strays_of_each_race_of_a_series_are_told_and_a_race_that_it_does_not_name(
    tmp_path: Path,
) -> None:
    folder = series(tmp_path / "race")
    race(folder / "lake")
    (folder / "hill" / "notes.txt").write_text("rain", encoding="utf-8")
    lake, hill = told(folder, tmp_path / "out")
    assert lake == (
        "race/lake/race.toml: this race is not read; expected it as a [[series.race]] of the "
        "race.toml above"
    )
    assert hill.startswith("race/hill: notes.txt: not read; expected race.toml")
