"""Every read of a bib that does not count for a start, with the reason."""

from __future__ import annotations

from collections.abc import Iterator

from timing.core.fold.attribution import DESK, WILD, Target, names
from timing.core.fold.state import State
from timing.core.journal import rulings as act
from timing.core.journal.lines import LineId, Read, Ruling
from timing.core.telling.sentences import NO_REASON, NO_TIME, NOBODY, Telling


def unused_reads(state: State, target: Target) -> Iterator[Telling]:
    """Say it read by read: first those of the effort, then what never came to it."""
    for unused in state.results[target.key].unused:
        for read in unused.reads:
            yield _sentence(target, unused.code, read, unused.by)
    if target.bib:
        yield from _strays(state, target)
        yield from _ruled_out(state, target)


def _strays(state: State, target: Target) -> Iterator[Telling]:
    """What lies on the pile of the bib and belongs to none of its starts."""
    taken: set[LineId] = set()
    for other in state.known.wearers.get(target.bib, ()):
        result = state.results[other.key]
        taken.update(read.id for read in result.reads)
        taken.update(read.id for unused in result.unused for read in unused.reads)
    pile = {read.id: read for read in state.piles.get(target.bib, ()) if read.id not in taken}
    for read in sorted(pile.values(), key=lambda each: (each.at or 0, each.station, each.n)):
        yield _stray(state, target, read)


def _stray(state: State, target: Target, read: Read) -> Telling:
    if read.source == DESK:
        return _sentence(target, "check_in", read)
    if read.at is None:
        for row in state.streams.rows.get(read.point, ()):
            if row.bib is not None and row.bib.id == read.id and row.time is not None:
                return _sentence(target, "paired", read, row.time)
        return _sentence(target, "no_time", read)
    if not -WILD < read.at < WILD:
        return _sentence(target, "wild_clock", read)
    known = read.point in state.known.points
    return _sentence(target, "off_course" if known else "unknown_point", read)


def _ruled_out(state: State, target: Target) -> Iterator[Telling]:
    """What an official voided, or gave to somebody else."""
    for line in sorted(state.fix.of_line):
        read = state.read(line)
        if read is None:
            continue
        bib = own = names(read, state.lineup.chips)
        voided: Ruling | None = None
        given: Ruling | None = None
        for ruling in state.fix.of_line[line]:
            match ruling.act:
                case act.Void():
                    voided = ruling
                case act.Attribute(bib=bib):
                    given = ruling
                case _:
                    pass
        if voided and bib == target.bib:
            yield _sentence(target, "void", read, ruling=voided)
        elif given and not voided and own == target.bib != bib:
            yield _sentence(target, "given_away", read, ruling=given, to=bib or NOBODY)


def _sentence(
    target: Target, code: str, read: Read, by: Read | None = None, *,
    ruling: Ruling | None = None, **more: str,
) -> Telling:  # fmt: skip
    point = target.plan.points.get(read.point)
    params = {
        "point": point.name if point else read.point,
        "source": read.source,
        "station": read.station,
        "at": NO_TIME,
        **more,
    }
    moments = {} if read.at is None else {"at": read.at}
    if by is not None:
        params["counts_source"] = by.source
        moments["counts_at"] = by.moment
    if ruling is not None:
        params["author"] = ruling.author or ruling.station
        params["reason"] = ruling.reason or NO_REASON
    return Telling(code, params, moments, read.id)
