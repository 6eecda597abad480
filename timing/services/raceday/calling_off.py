"""Calling an event or contests of it off: from the words of a form to the ruling, and what holds.

A ruling is never refused by the journal; what a form asks for that makes no sense is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from timing.core.clock import Instant, datetime_of, instant_of
from timing.core.fold.fates import fate_of
from timing.core.fold.whole import State
from timing.core.journal.lines import Ruling
from timing.core.journal.rulings import CallOff
from timing.core.refusal import Problem, Refusal, refused
from timing.core.sentence import worded
from timing.core.setup.called_off import CalledOff, Fate
from timing.core.setup.event import Contest, CoursePoint, Event, PointKind
from timing.services.house import House, UnknownEventError
from timing.services.live import as_ruled
from timing.services.raceday.wall_time import said_time

NOTHING, FINISH = "", "finish"
"""What counts of a stopped race: nothing, or the finishes; else the code of a course point."""


class Card(NamedTuple):
    """One contest. started: a wave of it had its gun. over: every round of it is closed."""

    contest: Contest
    fate: CalledOff | None
    started: bool
    over: bool


class Page(NamedTuple):
    """What can be called off. rulings: those that hold for something, the newest first.

    points: where a stopped race may be ranked besides its finish, with the contest.
    """

    event: Event
    now: Instant
    cards: tuple[Card, ...]
    rulings: tuple[Ruling, ...]
    points: tuple[tuple[Contest, CoursePoint], ...]


class Wish(NamedTuple):
    """The form. contests: those that were ticked. day, time: of the new start, as typed.

    counts: NOTHING, FINISH or a course point. stands: until when, as a time of day; "" is now.
    """

    fate: str
    contests: Sequence[str] = ()
    day: str = ""
    time: str = ""
    counts: str = NOTHING
    stands: str = ""


def page(house: House, slug: str) -> Page:
    """Show what is called off and what can be. Raises UnknownEventError."""
    found = house.live.ask(slug, lambda state: _page(state, house.clock()))
    if found is None:
        raise UnknownEventError(slug)
    return found


def call_off_act(house: House, slug: str, wish: Wish, now: Instant) -> CallOff:
    """Read the form; all contests together are the event. Raises Refusal and UnknownEventError.

    now: the moment of the first look.
    """
    found = page(house, slug)
    if wish.fate not in set(Fate):
        raise refused("fate", "choose what happens: cancelled, postponed or stopped")
    fate = Fate(wish.fate)
    chosen = [card for card in found.cards if card.contest.code in wish.contests]
    if found.cards and not chosen:
        raise refused("contests", "choose the contests that it concerns")
    problems = list(_against(fate, chosen))
    if problems:
        raise Refusal(*problems)
    whole = len(chosen) == len(found.cards)
    act = CallOff(contests=() if whole else tuple(card.contest.code for card in chosen), fate=fate)
    if fate is Fate.POSTPONED:
        return _later(act, found.event, wish, now)
    return _standing(act, found, wish, now) if fate is Fate.STOPPED else act


def _against(fate: Fate, chosen: Sequence[Card]) -> Iterator[Problem]:
    """What is on its way is stopped, and what nobody has started cannot be."""
    begun = [card.contest.name for card in chosen if card.started]
    if fate is Fate.STOPPED and chosen and not begun:
        yield Problem("fate", worded("nobody has started; cancel it, or postpone it"))
    if fate is not Fate.STOPPED:
        for name in begun:
            sentence = worded(
                "{contest} has started; stop it, or call its start back before", contest=name
            )
            yield Problem("fate", sentence)


def _standing(act: CallOff, found: Page, wish: Wish, now: Instant) -> CallOff:
    """As of when and where the results of a stopped race count, if any do."""
    if wish.counts == NOTHING:
        return act
    zone = found.event.timezone
    stands = said_time(wish.stands, zone, now) if wish.stands.strip() else now
    return replace(act, stands=stands, point=_point(found, wish))


def _point(found: Page, wish: Wish) -> str:
    """The course point at which they are ranked; every contest that is chosen must have it."""
    if wish.counts == FINISH:
        return ""
    for card in found.cards:
        code = card.contest.code
        if code in wish.contests and (code, wish.counts) not in {
            (contest.code, point.code) for contest, point in found.points
        }:
            raise refused(
                "counts", "{contest} has no such point on its course", contest=card.contest.name
            )
    return wish.counts


def _later(act: CallOff, event: Event, wish: Wish, now: Instant) -> CallOff:
    """The new day and time, the day alone, or nothing. A time alone is on the next such moment."""
    day, time, zone = wish.day.strip(), wish.time.strip(), ZoneInfo(event.timezone)
    today = datetime_of(now).astimezone(zone).date()
    try:
        on = date.fromisoformat(day) if day else max(today, date.fromisoformat(event.date))
    except ValueError:
        raise refused(
            "new_day", "{text!r} is no day; expected such as 2026-07-05", text=day[:20]
        ) from None
    try:
        at = datetime.strptime(time, "%H:%M").time() if time else None  # noqa: DTZ007
    except ValueError:
        raise refused(
            "new_time", "{text!r} is no time of day; expected such as 10:30", text=time[:20]
        ) from None
    if at is None:
        if day and on < today:
            raise refused("new_day", "{day} is over", day=day)
        return replace(act, day=on.isoformat()) if day else act
    until = instant_of(datetime.combine(on, at, zone))
    if until <= now:
        raise refused("new_time", "{day}, {time} is over", day=on.isoformat(), time=time)
    return replace(act, until=until, day=on.isoformat())


def _page(state: State, now: Instant) -> Page:
    event = as_ruled(state)
    return Page(
        event,
        now,
        tuple(_card(state, contest) for contest in event.contests),
        tuple(
            ruling
            for ruling in reversed(state.live)
            if isinstance(ruling.act, CallOff)
            and fate_of(ruling.act, ruling.reason, ruling.at) in event.called_off.values()
        ),
        tuple(
            (contest, point)
            for contest in event.contests
            if not contest.course.open_laps
            for point in contest.course.points[1:]
            if point.kind is PointKind.SPLIT
        ),
    )


def _card(state: State, contest: Contest) -> Card:
    waves = {heat.wave for part in contest.rounds for heat in part.heats}
    return Card(
        contest,
        state.lineup.called_off.get(contest.code),
        any(wave in state.lineup.guns for wave in waves),
        all((contest.code, part.code) in state.lineup.closed for part in contest.rounds),
    )
