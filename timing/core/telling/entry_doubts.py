"""Who is entered for more contests than the rules of the event allow."""

from __future__ import annotations

from collections.abc import Iterator

from timing.core.journal.anomalies import Anomaly, about
from timing.core.rulebook.rulesets import Ruleset, contests_beyond
from timing.core.setup.event import Contest, Event
from timing.core.setup.roster import Roster

CODE = "too_many_contests"
_DIRECTION = "backward-"


def entry_doubts(event: Event, roster: Roster, ruleset: Ruleset) -> Iterator[Anomaly]:
    """Count the contests of everybody; guides and teams are nobody's contests.

    One athlete is who wears one bib, or is known as one person.
    """
    contests = {contest.code: contest for contest in event.contests}
    entered = [
        (entry.bib or f"person {entry.person}", entry.contest, _kind(contests[entry.contest]))
        for entry in roster.entries
        if entry.contest in contests and not entry.guide and (entry.bib or entry.person)
    ]
    for who, found in contests_beyond(entered, ruleset).items():
        names = ", ".join(contests[code].name for code in found)
        most = str(ruleset.most_individual)
        yield about(CODE, str(who), bib=str(who), contests=names, most=most)


def _kind(contest: Contest) -> str:
    """The kind by which a rule book counts: a relay, or the discipline without its direction."""
    return "relay" if contest.legs_of > 1 else contest.discipline.removeprefix(_DIRECTION)
