"""Teams and relays: a bold row a team, below it its members or legs in smaller type."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from timing.printing.lettering.direction import apart
from timing.printing.phrases import Phrases
from timing.printing.sheet import Column, Fact, Group, RowStyle, Sheet
from timing.printing.sheets.frame import Filling, Frame, framed
from timing.printing.sheets.shared_columns import headed

_ALWAYS = frozenset({"place", "name", "time"})


class Member(NamedTuple):
    """One who scored for a team, or one leg of a relay. part: place, or number of the leg.

    split: time of the team so far. result: of this one alone.
    """

    part: str
    bib: str
    name: str
    split: str = ""
    result: str = ""


class TeamLine(NamedTuple):
    """A team as text; place "" is unranked, then result tells why."""

    place: str
    bib: str
    name: str
    nation: str
    result: str
    gap: str = ""
    members: Sequence[Member] = ()


class TeamGroup(NamedTuple):
    title: str
    teams: Sequence[TeamLine]


def team_sheet(
    frame: Frame,
    contest: str,
    groups: Iterable[TeamGroup],
    *,
    relay: bool = False,
    timed: bool = False,
    facts: Sequence[Fact] = (),
    notes: Sequence[str] = (),
) -> Sheet:
    """Teams by their score, or relays with legs and splits; empty columns are left out.

    timed: the score is a time, as that of a relay is.
    """
    say = frame.phrases
    columns = _columns(say, relay=relay, timed=relay or timed)
    built = [_group(group, _leg if relay else _scorer) for group in groups]
    rows = [row for group in built for row in group.rows]
    kept = [
        number
        for number, column in enumerate(columns)
        if column.key in _ALWAYS or any(row[number] for row in rows)
    ]
    return framed(
        frame,
        Filling(
            subtitles=[contest, say("list.relays" if relay else "list.teams")],
            columns=[columns[number] for number in kept],
            groups=[_narrow(group, kept) for group in built],
            facts=facts,
            notes=notes,
            signed=True,
        ),
    )


def _columns(say: Phrases, *, relay: bool, timed: bool) -> list[Column]:
    return [
        headed("place", say),
        headed("bib", say),
        headed("name", say, say("column.team")),
        headed("nation", say),
        headed("gun", say, say("column.leg"))
        if relay
        else headed("sex_place", say, say("column.counted")),
        headed("split", say, say("column.split")),
        headed("time", say, say("column.time" if timed else "column.score")),
        headed("gap", say),
    ]


def _leg(each: Member) -> tuple[str, ...]:
    name = f"{each.part}. {apart(each.name)}" if each.part else each.name
    return ("", each.bib, name, "", each.result, each.split, "", "")


def _scorer(each: Member) -> tuple[str, ...]:
    return ("", each.bib, each.name, "", each.part, each.split, each.result, "")


def _group(group: TeamGroup, below: Callable[[Member], tuple[str, ...]]) -> Group:
    rows: list[tuple[str, ...]] = []
    styles: list[RowStyle] = []
    for team in group.teams:
        rows.append((team.place, team.bib, team.name, team.nation, "", "", team.result, team.gap))
        rows += [below(each) for each in team.members]
        styles += [RowStyle.STRONG, *[RowStyle.DETAIL] * len(team.members)]
    return Group(title=group.title, rows=rows, styles=styles)


def _narrow(group: Group, kept: Sequence[int]) -> Group:
    rows = [tuple(row[number] for number in kept) for row in group.rows]
    return Group(title=group.title, rows=rows, styles=group.styles)
