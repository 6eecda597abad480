"""Who starts where and under which bib, once the rulings have been applied to the setup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from timing.core import rulings as act
from timing.core.anomalies import Anomaly, about, about_line
from timing.core.attribution import Routes, Target, routes_to
from timing.core.clock import Duration, Instant
from timing.core.course import Plan, plan_of
from timing.core.event import Event
from timing.core.journal import Ruling
from timing.core.roster import Entry, EntryId, Roster, Start, StartKey
from timing.core.rulings import encode_act


class Lineup(NamedTuple):
    """starts: as ruled. bibs: of each entry.  chips: chip -> bib.

    guns: the moment of each wave that started. closed: (contest, round) that are over.
    about: rulings that concern one start, in order of precedence.
    """

    entries: dict[EntryId, Entry]
    plans: dict[str, Plan]
    starts: dict[StartKey, Start]
    bibs: dict[EntryId, str]
    chips: dict[str, str]
    guns: dict[str, Instant]
    closed: frozenset[tuple[str, str]]
    about: dict[StartKey, list[Ruling]]
    anomalies: list[Anomaly]

    def started(self, start: Start) -> Instant | None:
        """The moment from which the time of a start runs."""
        gun = self.guns.get(start.wave)
        return None if gun is None else Instant(gun + start.offset)


_PERSONAL = (
    act.SetTime, act.SetStatus, act.Penalty, act.Caution, act.Qualify,
)  # fmt: skip


class _Desk:
    """Collects what the rulings in force say about starts, bibs, chips and guns."""

    def __init__(self, event: Event, roster: Roster) -> None:
        self.entries = {entry.id: entry for entry in roster.entries if not entry.guide}
        self.starts = {
            (start.entry, start.round): start
            for start in roster.starts
            if start.entry in self.entries
        }
        self.bibs = {entry.id: entry.bib for entry in roster.entries}
        self.chips: dict[str, str] = {}
        self.guns: dict[str, Instant] = {}
        self.closed: set[tuple[str, str]] = set()
        self.about: dict[StartKey, list[Ruling]] = {}
        self.waves = {wave.code for wave in event.waves}
        self.anomalies: list[Anomaly] = []

    def apply(self, ruling: Ruling) -> None:
        """Apply one ruling; the later one in order of precedence overrides."""
        match ruling.act:
            case act.BindBib(entry=entry, bib=bib) if self._knows(entry, ruling):
                self.bibs[entry] = bib
            case act.BindChip(chip=chip, bib=bib):
                self.chips[chip] = bib
            case act.Gun(wave=wave, at=at):
                self._fire(wave, at, ruling)
            case act.Close(contest=contest, round=code):
                self.closed.add((contest, code))
            case act.Move(entry=entry) if self._knows(entry, ruling):
                self._move(ruling.act)
            case act.StartOffset(entry=entry) if self._knows(entry, ruling):
                self._delay(ruling.act)
            case one if isinstance(one, _PERSONAL) and self._knows(one.entry, ruling):
                self.about.setdefault((one.entry, one.round), []).append(ruling)
            case _:
                pass

    def _knows(self, entry: EntryId, ruling: Ruling) -> bool:
        if entry in self.bibs:
            return True
        kind = encode_act(ruling.act)[0]
        self.anomalies.append(about_line("unknown_entry", ruling.id, kind=kind, entry=str(entry)))
        return False

    def _fire(self, wave: str, at: Instant | None, ruling: Ruling) -> None:
        if wave not in self.waves:
            self.anomalies.append(about_line("unknown_wave", ruling.id, wave=wave))
        elif at is None:
            self.guns.pop(wave, None)
        else:
            self.guns[wave] = at

    def _move(self, move: act.Move) -> None:
        key = (move.entry, move.round)
        before = self.starts.get(key)
        offset = before.offset if before else Duration(0)
        self.starts[key] = Start(
            entry=move.entry, round=move.round, heat=move.heat, wave=move.wave, lane=move.lane,
            offset=offset,
        )  # fmt: skip

    def _delay(self, delay: act.StartOffset) -> None:
        key = (delay.entry, delay.round)
        if key in self.starts:
            self.starts[key] = replace(self.starts[key], offset=delay.offset)


def line_up(event: Event, roster: Roster, live: Sequence[Ruling]) -> Lineup:
    """Apply the rulings in force to the setup."""
    points = {point.code: point for point in event.points}
    desk = _Desk(event, roster)
    for ruling in live:
        desk.apply(ruling)
    chips = {chip: desk.bibs[entry.id] for entry in roster.entries for chip in entry.chips}
    return Lineup(
        entries=desk.entries,
        plans={contest.code: plan_of(contest, points) for contest in event.contests},
        starts=desk.starts,
        bibs=desk.bibs,
        chips=chips | desk.chips,
        guns=desk.guns,
        closed=frozenset(desk.closed),
        about=desk.about,
        anomalies=desk.anomalies + list(_shared_bibs(desk.entries.values(), desk.bibs)),
    )


def _shared_bibs(entries: Iterable[Entry], bibs: Mapping[EntryId, str]) -> Iterator[Anomaly]:
    """Find numbers that more than one person wears; one person may run in several contests."""
    people: dict[str, set[tuple[str, int]]] = {}
    for entry in entries:
        person = ("entry", entry.id) if entry.person is None else ("person", entry.person)
        people.setdefault(bibs[entry.id], set()).add(person)
    for bib, wearers in people.items():
        if bib and len(wearers) > 1:
            yield about("shared_bib", bib, bib=bib, count=str(len(wearers)))


def routes_of(lineup: Lineup) -> tuple[Routes, dict[StartKey, Target]]:
    """Prepare the table by which reads find their start."""
    by_bib: dict[str, list[Target]] = {}
    targets: dict[StartKey, Target] = {}
    for key, start in lineup.starts.items():
        entry = lineup.entries[start.entry]
        plan = lineup.plans.get(entry.contest)
        if plan is None:
            continue
        target = targets[key] = Target(key, lineup.started(start), plan.points, [])
        bib = lineup.bibs[start.entry]
        if bib:
            by_bib.setdefault(bib, []).append(target)
    return routes_to(by_bib, lineup.chips), targets
