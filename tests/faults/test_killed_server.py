"""The server dies again and again while lines come in; every acknowledged line is there once."""

from __future__ import annotations

import pytest

from tests.machines.siege import Plan, besiege

SHORT = Plan(kills=6, stations=4, readers=1, rate=60, seconds=40)


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_no_acknowledged_line_is_lost_and_none_doubled_when_the_server_is_killed(
    settings, tmp_path
):
    outcome = besiege(SHORT, settings, tmp_path)
    assert (outcome.lost, outcome.doubled) == ([], [])
    assert outcome.kills >= 2
    assert outcome.acknowledged > 50
    assert outcome.kept >= outcome.acknowledged
