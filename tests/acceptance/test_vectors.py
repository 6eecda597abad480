"""Every worked example of the rules: the area of a vector names the function that answers it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.acceptance.answers import ANSWERS, assert_answered


def test_every_area_of_the_vectors_has_a_rule_that_answers(vectors: list[dict[str, Any]]) -> None:
    missing = {vector["area"] for vector in vectors} - ANSWERS.keys()
    assert not missing, f"nothing answers for {sorted(missing)}"


def test_the_rule_gives_the_expected_answer(vector: dict[str, Any]) -> None:
    if vector["area"] not in ANSWERS:
        pytest.skip(f"nothing answers for {vector['area']!r}: see the test of the areas")
    assert_answered(vector)
