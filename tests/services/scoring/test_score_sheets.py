"""The sheets of races from files explain the codes they use, and are signed."""

from __future__ import annotations

from pathlib import Path

from tests.services.scoring.test_scoring_kinds import (
    HEAD,
    LAPS,
    LEG_TIMES,
    RELAY,
    RUNNERS,
    SEEN,
    TEAMS,
    folder_of,
    printed,
)
from timing.printing.sheet import Column, Group
from timing.services.scoring.race import score
from timing.services.scoring.sheets import _codes

GERMAN = 'languages = ["de"]\n'


def sheet(tmp_path: Path, race: str, entries: str, times: str) -> str:
    folder = folder_of(tmp_path / "race", race_toml=race, entries_csv=entries, times_csv=times)
    score(folder, tmp_path / "out")
    return printed(tmp_path / "out")


def test_laps_name_the_last_point_and_explain_who_has_no_finish(tmp_path: Path) -> None:
    text = sheet(tmp_path, LAPS, RUNNERS, SEEN)
    assert "Last point" in text
    assert "DNF did not finish" in text
    assert "DNS" not in text
    assert "Referee" in text


def test_a_relay_explains_nothing_that_is_not_on_it(tmp_path: Path) -> None:
    text = sheet(tmp_path, RELAY, TEAMS, LEG_TIMES)
    assert "shared place" not in text
    assert "mass start" not in text
    assert "Referee" in text


def test_shared_places_and_reasons_are_explained() -> None:
    heads = [Column(key=key) for key in ("place", "name", "leg", "time")]
    rows = [("1=", "Red", "", "40:00"), ("1=", "Blue", "", "40:00"), ("", "Green", "DNF", "DQ")]
    assert {"=", "DNF", "DQ"} <= set(_codes(heads, Group(rows=rows)))


def test_words_are_those_of_the_language_of_the_race(tmp_path: Path) -> None:
    text = sheet(tmp_path, LAPS.replace(HEAD, HEAD + GERMAN), RUNNERS, SEEN)
    assert {"Letzter", "Punkt"} <= set(text.split())
    assert "Schiedsrichter" in text


def test_a_course_of_unknown_length_is_not_told_as_none(tmp_path: Path) -> None:
    race = HEAD + "[[contest]]\n"
    text = sheet(tmp_path, race, "bib,name,sex\n1,Ann,F\n", "bib,time\n1,20:00\n")
    assert "Course" not in text
    assert "0 m" not in text
