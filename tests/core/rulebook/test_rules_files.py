from __future__ import annotations

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
