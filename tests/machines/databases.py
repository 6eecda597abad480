"""A fresh database for each test, on both engines; a migrated one is a copy of a template."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
from alembic import command
from alembic.config import Config

from tests.machines.postgres import PostgresServer, locked
from timing import resources

TEMPLATE = "timing_template"
_numbers = count(1)


def migrate(url: str) -> None:
    """Bring a database to the newest revision."""
    config = Config()
    config.set_main_option("script_location", str(resources.folder("migrations")))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    command.upgrade(config, "head")


def migrated_file(run: Path) -> Path:
    """Give the SQLite database that tests copy, made once in a test run."""
    template = run / "template.db"
    with locked(run / "template.lock"):
        if not template.exists():
            fresh = run / "template.new"
            migrate(f"sqlite:///{fresh}")
            fresh.rename(template)
    return template


@contextmanager
def sqlite_database(folder: Path, template: Path | None) -> Iterator[str]:
    """Give the address of a database: empty, or a copy of the template."""
    path = folder / "timing.db"
    if template:
        shutil.copyfile(template, path)
    yield f"sqlite:///{path}"


@contextmanager
def postgres_database(server: PostgresServer, worker: str, template: str) -> Iterator[str]:
    """Give the address of a database that is dropped afterwards, whoever is still connected."""
    name = f"test_{worker}_{next(_numbers)}"
    with psycopg.connect(server.conninfo(), autocommit=True) as office:
        office.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        yield server.url(name)
        office.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def migrated_template(server: PostgresServer, run: Path) -> str:
    """Give the name of the PostgreSQL database that tests copy, made once in a test run."""
    done = run / "template.postgres"
    with locked(run / "template.lock"):
        if not done.exists():
            with psycopg.connect(server.conninfo(), autocommit=True) as office:
                office.execute(f'CREATE DATABASE "{TEMPLATE}"')
            migrate(server.url(TEMPLATE))
            done.touch()
    return TEMPLATE
