"""Links for volunteers and the devices that use them. A link is kept as a hash only."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import insert, select, update

from timing.core.clock import Duration, Instant
from timing.store.connect import Tx
from timing.store.hand import Hand
from timing.store.schema import Station, StationLink, table_of

_LINK, _STATION = table_of(StationLink), table_of(Station)


class LinkRow(NamedTuple):
    """What a link allows: to write at one timing point, or to work at one desk. "" is the other."""

    token_hash: str
    event_id: int
    name: str
    point: str
    desk: str
    author: str
    created_at: Instant
    expires_at: Instant | None
    revoked_at: Instant | None


class StationRow(NamedTuple):
    """One device, by the id that it minted. unsent: lines it still has for itself."""

    event_id: int
    id: str
    token_hash: str | None
    name: str
    point: str
    first_heard: Instant
    last_heard: Instant
    unsent: int
    clock_offset: Duration | None


_FRESH = ("token_hash", "name", "point", "last_heard", "unsent")
HEAR = (
    f"INSERT INTO station ({', '.join(StationRow._fields)}) "
    f"VALUES ({', '.join('?' * len(StationRow._fields))}) ON CONFLICT (event_id, id) DO UPDATE SET "
    f"{', '.join(f'{name} = excluded.{name}' for name in _FRESH)}, "
    "clock_offset = coalesce(excluded.clock_offset, station.clock_offset)"
)
"""A sign of life: the values of a StationRow."""


def add_link(tx: Tx, link: LinkRow) -> None:
    """Add a link."""
    tx.execute(insert(_LINK).values(link._asdict()))


def find_link(tx: Tx, token_hash: str) -> LinkRow | None:
    """Give a link by the hash of its token."""
    row = tx.execute(select(_LINK).where(_LINK.c.token_hash == token_hash)).one_or_none()
    return None if row is None else LinkRow._make(row)


def list_links(tx: Tx, event: int) -> list[LinkRow]:
    """Give the links of an event, the newest first."""
    query = select(_LINK).where(_LINK.c.event_id == event).order_by(_LINK.c.created_at.desc())
    return [LinkRow._make(row) for row in tx.execute(query)]


def revoke_link(tx: Tx, token_hash: str, at: Instant) -> None:
    """Close a link; what its devices wrote stays."""
    tx.execute(update(_LINK).where(_LINK.c.token_hash == token_hash).values(revoked_at=at))


def hear(tx: Tx, station: StationRow) -> None:
    """Note that a device was heard; its first time is kept, and an offset until the next one."""
    Hand(tx).tell(HEAR, station)


def list_stations(tx: Tx, event: int) -> list[StationRow]:
    """Give the devices of an event by the time at which they were first heard."""
    order = _STATION.c.first_heard, _STATION.c.id
    query = select(_STATION).where(_STATION.c.event_id == event).order_by(*order)
    return [StationRow._make(row) for row in tx.execute(query)]
