"""Links that let a volunteer's phone work at one place for one day, and how the devices do."""

from __future__ import annotations

import hashlib
import secrets
from collections import Counter
from collections.abc import Collection, Sequence
from typing import NamedTuple

from timing.core.clock import HOUR, SECOND, Duration, Instant
from timing.core.refusal import refused
from timing.services.house import House
from timing.store import setup, stations
from timing.store.journal import numbered
from timing.store.stations import LinkRow, StationRow

CHECK_IN = "check-in"
"""The desk that writes lines; those of the announcer, whose links many can read, only look."""
_DAY_AND_A_BIT = Duration(36 * HOUR)
_SILENT = Duration(90 * SECOND)


class Permit(NamedTuple):
    """What the bearer of a link may do. slug: the event. point or desk is ""."""

    slug: str
    event: int
    name: str
    point: str
    desk: str
    token_hash: str

    @property
    def writes(self) -> bool:
        """Whether the bearer may write lines down, and be told who may come."""
        return bool(self.point) or self.desk == CHECK_IN


class Heard(NamedTuple):
    """A device as the stations page shows it. silent: not heard for a minute and a half.

    called: its name, by which somebody finds it. here, of: ``412 of 415`` lines that it has
    numbered so far; the others are on their way.
    """

    station: StationRow
    silent: bool
    here: int
    of: int
    called: str


def make_link(
    house: House, slug: str, name: str, author: str, *, point: str = "", desk: str = ""
) -> str:
    """Make a link for one timing point or one desk; returns the token, which is kept nowhere.

    It ends a day and a half from now. Raises UnknownEventError.
    """
    token = secrets.token_urlsafe(18)
    now = house.clock()
    with house.store.write() as tx:
        event = setup.event_number(tx, slug)
        link = LinkRow(
            hashed(token),
            event,
            name,
            point,
            desk,
            author,
            now,
            Instant(now + _DAY_AND_A_BIT),
            None,
        )
        stations.add_link(tx, link)
    return token


def permit(house: House, token: str) -> Permit:
    """Look a token up. Raises Refusal: forged, revoked or expired, each in a sentence."""
    with house.store.read() as tx:
        link = stations.find_link(tx, hashed(token))
        if link is None:
            raise refused("link-unknown", "this link is not one of ours; ask for a new one")
        if link.revoked_at is not None:
            raise refused("link-revoked", "this link was closed by the race office")
        if link.expires_at is not None and link.expires_at < house.clock():
            raise refused("link-expired", "this link has ended; ask for a new one")
        slug = setup.load_event_numbered(tx, link.event_id).slug
    return Permit(slug, link.event_id, link.name, link.point, link.desk, link.token_hash)


def revoke(house: House, token_hash: str) -> None:
    """Close a link. Lines that its devices sent before stay in the journal."""
    with house.store.write() as tx:
        stations.revoke_link(tx, token_hash, house.clock())


def links(house: House, slug: str, desks: Collection[str] = ()) -> list[LinkRow]:
    """Give the links of an event, the newest first. desks: only those of them.

    Raises UnknownEventError.
    """
    with house.store.read() as tx:
        found = stations.list_links(tx, setup.event_number(tx, slug))
    return [each for each in found if not desks or each.desk in desks]


def devices(house: House, slug: str) -> list[Heard]:
    """Give the devices of an event and whether they are silent. Raises UnknownEventError."""
    now = house.clock()
    with house.store.read() as tx:
        event = setup.event_number(tx, slug)
        rows = stations.list_stations(tx, event)
        names = called(rows)
        return [
            Heard(
                row, now - row.last_heard > _SILENT, *numbered(tx, event, row.id), names[row.id]
            )
            for row in rows
        ]  # fmt: skip


def names(house: House, slug: str) -> dict[str, str]:
    """Give what each device is called, by its id. Raises UnknownEventError."""
    with house.store.read() as tx:
        return called(stations.list_stations(tx, setup.event_number(tx, slug)))


def name_of(house: House, event: int, device: str) -> str:
    """Give what a device is called, as its own page shows it; "" for one never heard."""
    with house.store.read() as tx:
        return called(stations.list_stations(tx, event)).get(device, "")


def called(rows: Sequence[StationRow]) -> dict[str, str]:
    """Name devices, the first heard first: several with one link are ``Eva (1)``, ``Eva (2)``.

    A number stays with its device, whoever comes later. Without a name it is the id.
    """
    several = Counter(row.name for row in rows)
    so_far: Counter[str] = Counter()
    found = {}
    for row in rows:
        so_far[row.name] += 1
        number = f" ({so_far[row.name]})" if several[row.name] > 1 else ""
        found[row.id] = f"{row.name}{number}" if row.name else row.id
    return found


def place_names(house: House, slug: str) -> dict[str, str]:
    """Give what each timing point is called, by its code; nothing of an unknown event."""
    points = house.live.ask(slug, lambda state: state.event.points) or ()
    return {point.code: point.name for point in points}


def hashed(token: str) -> str:
    """Give the form in which a token is kept. Tokens are random, so that no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()
