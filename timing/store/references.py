"""Finds references that lead nowhere before the database does, so that the sentence can name them.

Knows no rule of the race: only that what is named must be there, and once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from timing.core.refusal import Problem, Refusal
from timing.core.setup.event import Contest, Event
from timing.core.setup.roster import Entry, Start


def refuse(problems: Sequence[Problem]) -> None:
    """Raise Refusal if there is a problem."""
    if problems:
        raise Refusal(*problems)


def setup_problems(event: Event) -> list[Problem]:
    """What the database would refuse in a setup."""
    points = {point.code for point in event.points}
    waves = {wave.code for wave in event.waves}
    problems = [
        *_twice("timing point", (point.code for point in event.points), event.slug),
        *_twice("wave", (wave.code for wave in event.waves), event.slug),
        *_twice("contest", (contest.code for contest in event.contests), event.slug),
    ]
    inner = (_contest_problems(contest, points, waves) for contest in event.contests)
    return [*problems, *chain.from_iterable(inner)]


def _contest_problems(contest: Contest, points: set[str], waves: set[str]) -> Iterator[Problem]:
    where = f"contest {contest.code}"
    yield from _twice("course point", (point.code for point in contest.course.points), where)
    yield from _twice("round", (each.code for each in contest.rounds), where)
    for point in contest.course.points:
        if point.point not in points:
            yield _nowhere(f"{where}: course point {point.code}", "timing point", point.point)
    for each in contest.rounds:
        yield from _twice("heat", (heat.number for heat in each.heats), f"{where}, {each.code}")
        for heat in each.heats:
            if heat.wave not in waves:
                yield _nowhere(f"{where}, {each.code}: heat {heat.number}", "wave", heat.wave)


def entry_problems(entries: Iterable[Entry], contests: set[str]) -> list[Problem]:
    """Entries in contests that are not there."""
    return [
        _nowhere(f"entry {entry.id} ({entry.name})", "contest", entry.contest)
        for entry in entries
        if entry.contest not in contests
    ]


def bib_problems(entries: Iterable[tuple[Entry, int]], held: Mapping[str, int]) -> list[Problem]:
    """Numbers on two holders. entries: with their holders; held: numbers in use and by whom."""
    holders: dict[str, tuple[int, str]] = {
        bib: (holder, "another entry") for bib, holder in held.items()
    }
    problems = []
    for entry, holder in entries:
        if not entry.bib:
            continue
        first, name = holders.setdefault(entry.bib, (holder, entry.name))
        if first != holder:
            found = f"bib {entry.bib} is on {name} and on {entry.name}"
            problems.append(Problem("duplicate-bib", f"{found}; expected one person per number"))
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
        where = f"start of entry {start.entry} in {start.round}"
        contest = contests.get(start.entry)
        if contest is None:
            problems.append(_nowhere(where, "entry", start.entry))
        elif (contest, start.round, start.heat) not in heats:
            problems.append(_nowhere(where, "heat", f"{contest}/{start.round}/{start.heat}"))
        elif start.wave not in waves:
            problems.append(_nowhere(where, "wave", start.wave))
    return problems


def _twice(what: str, codes: Iterable[object], where: str) -> Iterator[Problem]:
    for code, times in Counter(codes).items():
        if times > 1:
            sentence = f"{where}: {what} {code} stands there {times} times; expected once"
            yield Problem("setup-duplicate", sentence)


def _nowhere(where: str, what: str, code: object) -> Problem:
    sentence = f"{where} names the {what} {code}, which is not in the setup"
    return Problem("setup-reference", sentence)
