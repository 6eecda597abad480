"""What is known of the timing boxes of an event: what each is told to read, and how it is doing."""

from __future__ import annotations

import secrets
from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from timing.core.clock import SECOND, Duration, Instant
from timing.core.refusal import Problem, Refusal
from timing.core.sentence import Sentence, worded, words_of
from timing.core.setup.event import Event
from timing.readers.formats import FORMATS, UnknownFormatError, format_named
from timing.readers.grammar import Setup
from timing.readers.moments import Calendar, Zone, clock_of
from timing.readers.sighting import Position, UnreadableError
from timing.readers.table import ColumnsError
from timing.services.house import House
from timing.store import journal, readers, setup, stations
from timing.store.readers import ReaderRow
from timing.store.stations import StationRow

_SILENT = Duration(90 * SECOND)
_LISTED = 50


class Order(NamedTuple):
    """What a reader is told. All but the first four may be left out.

    place: HOST[:PORT], a file, a folder or a pattern. wave: that the box starts, and from whose gun
    its elapsed times run. zero: the same as a time of day. splits: the timing points of the
    intermediate times of a results file. day: ISO date, zone: IANA name, both by default those of
    the event. columns, clock: for tables, see docs/reference/readers.md.
    """

    slug: str
    format: str
    place: str
    point: str
    wave: str = ""
    name: str = ""
    day: str = ""
    zone: str = ""
    zero: str = ""
    columns: str | None = None
    clock: str | None = None
    splits: tuple[str, ...] = ()


class Reader(NamedTuple):
    """A reader that is ready to read. zero: from when elapsed times run, where it was told.

    position: where it stopped before.
    """

    event: int
    station: str
    order: Order
    setup: Setup
    zero: Instant | None
    position: Position


def enrol(house: House, order: Order) -> Reader:
    """Check an order and write its reader down; a reader of the same name goes on as it was.

    Raises Refusal with everything that is wrong, and UnknownEventError.
    """
    with house.store.read() as tx:
        found = setup.find_event(tx, order.slug)
        if found is None:
            raise journal.UnknownEventError(order.slug)
        event = setup.load_event(tx, order.slug)
    named = order._replace(name=order.name or f"{order.format} {order.place} {order.point}".strip())
    zone = _checked(event, named)
    zero = None if not order.zero else _zero(zone, order.zero)
    with house.store.write() as tx:
        known = readers.find_reader(tx, found, named.name)
        station = known.station if known else f"box-{secrets.token_hex(6)}"
        row = ReaderRow(
            found, station, named.name, named.format, named.place, named.point, named.wave,
            known.position if known else {}, "",
        )  # fmt: skip
        readers.save_reader(tx, row)
        now = house.clock()
        stations.hear(
            tx, StationRow(found, station, None, named.name, named.point, now, now, 0, None)
        )
    told = Setup(zone, title=event.name, columns=order.columns, clock=order.clock)
    return Reader(found, station, named, told, zero, row.position)


class Card(NamedTuple):
    """A reader as the page of readers shows it.

    sightings: what it said, each once. refused: lines that could not be used; the last of them
    with the reason, as text. silent: not heard for a minute and a half.
    """

    reader: ReaderRow
    last_heard: Instant | None
    clock_offset: Duration | None
    silent: bool
    sightings: int
    refused: int
    lines: list[tuple[str, str]]


def cards(house: House, slug: str) -> list[Card]:
    """List the readers of an event by name. Raises UnknownEventError."""
    now = house.clock()
    with house.store.read() as tx:
        event = setup.find_event(tx, slug)
        if event is None:
            raise journal.UnknownEventError(slug)
        heard = {row.id: row for row in stations.list_stations(tx, event)}
        found = []
        for row in readers.list_readers(tx, event):
            device = heard.get(row.station)
            lines = readers.refused(tx, event, row.station, _LISTED)
            found.append(
                Card(
                    row,
                    device.last_heard if device else None,
                    device.clock_offset if device else None,
                    device is None or now - device.last_heard > _SILENT,
                    *readers.count(tx, event, row.station),
                    [(content.decode("utf-8", "replace"), why) for content, why in lines],
                )
            )
    return found


def formats() -> list[tuple[str, str]]:
    """List the formats by name, each with what it is."""
    return [(each.name, f"{each.name}: {each.says}") for each in FORMATS.values()]


def live_formats() -> frozenset[str]:
    """Give the names of those that are read over the network, not from files."""
    return frozenset(each.name for each in FORMATS.values() if each.way != "file")


def _checked(event: Event, order: Order) -> Zone:
    """The zone and the day of an order. Raises Refusal with everything that is wrong with it."""
    points = [point.code for point in event.points]
    problems = [
        _unknown("timing-point", worded("timing point"), point, points)
        for point in (order.point, *order.splits)
        if point not in points
    ]
    waves = [wave.code for wave in event.waves]
    if order.wave and order.wave not in waves:
        problems.append(_unknown("wave", worded("wave"), order.wave, waves))
    try:
        format_named(order.format).make(Setup(columns=order.columns, clock=order.clock))
    except (UnknownFormatError, ColumnsError) as error:
        problems.append(Problem("format", words_of(error)))
    try:
        zone = ZoneInfo(order.zone or event.timezone)
        day = date.fromisoformat(order.day or event.date)
    except ZoneInfoNotFoundError:
        sentence = worded(
            "{zone!r} is no time zone; expected a name such as Europe/Rome", zone=order.zone
        )
        problems.append(Problem("zone", sentence))
    except ValueError:
        sentence = worded(
            "{day!r} is no day; expected YYYY-MM-DD, or a time zone is written wrong", day=order.day
        )
        problems.append(Problem("day", sentence))
    if problems:
        raise Refusal(*problems)
    return Zone(zone, day)


def _zero(zone: Zone, text: str) -> Instant:
    try:
        return Calendar(zone).at(zone.day, clock_of(text))
    except UnreadableError as error:
        raise Refusal(Problem("zero", error.sentence)) from None


def _unknown(code: str, what: Sentence, found: str, known: list[str]) -> Problem:
    sentence = worded(
        "there is no {what} {found!r} at this event; expected one of {known}",
        what=what,
        found=found,
        known=", ".join(known),
    )
    return Problem(f"unknown-{code}", sentence)
