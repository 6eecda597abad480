"""Finds references that lead nowhere before the database does, so that the sentence can name them.

Knows no rule of the race: only that what is named must be there, and once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from timing.core.refusal import Problem, Refusal
from timing.core.sentence import Value, worded
from timing.core.setup.event import Contest, Event
from timing.core.setup.roster import Entry, Start

_POINT, _WAVE, _CONTEST, _HEAT = (
    worded("timing point"), worded("wave"), worded("contest"), worded("heat")
)  # fmt: skip


def refuse(problems: Sequence[Problem]) -> None:
    """Raise Refusal if there is a problem."""
    if problems:
        raise Refusal(*problems)


def setup_problems(event: Event) -> list[Problem]:
    """What the database would refuse in a setup."""
    points = {point.code for point in event.points}
    waves = {wave.code for wave in event.waves}
    problems = [
        *_twice(_POINT, (point.code for point in event.points), event.slug),
        *_twice(_WAVE, (wave.code for wave in event.waves), event.slug),
        *_twice(_CONTEST, (contest.code for contest in event.contests), event.slug),
    ]
    inner = (_contest_problems(contest, points, waves) for contest in event.contests)
    return [*problems, *chain.from_iterable(inner)]


def _contest_problems(contest: Contest, points: set[str], waves: set[str]) -> Iterator[Problem]:
    where = worded("contest {code}", code=contest.code)
    yield from _twice(
        worded("course point"), (point.code for point in contest.course.points), where
    )
    yield from _twice(worded("round"), (each.code for each in contest.rounds), where)
    for point in contest.course.points:
        if point.point not in points:
            yield _nowhere(
                worded("{where}: course point {code}", where=where, code=point.code),
                _POINT,
                point.point,
            )
    for each in contest.rounds:
        inside = worded("{where}, {code}", where=where, code=each.code)
        yield from _twice(_HEAT, (heat.number for heat in each.heats), inside)
        for heat in each.heats:
            if heat.wave not in waves:
                yield _nowhere(
                    worded("{where}: heat {number}", where=inside, number=heat.number),
                    _WAVE,
                    heat.wave,
                )


def entry_problems(entries: Iterable[Entry], contests: set[str]) -> list[Problem]:
    """Entries in contests that are not there."""
    return [
        _nowhere(
            worded("entry {entry} ({name})", entry=entry.id, name=entry.name),
            _CONTEST,
            entry.contest,
        )
        for entry in entries
        if entry.contest not in contests
    ]


def bib_problems(entries: Iterable[tuple[Entry, int]], held: Mapping[str, int]) -> list[Problem]:
    """Numbers on two holders. entries: with their holders; held: numbers in use and by whom."""
    holders: dict[str, tuple[int, Value]] = {
        bib: (holder, worded("another entry")) for bib, holder in held.items()
    }
    problems = []
    for entry, holder in entries:
        if not entry.bib:
            continue
        first, name = holders.setdefault(entry.bib, (holder, entry.name))
        if first != holder:
            problems.append(
                Problem(
                    "duplicate-bib",
                    worded(
                        "bib {bib} is on {name} and on {other}; expected one person per number",
                        bib=entry.bib,
                        name=name,
                        other=entry.name,
                    ),
                )
            )
    return problems


def start_problems(
    starts: Iterable[Start],
    contests: Mapping[int, str],
    heats: set[tuple[str, str, int]],
    waves: set[str],
) -> list[Problem]:
    """Starts of nobody, in heats or waves that are not there. contests: of each entry."""
    problems = []
    for start in starts:
        where = worded("start of entry {entry} in {round}", entry=start.entry, round=start.round)
        contest = contests.get(start.entry)
        if contest is None:
            problems.append(_nowhere(where, worded("entry"), start.entry))
        elif (contest, start.round, start.heat) not in heats:
            problems.append(_nowhere(where, _HEAT, f"{contest}/{start.round}/{start.heat}"))
        elif start.wave not in waves:
            problems.append(_nowhere(where, _WAVE, start.wave))
    return problems


def _twice(what: Value, codes: Iterable[Value], where: Value) -> Iterator[Problem]:
    for code, times in Counter(codes).items():
        if times > 1:
            sentence = worded(
                "{where}: {what} {code} stands there {times} times; expected once",
                where=where,
                what=what,
                code=code,
                times=times,
            )
            yield Problem("setup-duplicate", sentence)


def _nowhere(where: Value, what: Value, code: Value) -> Problem:
    sentence = worded(
        "{where} names the {what} {code}, which is not in the setup",
        where=where,
        what=what,
        code=code,
    )
    return Problem("setup-reference", sentence)
