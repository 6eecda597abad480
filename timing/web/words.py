"""The words of the officials' desks: kinds of rulings, slips, reasons. Decides nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Protocol

from flask import g, request
from flask_babel import get_locale, gettext, gettext as _, lazy_gettext

from timing.core.clock import Duration, format_duration
from timing.core.journal.lines import Read
from timing.core.journal.rulings import CallOff
from timing.core.setup.event import Event
from timing.core.telling.checkin import ITEMS
from timing.core.telling.sentences import Telling
from timing.printing.phrases import phrases_of
from timing.printing.sheets.notices import ruled_text
from timing.services.office.stations import names, place_names
from timing.services.raceday.history import Told
from timing.web.language import translated
from timing.web.pages import clock_time, the_house

_LONG_ID = re.compile(r"\S{17,}")  # what no name of a volunteer is

RULED: Mapping[str, Any] = {
    "withdraw": lazy_gettext("A ruling was taken back"),
    "void": lazy_gettext("A reading is not used"),
    "attribute": lazy_gettext("A reading belongs to bib %(bib)s"),
    "retime": lazy_gettext("A reading was at %(at)s"),
    "repoint": lazy_gettext("A reading was made at %(point)s"),
    "pair": lazy_gettext("A time and a bib belong together"),
    "blank": lazy_gettext("An empty slot stands before a line"),
    "set_time": lazy_gettext("The time is set to %(elapsed)s"),
    "bind_bib": lazy_gettext("Bib %(bib)s is handed out"),
    "bind_chip": lazy_gettext("Chip %(chip)s is worn with bib %(bib)s"),
    "gun": lazy_gettext("Wave %(wave)s started at %(at)s"),
    "recall": lazy_gettext("Wave %(wave)s was called back"),
    "set_clock": lazy_gettext("The clock of %(station)s is corrected by %(offset)s"),
    "move": lazy_gettext("Moved into wave %(wave)s, heat %(heat)s, lane %(lane)s"),
    "confirm": lazy_gettext("Seen at the desk: %(item)s"),
    "start_offset": lazy_gettext("Started %(offset)s after the gun"),
    "set_status": lazy_gettext("Status %(status)s %(rule)s"),
    "penalty": lazy_gettext("Penalty of %(time)s %(rule)s"),
    "caution": lazy_gettext("Caution: %(code)s %(post)s"),
    "photo_finish": lazy_gettext("Order read from the photo finish"),
    "dead_heat": lazy_gettext("Dead heat"),
    "qualify": lazy_gettext("Goes on to the next round (%(mark)s)"),
    "close": lazy_gettext("The round %(round)s of %(contest)s is over"),
    "clear": lazy_gettext("Looked at and in order: %(anomaly)s"),
    "amend": lazy_gettext("The data of the entry were amended (%(field)s)"),
    "note": lazy_gettext("Remark: %(text)s"),
    "reaction": lazy_gettext("Reaction time %(time)s s"),
    "set_record": lazy_gettext("Record: %(equalled)s%(code)s (%(body)s) %(category)s"),
    "call_off": lazy_gettext("Announced: %(told)s"),
    "wind": lazy_gettext("Wind of %(contest)s, %(round)s, heat %(heat)s: %(speed)s"),
}
"""Every kind of ruling as a sentence."""

WHY: Mapping[str, Any] = {
    "burst": lazy_gettext("another reading of the same crossing counts"),
    "backup": lazy_gettext("a more trusted source counts"),
    "watch": lazy_gettext("the watches were made one time"),
    "before_start": lazy_gettext("before the start"),
    "early_start_read": lazy_gettext("a later reading at the start counts"),
    "after_finish": lazy_gettext("after the finish"),
    "time_up": lazy_gettext("after the time was up"),
    "too_soon": lazy_gettext("too soon after the passing before"),
    "too_fast": lazy_gettext("faster than possible"),
    "contradiction": lazy_gettext("does not fit the other readings"),
    "overruled": lazy_gettext("an official set another time"),
    "after_stop": lazy_gettext("after the race was stopped"),
    "no_gun": lazy_gettext("the wave has no gun time yet"),
    "wild_clock": lazy_gettext("the clock of the station was never set"),
}
"""Why a reading does not count."""

SLIPS: Mapping[str, Any] = {
    "wildcard": lazy_gettext("fits what was read"),
    "swapped": lazy_gettext("two digits changed places"),
    "missing": lazy_gettext("a digit is missing"),
    "doubled": lazy_gettext("a digit was typed twice"),
    "neighbour": lazy_gettext("a key beside it"),
    "wrong": lazy_gettext("another digit"),
    "extra": lazy_gettext("a digit too many"),
}
"""What the finger did."""

CHECKS: Mapping[str, Any] = {
    "unknown_bib": lazy_gettext("Unknown bibs"),
    "unknown_chip": lazy_gettext("Unknown chips"),
    "half_read_bib": lazy_gettext("Half-read bibs"),
    "no_start": lazy_gettext("Seen, but on no start list"),
    "no_bib": lazy_gettext("Times without bib"),
    "no_time": lazy_gettext("Bibs without time"),
    "empty_line": lazy_gettext("Empty lines"),
    "off_course": lazy_gettext("Seen off their course"),
    "unknown_point": lazy_gettext("Lines of an unknown timing point"),
    "unknown_entry": lazy_gettext("Rulings about an entry that does not exist"),
    "unknown_start": lazy_gettext("Rulings about a start that does not exist"),
    "unknown_round": lazy_gettext("Rulings about a round that does not exist"),
    "unknown_contest": lazy_gettext("Rulings about a contest that does not exist"),
    "not_held": lazy_gettext("Started although cancelled or stopped"),
    "unknown_line": lazy_gettext("Rulings about a line that is not there"),
    "unknown_wave": lazy_gettext("Rulings about a wave that does not exist"),
    "unknown_course_point": lazy_gettext("Rulings about a point that is not on the course"),
    "bad_time": lazy_gettext("Ruled times that are not after the start"),
    "circular_withdrawal": lazy_gettext("Rulings that take each other back in a circle"),
    "wild_clock": lazy_gettext("Wild clocks"),
    "shared_bib": lazy_gettext("Bibs handed out twice"),
    "no_gun": lazy_gettext("Waves with times but no gun"),
    "before_start": lazy_gettext("Seen before their start"),
    "after_finish": lazy_gettext("Seen after their finish"),
    "missing_split": lazy_gettext("Missing splits"),
    "contradiction": lazy_gettext("Times that contradict each other"),
    "too_fast": lazy_gettext("Faster than possible"),
    "over_limit": lazy_gettext("Over the time limit"),
    "times_differ": lazy_gettext("Sources that disagree"),
    "dns_with_time": lazy_gettext("Not started, but with a time"),
    "unclassified": lazy_gettext("Without a category"),
    "podium_tie": lazy_gettext("Ties for a medal"),
    "too_many_contests": lazy_gettext("Entered for too many contests"),
    "line_up_twice": lazy_gettext("Runners with two legs"),
    "line_up_shared": lazy_gettext("Runners in two teams"),
    "line_up_legs": lazy_gettext("Legs without a runner"),
    "line_up_sexes": lazy_gettext("Relay teams of other sexes"),
    "possible_record": lazy_gettext("Possible records"),
    "record_equalled": lazy_gettext("Records equalled"),
    "record_without_conditions": lazy_gettext("Record times without the conditions of a record"),
    "implausible_record": lazy_gettext("Beyond any record"),
    "clash": lazy_gettext("Lines under one number"),
    "streams_differ": lazy_gettext("Two streams of different length"),
    "implausible_speed": lazy_gettext("Faster than anybody runs"),
    "very_slow": lazy_gettext("Slower than a stroll"),
    "cautioned": lazy_gettext("Cautioned"),
    "false_start": lazy_gettext("Reacted too soon"),
    "dq_proposed": lazy_gettext("Proposals of judges that wait for the referee"),
    "still_out": lazy_gettext("Still out"),
    "nobody_seen": lazy_gettext("Nobody was seen"),
    "not_seen": lazy_gettext("Never seen"),
    "unsent_lines": lazy_gettext("Stations with lines that did not arrive"),
    "silent_station": lazy_gettext("Silent stations"),
    "open_enquiries": lazy_gettext("Questions of runners without an answer"),
}
"""Kinds of doubts as headings; a kind without one is shown by its code."""


class Said(Protocol):
    """Something with a sentence: an anomaly, or a doubt of the page before publishing."""

    @property
    def template(self) -> str: ...
    @property
    def params(self) -> Mapping[str, str]: ...


def doubt(about: Said) -> str:
    """Say what is wrong in the reader's language."""
    params = dict(about.params)
    if "station" in params:
        params["station"] = device(params["station"])
    if "point" in params:
        params["point"] = place(params["point"])
    if "source" in params:
        params["source"] = translated(params["source"])
    return str(gettext(about.template)).format_map(params)


def place(point: str) -> str:
    """The name of a timing point at the event of this page; what is none stays as it is."""
    if "places" not in g:
        g.places = place_names(the_house(), _slug()) if _slug() else {}
    return g.places.get(point, "") or point


def _slug() -> str:
    return (request.view_args or {}).get("slug", "") if request else ""


def device(station: str) -> str:
    """The name of a station at the event of this page, or the beginning of its id."""
    name = named(station) or station
    return f"{name[:6]}…" if _LONG_ID.fullmatch(name) else name


def named(station: str) -> str:
    """The name of a device at the event of this page; "" for what this server wrote itself."""
    if "devices" not in g:
        g.devices = names(the_house(), _slug()) if _slug() else {}
    name: str = g.devices.get(station, "")
    return "" if name == station else name


def aloud(told: Told, event: Event) -> str:
    """Say in a sentence what a ruling decided."""
    timezone = event.timezone
    kind = "recall" if told.kind == "gun" and told.data["at"] is None else told.kind
    values = {name: _shown(name, value, timezone) for name, value in told.data.items()}
    values |= _names(told.data, event)
    if isinstance(told.ruling.act, CallOff):
        values["told"] = ruled_text(phrases_of(str(get_locale() or "en")), event, told.ruling.act)
    sentence = (str(RULED[kind]) % values).strip()
    return f"{sentence}: {reading(told.about, timezone)}" if told.about else sentence


def _names(data: Mapping[str, Any], event: Event) -> dict[str, str]:
    """Give the names of what a ruling calls by codes, as far as the event has them."""
    contests = [each for each in event.contests if each.code == data.get("contest")]
    rounds = [each for contest in contests for each in contest.rounds]
    known = (
        *(("contest", each.code, each.name) for each in contests),
        *(("round", each.code, each.name) for each in rounds),
        *(("wave", each.code, each.name) for each in event.waves),
        *(("point", each.code, each.name) for each in event.points),
    )
    found = {word: name for word, code, name in known if code == data.get(word)}
    if data.get("item") in ITEMS:
        seen = ITEMS[data["item"]]
        found["item"] = str(gettext(seen.word))
    return found


def reading(read: Read, timezone: str) -> str:
    """Say in a few words what a station saw."""
    who = read.bib or read.chip or _("no bib")
    when = _("no time") if read.at is None else precise(read.at, timezone)
    source = translated(read.source) if read.source else ""
    return f"{who}, {place(read.point)}, {when} ({device(read.station)}:{read.n}, {source})"


def explained(sentence: Telling, timezone: str, *, named: bool = True) -> str:
    """Say why a result is what it is, with moments as the clocks of the event showed them.

    named: officials by their names; the public is told only that it was an official.
    """
    if not named and "author" in sentence.params:
        sentence = sentence._replace(params={**sentence.params, "author": _("an official")})
    return sentence.text(lambda at: precise(at, timezone), lambda text: str(gettext(text)))


def precise(at: int | None, timezone: str) -> str:
    """The time of day at an event with hundredths."""
    if at is None:
        return ""
    return f"{clock_time(at, timezone)}.{at // 10_000 % 100:02d}"  # type: ignore[arg-type]


def check_name(code: str) -> str:
    """The heading of a kind of doubts."""
    return str(CHECKS.get(code, code.replace("_", " ")))


def _shown(name: str, value: Any, timezone: str) -> Any:
    if name == "at":
        return precise(value, timezone) or _("no time")
    if name in ("elapsed", "offset", "time") and isinstance(value, int):
        return format_duration(Duration(value))
    if name == "equalled":
        return "=" if value else ""
    return value
