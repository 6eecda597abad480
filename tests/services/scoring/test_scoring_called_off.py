"""A race from files that was cancelled or stopped, and what it is worth in a series."""

from __future__ import annotations

from pathlib import Path

from tests.services.scoring.test_scoring_kinds import HEAD, folder_of, printed, series, table
from timing.services.scoring.race import score

ENTRIES = "bib,name,sex,club\n1,Ann,F,A\n2,Bob,M,B\n3,Cyd,F,A\n"
TIMES = "bib,time\n2,20:00\n1,21:00\n3,22:00\n"


def scored(tmp_path: Path, ruling: str) -> list[str]:
    folder = folder_of(
        tmp_path / "race", race_toml=HEAD, entries_csv=ENTRIES, times_csv=TIMES,
        rulings_csv=f"ruling,value,reason\n{ruling}\n",
    )  # fmt: skip
    score(folder, tmp_path / "out")
    rows = table(tmp_path / "out" / "results.csv")
    return [f"{row['place']}|{row['name']}|{row['status']}" for row in rows]


def test_nobody_of_a_cancelled_race_has_a_result_and_the_sheet_says_why(tmp_path: Path) -> None:
    rows = scored(tmp_path, "cancelled,,Storm")
    assert sorted(rows) == ["|Ann|CXL", "|Bob|CXL", "|Cyd|CXL"]
    assert "This event is cancelled. Reason: Storm" in printed(tmp_path / "out")


def test_a_stopped_race_counts_until_the_time_that_is_given(tmp_path: Path) -> None:
    assert scored(tmp_path, "stopped,21:00,Hail") == ["1|Bob|OK", "2|Ann|OK", "|Cyd|STP"]


def test_a_stopped_race_without_a_time_has_no_ranking(tmp_path: Path) -> None:
    assert {row[-3:] for row in scored(tmp_path, "stopped,,Hail")} == {"STP"}


def test_a_cancelled_race_of_a_series_is_one_that_nobody_has_run(tmp_path: Path) -> None:
    folder = series(tmp_path / "race")
    cancelled = "ruling,reason\ncancelled,Storm\n"
    (folder / "hill" / "rulings.csv").write_text(cancelled, encoding="utf-8")
    assert score(folder, tmp_path / "out").summary == ("Day: 0 ranked of 0 over 2 races",)


def test_points_of_a_stopped_race_are_for_those_who_are_ranked(tmp_path: Path) -> None:
    folder = series(tmp_path / "race")
    stopped = "ruling,value,reason\nstopped,21:00,Storm\n"
    (folder / "hill" / "rulings.csv").write_text(stopped, encoding="utf-8")
    assert score(folder, tmp_path / "out").summary == ("Day: 2 ranked of 2 over 2 races",)
