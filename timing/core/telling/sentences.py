"""The sentences in which a result explains itself: a code, its template, and the values in it.

Data first: other languages translate the templates and show moments in the zone of the event.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from timing.core.clock import Instant, datetime_of
from timing.core.journal.lines import LineId

UNUSED: dict[str, str] = {
    "burst": "{point} at {at}: one of several reads of one passing; that of {counts_at} counts.",
    "backup": "{point} at {at}: seen by {source}; {counts_source} of {counts_at} is trusted more.",
    "watch": "{point} at {at}: one of several watches; together they make the time {counts_at}.",
    "early_start_read": "{point} at {at}: on the start line before the start.",
    "before_start": "{point} at {at}: before the start.",
    "after_finish": "{point} at {at}: after the finish at {counts_at}.",
    "contradiction": "{point} at {at}: contradicts the other times, more of which fit together.",
    "overruled": "{point} at {at}: an official set the time of this point.",
    "too_soon": "{point} at {at}: sooner than the point can be reached again.",
    "too_fast": "{point} at {at}: nobody runs there so fast.",
    "time_up": "{point} at {at}: the time was up.",
    "no_gun": "{point} at {at}: there is no gun time to count from.",
    "wild_clock": "{point} at {at}: the clock of station {station} was never set.",
    "void": "{point} at {at}: voided by {author}: {reason}",
    "given_away": "{point} at {at}: given to bib {to} by {author}: {reason}",
    "check_in": "{point}: the check-in desk; it says who is there, not who passed.",
    "no_time": "{point}: a bib without a time, which was not paired with any.",
    "paired": "{point}: a bib without a time; it got the time of {counts_at}.",
    "off_course": "{point} at {at}: a point that is not on this course.",
    "unknown_point": "{point} at {at}: a timing point that does not exist.",
}
"""Why a read does not count. Each is described in docs/reference/explanations.md."""

SENTENCES: dict[str, str] = UNUSED | {
    # The start
    "gun": "Wave {wave} started at {at}.",
    "no_gun_yet": "Wave {wave} has no gun time yet.",
    "slot": "Start slot {lane}: {after} after the gun.",
    "offset": "Started {after} after the gun, by the start list or a ruling.",
    "start_read": "Crossed the start line {after} after the start; the net time runs from there.",
    "no_start_read": "Was not seen on the start line; the net time runs from the gun.",
    # The passings
    "passed": "{point} after {elapsed}: {source} of station {station}, line {n}, at {at}.",
    "passed_without_gun": "{point}: {source} of station {station}, line {n}, at {at}.",
    "set": "{point} after {elapsed}: set by {author}: {reason}",
    "clock": "The clock of station {station} is corrected by {offset}.",
    "attributed": "{point}: the read of station {station}, line {n}, was given to this bib by"
    " {author}: {reason}",
    "retimed": "{point}: the moment of station {station}, line {n}, was corrected by {author}:"
    " {reason}",
    "repointed": "{point}: the read of station {station}, line {n}, was put here by {author}:"
    " {reason}",
    "by_chip": "{point}: the read of station {station}, line {n}, saw chip {chip}, which is worn"
    " with this bib.",
    "joined": "{point}: the time of station {station}, line {n}, was joined with the bib of"
    " {bib_station}, line {bib_n}.",
    "joined_by_ruling": "{point}: the time of station {station}, line {n}, was paired with the bib"
    " of {bib_station}, line {bib_n}, by an official.",
    # The time
    "gun_time": "Gun time {time}.",
    "net_time": "Net time {time}.",
    "penalty": "Penalty {time} {rule}by {author}: {reason}",
    "official": "Official time {official}: the {basis} time {exact} with penalties of {penalty},"
    " rounded up to {step}.",
    "laps": "{laps} laps, the last after {elapsed}.",
    # The status
    "ruled_status": "{status} {rule}by {author}: {reason}",
    "cautions": "DQ after {count} cautions; {limit} disqualify.",
    "finished": "Finished.",
    "over_limit": "Finished after the time limit of {limit}.",
    "did_not_finish": "Was seen and did not finish; the round is closed.",
    "did_not_start": "Was not seen at all; the round is closed.",
    "on_course": "Is on the course.",
    "waiting": "Has not started yet.",
    # The place
    "place": "Place {place} of {count}.",
    "first": "Nobody was better.",
    "behind": "{gap} behind bib {bib} on place {place}.",
    "tied": "Shares the place with bib {bibs}: equal in all that separates times.",
    "exact": "The same printed time as bib {bibs}; the exact times decide.",
    "gun_decides": "The same net time as bib {bibs}; the gun times decide.",
    "photo": "The same time as bib {bibs}; the photo finish decides.",
    "recorded": "The same time as bib {bibs}; the order of recording decides.",
    "in_class": "Place {place} of {name}.",
    "out_of_competition": "Out of competition: has a time and no place.",
    "no_place": "No place: {status}.",
    # A change
    "changed": "{bib} {name}: {before} becomes {after}.",
    "listed": "{bib} {name}: new, {after}.",
    "unlisted": "{bib} {name}: no longer listed, was {before}.",
    "ruled": "Ruling {kind} by {author}: {reason}",
    "taken_back": "Withdrawn: ruling {kind} by {author}: {reason}",
}  # fmt: skip
"""Everything that an explanation may say."""


def in_utc(at: Instant) -> str:
    """Show a moment as the time of day in UTC, without zeros at the end."""
    try:
        shown = datetime_of(at).strftime("%H:%M:%S.%f").rstrip("0").rstrip(".")
    except OverflowError:
        return "an impossible moment"
    return f"{shown} UTC"


class Sentence(NamedTuple):
    """One sentence. params: texts and times; moments: to be shown in the zone of the event.

    line: the line of the journal that it is about.
    """

    code: str
    params: Mapping[str, str]
    moments: Mapping[str, Instant] = {}
    line: LineId | None = None

    def text(
        self,
        show: Callable[[Instant], str] = in_utc,
        templates: Mapping[str, str] = SENTENCES,
    ) -> str:
        """Say it, in English unless other templates are given."""
        shown = {name: show(at) for name, at in self.moments.items()}
        return templates[self.code].format_map({**self.params, **shown})
