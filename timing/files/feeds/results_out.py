"""Standings, awards and anomalies as CSV tables: the rows come in the order in which they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from timing.core.fold.standings import Standings
from timing.core.fold.whole import State
from timing.core.journal.anomalies import Anomaly
from timing.core.journal.lines import LineId
from timing.core.telling.listing import Line, lines_of
from timing.files.feeds.csv_out import csv_text

_COLUMNS = (
    "contest", "place", "bib", "name", "club", "nation", "sex", "sex_place", "category",
    "category_place", "time", "net", "gap", "status", "notes",
)  # fmt: skip
_AWARD_COLUMNS = (
    "contest", "group", "code", "category", "place", "bib", "name", "club", "result", "members",
)  # fmt: skip
_ANOMALY_COLUMNS = ("severity", "code", "sentence", "bib", "file", "line", "key", "cleared")


class AwardLine(NamedTuple):
    """One line of the award list as text.

    place: ``3``, ``3=`` when shared. code: of the prize, or ``team`` and the sex. result: the
    time, or the score of a team, whose members follow as ``bib name (place)``.
    """

    contest: str
    group: str
    code: str
    category: str
    place: str
    bib: str
    name: str
    club: str
    result: str
    members: tuple[str, ...] = ()


def results_csv(standings: Sequence[Standings], groups: Sequence[str] = ()) -> str:
    """All contests one after the other, in the order of their standings.

    groups: the name of the part of the listing that each of the standings is, where the listing
    is split; then there is a first column for it.
    """
    points = _point_names(standings)
    header = (*(["group"] if groups else []), *_COLUMNS, *points)
    named = groups or [""] * len(standings)
    rows = [
        (*([group] if groups else []), *_cells(one.contest.code, line, tuple(points.values())))
        for group, one in zip(named, standings, strict=True)
        for line in lines_of(one)
    ]
    return csv_text(header, rows)


def _point_names(standings: Sequence[Standings]) -> dict[str, str]:
    """Column header -> code of every course point between start and finish, and further laps."""
    names = {
        point.code: point.name for one in standings for point in one.contest.course.points[1:-1]
    }
    for one in standings:
        if one.contest.course.open_laps:
            names |= {cell.code: cell.code for line in lines_of(one) for cell in line.splits}
    return {f"split {name}": code for code, name in names.items()}


def _cells(contest: str, line: Line, points: Sequence[str]) -> tuple[str, ...]:
    splits = {cell.code: cell.elapsed for cell in line.splits}
    return (
        contest, line.place, line.bib, line.name, line.club, line.nation, line.sex,
        line.sex_place, line.category, line.category_place, line.time if line.place else "",
        line.net, line.gap, line.status.value, " ".join(line.notes),
        *(splits.get(code, "") for code in points),
    )  # fmt: skip


def awards_csv(awards: Iterable[AwardLine]) -> str:
    """The award list in the order in which the prizes are announced."""
    rows = [(*award[:-1], "; ".join(award.members)) for award in awards]
    return csv_text(_AWARD_COLUMNS, rows)


class Doubt(NamedTuple):
    """One thing to look at, as text. file, line: where it stands, line 0 for nowhere."""

    severity: str
    code: str
    sentence: str
    bib: str = ""
    file: str = ""
    line: int = 0
    key: str = ""
    cleared: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it matters and nobody has looked at it."""
        return self.severity != "info" and not self.cleared


def doubts_of(
    anomalies: Iterable[Anomaly], state: State, places: Mapping[LineId, tuple[str, int]]
) -> list[Doubt]:
    """Anomalies as text. places: (file, line) of the lines of the journal."""
    bibs = state.lineup.bibs
    doubts = []
    for each in anomalies:
        file, line = places.get(each.line, ("", 0)) if each.line else ("", 0)
        bib = each.params.get("bib") or (bibs.get(each.entry, "") if each.entry else "")
        doubts.append(
            Doubt(each.severity, each.code, each.sentence, bib, file, line, each.key, each.cleared)
        )
    return doubts


def anomalies_csv(doubts: Iterable[Doubt]) -> str:
    """What officials should look at, also what they have looked at already."""
    return csv_text(
        _ANOMALY_COLUMNS,
        (
            (each.severity, each.code, each.sentence, each.bib, each.file,
             str(each.line or ""), each.key, "yes" if each.cleared else "")
            for each in doubts
        ),
    )  # fmt: skip
