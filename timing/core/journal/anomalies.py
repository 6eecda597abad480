"""What officials should look at: a code, what it is about, and a sentence in plain words.

Nothing is refused in live capture; what does not fit becomes one of these.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from timing.core.journal.lines import LineId
from timing.core.sentence import Sentence
from timing.core.setup.roster import EntryId


class Kind(NamedTuple):
    """severity: "error" blocks an official publication, "warning" wants a look, "info" does not.

    sentence: shown to officials; names in braces are parameters of the anomaly.
    """

    severity: str
    sentence: str


def _l(text: str) -> str:
    """Mark a text that other languages translate; ``make texts`` finds it by this name."""
    return text


KINDS: dict[str, Kind] = {
    "unknown_bib": Kind("error", _l("Bib {bib} at {point} belongs to nobody.")),
    "unknown_chip": Kind("error", _l("Chip {chip} at {point} is bound to no bib.")),
    "half_read_bib": Kind("error", _l("Bib {bib} at {point} was only read in part.")),
    "no_start": Kind(
        "error", _l("Bib {bib} was seen at {point}; it is entered but starts nowhere.")
    ),
    "no_bib": Kind("error", _l("A time at {point} has no bib yet.")),
    "no_time": Kind("error", _l("Bib {bib} at {point} has no time yet.")),
    "empty_line": Kind("warning", _l("A line of station {station} names no bib and no time.")),
    "clash": Kind(
        "warning",
        _l("Line {n} of station {station} came twice with different content; both count."),
    ),
    "off_course": Kind("error", _l("Bib {bib} was seen at {point}, which is not on its course.")),
    "unknown_point": Kind(
        "error", _l("A line names the timing point {point}, which does not exist.")
    ),
    "unknown_entry": Kind(
        "error", _l("A ruling ({kind}) names entry {entry}, which does not exist.")
    ),
    "unknown_start": Kind(
        "error",
        _l("A ruling ({kind}) is about bib {bib} in round {round}, where it does not start."),
    ),
    "unknown_round": Kind(
        "error", _l("A ruling names round {round} of contest {contest}, which does not exist.")
    ),
    "unknown_contest": Kind(
        "error", _l("A ruling calls off contest {contest}, which does not exist.")
    ),
    "not_held": Kind(
        "error", _l("Wave {wave} was started, but {contest} is cancelled or was stopped.")
    ),
    "unknown_line": Kind("warning", _l("A ruling ({kind}) names a line that is not there (yet).")),
    "unknown_wave": Kind("error", _l("A ruling names the wave {wave}, which does not exist.")),
    "unknown_course_point": Kind(
        "error", _l("A ruling names {point}, which is not on the course.")
    ),
    "bad_time": Kind("error", _l("A ruling sets a time of {time}, which is not after the start.")),
    "circular_withdrawal": Kind(
        "error", _l("Withdrawals name each other in a circle; none counts.")
    ),
    "wild_clock": Kind("error", _l("The clock of station {station} gives impossible moments.")),
    "shared_bib": Kind("error", _l("Bib {bib} was handed out to {count} people.")),
    "no_gun": Kind("error", _l("Wave {wave} has times but no gun time.")),
    "before_start": Kind("warning", _l("Bib {bib} was seen at {point} before its start.")),
    "after_finish": Kind("info", _l("Bib {bib} was seen at {point} after its finish.")),
    "missing_split": Kind("warning", _l("Bib {bib} has no time at {point}.")),
    "contradiction": Kind(
        "error", _l("The times of bib {bib} contradict each other; see {point}.")
    ),
    "too_fast": Kind("error", _l("Bib {bib} was faster than possible on the way to {point}.")),
    "over_limit": Kind("warning", _l("Bib {bib} finished over the time limit.")),
    "times_differ": Kind(
        "warning",
        _l("Two readings of bib {bib} at {point} are {difference} apart; {source} counts."),
    ),
    "dns_with_time": Kind(
        "error", _l("Bib {bib} is {status} by ruling and has a time at {point}.")
    ),
    "unclassified": Kind("warning", _l("Bib {bib} has no category: sex or birth date is missing.")),
    "podium_tie": Kind("warning", _l("A tie for place {rank} in {contest}.")),
    "streams_differ": Kind(
        "warning",
        _l("At {point} there are {times} times without bib and {bibs} bibs without time."),
    ),
    "false_start": Kind(
        "warning", _l("Bib {bib} reacted after {time} s; less than {least} s is a false start.")
    ),
    "too_many_contests": Kind(
        "warning", _l("Bib {bib} is entered for {contests}; the rules allow {most} of these.")
    ),
    "line_up_twice": Kind("warning", _l("Team {bib}: {name} runs more than one leg.")),
    "line_up_shared": Kind("warning", _l("{name} is named by team {bib} and by team {other}.")),
    "line_up_legs": Kind("warning", _l("Team {bib}: {found} of {legs} legs have a runner.")),
    "line_up_sexes": Kind(
        "warning",
        _l("Team {bib} runs with {women} women and {men} men, which its contest does not allow."),
    ),
    "possible_record": Kind(
        "info", _l("Bib {bib} beats the record {mark} of {holder} ({body}): a possible record.")
    ),
    "record_equalled": Kind("info", _l("Bib {bib} equals the record {mark} of {holder} ({body}).")),
    "record_without_conditions": Kind(
        "info",
        _l("Bib {bib} is not slower than the record {mark} ({body}), which needs: {needed}."),
    ),
    "implausible_record": Kind(
        "warning",
        _l(
            "Bib {bib} beats the record {mark} of {holder} ({body}) by {percent} per cent; more"
            " than {margin} is not believed."
        ),
    ),
    "implausible_speed": Kind(
        "warning",
        _l(
            "Bib {bib} took {time} for {metres} m ({speed} m/s); less than {bound} is not believed"
            " in this direction."
        ),
    ),
    "very_slow": Kind(
        "info",
        _l("Bib {bib} took {time} for {metres} m ({speed} m/s); was the start or the bib right?"),
    ),
    "cautioned": Kind("info", _l("Cautions of bib {bib}: {count}.")),
}


class Anomaly(NamedTuple):
    """Something to look at.

    key: stable over refolds, so that a ruling can clear it. params: values for the sentence.
    cleared: an official has looked at it.
    """

    code: str
    key: str
    params: Mapping[str, str]
    entry: EntryId | None = None
    line: LineId | None = None
    cleared: bool = False

    @property
    def severity(self) -> str:
        """How much it matters."""
        return KINDS[self.code].severity

    @property
    def template(self) -> str:
        """The sentence with the names of its parameters in braces, for other languages."""
        return KINDS[self.code].sentence

    @property
    def said(self) -> Sentence:
        """What is wrong, to be said in any language."""
        return Sentence(self.template, tuple(self.params.items()))

    @property
    def sentence(self) -> str:
        """What is wrong, in English."""
        return self.template.format_map(self.params)


def about_line(code: str, line: LineId, **params: str) -> Anomaly:
    """Make an anomaly about one line of the journal."""
    return Anomaly(code, f"{code}:{line[0]}:{line[1]}", params, line=line)


def about_entry(
    code: str, entry: EntryId, round_code: str, what: str = "", **params: str
) -> Anomaly:
    """Make an anomaly about one entry in one round."""
    return Anomaly(code, f"{code}:{entry}:{round_code}:{what}", params, entry=entry)


def about(code: str, what: str, **params: str) -> Anomaly:
    """Make an anomaly about something else: a wave, a station, a bib."""
    return Anomaly(code, f"{code}:{what}", params)
