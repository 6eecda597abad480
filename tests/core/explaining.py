"""Asks the core why a result is what it is, for tests of the answers."""

from __future__ import annotations

from tests.core.story import ZERO
from timing.core.clock import format_duration
from timing.core.telling.explain import explain


def told_time(at):
    return format_duration(at - ZERO)


def why(told, bib, round_code="final"):
    """The explanation of a bib, with moments as the time of the story."""
    key = told.result(bib, round_code).key
    return explain(told.state, key, told.standings(round_code=round_code))


def words(sentences):
    return [sentence.text(told_time) for sentence in sentences]


def codes(sentences):
    return [sentence.code for sentence in sentences]
