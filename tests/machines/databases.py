"""A fresh database for each test, on both engines; a migrated one is a copy of a template."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
from psycopg import Connection

from tests.machines.postgres import PostgresServer, locked
from timing.store.migrate import upgrade

TEMPLATE = "timing_template"
_CHOOSES_STRATEGY = 150_000  # PostgreSQL 15; before, a template was always copied by files
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
def postgres_database(
    office: Connection, server: PostgresServer, worker: str, template: str
) -> Iterator[str]:
    """Give the address of a database that is dropped afterwards, whoever is still connected.

    office: a connection to the server that outlives the test. A template is copied file by file,
    with all that the server knows of it; page by page takes twice as long.
    """
    name = f"test_{worker}_{next(_numbers)}"
    by_files = " STRATEGY FILE_COPY" if office.info.server_version >= _CHOOSES_STRATEGY else ""
    office.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"{by_files}')
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
