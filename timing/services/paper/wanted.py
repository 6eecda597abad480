"""What is asked of the print room, and all that a sheet may be made of."""

from __future__ import annotations

from dataclasses import dataclass

from timing.core.fold.standings import Standings
from timing.core.setup.event import Contest, Event
from timing.printing.phrases import Phrases
from timing.printing.sheets.frame import Frame
from timing.services.house import House
from timing.services.live import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be printed. contest, round: codes, "" for all. laps: columns of a lap sheet.

    columns: of a result list, as their keys; none is what the kind has. design, labels: names of
    what comes with the house, "" for what the kind has. logo: path of a picture for designs that
    have a place for one. skip: labels used up already. bib: only the card of this one.
    author: who makes the links of stations; without one their posters are only looked at.
    """

    contest: str = ""
    round: str = ""
    language: str = "en"
    paper: str = "A4"
    large: bool = False
    laps: int = 0
    columns: tuple[str, ...] = ()
    design: str = ""
    labels: str = ""
    logo: str = ""
    skip: int = 0
    bib: str = ""
    author: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """Sheets that are wanted, of an event, in their frame."""

    house: House
    event: Event
    wanted: Wanted
    frame: Frame

    @property
    def slug(self) -> str:
        """The event."""
        return self.event.slug

    @property
    def say(self) -> Phrases:
        """The words of the sheet."""
        return self.frame.phrases

    @property
    def address(self) -> str:
        """Where the pages of the event are, for codes."""
        return f"{self.house.stationery.address}/{self.slug}"

    @property
    def contests(self) -> list[Contest]:
        """The contests that are wanted, in the order of the programme."""
        wanted = self.wanted.contest
        return [each for each in self.event.contests if wanted in ("", each.code)]


@dataclass(frozen=True, slots=True)
class Table(Job):
    """All that a sheet may be made of. snapshot: as much of the event as the reader may see.

    veiled: for everybody, so minors are shown as the event wants it.
    """

    snapshot: Snapshot
    veiled: bool = False

    def lists(self, contest: Contest) -> list[Standings]:
        """The wanted rounds of a contest in which somebody stands on the start list."""
        found = (
            self.snapshot.standings[contest.code, each.code]
            for each in contest.rounds
            if self.wanted.round in ("", each.code)
        )
        return [standings for standings in found if standings.rows]
