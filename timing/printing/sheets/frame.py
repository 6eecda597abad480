"""What stands around the rows of every sheet of an event: titles, state, times, foot."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from timing.core.clock import Instant
from timing.core.rulebook.rulesets import Ruleset
from timing.core.setup.event import Event
from timing.printing.phrases import Phrases, clock_time, phrases_of
from timing.printing.sheet import (
    Column,
    Fact,
    Group,
    Paper,
    Sheet,
    Signature,
    State,
    Tone,
    Turn,
)
from timing.printing.sheets.notices import alert_of

OFFICIALS = ("referee", "chief_timekeeper", "secretary")


@dataclass(frozen=True, slots=True)
class Edition:
    """What a sheet is worth. kind: provisional, official or amended; version 0: not published."""

    kind: str = "provisional"
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The event and the circumstances under which a sheet is printed.

    ruleset: of the event, with what it says. as_of: the moment for which the rows stand. number:
    of the document. link: of the live page; checked: it also tells whether the sheet is still
    current. officials: (role, name), role as in the phrases (``referee``) or in words. crew: house
    line.
    """

    event: Event
    ruleset: Ruleset | None = None
    language: str = "en"
    edition: Edition | None = None
    as_of: Instant | None = None
    printed_at: Instant | None = None
    number: str = ""
    link: str = ""
    checked: bool = False
    crew: str = ""
    officials: Sequence[tuple[str, str]] = tuple((role, "") for role in OFFICIALS)
    paper: Paper = Paper.A4
    turn: Turn = Turn.BY_COLUMNS
    large: bool = False

    @property
    def phrases(self) -> Phrases:
        return phrases_of(self.language)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """The inside of a sheet. signed: whether the officials sign it.

    contest: that the sheet is of, "" for several.
    """

    subtitles: Sequence[str]
    columns: Sequence[Column]
    groups: Sequence[Group]
    facts: Sequence[Fact] = ()
    legend: Sequence[tuple[str, str]] = ()
    notes: Sequence[str] = ()
    signed: bool = False
    turn: Turn | None = None
    contest: str = ""


def framed(frame: Frame, inside: Filling) -> Sheet:
    """Put the inside of a sheet into its frame, with whatever of the event is called off."""
    say = frame.phrases
    notes = [*inside.notes, *([say("word.demo")] if frame.event.demo else [])]
    return Sheet(
        title=frame.event.name,
        subtitles=inside.subtitles,
        facts=[*_event_facts(frame), *inside.facts],
        alert=alert_of(say, frame.event, inside.contest),
        state=_state(frame),
        as_of=_as_of(frame),
        printed_at=_printed_at(frame),
        number=frame.number,
        link=frame.link,
        link_text=say("word.check" if frame.checked else "word.live") if frame.link else "",
        language=say.language,
        author=frame.event.organiser or frame.crew,
        columns=inside.columns,
        groups=inside.groups,
        legend=inside.legend,
        notes=notes,
        signatures=_signatures(frame) if inside.signed else (),
        footer=frame.crew,
        paper=frame.paper,
        turn=inside.turn or frame.turn,
        large=frame.large,
        words=say.engine_words,
    )


def _event_facts(frame: Frame) -> Iterable[Fact]:
    say, event = frame.phrases, frame.event
    if event.place:
        yield Fact(say("fact.place"), event.place)
    yield Fact(say("fact.date"), say.days(event.date, event.last_date))


def _state(frame: Frame) -> State | None:
    if frame.edition is None:
        return None
    say, edition = frame.phrases, frame.edition
    text = say(f"word.{edition.kind}")
    if edition.version:
        text = say("word.version", state=text, version=edition.version)
    return State(text, Tone.OPEN if edition.kind == "provisional" else Tone.FINAL)


def _as_of(frame: Frame) -> str:
    if frame.as_of is None:
        return ""
    return frame.phrases("word.as_of", time=clock_time(frame.as_of, frame.event.timezone))


def _printed_at(frame: Frame) -> str:
    if frame.printed_at is None:
        return ""
    say = frame.phrases
    return say("word.printed", time=say.moment(frame.printed_at, frame.event.timezone))


def _signatures(frame: Frame) -> list[Signature]:
    say = frame.phrases
    return [Signature(say.get(f"official.{role}", role), name) for role, name in frame.officials]
