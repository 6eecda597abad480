"""Publications: frozen results, added and never changed (the database refuses it)."""

from __future__ import annotations

import hashlib
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import Select, func, insert, select

from timing.core.clock import Instant
from timing.store import schema
from timing.store.connect import Tx
from timing.store.journal import lock_head
from timing.store.schema import table_of

PUBLICATION = table_of(schema.Publication)


class State(StrEnum):
    """What the results are, as printed on them."""

    PROVISIONAL = "provisional"
    OFFICIAL = "official"


class Sheet(NamedTuple):
    """What is frozen.

    seq, setup: the journal line and the digest of the setup that it stands for.
    rows: the printed lines, JSON-ready. pdf: the bytes of the sheet.
    """

    state: State
    seq: int
    setup: str
    rows: list[Any]
    pdf: bytes
    published_at: Instant
    author: str
    note: str = ""


class Version(NamedTuple):
    """A publication without its weight. contest: "" for the whole event."""

    contest: str
    version: int
    state: State
    seq: int
    setup: str
    sha256: str
    published_at: Instant
    author: str
    note: str


def publish(tx: Tx, event: int, contest: str, sheet: Sheet) -> Version:
    """Freeze a sheet as the next version of a contest ("": of the event).

    Raises UnknownEventError.
    """
    lock_head(tx, event)
    highest = func.coalesce(func.max(PUBLICATION.c.version), 0)
    last: int = tx.scalars(_of(select(highest), event, contest)).one()
    row = sheet._asdict() | {
        "event_id": event,
        "contest": contest,
        "version": last + 1,
        "sha256": hashlib.sha256(sheet.pdf).hexdigest(),
    }
    tx.execute(insert(PUBLICATION), row)
    return Version._make(row[name] for name in Version._fields)


def latest(tx: Tx, event: int, contest: str) -> Version | None:
    """The newest version of a contest, or None."""
    found = newest(tx, event, contest, 1)
    return found[0] if found else None


def newest(tx: Tx, event: int, contest: str, most: int) -> list[Version]:
    """The newest versions of a contest, the newest first."""
    query = _of(_versions(), event, contest).order_by(PUBLICATION.c.version.desc()).limit(most)
    return list(map(_version, tx.execute(query)))


def list_publications(tx: Tx, event: int) -> list[Version]:
    """All versions of an event, in the order in which they were published."""
    query = _versions().where(PUBLICATION.c.event_id == event)
    order = (PUBLICATION.c.published_at, PUBLICATION.c.contest, PUBLICATION.c.version)
    return list(map(_version, tx.execute(query.order_by(*order))))


def load_sheet(tx: Tx, event: int, contest: str, version: int) -> Sheet | None:
    """What was frozen as this version, or None."""
    query = select(*(PUBLICATION.c[name] for name in Sheet._fields))
    row = tx.execute(
        _of(query, event, contest).where(PUBLICATION.c.version == version)
    ).one_or_none()
    if row is None:
        return None
    sheet = Sheet._make(row)
    return sheet._replace(state=State(sheet.state))


def _versions() -> Select[Any]:
    return select(*(PUBLICATION.c[name] for name in Version._fields))


def _of(query: Select[Any], event: int, contest: str) -> Select[Any]:
    return query.where(PUBLICATION.c.event_id == event, PUBLICATION.c.contest == contest)


def _version(row: Any) -> Version:
    version = Version._make(row)
    return version._replace(state=State(version.state))
