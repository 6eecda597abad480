"""A race as a folder of files: race.toml, entries, times and rulings, read and checked as a whole.

Everything that must be refused is refused here, before anything is written anywhere.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from timing.core.categories import Scheme
from timing.core.event import Event
from timing.core.journal import Journal, LineId
from timing.core.prizes import PrizeScheme
from timing.core.roster import Roster
from timing.files.entries import Entered, read_entries
from timing.files.findings import Findings
from timing.files.race_event import FINISH, RaceSetup, build_event
from timing.files.race_journal import (
    TIMES,
    Bibs,
    bibs_of,
    build_journal,
    build_roster,
    check_recorded,
)
from timing.files.race_schemes import read_prizes, read_schemes, with_categories
from timing.files.race_toml import RaceFile, RaceText
from timing.files.rulings_file import Ground, Ruled, read_rulings
from timing.files.times import Recorded, read_times

_SUFFIXES = ("csv", "xlsx", "tsv", "txt")


class RaceData(NamedTuple):
    """A race that may be scored. places: file and line of each read of the journal.

    schemes, prizes: by contest, where it names them.
    """

    choices: RaceFile
    event: Event
    roster: Roster
    journal: Journal
    places: dict[LineId, tuple[str, int]]
    schemes: dict[str, Scheme]
    prizes: dict[str, PrizeScheme]


def read_race(folder: Path, findings: Findings, encoding: str | None = None) -> RaceData:
    """Read a race. Raises Refusal with all problems of all files; the findings keep the notices."""
    if not folder.is_dir():
        sentence = "there is no such folder; expected one with race.toml, entries.csv and times.csv"
        findings.problem("missing-folder", sentence, str(folder))
        findings.refuse()
    text = RaceText(folder / "race.toml", findings)
    setup = build_event(text)
    schemes, prizes = read_schemes(text), read_prizes(text)
    findings.settle()
    entries = _table(folder, "entries", findings)
    times = _table(folder, "times", findings)
    entered = read_entries(entries, _contests(setup.event), findings, text.race.entries, encoding)
    entered = with_categories(entered, schemes, setup.event.date, str(entries), findings)
    roster = build_roster(text, setup, entered, str(entries), findings)
    bibs = bibs_of(entered)
    recorded = read_times(times, _points(setup.event), findings, setup.times, encoding)
    ruled = _rulings(folder, setup, entered, recorded, bibs, findings, encoding)
    check_recorded(recorded, bibs, ruled, str(times), findings)
    findings.settle()
    journal = build_journal(setup, recorded, bibs, ruled)
    places = {(TIMES, n): (times.name, one.line) for n, one in enumerate(recorded, 1)}
    return RaceData(text.race, setup.event, roster, journal, places, schemes, prizes)


def _table(folder: Path, name: str, findings: Findings) -> Path:
    """The one table of that name, whatever its format."""
    found = [folder / f"{name}.{suffix}" for suffix in _SUFFIXES]
    there = [path for path in found if path.exists()]
    if len(there) > 1:
        names = " and ".join(path.name for path in there)
        findings.problem("two-tables", f"there are {names}; expected one of them", str(folder))
        findings.refuse()
    return there[0] if there else found[0]


def _contests(event: Event) -> dict[str, str]:
    names = {contest.name.casefold(): contest.code for contest in event.contests}
    return names | {contest.code.casefold(): contest.code for contest in event.contests}


def _points(event: Event) -> dict[str, str]:
    names = {point.name.casefold(): point.code for point in event.points}
    return {"": FINISH} | names | {point.code.casefold(): point.code for point in event.points}


def _rulings(
    folder: Path,
    setup: RaceSetup,
    entered: list[Entered],
    recorded: list[Recorded],
    bibs: Bibs,
    findings: Findings,
    encoding: str | None,
) -> list[Ruled]:
    path = _table(folder, "rulings", findings)
    if not path.exists():
        return []
    contest_of = {one.entry.id: one.entry.contest for one in entered}
    ground = Ground(
        entries=bibs.wearers,
        contest_of=contest_of,
        lines={one.order: (TIMES, number) for number, one in enumerate(recorded, 1)},
        waves=frozenset(wave.code for wave in setup.event.waves),
        zero=setup.zero,
        dots_separate=setup.times.dots == "colon",
    )
    return read_rulings(path, ground, findings, encoding)
