"""What a series from files may hold: races of individuals, at least one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.services.scoring.test_scoring_kinds import HEAD, LAPS, RELAY, SERIES, refused, series

NO_RACE = HEAD + '[series]\nscoring = "position_points"\nrace = []\n'


def test_a_series_without_a_race_is_refused(tmp_path: Path) -> None:
    assert refused(series(tmp_path / "race", NO_RACE))[0].startswith(
        "race.toml:5: the series has no race; expected [[series.race]] for each"
    )


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        (SERIES, "hill/race.toml:3: a series inside a series"),
        (RELAY, "hill/race.toml:3: a relay inside a series"),
        (LAPS, "hill/race.toml:3: a race on laps inside a series"),
    ],
)
def test_a_race_of_a_series_is_one_of_individuals(tmp_path: Path, inside: str, said: str) -> None:
    folder = series(tmp_path / "race")
    (folder / "hill" / "race.toml").write_text(inside, encoding="utf-8")
    (found,) = refused(folder)
    assert found.startswith(said)
