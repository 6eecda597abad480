"""The demonstration championship, loaded once for all tests that only read it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from tests.machines.clocks import StandingClock
from timing import resources
from timing.app import open_house
from timing.core.setup.event import Conditions
from timing.services.demo.loading import load_demos
from timing.services.house import House
from timing.settings import CONFIG_VARIABLE, load_settings
from timing.store import migrate, setup

WORLDS = "retro-worlds"
WIND = {"100m-men/heats/1": "+1.2", "100m-men/heats/2": "-0.4", "100m-men/final/1": "+0.3"}


@pytest.fixture
def engine_name() -> str:
    return "sqlite"  # what is printed comes from memory; the store's own tests run on both


@pytest.fixture(scope="package")
def championship(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The championship with the conditions of the day."""
    folder = tmp_path_factory.mktemp("championship")
    testing = str(resources.folder("config") / "testing.toml")
    url = f"sqlite:///{folder}/day.db"
    chosen = load_settings({CONFIG_VARIABLE: testing, "TIMING_DATABASE_URL": url})
    migrate.upgrade(chosen.database_url)
    opened = open_house(replace(chosen, data_dir=str(folder)), StandingClock())
    load_demos(opened)
    with opened.store.write() as tx:
        conditions = Conditions(weather="sunny", temperature="24 °C", wind=WIND)
        setup.save_event(tx, replace(setup.load_event(tx, WORLDS), conditions=conditions))
    yield opened
    opened.store.close()
