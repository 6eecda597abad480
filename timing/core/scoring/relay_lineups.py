"""Who may run for a relay team: one leg each, and few new names after the first round.

World Athletics Technical Rules TR 24.10. Knows names only.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from timing.core.refusal import Problem
from timing.core.sentence import worded

MOST_ADDITIONAL = 4
"""New athletes in all after a team's first start; it was two in earlier editions."""


class LineUps(NamedTuple):
    """problems: none when all line-ups may run. additional: who joined after the first round."""

    problems: tuple[Problem, ...]
    additional: tuple[str, ...]


def in_two_legs(names: Sequence[str]) -> tuple[str, ...]:
    """Who runs more than one leg. names: in leg order."""
    return tuple(dict.fromkeys(name for k, name in enumerate(names) if name in names[:k]))


def check_line_ups(
    rounds: Sequence[Sequence[str]], most_additional: int = MOST_ADDITIONAL
) -> LineUps:
    """Check the names in leg order, one line-up a round, the first round first."""
    problems: list[Problem] = []
    first = set(rounds[0]) if rounds else set()
    additional: list[str] = []
    for number, names in enumerate(rounds, start=1):
        problems += [
            Problem("two-legs", f"round {number}: {name} runs two legs; expected one leg each")
            for name in in_two_legs(names)
        ]
        additional += [n for n in dict.fromkeys(names) if n not in first and n not in additional]
    if len(additional) > most_additional:
        sentence = worded(
            "{count} additional athletes; expected at most {most}",
            count=len(additional),
            most=most_additional,
        )
        problems.append(Problem("additional-athletes", sentence))
    return LineUps(tuple(problems), tuple(additional))
