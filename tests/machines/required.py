"""A part that this computer lacks: the test is skipped by name, or fails where it is required."""

from __future__ import annotations

import os

import pytest

REQUIRE = "TIMING_REQUIRE"
"""Environment variable: the parts (``browser,postgres``) whose absence is a failure."""


def missing(part: str, install: str) -> None:
    """End the test that needs a part which is not here."""
    sentence = f"no {part} on this computer; install it with: {install}"
    if part in os.environ.get(REQUIRE, "").split(","):
        pytest.fail(f"{sentence} ({REQUIRE} names it)", pytrace=False)
    pytest.skip(sentence)
