"""The crew of a race day: phones at the line that may lose the network, and the race office."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from timing.core.clock import Instant, instant_of, parse_duration
from timing.core.fold.whole import anomalies_of
from timing.core.journal.lines import LineId
from timing.core.journal.rulings import Act
from timing.core.telling.listing import lines_of
from timing.services.house import House
from timing.services.office import setting_up, stations
from timing.services.raceday import capture
from timing.services.raceday.capture import Batch, Receipt
from timing.services.rulings import rule


def local(day: str, time: str, zone: str) -> Instant:
    """Give a time of day at the place of the event."""
    return instant_of(datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=ZoneInfo(zone)))


@dataclass
class Phone:
    """A station as a browser keeps it: what is not acknowledged is sent again, with all the rest.

    deaf: the network swallows the answers, so that the phone does not know what arrived.
    """

    house: House
    slug: str
    name: str
    point: str
    online: bool = True
    deaf: bool = False
    kept: dict[int, dict[str, Any]] = field(default_factory=dict)
    count: int = 0

    def __post_init__(self) -> None:
        token = stations.make_link(self.house, self.slug, self.name, "Office", point=self.point)
        self.permit = stations.permit(self.house, token)
        self.id = f"phone-{self.name}"

    def key(self, at: int, bib: str = "") -> LineId:
        """Press a key: a bib with its time, or a time alone."""
        return self._write({"bib": bib or None, "at": at, "source": "typed" if bib else "button"})

    def order(self, bib: str) -> LineId:
        """Note the next bib of the funnel, without a time."""
        return self._write({"bib": bib, "at": None, "source": "typed"})

    def _write(self, line: dict[str, Any]) -> LineId:
        self.count += 1
        self.kept[self.count] = {"n": self.count, **line}
        self.send()
        return (self.id, self.count)

    def send(self) -> list[Receipt]:
        """Send all that was not acknowledged, if there is a network."""
        if not self.online or not self.kept:
            return []
        batch = Batch(station=self.id, lines=list(self.kept.values()), name=self.name, offset=0)
        receipts = capture.take(self.house, self.permit, batch)
        if not self.deaf:
            for receipt in receipts:
                self.kept.pop(receipt.n, None)
        return receipts


def set_up(house: House, event: Mapping[str, str], *contests: Mapping[str, str]) -> str:
    """Make an event with its contests through the forms of the office; gives its slug."""
    slug, _warnings = setting_up.create(house, event)
    for form in contests:
        change = setting_up.contest_change(house, slug, "", form)
        setting_up.save(house, slug, change, reason="", by="Office")
    return slug


def decide(house: House, slug: str, *acts: Act, because: str) -> list[LineId]:
    """Let the referee rule."""
    return rule(house, slug, acts, reason=because, author="Referee")


def board(house: House, slug: str, contest: str, round_code: str = "final") -> list[str]:
    """The notice board: ``1 11 5:50.0``, one line a starter."""
    snapshot = house.live.snapshot(slug, fresh=True)
    assert snapshot is not None
    lines = lines_of(snapshot.standings[contest, round_code])
    return [" ".join(filter(None, (line.place, line.bib, line.time))) for line in lines]


def doubts(house: House, slug: str) -> list[str]:
    """The codes of what an official has to look at, worst first."""
    found = house.live.ask(slug, anomalies_of) or []
    return [each.code for each in found if not each.cleared]


def after(begin: int, *spans: str) -> list[Instant]:
    """Moments so long after another one."""
    return [Instant(begin + parse_duration(span)) for span in spans]


def entry_of(house: House, slug: str, bib: str) -> int:
    """The first entry that wears a bib."""
    snapshot = house.live.snapshot(slug, fresh=True)
    assert snapshot is not None
    return next(entry.id for entry in snapshot.roster.entries if entry.bib == bib)


def same_cells(rows: Sequence[Sequence[str]], others: Sequence[Sequence[str]]) -> None:
    """Two lists say the same, row by row; the first row that differs is named."""
    for number, (row, other) in enumerate(zip(rows, others, strict=True), 1):
        assert row == other, f"row {number}: {row} here, {other} there"
