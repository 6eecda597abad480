"""Why somebody has a prize or has it not, as sentences of an explanation.

Decides nothing: the reasons come from ``core.rulebook.prizes``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from timing.core.rulebook.prizes import Reason, Why
from timing.core.telling.sentences import Telling
from timing.core.telling.team_awards import CODES as OF_TEAMS

WITHIN_REACH = OF_TEAMS | frozenset(
    why.value for why in (Why.WON, Why.HOLDS_OTHER, Why.TOO_LATE, Why.UNCLASSIFIED)
)
"""Codes of prizes that are open to somebody, or would be if more were known."""


def award_sentences(prizes: Iterable[tuple[str, Reason]]) -> Iterator[Telling]:
    """Say it prize by prize. prizes: each by its name; names also in the reasons."""
    for name, reason in prizes:
        params = {
            "prize": name,
            "other": reason.other,
            "place": "" if reason.place is None else str(reason.place),
            "number": str(reason.number),
        }
        yield Telling(reason.code.value, params)
