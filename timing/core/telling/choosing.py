"""A part of a result list: who belongs into it, and what there is to choose from.

Takes rows away and never moves one: the order stays that of the standings.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from timing.core.fold.standings import Row
from timing.core.setup.roster import Sex
from timing.core.status import Status

FINISHED, ON_COURSE, WITHOUT = "finished", "course", "without"
STATES = {
    FINISHED: frozenset({Status.OK}),
    ON_COURSE: frozenset({Status.RUN}),
    WITHOUT: frozenset(Status) - {Status.OK, Status.RUN},
}
"""Choice of a state -> the statuses that it means; ``without`` has no result yet, or none ever."""


class Choice(NamedTuple):
    """What is asked for; "" and 0 ask for nothing. state: one of STATES."""

    sex: str = ""
    category: str = ""
    club: str = ""
    delegation: str = ""
    heat: int = 0
    state: str = ""

    @property
    def everything(self) -> bool:
        """Whether nobody is left out."""
        return not any(self)


class Offer(NamedTuple):
    """What a list can be narrowed to; a field with less than two values offers nothing."""

    sexes: tuple[str, ...]
    categories: tuple[str, ...]
    clubs: tuple[str, ...]
    delegations: tuple[str, ...]
    heats: tuple[int, ...]
    states: tuple[str, ...]


def club_of(row: Row) -> str:
    """The club as it may be published."""
    return "" if row.entry.hidden else row.entry.club


def delegation_of(row: Row) -> str:
    """The delegation, else the nation."""
    return row.entry.delegation or row.entry.nation


def choose(rows: Sequence[Row], choice: Choice) -> Sequence[Row]:
    """Give the rows that are asked for, in their order."""
    if choice.state:
        wanted = STATES.get(choice.state, frozenset())
        rows = [row for row in rows if row.result.status in wanted]
    if choice.heat:
        rows = [row for row in rows if row.start.heat == choice.heat]
    if choice.sex:
        rows = [row for row in rows if row.entry.sex == choice.sex]
    if choice.category:
        rows = [row for row in rows if row.category == choice.category]
    if choice.club:
        rows = [row for row in rows if club_of(row) == choice.club]
    if choice.delegation:
        rows = [row for row in rows if delegation_of(row) == choice.delegation]
    return rows


def offer_of(rows: Iterable[Row]) -> Offer:
    """Say what a list can be narrowed to, each in a settled order."""
    rows = tuple(rows)
    statuses = {row.result.status for row in rows}
    present = {row.entry.sex for row in rows}
    return Offer(
        tuple(sex.value for sex in Sex if sex in present and sex is not Sex.UNKNOWN),
        _sorted(row.category for row in rows),
        _sorted(club_of(row) for row in rows),
        _sorted(delegation_of(row) for row in rows),
        tuple(sorted({row.start.heat for row in rows})),
        tuple(state for state, wanted in STATES.items() if wanted & statuses),
    )


def _sorted(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({text for text in texts if text}, key=str.casefold))
