"""Rulings that name what is not there: an entry, a start, a wave, a point, a line of the journal.

Such a ruling has no effect and is not refused: what it names may still come.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from timing.core.clock import format_duration
from timing.core.fold.effort import index_of
from timing.core.fold.lineup import PERSONAL, Lineup
from timing.core.journal import rulings as act
from timing.core.journal.anomalies import Anomaly, about_line
from timing.core.journal.lines import LineId, Ruling
from timing.core.journal.rulings import encode_act
from timing.core.setup.event import Event
from timing.core.setup.roster import EntryId

Written = Callable[[LineId], bool]
"""Tells whether a line is in the journal."""


def loose_ends(
    event: Event, lineup: Lineup, live: Iterable[Ruling], written: Written
) -> Iterator[Anomaly]:
    """Go through the rulings in force and say which of them name what is not there."""
    for ruling in live:
        yield from _lines(ruling, written)
        yield from _setup(event, ruling)
        yield from _people(lineup, ruling)
        match ruling.act:
            case act.SetTime() as decided:
                yield from _set_time(lineup, ruling, decided)
            case act.Move(entry=entry, round=code) if entry in lineup.entries:
                yield from _round(event, ruling, lineup.entries[entry].contest, code)
            case act.Close(contest=contest, round=code) | act.Wind(contest=contest, round=code):
                yield from _round(event, ruling, contest, code)
            case _:
                pass


def _lines(ruling: Ruling, written: Written) -> Iterator[Anomaly]:
    lines: tuple[LineId, ...] = ()
    match ruling.act:
        case act.Pair(time=time, bib=bib):
            lines = (time, bib)
        case act.Void(line=line) | act.Attribute(line=line) | act.Retime(line=line):
            lines = (line,)
        case act.Repoint(line=line) | act.Blank(line=line) | act.Note(line=line):
            lines = (line,)
        case _:
            pass
    if not all(map(written, lines)):
        yield about_line("unknown_line", ruling.id, kind=_kind(ruling))


def _setup(event: Event, ruling: Ruling) -> Iterator[Anomaly]:
    match ruling.act:
        case act.Gun(wave=wave) | act.Move(wave=wave):
            if all(each.code != wave for each in event.waves):
                yield about_line("unknown_wave", ruling.id, wave=wave)
        case act.Repoint(point=point):
            if all(each.code != point for each in event.points):
                yield about_line("unknown_point", ruling.id, point=point)
        case act.CallOff(contests=contests):
            for code in contests:
                if event.contest(code) is None:
                    yield about_line("unknown_contest", ruling.id, contest=code)
        case _:
            pass


def _round(event: Event, ruling: Ruling, code: str, round_code: str) -> Iterator[Anomaly]:
    contest = event.contest(code)
    if contest is None or all(each.code != round_code for each in contest.rounds):
        yield about_line("unknown_round", ruling.id, contest=code, round=round_code)


def _people(lineup: Lineup, ruling: Ruling) -> Iterator[Anomaly]:
    entries: tuple[EntryId, ...] = ()
    starts_in: str | None = None
    match ruling.act:
        case (
            act.PhotoFinish(order=entries, round=starts_in)
            | act.DeadHeat(entries=entries, round=starts_in)
        ):
            pass
        case (
            act.BindBib(entry=entry)
            | act.Amend(entry=entry)
            | act.Confirm(entry=entry)
            | act.Move(entry=entry)
        ):
            entries = (entry,)
        case one if isinstance(one, (*PERSONAL, act.StartOffset)):
            entries, starts_in = (one.entry,), one.round
        case _:
            pass
    for entry in entries:
        if entry not in lineup.bibs:
            yield about_line("unknown_entry", ruling.id, kind=_kind(ruling), entry=str(entry))
        elif starts_in is not None and (entry, starts_in) not in lineup.starts:
            bib = lineup.bibs[entry]
            yield about_line(
                "unknown_start", ruling.id, kind=_kind(ruling), bib=bib, round=starts_in
            )


def _set_time(lineup: Lineup, ruling: Ruling, decided: act.SetTime) -> Iterator[Anomaly]:
    entry = lineup.entries.get(decided.entry)
    plan = lineup.plans.get(entry.contest) if entry else None
    if plan is None:
        return
    index = index_of(plan, decided)
    if index is None:
        yield about_line("unknown_course_point", ruling.id, point=decided.course_point)
    elif decided.elapsed < min(index, 1):
        yield about_line("bad_time", ruling.id, time=format_duration(decided.elapsed))


def _kind(ruling: Ruling) -> str:
    return encode_act(ruling.act)[0]
