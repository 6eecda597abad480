"""After the race: award list with a column to tick off, medal table, records list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from timing.core.rulebook.medals import MedalRow
from timing.core.rulebook.records import Record
from timing.core.setup.event import Contest
from timing.printing.phrases import Phrases
from timing.printing.sheet import Align, Column, Fit, Group, RowStyle, Sheet
from timing.printing.sheets.contest_facts import distance_text
from timing.printing.sheets.frame import Filling, Frame, framed
from timing.printing.sheets.shared_columns import headed

_ALWAYS = frozenset({"sex", "time", "holders"})
_KEYS = (
    "code", "sex", "category", "time", "holders", "nation", "date", "place_set", "body", "status",
)  # fmt: skip


class Winner(NamedTuple):
    """One prize as text. group: under which title; members: of a team."""

    group: str
    place: str
    bib: str
    name: str
    club: str
    result: str
    members: Sequence[str] = ()


def award_sheet(frame: Frame, winners: Iterable[Winner], contest: str = "") -> Sheet:
    """The prizes in the order in which they are announced, each with a square to tick."""
    say = frame.phrases
    keys = ("given", "place", "bib", "name", "club", "time")
    groups = []
    for title, part in groupby(winners, key=lambda winner: winner.group):
        rows: list[tuple[str, ...]] = []
        styles: list[RowStyle] = []
        for each in part:
            rows.append(("", each.place, each.bib, each.name, each.club, each.result))
            rows += [("", "", "", member, "", "") for member in each.members]
            styles += [RowStyle.PLAIN, *[RowStyle.DETAIL] * len(each.members)]
        groups.append(Group(title=title, rows=rows, styles=styles))
    return framed(
        frame,
        Filling(
            subtitles=[text for text in (contest, say("list.awards")) if text],
            columns=[headed(key, say) for key in keys],
            groups=groups,
            signed=True,
        ),
    )


def medal_sheet(
    frame: Frame, rows: Iterable[MedalRow], names: Sequence[tuple[str, str]] = ()
) -> Sheet:
    """The medal table in the order of its ranks. names: what the codes of delegations stand for."""
    say = frame.phrases
    counted = ("gold", "silver", "bronze", "total")
    columns = [
        headed("place", say),
        Column(key="delegation", heading=say("column.delegation"), weight=1, strong=True),
        *(
            Column(key=key, heading=say(f"column.{key}"), align=Align.RIGHT, min_width=5)
            for key in counted
        ),
    ]
    cells = [
        (
            str(row.rank),
            row.medals.team,
            *(str(getattr(row.medals, key) or "\u2013") for key in counted),
        )
        for row in rows
    ]
    filling = Filling(
        subtitles=[say("list.medals")], columns=columns, groups=[Group(rows=cells)], signed=True,
        legend=names,
    )  # fmt: skip
    return framed(frame, filling)


class Shelf(NamedTuple):
    """The records of one contest and sex, from the oldest or the slowest on."""

    contest: Contest
    records: Sequence[Record]


def records_sheet(frame: Frame, shelves: Iterable[Shelf], body: str = "") -> Sheet:
    """Records by contest, each with the body that lists it, its status and where it was set."""
    say = frame.phrases
    groups = [
        Group(
            title=contest.name,
            note=_discipline(say, contest),
            rows=list(
                dict.fromkeys(_record(say, each) for shelf in part for each in shelf.records)
            ),
        )
        for contest, part in groupby(shelves, key=lambda shelf: shelf.contest)
    ]
    told = [
        number
        for number, key in enumerate(_KEYS)
        if key in _ALWAYS or any(row[number] for group in groups for row in group.rows)
    ]
    return framed(
        frame,
        Filling(
            subtitles=[text for text in (say("list.records"), body) if text],
            columns=[_record_column(_KEYS[n], say(f"column.{_KEYS[n]}")) for n in told],
            groups=[
                replace(group, rows=[tuple(row[n] for n in told) for row in group.rows])
                for group in groups
            ],
        ),
    )


def _discipline(say: Phrases, contest: Contest) -> str:
    surface = say.get(f"surface.{contest.surface}", contest.surface)
    length = distance_text(say, contest, contest.course.distance)
    return ", ".join(part for part in (length, surface) if part)


def _record(say: Phrases, record: Record) -> tuple[str, ...]:
    return (
        record.code,
        record.sex,
        record.category,
        record.mark,
        ", ".join(record.holders),
        record.nation,
        say.when(record.date),
        record.place,
        say.body(record.body),
        say.get(f"status.{record.status}", record.status),
    )


def _record_column(key: str, heading: str) -> Column:
    aligned = {"time": Align.TIME, "sex": Align.CENTRE, "nation": Align.CENTRE}
    weights = {"holders": 3.0, "place_set": 1.5, "body": 1.0}
    return Column(
        key=key,
        heading=heading,
        align=aligned.get(key, Align.LEFT),
        weight=weights.get(key, 0.0),
        fit=Fit.WRAP if key in weights else Fit.SHRINK,
        strong=key in ("time", "holders"),
    )
