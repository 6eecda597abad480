"""Which rulings came into force or left it between two folds, and whom a ruling concerns."""

from __future__ import annotations

from typing import NamedTuple

from timing.core.fold.attribution import names
from timing.core.fold.standings import Row
from timing.core.fold.state import State
from timing.core.journal import rulings as act
from timing.core.journal.lines import LineId, Ruling, precedence
from timing.core.journal.rulings import encode_act
from timing.core.telling.sentences import NO_REASON, Telling


class Cause(NamedTuple):
    """A ruling that came into force, or is no longer."""

    ruling: Ruling
    came: bool

    @property
    def sentence(self) -> Telling:
        """The ruling in words, with its author and its reason."""
        ruling = self.ruling
        params = {
            "kind": encode_act(ruling.act)[0],
            "author": ruling.author or ruling.station,
            "reason": ruling.reason or NO_REASON,
        }
        return Telling("ruled" if self.came else "taken_back", params, line=ruling.id)


def causes_between(before: State, after: State) -> list[Cause]:
    """List the rulings in force in only one of two states, in order of precedence."""
    old = {ruling.id: ruling for ruling in before.live}
    new = {ruling.id: ruling for ruling in after.live}
    causes = [Cause(ruling, came=True) for line, ruling in new.items() if line not in old]
    causes += [Cause(ruling, came=False) for line, ruling in old.items() if line not in new]
    return sorted(causes, key=lambda cause: precedence(cause.ruling))


def concerns(state: State, ruling: Ruling, row: Row) -> bool:
    """Whether a ruling is about an entry in its round, or about a read, wave or clock of it."""
    return (
        _about_entry(ruling.act, row)
        or _about_setup(ruling.act, row)
        or _about_lines(state, ruling.act, row)
    )


def _about_entry(made: act.Act, row: Row) -> bool:
    """Name the entry, alone or among others; in this round, where the ruling is about a round."""
    if getattr(made, "round", row.result.round) != row.result.round:
        return False
    match made:
        case act.PhotoFinish(order=entries) | act.DeadHeat(entries=entries):
            return row.entry.id in entries
        case _:
            return getattr(made, "entry", None) == row.entry.id


def _about_setup(made: act.Act, row: Row) -> bool:
    match made:
        case act.Gun(wave=wave):
            return wave == row.start.wave
        case act.Close(contest=contest, round=code):
            return (contest, code) == (row.entry.contest, row.result.round)
        case act.CallOff(contests=contests):
            return not contests or row.entry.contest in contests
        case act.SetClock(station=station):
            return any(read.station == station for read in row.result.reads)
        case act.BindChip(bib=bib, chip=chip):
            return bib == row.bib or any(read.chip == chip for read in row.result.reads)
        case _:
            return False


def _about_lines(state: State, made: act.Act, row: Row) -> bool:
    match made:
        case act.Void(line=line) | act.Attribute(line=line) | act.Retime(line=line):
            return _names(state, line, row)
        case act.Repoint(line=line):
            return _names(state, line, row)
        case act.Pair(time=line) | act.Blank(line=line):
            return _in_stream(state, line, row)
        case _:
            return False


def _names(state: State, line: LineId, row: Row) -> bool:
    """Whether a read is, or was as it was written, one of the bib of a row."""
    read = state.read(line)
    if read is None:
        return False
    fixed = state.fix.applied(read) or read
    bibs = {names(each, state.lineup.chips) for each in (read, fixed)}
    return row.bib in bibs or any(counts.id == line for counts in row.result.reads)


def _in_stream(state: State, line: LineId, row: Row) -> bool:
    """Whether a row got a time from the two streams in which a line stands."""
    read = state.read(line)
    if read is None:
        return False
    joined = {each.id for each in state.streams.joined if each.point == read.point}
    return any(counts.id in joined for counts in row.result.reads)
