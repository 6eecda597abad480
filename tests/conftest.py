"""Fixtures that every room's tests share. What they run on stands in tests/machines/."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import msgspec
import pytest

from tests.machines import postgres
from tests.machines.clocks import StandingClock
from tests.machines.required import missing
from tests.machines.terminal import Terminal, terminal
from timing import resources
from timing.settings import CONFIG_VARIABLE, Settings, load_settings

if TYPE_CHECKING:
    from flask import Flask
    from psycopg import Connection

    from timing.services.house import House

# A busy machine is not a broken rule: no property has a deadline. And a change is judged by the
# examples of the one before it; whoever wants others looks for them (CONTRIBUTING.md).
hypothesis.settings.register_profile("house", deadline=None, derandomize=True)
hypothesis.settings.register_profile("search", deadline=None, max_examples=1000)
hypothesis.settings.load_profile("house")

BOTH_ENGINES = [
    pytest.param("sqlite", id="sqlite"),
    pytest.param("postgres", id="postgres", marks=pytest.mark.postgres),
]
_run_folder = pytest.StashKey[Path]()
_alive = pytest.StashKey[int]()


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Make the folder of the test run; the workers of pytest-xdist share that of their parent."""
    handed = getattr(config, "workerinput", {}).get("run_folder")
    folder = Path(handed or tempfile.mkdtemp(prefix="timing-tests-"))
    config.stash[_run_folder] = folder
    if not handed:
        folder.chmod(0o711)  # the database server is another user
        config.stash[_alive] = postgres.hold_open(folder)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node) -> None:
    node.workerinput["run_folder"] = str(node.config.stash[_run_folder])


def pytest_unconfigure(config: pytest.Config) -> None:
    if _alive in config.stash:
        folder = config.stash[_run_folder]
        postgres.stop_shared_server(folder)
        shutil.rmtree(folder)
        os.close(config.stash[_alive])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what drives a browser, so that ``-m "not browser"`` leaves it out."""
    for item in items:
        if {"browser", "page"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.browser)


@pytest.fixture
def clock() -> StandingClock:
    """The clock of the test: 2025-07-05 08:00 UTC until it is advanced."""
    return StandingClock()


@pytest.fixture(scope="session")
def run_folder(request: pytest.FixtureRequest) -> Path:
    """The folder of this test run, shared by all workers and removed at the end."""
    return request.config.stash[_run_folder]


@pytest.fixture(scope="session")
def worker(request: pytest.FixtureRequest) -> str:
    return getattr(request.config, "workerinput", {}).get("workerid", "main")


@pytest.fixture(scope="session")
def postgres_server(run_folder: Path):
    """The private PostgreSQL server of this test run. Most tests want ``database_url``."""
    binaries = postgres.find_binaries()
    if binaries is None:
        missing("postgres", postgres.INSTALL)
    return postgres.shared_server(run_folder, binaries)


@pytest.fixture(scope="session")
def postgres_office(postgres_server) -> Iterator[Connection]:
    """A connection that makes databases for the tests of this process and drops them again."""
    import psycopg

    with psycopg.connect(postgres_server.conninfo(), autocommit=True) as office:
        yield office


@pytest.fixture(params=BOTH_ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    """The database engine of this test: every test that uses a database runs on both."""
    return request.param


@pytest.fixture
def empty_database_url(
    engine_name: str, tmp_path: Path, worker: str, request: pytest.FixtureRequest
) -> Iterator[str]:
    """The address of a database without a table, on each engine."""
    from tests.machines import databases

    if engine_name == "sqlite":
        opened = databases.sqlite_database(tmp_path, None)
    else:
        server = request.getfixturevalue("postgres_server")
        office = request.getfixturevalue("postgres_office")
        opened = databases.postgres_database(office, server, worker, "template0")
    with opened as url:
        yield url


@pytest.fixture
def database_url(
    engine_name: str, tmp_path: Path, run_folder: Path, worker: str, request: pytest.FixtureRequest
) -> Iterator[str]:
    """The address of a fresh database at the newest revision, on each engine."""
    from tests.machines import databases

    if engine_name == "sqlite":
        opened = databases.sqlite_database(tmp_path, databases.migrated_file(run_folder))
    else:
        server = request.getfixturevalue("postgres_server")
        office = request.getfixturevalue("postgres_office")
        template = databases.migrated_template(server, run_folder)
        opened = databases.postgres_database(office, server, worker, template)
    with opened as url:
        yield url


@pytest.fixture(scope="session")
def cheap_passwords() -> Iterator[None]:
    """Trying a password is slow on purpose; thousands of tests sign in."""
    from argon2 import PasswordHasher
    from argon2.profiles import CHEAPEST

    from timing.services.office import accounts

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(accounts, "HASHER", PasswordHasher.from_parameters(CHEAPEST))
        yield


@pytest.fixture(scope="session")
def kept_pages(run_folder: Path) -> Iterator[None]:
    """Each application makes its templates and addresses anew; those of a test run share them."""
    from flask import Flask
    from jinja2 import FileSystemBytecodeCache
    from werkzeug.routing import Rule

    from tests.machines import addresses

    folder = run_folder / "templates"
    folder.mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as patched:
        patched.setitem(Flask.jinja_options, "bytecode_cache", FileSystemBytecodeCache(str(folder)))
        patched.setattr(Rule, "_compile_builder", addresses.shared(Rule._compile_builder))
        yield


@pytest.fixture
def settings(
    database_url: str, tmp_path: Path, cheap_passwords: None, kept_pages: None
) -> Settings:
    """Settings of a test: config/testing.toml, a fresh database, a data folder of its own."""
    testing = resources.folder("config") / "testing.toml"
    chosen = load_settings({CONFIG_VARIABLE: str(testing), "TIMING_DATABASE_URL": database_url})
    return msgspec.structs.replace(chosen, data_dir=str(tmp_path / "var"))


@pytest.fixture
def house(settings: Settings, clock: StandingClock) -> Iterator[House]:
    """The services on a fresh database, with the clock of the test."""
    from timing.app import open_house

    opened = open_house(settings, clock)
    yield opened
    opened.store.close()


@pytest.fixture
def app(settings: Settings, clock: StandingClock) -> Iterator[Flask]:
    """The web application on a fresh database, with the clock of the test."""
    from timing.app import create_app

    made = create_app(settings, clock, ticks=None)
    made.testing = True
    yield made
    made.extensions["house"].store.close()


@pytest.fixture
def client(app: Flask):
    """A browser without a screen: the test client of the application."""
    return app.test_client()


@pytest.fixture
def live_url(app: Flask) -> Iterator[str]:
    """The address of the application, really served on loopback: ``page.goto(live_url)``."""
    from tests.machines.served import served

    with served(app) as url:
        yield url


@pytest.fixture
def runner(settings: Settings, clock: StandingClock) -> Terminal:
    """The command line: ``runner("doctor").exit_code``; nothing is really served."""
    return terminal(clock=clock, load_settings=lambda: settings)


@pytest.fixture(scope="module")
def browser():
    """A Chromium for the tests of one file."""
    from tests.machines import browsers

    executable = browsers.find_chromium()
    if executable is None:
        missing("browser", browsers.INSTALL)
    with browsers.chromium(executable) as chromium:
        yield chromium


@pytest.fixture
def page(browser):
    """A fresh page, 1280 wide; a script error on it fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    opened = context.new_page()
    opened.set_default_timeout(10_000)
    faults = []

    def note(fault):
        faults.append(fault)

    opened.on("pageerror", note)
    yield opened
    context.close()
    assert not faults, f"errors in the page's scripts: {faults}"
