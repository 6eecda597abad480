"""What every test of a browser stands on."""

from __future__ import annotations

import pytest


@pytest.fixture
def engine_name() -> str:
    return "sqlite"  # the browser is what is tested here; services run on both engines


@pytest.fixture
def house(app):
    """The services of the application that the browser sees."""
    return app.extensions["house"]
