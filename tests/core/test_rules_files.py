from __future__ import annotations

import pytest

from timing.core.heats import decode_heat_table
from timing.core.lanes import decode_lanes
from timing.core.refusal import Refusal
from timing.core.retro import decode_ratios
from timing.core.rulesets import decode_infractions, decode_ruleset
from timing.core.series_rules import decode_series
from timing.core.teams import decode_team_rules

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
