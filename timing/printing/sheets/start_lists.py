"""Lists from before the race: start lists, call room, check-in, judges, lap counters, announcer.

A kind of list is data: its columns, its order and what its groups are. ``KINDS`` has them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import Enum
from typing import Any, NamedTuple

from timing.core.setup.event import Contest
from timing.core.telling.listing import shown_name
from timing.core.telling.members import member_names
from timing.printing.phrases import clock_time
from timing.printing.sheet import Blank, Column, Fact, Group, Sheet
from timing.printing.sheets.contest_facts import (
    contest_facts,
    heat_title,
    round_of,
    rules_note,
    wind_note,
)
from timing.printing.sheets.frame import Filling, Frame, framed
from timing.printing.sheets.results_sheet import round_title
from timing.printing.sheets.shared_columns import COLUMNS, headed
from timing.printing.sheets.starters import Starter, by_bib, by_lane, by_name, by_start, time_text


class By(Enum):
    """What the groups of a list are."""

    NOTHING = "nothing"
    HEAT = "heat"
    WAVE = "wave"
    CONTEST = "contest"


class Kind(NamedTuple):
    """A kind of list. title: a phrase. laps: columns to count laps in, where it asks for them."""

    title: str
    columns: Sequence[str]
    order: Callable[[Starter], Any]
    by: By = By.NOTHING
    signed: bool = False
    laps: bool = False


KINDS: Mapping[str, Kind] = {
    "start": Kind(
        "list.start",
        (
            "start",
            "lane",
            "bib",
            "name",
            "members",
            "nation",
            "club",
            "born",
            "category",
            "seed",
            "pb",
            "sb",
        ),
        by_lane,
        By.HEAT,
    ),
    "start-by-wave": Kind(
        "list.start",
        ("start", "bib", "name", "nation", "club", "category", "contest"),
        by_start,
        By.WAVE,
    ),
    "start-by-name": Kind(
        "list.by_name",
        ("name", "bib", "nation", "club", "born", "category", "contest", "heat", "lane"),
        by_name,
    ),
    "start-by-bib": Kind(
        "list.by_bib",
        ("bib", "name", "nation", "club", "born", "category", "contest", "heat", "lane"),
        by_bib,
    ),
    "call-room": Kind(
        "list.call_room",
        (
            "here",
            "lane",
            "bib",
            "name",
            "members",
            "nation",
            "born",
            "bib_seen",
            "kit_seen",
            "write_remark",
        ),
        by_lane,
        By.HEAT,
        signed=True,
    ),
    "check-in": Kind(
        "list.check_in",
        ("here", "name", "bib", "nation", "club", "born", "category", "contest", "write_remark"),
        by_name,
    ),
    "no-shows": Kind(
        "list.no_shows",
        ("bib", "name", "nation", "club", "category", "write_remark"),
        by_bib,
        By.CONTEST,
    ),
    "judges": Kind(
        "list.judges",
        ("lane", "bib", "name", "nation", "write_place", "write_time", "write_remark"),
        by_lane,
        By.HEAT,
        signed=True,
    ),
    "laps": Kind("list.laps", ("bib", "name", "laps"), by_bib, By.HEAT, signed=True, laps=True),
    "announcer": Kind(
        "list.announcer",
        (
            "lane", "bib", "name", "members", "nation", "club", "born", "category", "seed", "pb",
            "sb", "entry_note",
        ),
        by_lane,
        By.HEAT,
    ),
}  # fmt: skip

_CELLS: Mapping[str, Callable[[Starter], str]] = {
    "start": lambda each: each.planned,
    "lane": lambda each: str(each.start.lane or "") if each.start else "",
    "heat": lambda each: str(each.start.heat) if each.start else "",
    "bib": lambda each: each.bib,
    "name": lambda each: shown_name(each.entry),
    "members": lambda each: ", ".join(member_names(each.entry)),
    "nation": lambda each: each.entry.delegation or each.entry.nation,
    "club": lambda each: "" if each.entry.hidden else each.entry.club,
    "born": lambda each: each.entry.born[:4],
    "category": lambda each: each.category or each.entry.category,
    "contest": lambda each: each.contest.name,
    "seed": lambda each: time_text(each, each.entry.seed),
    "pb": lambda each: time_text(each, each.entry.pb),
    "sb": lambda each: time_text(each, each.entry.sb),
    "entry_note": lambda each: each.entry.note,
}
_ALWAYS = frozenset({"bib", "name"})
MOST_LAPS = 25
"""Columns of laps that still leave room to write a time."""


def start_list(
    frame: Frame,
    starters: Sequence[Starter],
    kind: str,
    *,
    round_code: str = "",
    laps: int = 0,
) -> Sheet:
    """A list of the given kind; columns that no row fills are left out.

    round_code: the round that the starters are of; "" is the first. laps: columns of a lap
    counters' sheet. Raises KeyError for a kind that is not in KINDS.
    """
    what = KINDS[kind]
    ordered = sorted(starters, key=what.order)
    contests = {each.contest.code: each.contest for each in ordered}
    only = next(iter(contests.values())) if len(contests) == 1 else None
    columns = list(_columns(frame, what, ordered, laps))
    first = only.rounds[0].code if only and only.rounds else ""
    above = [round_title(only, round_code or first)] if only else []
    return framed(
        frame,
        Filling(
            subtitles=[*above, frame.phrases(what.title)],
            columns=columns,
            groups=list(_groups(frame, what, ordered, columns, round_code)),
            facts=list(_facts(frame, only, round_code, len(ordered))),
            notes=list(rules_note(frame, only)) if only else (),
            signed=what.signed,
        ),
    )


def _facts(frame: Frame, only: Contest | None, round_code: str, count: int) -> Iterable[Fact]:
    say = frame.phrases
    if only is not None:
        round_ = round_of(only, round_code) or next(iter(only.rounds), None)
        yield from contest_facts(frame, only, round_)
    yield Fact(say("fact.starters"), str(count))


def _columns(frame: Frame, kind: Kind, starters: Sequence[Starter], laps: int) -> Iterable[Column]:
    say = frame.phrases
    for key in kind.columns:
        if key == "laps":
            for number in range(1, min(laps, MOST_LAPS) + 1):
                yield headed("write_lap", say, str(number))
        elif key == "entry_note":
            if any(each.entry.note for each in starters):
                yield headed("entry_note", say, say("column.notes"))
        elif COLUMNS[key].blank is not Blank.NO or _tells(key, starters):
            yield headed(key, say)


def _tells(key: str, starters: Sequence[Starter]) -> bool:
    if key in _ALWAYS:
        return True
    cells = {_CELLS[key](each) for each in starters}
    if key in ("contest", "heat"):
        return len(cells) > 1
    return bool(cells - {""})


def _groups(
    frame: Frame,
    kind: Kind,
    starters: Sequence[Starter],
    columns: Sequence[Column],
    round_code: str,
) -> Iterable[Group]:
    cells = [_CELLS.get(column.key, _empty) for column in columns]
    parts: dict[tuple[str, str], list[Starter]] = {}
    for each in starters:
        parts.setdefault(_part(each, kind.by), []).append(each)
    for members in parts.values():
        title, note = _title(frame, kind.by, members[0], round_code)
        yield Group(
            title=title if len(parts) > 1 else "",
            note=note,
            rows=[tuple(cell(each) for cell in cells) for each in members],
        )


def _empty(_starter: Starter) -> str:
    return ""


def _part(each: Starter, by: By) -> tuple[str, str]:
    start = each.start
    match by:
        case By.HEAT:
            return each.contest.code, str(start.heat) if start else ""
        case By.WAVE:
            return "", start.wave if start else ""
        case By.CONTEST:
            return each.contest.code, ""
        case By.NOTHING:
            return "", ""


def _title(frame: Frame, by: By, first: Starter, round_code: str) -> tuple[str, str]:
    """The title of a part and the note beside it."""
    say, event, start = frame.phrases, frame.event, first.start
    if by is By.CONTEST:
        return first.contest.name, ""
    if start is None or by is By.NOTHING:
        return "", ""
    if by is By.WAVE:
        wave = next((each for each in event.waves if each.code == start.wave), None)
        moment = wave.scheduled if wave else None
        note = clock_time(moment, event.timezone) if moment is not None else ""
        return (wave.name if wave else start.wave), note
    round_ = round_of(first.contest, round_code or start.round)
    heats = {heat.number: heat for heat in round_.heats} if round_ else {}
    heat = heats.get(start.heat)
    wind = wind_note(say, event, first.contest, start.round, start.heat)
    return (heat_title(say, heat) if heat else str(start.heat)), wind if len(heats) > 1 else ""


def time_sheet(frame: Frame, lines: int = 60) -> Sheet:
    """An empty sheet to take times by hand: number, time, bib, remarks."""
    keys = ("number", "write_time", "write_bib", "write_remark")
    return framed(
        frame,
        Filling(
            subtitles=[frame.phrases("list.times")],
            columns=[headed(key, frame.phrases) for key in keys],
            groups=[Group(rows=[(str(number), "", "", "") for number in range(1, lines + 1)])],
            signed=True,
        ),
    )
