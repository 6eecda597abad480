"""Who runs for a team, as it may be published."""

from __future__ import annotations

from timing.core.setup.roster import Entry, Member


def running(team: Entry) -> tuple[Member, ...]:
    """The members by their legs, without substitutes; all where no legs are known.

    A team that is not shown has none.
    """
    if team.hidden:
        return ()
    legs = sorted((each for each in team.members if each.leg), key=lambda each: each.leg)
    return tuple(legs) or team.members


def member_names(team: Entry) -> tuple[str, ...]:
    """Their names."""
    return tuple(each.name for each in running(team))
