"""Everything that officials read has words: no kind of ruling, no reason is shown as a code."""

from timing.core.rulings import KINDS
from timing.web.words import RULED


def test_every_kind_of_ruling_is_told_in_a_sentence():
    assert set(KINDS) <= set(RULED)
