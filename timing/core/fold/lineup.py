"""Who starts where and under which bib, once the rulings have been applied to the setup."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from timing.core.clock import Duration, Instant
from timing.core.fold.attribution import Known, Target
from timing.core.fold.fates import Fates
from timing.core.journal import rulings as act
from timing.core.journal.anomalies import Anomaly, about
from timing.core.journal.lines import Ruling, precedence
from timing.core.setup.called_off import CalledOff
from timing.core.setup.course import Plan, plan_of
from timing.core.setup.event import Event
from timing.core.setup.roster import Entry, EntryId, Roster, Start, StartKey

PERSONAL = (
    act.SetTime, act.SetStatus, act.Penalty, act.Caution, act.Qualify, act.Reaction,
    act.SetRecord,
)  # fmt: skip
"""The acts that concern the result of one start."""


class Lineup(NamedTuple):
    """starts: as ruled. bibs: of each entry. chips: chip -> bib.

    guns: the moment of each wave that started. intervals: of each wave with individual starts.
    closed: (contest, round) that are over. called_off: contests that are not held as announced,
    "" for the whole event. about: rulings that concern one start, in order of precedence.
    """

    entries: dict[EntryId, Entry]
    guides: frozenset[str]
    plans: dict[str, Plan]
    starts: dict[StartKey, Start]
    bibs: dict[EntryId, str]
    chips: dict[str, str]
    guns: dict[str, Instant]
    intervals: dict[str, Duration]
    closed: frozenset[tuple[str, str]]
    called_off: dict[str, CalledOff]
    about: dict[StartKey, list[Ruling]]
    anomalies: list[Anomaly]

    def started(self, start: Start) -> Instant | None:
        """The moment from which the time of a start runs."""
        gun = self.guns.get(start.wave)
        if gun is None:
            return None
        slot = self.intervals[start.wave] * max(0, start.lane - 1) if self.intervals else 0
        return Instant(gun + start.offset + slot)

    def judged(self, contest: str) -> CalledOff | None:
        """How a contest was cancelled or stopped, so that its results are others."""
        fate = self.called_off.get(contest) if self.called_off else None
        return fate if fate is not None and fate.judged else None

    def tell(self, ruling: Ruling) -> None:
        """Take a ruling about one start into account."""
        key = (ruling.act.entry, ruling.act.round)  # type: ignore[union-attr]
        insort(self.about.setdefault(key, []), ruling, key=precedence)

    def untell(self, ruling: Ruling) -> None:
        """Leave a ruling about one start out again."""
        self.about[ruling.act.entry, ruling.act.round].remove(ruling)  # type: ignore[union-attr]


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
        self.rounds = {(each.code, part.code) for each in event.contests for part in each.rounds}
        self.fates = Fates(event)

    def apply(self, ruling: Ruling) -> None:
        """Apply one ruling; the later one in order of precedence overrides.

        What names nobody has no effect; ``core.fold.references`` tells.
        """
        match ruling.act:
            case act.BindBib(entry=entry, bib=bib) if entry in self.bibs:
                self.bibs[entry] = bib
            case act.BindChip(chip=chip, bib=bib):
                self.chips[chip] = bib
            case act.Gun(wave=wave, at=at) if wave in self.waves:
                self._fire(wave, at)
            case act.Move(entry=entry, wave=wave, round=code) if (
                wave in self.waves and (self._contest(entry), code) in self.rounds
            ):
                self._move(ruling.act)
            case act.StartOffset(entry=entry, round=code) if (entry, code) in self.starts:
                start = self.starts[entry, code]
                self.starts[entry, code] = replace(start, offset=ruling.act.offset)
            case one if isinstance(one, PERSONAL):
                self.about.setdefault((one.entry, one.round), []).append(ruling)
            case _:
                self._of_contests(ruling)

    def _of_contests(self, ruling: Ruling) -> None:
        match ruling.act:
            case act.Close(contest=contest, round=code):
                self.closed.add((contest, code))
            case act.CallOff() as made:
                self.fates.call_off(ruling, made)
            case _:
                pass

    def _contest(self, entry: EntryId) -> str | None:
        known = self.entries.get(entry)
        return None if known is None else known.contest

    def _fire(self, wave: str, at: Instant | None) -> None:
        if at is None:
            self.guns.pop(wave, None)
        else:
            self.fates.fired(wave, again=wave in self.guns)
            self.guns[wave] = at

    def _move(self, move: act.Move) -> None:
        key = (move.entry, move.round)
        before = self.starts.get(key)
        offset = before.offset if before else Duration(0)
        self.starts[key] = Start(
            entry=move.entry, round=move.round, heat=move.heat, wave=move.wave, lane=move.lane,
            offset=offset,
        )  # fmt: skip


def line_up(
    event: Event,
    roster: Roster,
    live: Sequence[Ruling],
    plans: dict[str, Plan] | None = None,
) -> Lineup:
    """Apply the rulings in force to the setup. plans: of the contests, if they are known."""
    desk = _Desk(event, roster)
    for ruling in live:
        desk.apply(ruling)
    chips = {chip: desk.bibs[entry.id] for entry in roster.entries for chip in entry.chips}
    intervals = {wave.code: wave.interval or Duration(0) for wave in event.waves}
    return Lineup(
        entries=desk.entries,
        guides=frozenset(desk.bibs[entry.id] for entry in roster.entries if entry.guide),
        plans=_plans(event) if plans is None else plans,
        starts=desk.starts,
        bibs=desk.bibs,
        chips={chip: bib for chip, bib in (chips | desk.chips).items() if chip and bib},
        guns=desk.guns,
        intervals=intervals if any(intervals.values()) else {},
        closed=frozenset(desk.closed),
        called_off=desk.fates.called_off,
        about=desk.about,
        anomalies=[*_shared_bibs(desk.entries.values(), desk.bibs), *desk.fates.anomalies],
    )


def _plans(event: Event) -> dict[str, Plan]:
    points = {point.code: point for point in event.points}
    return {contest.code: plan_of(contest, points) for contest in event.contests}


def _shared_bibs(entries: Iterable[Entry], bibs: Mapping[EntryId, str]) -> Iterator[Anomaly]:
    """Find numbers that more than one person wears; one person may run in several contests."""
    first: dict[str, Entry] = {}
    people: dict[str, set[tuple[str, int]]] = {}
    for entry in entries:
        other = first.setdefault(bibs[entry.id], entry)
        if other is not entry:
            people.setdefault(bibs[entry.id], {_person(other)}).add(_person(entry))
    for bib, wearers in people.items():
        if bib and len(wearers) > 1:
            yield about("shared_bib", bib, bib=bib, count=str(len(wearers)))


def _person(entry: Entry) -> tuple[str, int]:
    return ("entry", entry.id) if entry.person is None else ("person", entry.person)


def targets_of(event: Event, lineup: Lineup) -> tuple[dict[StartKey, Target], Known]:
    """Prepare what reads may belong to, and what is known of bibs."""
    targets: dict[StartKey, Target] = {}
    wearers: dict[str, list[Target]] = {}
    bibs, entries, plans = lineup.bibs, lineup.entries, lineup.plans
    for key, start in lineup.starts.items():
        plan = plans.get(entries[key[0]].contest)
        if plan is not None:
            bib = bibs[key[0]]
            targets[key] = target = Target(key, bib, lineup.started(start), plan)
            if bib in wearers:
                wearers[bib].append(target)
            elif bib:
                wearers[bib] = [target]
    idle = {bibs[entry] for entry in entries}.difference(wearers)
    points = frozenset(point.code for point in event.points)
    return targets, Known(wearers, frozenset(idle), lineup.guides, points)
