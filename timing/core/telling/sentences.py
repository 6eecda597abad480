"""The sentences in which a result explains itself: a code, its template, and the values in it.

Data first: other languages translate the templates, and moments are shown in the zone of the event.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from timing.core.clock import Instant, datetime_of, in_calendar
from timing.core.journal.lines import LineId
from timing.core.sentence import Sentence


def _l(text: str) -> str:
    """Mark a text that other languages translate; ``make texts`` finds it by this name."""
    return text


UNUSED: dict[str, str] = {
    "burst": _l(
        "{point} at {at}: one of several reads of one passing; that of {counts_at} counts."
    ),
    "backup": _l(
        "{point} at {at}: seen by {source}; {counts_source} of {counts_at} is trusted more."
    ),
    "watch": _l(
        "{point} at {at}: one of several watches; together they make the time {counts_at}."
    ),
    "early_start_read": _l("{point} at {at}: on the start line before the start."),
    "before_start": _l("{point} at {at}: before the start."),
    "after_finish": _l("{point} at {at}: after the finish at {counts_at}."),
    "contradiction": _l(
        "{point} at {at}: contradicts the other times, more of which fit together."
    ),
    "overruled": _l("{point} at {at}: an official set the time of this point."),
    "too_soon": _l("{point} at {at}: sooner than the point can be reached again."),
    "too_fast": _l("{point} at {at}: nobody runs there so fast."),
    "time_up": _l("{point} at {at}: the time was up."),
    "after_stop": _l("{point} at {at}: after the race was stopped."),
    "no_gun": _l("{point} at {at}: there is no gun time to count from."),
    "wild_clock": _l("{point} at {at}: the clock of station {station} was never set."),
    "void": _l("{point} at {at}: voided by {author}: {reason}"),
    "given_away": _l("{point} at {at}: given to bib {to} by {author}: {reason}"),
    "check_in": _l("{point}: the check-in desk; it says who is there, not who passed."),
    "no_time": _l("{point}: a bib without a time, which was not paired with any."),
    "paired": _l("{point}: a bib without a time; it got the time of {counts_at}."),
    "off_course": _l("{point} at {at}: a point that is not on this course."),
    "unknown_point": _l("{point} at {at}: a timing point that does not exist."),
}
"""Why a read does not count. Each is described in docs/reference/explanations.md."""

SENTENCES: dict[str, str] = UNUSED | {
    # The start
    "gun": _l("Wave {wave} started at {at}."),
    "no_gun_yet": _l("Wave {wave} has no gun time yet."),
    "slot": _l("Start slot {lane}: {after} after the gun."),
    "offset": _l("Started {after} after the gun, by the start list or a ruling."),
    "start_read": _l(
        "Crossed the start line {after} after the start; the net time runs from there."
    ),
    "no_start_read": _l("Was not seen on the start line; the net time runs from the gun."),
    # The passings
    "passed": _l("{point} after {elapsed}: {source} of station {station}, line {n}, at {at}."),
    "passed_without_gun": _l("{point}: {source} of station {station}, line {n}, at {at}."),
    "set": _l("{point} after {elapsed}: set by {author}: {reason}"),
    "clock": _l("The clock of station {station} is corrected by {offset}."),
    "attributed": _l(
        "{point}: the read of station {station}, line {n}, was given to this bib by "
        "{author}: {reason}"
    ),
    "retimed": _l(
        "{point}: the moment of station {station}, line {n}, was corrected by {author}: {reason}"
    ),
    "repointed": _l(
        "{point}: the read of station {station}, line {n}, was put here by {author}: {reason}"
    ),
    "by_chip": _l(
        "{point}: the read of station {station}, line {n}, saw chip {chip}, which is "
        "worn with this bib."
    ),
    "joined": _l(
        "{point}: the time of station {station}, line {n}, was joined with the bib of "
        "{bib_station}, line {bib_n}."
    ),
    "joined_by_ruling": _l(
        "{point}: the time of station {station}, line {n}, was paired with the bib of "
        "{bib_station}, line {bib_n}, by an official."
    ),
    # The time
    "gun_time": _l("Gun time {time}."),
    "net_time": _l("Net time {time}."),
    "penalty": _l("Penalty {time} {rule}by {author}: {reason}"),
    "official_gun": _l(
        "Official time {official}: the gun time {exact} with penalties of {penalty}, "
        "rounded up to {step}."
    ),
    "official_net": _l(
        "Official time {official}: the net time {exact} with penalties of {penalty}, "
        "rounded up to {step}."
    ),
    "record": _l("Marked as {code} ({body}) by {author}: {reason}"),
    "laps": _l("{laps} laps, the last after {elapsed}."),
    # The status
    "ruled_status": _l("{status} {rule}by {author}: {reason}"),
    "cautions": _l("DQ after {count} cautions; {limit} disqualify."),
    "finished": _l("Finished."),
    "over_limit": _l("Finished after the time limit of {limit}."),
    "did_not_finish": _l("Was seen and did not finish; the round is closed."),
    "did_not_start": _l("Was not seen at all; the round is closed."),
    "on_course": _l("Is on the course."),
    "on_course_at": _l("Is on the course; last seen at {point}."),
    "waiting": _l("Has not started yet."),
    "cancelled": _l("The contest is cancelled: {reason}"),
    "stopped": _l("The race was stopped: {reason}"),
    "stands": _l("What was in by {at} counts."),
    "stands_at": _l("What was in by {at} counts, as timed at {point}."),
    # The place
    "place": _l("Place {place} of {count}."),
    "first": _l("Nobody was better."),
    "behind": _l("{gap} behind bib {bib} on place {place}."),
    "tied": _l("Shares the place with bib {bibs}: equal in all that separates times."),
    "exact": _l("The same printed time as bib {bibs}; the exact times decide."),
    "gun_decides": _l("The same net time as bib {bibs}; the gun times decide."),
    "photo": _l("The same time as bib {bibs}; the photo finish decides."),
    "recorded": _l("The same time as bib {bibs}; the order of recording decides."),
    "in_class": _l("Place {place} of {name}."),
    "out_of_competition": _l("Out of competition: has a time and no place."),
    "no_place": _l("No place: {status}."),
    # The awards: the codes of ``core.rulebook.prizes``
    "prize-won": _l("Wins the prize “{prize}”, place {place} of {number}."),
    "prize-other-sex": _l("No prize “{prize}”: it is for another sex."),
    "prize-unclassified": _l("No prize “{prize}”: it asks for an age, and there is no category."),
    "prize-other-age": _l("No prize “{prize}”: the category does not lie inside its ages."),
    "prize-other-club": _l("No prize “{prize}”: it is for other clubs."),
    "prize-holds-other": _l("No prize “{prize}”: holds “{other}” already."),
    "prize-places-gone": _l(
        "No prize “{prize}”: place {place} in its line, and there are {number}."
    ),
    "prize-unranked": _l("No prize “{prize}”: has no place in the ranking that counts."),
    # What it means for a team: the codes of ``core.telling.team_awards``
    "team-none": _l("Runs for no team."),
    "team-counts": _l("Counts for {team}: place {rank} of {count} teams with {score}."),
    "team-not-counted": _l(
        "{team} has place {rank} of {count} teams with {score}; {scorers} others count for it."
    ),
    "team-too-few": _l("{team} has no place as a team: {found} finished, and {expected} count."),
    "team-too-many": _l(
        "{team} has no place as a team: {found} finished, and at most {expected} may run for it."
    ),
    "team-member-missing": _l(
        "{team} has no place as a team: {found} of {expected} members finished."
    ),
    "team-too-few-of-sex": _l(
        "{team} has no place as a team: {found} of one sex, and {expected} must count."
    ),
    "team-tie-last_scorer": _l("Equal totals of teams: the better last scorer decided."),
    "team-tie-from_last": _l("Equal totals of teams: the scorers were compared from the last on."),
    "team-tie-first_scorer": _l("Equal totals of teams: the better first scorer decided."),
    "team-tie-next_finisher": _l("Equal totals of teams: the better next finisher decided."),
    "team-tie-all_but_last": _l(
        "Equal totals of teams: the total without the last scorer decided."
    ),
    "team-tie-match_ups": _l("Equal totals of teams: most wins of scorer against scorer decided."),
    # A change
    "changed": _l("{bib} {name}: {before} becomes {after}."),
    "listed": _l("{bib} {name}: new, {after}."),
    "unlisted": _l("{bib} {name}: no longer listed, was {before}."),
    "edited": _l("{bib} {name}: the name or other data."),
    "ruled": _l("Ruling {kind} by {author}: {reason}"),
    "taken_back": _l("Withdrawn: ruling {kind} by {author}: {reason}"),
}
"""Everything that an explanation may say."""

NO_REASON, NOBODY, NO_TIME = _l("no reason given"), _l("nobody"), _l("no time")
WORDS = frozenset(
    (
        NO_REASON, NOBODY, NO_TIME, _l("chip"), _l("photo"), _l("watch"), _l("button"),
        _l("typed"), _l("paper"),
    )
)  # fmt: skip
"""Values of parameters that are words of ours; other languages translate these too."""


def in_utc(at: Instant) -> str:
    """Show a moment as the time of day in UTC, without zeros at the end."""
    if not in_calendar(at):
        return "an impossible moment"
    shown = datetime_of(at).strftime("%H:%M:%S.%f").rstrip("0").rstrip(".")
    return f"{shown} UTC"


class Telling(NamedTuple):
    """One sentence of a result. params: texts and times; moments: shown in the zone of the event.

    line: the line of the journal that it is about.
    """

    code: str
    params: Mapping[str, str]
    moments: Mapping[str, Instant] = {}
    line: LineId | None = None

    def text(
        self,
        show: Callable[[Instant], str] = in_utc,
        translate: Callable[[str], str] = str,
    ) -> str:
        """Say it, in English unless somebody translates. show: a moment as text."""
        words = {
            name: Sentence(value) if value in WORDS else value
            for name, value in self.params.items()
        }
        values = {**words, **{name: show(at) for name, at in self.moments.items()}}
        return Sentence(SENTENCES[self.code], tuple(values.items())).text(translate)
