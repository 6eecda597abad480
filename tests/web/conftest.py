"""A race that is half run, behind the pages."""

from __future__ import annotations

import tempfile

import pytest

from tests.web import race


@pytest.fixture
def house(app):
    """The services of the application under test."""
    return app.extensions["house"]


@pytest.fixture
def five(house):
    """Six runners: 101 to 104 are home, 105 has turned, 106 has started."""
    reads = [*race.times(range(1, 5)), race.passing(5, "turn", 9 * race.MINUTE, 9)]
    race.hold(house, race.race(), race.field(6), reads)
    return house


@pytest.fixture(autouse=True)
def _own_tray(tmp_path, monkeypatch):
    """Uploads of this test lie where no other run, with another clock, tidies them away."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
