"""A fresh database for each test, on both engines; a migrated one is a copy of a template."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg

from tests.machines.postgres import PostgresServer, locked
from timing.store.migrate import upgrade

TEMPLATE = "timing_template"
_numbers = count(1)


def migrated_file(run: Path) -> Path:
    """Give the SQLite database that tests copy, made once in a test run."""
    template = run / "template.db"
    with locked(run / "template.lock"):
        if not template.exists():
            fresh = run / "template.new"
            upgrade(f"sqlite:///{fresh}")
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
            upgrade(server.url(TEMPLATE))
            done.touch()
    return TEMPLATE
