"""What is not held as announced, in the words of the reader; pages say the same as paper."""

from __future__ import annotations

from typing import NamedTuple

from timing.core.clock import Instant
from timing.core.fold.fates import fate_of
from timing.core.journal.rulings import CallOff
from timing.core.setup.called_off import WHOLE_EVENT, CalledOff, Fate, notices
from timing.core.setup.event import Event
from timing.printing.phrases import Phrases, clock_time

_TO_THE_MINUTE = 5


class Notice(NamedTuple):
    """One thing that is called off. word: in one word; text: whole, without the reason."""

    fate: Fate
    word: str
    text: str
    reason: str


def notices_of(say: Phrases, event: Event, contest: str = "") -> list[Notice]:
    """Tell what is called off: of one contest, or of the event and each contest that differs."""
    found = notices(event.called_off)
    if contest:
        whole, own = event.called_off.get(WHOLE_EVENT), event.called_off.get(contest)
        same = WHOLE_EVENT if own == whole else contest
        found = {} if own is None else {same: own}
    return [_notice(say, event, code, fate) for code, fate in found.items()]


def word_of(say: Phrases, event: Event, contest: str = "") -> str:
    """What became of a contest, or of the event, in one word; "" where it is held."""
    fate = event.called_off.get(contest)
    return say(f"called_off.{fate.fate.value}") if fate else ""


def alert_of(say: Phrases, event: Event, contest: str = "") -> list[str]:
    """The same as paragraphs for the head of a sheet."""
    told = notices_of(say, event, contest)
    return [" ".join(filter(None, (each.text, each.reason))) for each in told]


def ruled_text(say: Phrases, event: Event, made: CallOff) -> str:
    """Tell what a ruling called off."""
    fate = fate_of(made)
    codes = made.contests or (WHOLE_EVENT,)
    return " ".join(_notice(say, event, code, fate).text for code in codes)


def _notice(say: Phrases, event: Event, code: str, fate: CalledOff) -> Notice:
    reason = say("called_off.reason", reason=fate.reason) if fate.reason else ""
    text = " ".join(filter(None, (_held(say, event, code, fate), _ranked(say, event, code, fate))))
    return Notice(fate.fate, say(f"called_off.{fate.fate.value}"), text, reason)


def _held(say: Phrases, event: Event, code: str, fate: CalledOff) -> str:
    contest = event.contest(code)
    when = _when(say, event, fate)
    key = f"called_off.{'contest' if code else 'event'}_{fate.fate.value}{'_to' if when else ''}"
    return say(key, contest=contest.name if contest else code, when=when)


def _when(say: Phrases, event: Event, fate: CalledOff) -> str:
    """The new start, with its day where that is another one; the day alone; or nothing."""
    if fate.until is None:
        return say.when(fate.day) if fate.day else ""
    at = clock_time(fate.until, event.timezone)[:_TO_THE_MINUTE]
    day = say.day(fate.until, event.timezone)
    return at if day == say.days(event.date) else f"{day}, {at}"


def _ranked(say: Phrases, event: Event, code: str, fate: CalledOff) -> str:
    if fate.fate is not Fate.STOPPED:
        return ""
    if fate.stands is None:
        return say("called_off.unranked")
    time = _moment(say, event, fate.stands)
    contest = event.contest(code)
    names = {each.code: each.name for each in contest.course.points} if contest else {}
    point = names.get(fate.point)
    return say("called_off.stands_at" if point else "called_off.stands", point=point, time=time)


def _moment(say: Phrases, event: Event, at: Instant) -> str:
    time = clock_time(at, event.timezone)
    day = say.day(at, event.timezone)
    return time if day == say.days(event.date) else f"{day}, {time}"
