from __future__ import annotations

from pathlib import Path

import pytest

from timing.core.refusal import Refusal
from timing.core.rounds.heats import decode_heat_table
from timing.core.rounds.lanes import decode_lanes
from timing.core.rulebook.rulesets import decode_infractions, decode_ruleset
from timing.core.scoring.series_rules import decode_series
from timing.core.scoring.teams import decode_team_rules
from timing.core.setup.retro import decode_ratios

DECODERS = [
    decode_heat_table,
    decode_infractions,
    decode_lanes,
    decode_ratios,
    decode_ruleset,
    decode_series,
    decode_team_rules,
]


@pytest.mark.parametrize("decode", DECODERS)
def test_a_file_that_is_not_toml_is_refused_by_its_name(decode):
    with pytest.raises(Refusal, match=r"^mine\.toml: "):
        decode("[[", "mine.toml")


@pytest.mark.parametrize("decode", DECODERS)
def test_a_key_that_no_rule_knows_is_refused_by_the_name_of_the_file(decode):
    with pytest.raises(Refusal, match=r"^mine\.toml: .*surprise"):
        decode("surprise = 1", "mine.toml")


ROOT = Path(__file__).parents[3]
UNCHECKED = [
    str(path.relative_to(ROOT / "config" / "rules"))
    for path in sorted((ROOT / "config" / "rules").rglob("*.toml"))
    if 'certainty = "?"' in path.read_text(encoding="utf-8")
]


def test_what_is_not_checked_against_the_rule_book_is_told():
    page = (ROOT / "docs" / "reference" / "rules.md").read_text(encoding="utf-8")
    told = page.partition("## Not yet checked")[2]
    assert [name for name in UNCHECKED if f"`{name}`" not in told] == []


def test_every_rule_file_is_described():
    page = (ROOT / "docs" / "reference" / "rules.md").read_text(encoding="utf-8")
    names = {
        f"{path.name}/" if path.is_dir() else path.name
        for path in (ROOT / "config" / "rules").iterdir()
    }
    assert {name for name in names if f"`{name}`" not in page} == set()
