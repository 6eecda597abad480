"""From the tables of a race to its roster and journal, line by line in the order of recording.

Refuses what a person has to mend first (a bib that nobody wears, an unknown wave), because a
table can be corrected and read again; a live race cannot.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from timing.core.clock import Duration, Instant
from timing.core.journal import rulings as act
from timing.core.journal.lines import Journal, Read, Ruling
from timing.core.setup.roster import EntryId, Roster, Start
from timing.files.entrants.entered import Entered, bib_key
from timing.files.race.event import FINISH, RaceSetup, category_delays
from timing.files.race.order import check_times
from timing.files.race.race_toml import RaceText
from timing.files.race.rulings import ROUND, Ruled
from timing.files.race.times import Recorded
from timing.files.tables.findings import Findings

TIMES, DESK = "times", "rulings"
"""The stations that write the two tables."""


class Bibs(NamedTuple):
    """Every registered number: its spelling in the entries, and who wears it."""

    spelling: Mapping[str, str]
    wearers: Mapping[str, tuple[EntryId, ...]]


def bibs_of(entered: Sequence[Entered]) -> Bibs:
    """Index the entrants by their numbers."""
    spelling: dict[str, str] = {}
    wearers: dict[str, tuple[EntryId, ...]] = {}
    for one in entered:
        if key := bib_key(one.entry.bib):
            spelling.setdefault(key, one.entry.bib)
            wearers[key] = (*wearers.get(key, ()), one.entry.id)
    return Bibs(spelling, wearers)


def build_roster(
    text: RaceText, setup: RaceSetup, entered: Sequence[Entered], file: str, findings: Findings
) -> Roster:
    """Everybody with the wave and the delay with which they start."""
    waves = {wave.code.casefold(): wave.code for wave in setup.event.waves}
    waves |= {wave.name.casefold(): wave.code for wave in setup.event.waves}
    groups = _groups(text, entered, file, findings)
    delays = category_delays(text)
    starts = []
    for one in entered:
        wave = waves.get(one.wave.casefold()) if one.wave else setup.wave_of.get(one.entry.contest)
        if wave is None:
            known = ", ".join(each.code for each in setup.event.waves)
            sentence = f"wave {one.wave!r} is unknown; expected one of {known}"
            findings.problem("wave", sentence, file, one.line)
        delay = groups.get(one.entry.id)
        if delay is None:
            delay = delays.get(one.entry.category.casefold(), Duration(0)) + one.offset
        starts.append(
            Start(
                entry=one.entry.id, round=ROUND, heat=1, wave=wave or "", lane=one.lane,
                offset=Duration(delay),
            )
        )  # fmt: skip
    return Roster(entries=tuple(one.entry for one in entered), starts=tuple(starts))


def _groups(
    text: RaceText, entered: Sequence[Entered], file: str, findings: Findings
) -> dict[EntryId, int]:
    """In a time trial: how long after the race the group of each bib starts.

    Groups are made of the numbers 1 to n, n + 1 to 2n, ...; one in which nobody is entered
    vanishes and the later ones move up.
    """
    trial = text.race.start.time_trial
    if trial is None:
        return {}
    if trial.per_wave < 1:
        text.wrong(
            "$.start.time_trial.per_wave", f"{trial.per_wave} in a group; expected 1 or more"
        )
        return {}
    interval = text.duration("$.start.time_trial.interval", trial.interval)
    group_of: dict[EntryId, int] = {}
    for one in entered:
        if one.entry.bib.isdecimal():
            group_of[one.entry.id] = (int(one.entry.bib) - 1) // trial.per_wave
        else:
            sentence = f"bib {one.entry.bib!r} has no place in a time trial; expected a number"
            findings.problem("time-trial", sentence, file, one.line)
    place = {group: number for number, group in enumerate(sorted(set(group_of.values())))}
    return {entry: place[group] * interval for entry, group in group_of.items()}


def with_wearers(
    recorded: Sequence[Recorded],
    entered: Sequence[Entered],
    bibs: Bibs,
    file: str,
    findings: Findings,
) -> list[Recorded]:
    """Recorded lines with bibs as the entries spell them, also of those that name a chip alone.

    For races that are not folded. A chip of nobody is a problem.
    """
    worn = {chip: one.entry.bib for one in entered for chip in one.entry.chips}
    named = []
    for one in recorded:
        bib = one.bib or worn.get(one.chip, "")
        if one.chip and not bib:
            sentence = f"chip {one.chip!r} is not registered; expected a chip of the entries"
            findings.problem("unregistered-chip", sentence, file, one.line)
        named.append(one._replace(bib=bibs.spelling.get(bib_key(bib), bib)))
    return named


class Corrected(NamedTuple):
    """What recorded lines are checked against. settled: lines on which an official ruled.

    laps: a bib may be recorded more than once. ordered: times stand as they were recorded.
    """

    bibs: Bibs
    settled: frozenset[act.Line]
    laps: bool
    ordered: bool = True


def check_recorded(
    recorded: Sequence[Recorded], before: int, ground: Corrected, file: str, findings: Findings
) -> None:
    """Refuse a number that nobody wears, a time out of order and a bib recorded twice.

    before: so many lines of other tables are numbered first. A line on which an official ruled
    is not looked at: the ruling is the correction.
    """
    open_lines = [
        one
        for number, one in enumerate(recorded, before + 1)
        if (TIMES, number) not in ground.settled
    ]
    for one in open_lines:
        if one.bib and bib_key(one.bib) not in ground.bibs.wearers:
            sentence = f"bib {one.bib!r} is not registered; expected a bib of the entries"
            findings.problem("unregistered-bib", sentence, file, one.line)
    check_times(open_lines, findings, file, laps=ground.laps, ordered=ground.ordered)


def build_journal(
    setup: RaceSetup, recorded: Sequence[Recorded], bibs: Bibs, ruled: Sequence[Ruled]
) -> Journal:
    """Every line of the tables as a line of the journal, in the order of the tables."""
    reads = tuple(_reads(setup, recorded, bibs))
    rulings = tuple(
        Ruling(DESK, number, setup.zero, made, reason, author)
        for number, (made, reason, author) in enumerate(_decisions(setup, recorded, bibs, ruled), 1)
    )
    return Journal(reads, rulings, len(reads) + len(rulings))


def _reads(setup: RaceSetup, recorded: Sequence[Recorded], bibs: Bibs) -> Iterator[Read]:
    zero, spelling = setup.zero, bibs.spelling
    for number, one in enumerate(recorded, 1):
        if one.status is None:
            at = None if one.elapsed is None else Instant(zero + one.elapsed)
            bib = spelling.get(bib_key(one.bib), one.bib) or None
            yield Read(TIMES, number, one.point or FINISH, bib, one.chip or None, at, "typed")


def _decisions(
    setup: RaceSetup, recorded: Sequence[Recorded], bibs: Bibs, ruled: Sequence[Ruled]
) -> Iterator[tuple[act.Act, str, str]]:
    """The guns, the statuses among the times, the table of rulings, and the end of the race."""
    for wave, at in setup.guns.items():
        yield act.Gun(wave=wave, at=at), "as the setup says", ""
    for one in recorded:
        if one.status is not None:
            for entry in bibs.wearers.get(bib_key(one.bib), ()):
                status = act.SetStatus(entry=entry, round=ROUND, status=one.status)
                yield status, f"recorded in line {one.line}", ""
    for decision in ruled:
        yield decision.act, decision.reason, decision.author
    for contest in setup.event.contests:
        yield act.Close(contest=contest.code, round=ROUND), "all times are in", ""
