"""Puts demonstration events into the store, whole or line by line as they happen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from msgspec.structs import replace

from timing import resources
from timing.core.clock import SECOND, Instant, datetime_of
from timing.core.journal.lines import Read, Ruling
from timing.core.journal.rulings import Gun
from timing.core.setup.event import Event
from timing.services.demo.day import Line, Rehearsal, rehearse
from timing.services.demo.people import decode_names
from timing.services.demo.programme import decode_programme, sized
from timing.services.house import House
from timing.store import journal, roster, setup
from timing.store.connect import Tx

LARGE = "city-run"
"""The programme that has as many people as are wished, and is loaded only when asked for."""


def demo_files() -> list[Path]:
    """Give the programmes that come with the house and are loaded together."""
    folder = resources.folder("config") / "demo"
    return sorted(path for path in folder.glob("*.toml") if path.stem not in ("people", LARGE))


def large_file() -> Path:
    """Give the programme of a large event."""
    return resources.folder("config") / "demo" / f"{LARGE}.toml"


def rehearsal(path: Path, people: int | None = None) -> Rehearsal:
    """Play the day of one programme, with as many people as it says or as are wished."""
    names = decode_names((path.parent / "people.toml").read_text(encoding="utf-8"))
    programme = decode_programme(path.read_text(encoding="utf-8"))
    return rehearse(programme if people is None else sized(programme, people), names)


def load_demos(house: House, *, if_empty: bool = False) -> list[str]:
    """Load the demonstration events that are not there yet; returns their slugs.

    if_empty: only where the database has no event at all.
    """
    return _load_missing(house, [(path, None) for path in demo_files()], if_empty=if_empty)


def load_large(house: House, people: int, *, if_empty: bool = False) -> list[str]:
    """Load a large event of so many people, as ``load_demos``."""
    return _load_missing(house, [(large_file(), people)], if_empty=if_empty)


def _load_missing(
    house: House, wanted: Iterable[tuple[Path, int | None]], *, if_empty: bool
) -> list[str]:
    with house.store.read() as tx:
        present = {event.slug for event in setup.list_events(tx)}
    if if_empty and present:
        return []
    loaded = []
    for path, people in wanted:
        day = rehearsal(path, people)
        if day.event.slug not in present:
            _load(house, day, [line for _, line in day.lines])
            loaded.append(day.event.slug)
    return loaded


def replay(
    house: House,
    day: Rehearsal,
    speed: float,
    wait: Callable[[float], None],
    tell: Callable[[int, int], None],
) -> str:
    """Play a rehearsed day live through the journal, moved to now; returns its new slug.

    speed: times as fast as the race was. wait: sleeps seconds. tell: hears (lines written, of).
    What comes before the first gun is written at once.
    """
    begin = next(at for at, line in day.lines if _is_gun(line))
    now = house.clock()
    slug = f"{day.event.slug}-live-{now // SECOND % 100_000}"

    def to(moment: int) -> int:
        return now + int((moment - begin) / speed)

    before = [_moved(line, to) for at, line in day.lines if at < begin]
    _load(house, day._replace(event=_live_event(day.event, slug, to)), before)
    pending = [(to(at), _moved(line, to)) for at, line in day.lines if at >= begin]
    for number, (due, line) in enumerate(pending, 1):
        if due > house.clock():
            wait((due - house.clock()) / SECOND)
        _append(house, slug, [line])
        tell(number, len(pending))
    return slug


def _load(house: House, day: Rehearsal, lines: list[Line]) -> None:
    with house.store.write() as tx:
        event = setup.save_event(tx, day.event)
        roster.save_roster(tx, event, day.roster)
        _write(tx, event, lines)


def _append(house: House, slug: str, lines: list[Line]) -> None:
    with house.store.write() as tx:
        event = setup.find_event(tx, slug)
        if event is not None:
            _write(tx, event, lines)


def _write(tx: Tx, event: int, lines: list[Line]) -> None:
    reads = [line for line in lines if isinstance(line, Read)]
    rulings = [line for line in lines if isinstance(line, Ruling)]
    journal.append(tx, event, reads, rulings)


def _live_event(event: Event, slug: str, to: Callable[[int], int]) -> Event:
    """Give the same event today, under a name of its own."""
    waves = tuple(
        replace(wave, scheduled=None if wave.scheduled is None else Instant(to(wave.scheduled)))
        for wave in event.waves
    )
    begin = min(wave.scheduled for wave in waves if wave.scheduled is not None)
    day = datetime_of(begin).date().isoformat()
    return replace(
        event, slug=slug, name=f"{event.name}, live", date=day, last_date="", waves=waves
    )


def _is_gun(line: Line) -> bool:
    return isinstance(line, Ruling) and isinstance(line.act, Gun)


def _moved(line: Line, to: Callable[[int], int]) -> Line:
    """Give the line with its moment moved; a gun moves too."""
    if line.at is None:
        return line
    at = Instant(to(line.at))
    if isinstance(line, Ruling) and isinstance(line.act, Gun) and line.act.at is not None:
        return line._replace(at=at, act=replace(line.act, at=Instant(to(line.act.at))))
    return line._replace(at=at)
