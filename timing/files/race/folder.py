"""A race as a folder of files: race.toml, entries, times and rulings, read and checked as a whole.

Everything that must be refused is refused here, before anything is written anywhere.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from msgspec import UNSET
from msgspec.structs import replace

from timing.core.clock import Instant
from timing.core.journal import rulings as act
from timing.core.journal.lines import Journal, LineId
from timing.core.rulebook.categories import Scheme
from timing.core.rulebook.prizes import PrizeScheme
from timing.core.rulebook.rules import ContestRules
from timing.core.scoring.laps import LapCourse
from timing.core.scoring.relays import RelayRules
from timing.core.setup.event import Event
from timing.core.setup.roster import Roster
from timing.files.entrants.entered import Entered
from timing.files.entrants.entries import read_entries
from timing.files.race.choices import RaceFile
from timing.files.race.day_clock import DayClock
from timing.files.race.event import FINISH, RaceSetup, build_event, check_delays
from timing.files.race.journal import (
    TIMES,
    Bibs,
    Corrected,
    bibs_of,
    build_journal,
    build_roster,
    check_recorded,
    with_wearers,
)
from timing.files.race.laps import (
    check_lap_rulings,
    check_sightings,
    corrected,
    lap_course,
    point_numbers,
)
from timing.files.race.names import SUFFIXES
from timing.files.race.presets import digits_of, has_decimals
from timing.files.race.race_toml import RaceText
from timing.files.race.relay import check_relay_rulings, relay_rules, with_bibs
from timing.files.race.rulings import Ground, Ruled, lines_ruled_on, read_rulings
from timing.files.race.schemes import read_prizes, read_records, read_schemes, with_categories
from timing.files.race.times import Recorded, read_times
from timing.files.tables.findings import Findings


class RaceData(NamedTuple):
    """A race that may be scored. places: file and line of each read of the journal.

    schemes, prizes: by contest, where it names them. zero: when the clock was started; clock: the
    clocks of the place.
    recorded: the lines of the times; paper: those of the paper sheet, which follow them.
    """

    choices: RaceFile
    event: Event
    roster: Roster
    journal: Journal
    places: dict[LineId, tuple[str, int]]
    schemes: dict[str, Scheme]
    prizes: dict[str, PrizeScheme]
    clock: DayClock
    zero: Instant
    recorded: tuple[Recorded, ...]
    paper: tuple[Recorded, ...]
    ruled: tuple[Ruled, ...]
    relay: RelayRules | None
    laps: LapCourse | None


def open_race(folder: Path, findings: Findings) -> RaceText:
    """Read race.toml of a folder. Raises Refusal."""
    if not folder.is_dir():
        sentence = "there is no such folder; expected one with race.toml, entries.csv and times.csv"
        findings.problem("missing-folder", sentence, str(folder))
        findings.refuse()
    return RaceText(folder / "race.toml", findings)


def read_race(text: RaceText, encoding: str | None = None) -> RaceData:
    """Read a race. Raises Refusal with all problems of all files; the findings keep the notices."""
    setup = build_event(text)
    schemes, prizes = read_schemes(text), read_prizes(text)
    books = {f"records/{name}": book for name, book in read_records(text).items()}
    setup = setup._replace(event=replace(setup.event, schemes=books))
    relay, laps = relay_rules(text), lap_course(text)
    text.findings.settle()
    folder = text.path.parent
    return _Folder(
        folder, text.findings, encoding, text, setup, schemes, prizes, relay, laps
    ).read()


class _Folder(NamedTuple):
    """A folder whose race.toml is sound."""

    folder: Path
    findings: Findings
    encoding: str | None
    text: RaceText
    setup: RaceSetup
    schemes: dict[str, Scheme]
    prizes: dict[str, PrizeScheme]
    relay: RelayRules | None
    laps: LapCourse | None

    def read(self) -> RaceData:
        findings, event, choices = self.findings, self.setup.event, self.text.race
        entries, times, paper = (self._table(name) for name in ("entries", "times", "times_paper"))
        entered = read_entries(entries, _contests(event), findings, choices.entries, self.encoding)
        entered = with_categories(entered, self.schemes, event.date, str(entries), findings)
        self._check_entered(entered, str(entries))
        roster = build_roster(self.text, self.setup, entered, str(entries), findings)
        bibs = bibs_of(entered)
        recorded = self._recorded(times, entered, bibs)
        papers = self._recorded(paper, entered, bibs) if paper.exists() else []
        relay = with_bibs(self.text, self.relay, bibs.spelling)
        ruled = self._rulings(entered, [*recorded, *papers], bibs)
        ordered = choices.times.ordered and not self.laps
        ground = Corrected(
            bibs, lines_ruled_on(ruled), bool(self.relay or self.laps), ordered=ordered
        )
        check_recorded(recorded, 0, ground, str(times), findings)
        if self.laps:
            used = corrected(recorded, ruled, self.setup.zero)
            check_sightings(used, self.laps, str(times), findings)
        check_recorded(papers, len(recorded), ground, str(paper), findings)
        findings.settle()
        lines = [(times.name, one.line) for one in recorded]
        lines += [(paper.name, one.line) for one in papers]
        places = {(TIMES, number): line for number, line in enumerate(lines, 1)}
        journal = build_journal(self.setup, [*recorded, *papers], bibs, ruled)
        event = self._with_decimals(roster, journal)
        return RaceData(
            choices, event, roster, journal, places, self.schemes, self.prizes, self.setup.clock,
            self.setup.zero, tuple(recorded), tuple(papers), tuple(ruled), relay, self.laps,
        )  # fmt: skip

    def _with_decimals(self, roster: Roster, journal: Journal) -> Event:
        """Where nobody says how many digits are printed: as many as the times have."""
        event = self.setup.event
        stamps = [read.at - self.setup.zero for read in journal.reads if read.at is not None]
        stamps += [gun - self.setup.zero for gun in self.setup.guns.values()]
        stamps += [start.offset for start in roster.starts]
        for ruling in journal.rulings:
            match ruling.act:
                case act.SetTime(elapsed=time) | act.Penalty(time=time):
                    stamps.append(time)
                case act.StartOffset(offset=time):
                    stamps.append(time)
                case _:
                    pass
        digits = digits_of(stamps)
        contests = tuple(
            contest
            if choice.rules.decimals is not UNSET or has_decimals(choice.rules.preset)
            else replace(contest, rules=_printed(contest.rules, digits))
            for choice, contest in zip(self.text.race.contest, event.contests, strict=True)
        )
        return replace(event, contests=contests)

    def _table(self, name: str) -> Path:
        """The one table of that name, whatever its format."""
        found = [self.folder / f"{name}.{suffix}" for suffix in SUFFIXES]
        there = [path for path in found if path.exists()]
        if len(there) > 1:
            names = " and ".join(path.name for path in there)
            sentence = f"there are {names}; expected one of them"
            self.findings.problem("two-tables", sentence, str(self.folder))
            self.findings.refuse()
        return there[0] if there else found[0]

    def _check_entered(self, entered: list[Entered], file: str) -> None:
        day = self.setup.event.date
        for one in entered:
            if one.entry.born > day[: len(one.entry.born)]:
                sentence = f"{one.entry.born!r} is after the race; expected a birth date or year"
                self.findings.problem("born", sentence, file, one.line)
        codes = [row.code for scheme in self.schemes.values() for row in scheme.category]
        check_delays(self.text, codes, {one.entry.category for one in entered})

    def _recorded(self, path: Path, entered: list[Entered], bibs: Bibs) -> list[Recorded]:
        points = point_numbers(self.laps) if self.laps else _points(self.setup.event)
        words = replace(self.setup.times, ordered=self.setup.times.ordered and not self.laps)
        recorded = read_times(
            path, points, self.findings, words, self.encoding, clock=self.setup.clock,
            gaps=self.relay is not None,
        )  # fmt: skip
        if self.relay or self.laps:
            return with_wearers(recorded, entered, bibs, str(path), self.findings)
        return recorded

    def _rulings(self, entered: list[Entered], recorded: list[Recorded], bibs: Bibs) -> list[Ruled]:
        path = self._table("rulings")
        if not path.exists():
            return []
        by_order = {one.order: number for number, one in enumerate(recorded, 1)}
        by_place = {number: number for number, _ in enumerate(recorded, 1)}
        lines = by_place if self.relay or len(by_order) < len(recorded) else by_order
        ground = Ground(
            entries=bibs.wearers,
            contest_of={one.entry.id: one.entry.contest for one in entered},
            lines={order: (TIMES, number) for order, number in lines.items()},
            waves=frozenset(wave.code for wave in self.setup.event.waves),
            zero=self.setup.zero,
            dots_separate=self.setup.times.dots == "colon",
            spelling=bibs.spelling,
        )
        ruled = read_rulings(path, ground, self.findings, self.encoding)
        if self.relay:
            check_relay_rulings(ruled, self.relay.legs, self.findings, str(path))
        if self.laps:
            check_lap_rulings(ruled, self.findings, str(path))
        return ruled


def _printed(rules: ContestRules, digits: int) -> ContestRules:
    return replace(rules, decimals=min(digits, rules.decimals))


def _contests(event: Event) -> dict[str, str]:
    names = {contest.name.casefold(): contest.code for contest in event.contests}
    return names | {contest.code.casefold(): contest.code for contest in event.contests}


def _points(event: Event) -> dict[str, str]:
    names = {point.name.casefold(): point.code for point in event.points}
    return {"": FINISH} | names | {point.code.casefold(): point.code for point in event.points}
