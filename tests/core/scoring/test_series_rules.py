from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from timing.core.refusal import Refusal
from timing.core.scoring.series_rules import (
    RaceGroup,
    Scoring,
    SeriesRules,
    check_series,
    decode_series,
)

TEXT = (Path(__file__).parents[3] / "config" / "rules" / "series.toml").read_text("utf-8")
POINTS = SeriesRules(scoring=Scoring.POSITION_POINTS, first=10, races=3, counted=2)


def sentences(rules: SeriesRules) -> list[str]:
    return [problem.sentence for problem in check_series(rules)]


def test_every_preset_is_sound_and_names_its_source():
    presets = decode_series(TEXT)
    assert all(rules.source for rules in presets.values())
    assert presets["best-seven"].needed == 7
    assert presets["arr-percentile"].needed == 4


BAD = [
    ({"counted": 4}, "position_points: counted is 4 of 3 races"),
    ({"counted": -1}, "position_points: counted is -1 of 3 races"),
    ({"least": 4}, "position_points: least is 4 of 3 races"),
    ({"code": "x", "least": -1}, "x: least is -1 of 3 races"),
    (
        {"order": (1, 3, 3)},
        "position_points: order [1, 3, 3]; expected each of 1 to 3 once",
    ),
    ({"order": (1, 2)}, "position_points: order [1, 2]; expected each of 1 to 3 once"),
    (
        {"groups": (RaceGroup(name="hill", races=(3, 4)),)},
        "position_points, group hill: races [3, 4]; expected 1 to 3",
    ),
    (
        {"groups": (RaceGroup(name="hill", races=(0,)),)},
        "position_points, group hill: races [0]; expected 1 to 3",
    ),
    (
        {"groups": (RaceGroup(name="hill", least=2, races=(3,)),)},
        "position_points, group hill: at least 2 of 1 races",
    ),
    (
        {"groups": (RaceGroup(name="hill", least=-1, races=(3,)),)},
        "position_points, group hill: at least -1 of 1 races",
    ),
]


@pytest.mark.parametrize(("changes", "sentence"), BAD)
def test_numbers_that_do_not_fit_the_races_are_refused(changes, sentence):
    assert sentences(replace(POINTS, **changes)) == [sentence]


def test_numbers_at_their_limit_are_not_refused():
    group = RaceGroup(name="hill", least=2, races=(1, 3))
    assert sentences(replace(POINTS, counted=3, least=3, order=(3, 1, 2), groups=(group,))) == []
    assert sentences(replace(POINTS, groups=(RaceGroup(name="x", least=0, races=()),))) == []
    assert sentences(SeriesRules(scoring=Scoring.PERCENTILE, counted=9)) == []


def test_a_bad_preset_is_refused_with_its_file():
    with pytest.raises(Refusal, match=r"^series\.toml: club-points: counted is 6 of 5 races"):
        decode_series(TEXT.replace("counted = 4", "counted = 6", 1), "series.toml")
    with pytest.raises(Refusal, match=r"^series\.toml: 'tour' stands twice; expected once"):
        decode_series(TEXT.replace('"club-points"', '"tour"', 1), "series.toml")


def test_every_refusal_has_a_code():
    problems = [check_series(replace(POINTS, **changes))[0] for changes, _ in BAD]
    assert {problem.code for problem in problems} == {
        "series-races",
        "series-order",
        "series-group",
    }
    with pytest.raises(Refusal) as refused:
        decode_series(TEXT.replace('"club-points"', '"tour"', 1))
    assert refused.value.problems[0].code == "series-twice"
