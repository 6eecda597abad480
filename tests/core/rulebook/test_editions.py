"""Official results that were official before are amended; anything else is what it says."""

from __future__ import annotations

import pytest

from timing.core.rulebook.editions import edition_of


@pytest.mark.parametrize(
    ("states", "edition"),
    [
        (["provisional"], "provisional"),
        (["official"], "official"),
        (["provisional", "official"], "official"),
        (["official", "official"], "amended"),
        (["official", "provisional"], "provisional"),
        (["official", "provisional", "official"], "official"),
        (["provisional", "official", "official"], "amended"),
    ],
)
def test_the_newest_version_is_called_by_what_was_there_before(states, edition):
    assert edition_of(states) == edition
