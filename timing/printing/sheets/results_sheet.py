"""Ranked results as a sheet: one list, or by sex, by category or by heat; compact or full.

The rows stand as the standings have them; a view only takes them apart and shows the place that
belongs to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from timing.core.clock import Instant
from timing.core.fold.collector import collector_paused
from timing.core.fold.standings import Row, Standings
from timing.core.setup.event import Contest
from timing.core.setup.roster import EntryId
from timing.core.status import Status
from timing.printing.phrases import Phrases, clock_time
from timing.printing.sheet import Fact, Group, RowStyle, Sheet
from timing.printing.sheets.contest_facts import (
    contest_facts,
    heat_title,
    round_of,
    rules_note,
    wind_note,
)
from timing.printing.sheets.frame import Filling, Frame, framed
from timing.printing.sheets.result_cells import (
    FULL,
    ResultTable,
    View,
    note_codes,
    place_of,
    remarkable,
    result_table,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What a results sheet says beside the rows.

    gun: when the round was started. deadline: of protests, on a provisional sheet. records:
    records and bests that apply. changes: since the last version, in words. categories: the order
    of the groups of View.CATEGORY; others follow as they come. summary: below the heats, all of
    them in one list with the places of the round. marks: what stands beside the time of an entry
    for its quality, such as REC? for a possible record.
    """

    gun: Instant | None = None
    deadline: Instant | None = None
    records: Sequence[Fact] = ()
    changes: Sequence[str] = ()
    categories: Sequence[str] = ()
    summary: bool = False
    marks: Mapping[EntryId, Sequence[str]] = field(default_factory=dict)


def results_sheet(
    frame: Frame,
    standings: Standings,
    around: Circumstances | None = None,
    *,
    view: View = View.OVERALL,
    keys: Sequence[str] = FULL,
) -> Sheet:
    """The results of one round of a contest; columns without any content are left out.

    Raises KeyError for a key that is no column.
    """
    say, contest = frame.phrases, standings.contest
    around = around or Circumstances()
    with collector_paused():
        table = result_table(say, contest, standings.rows, keys, view, around.marks)
        groups = list(_groups(frame, standings, table, view, around))
    round_ = round_of(contest, standings.round)
    facts = contest_facts(frame, contest, round_, around.gun)
    return framed(
        frame,
        Filling(
            subtitles=[round_title(contest, standings.round), say("word.results")],
            columns=table.columns,
            groups=groups,
            facts=[*facts, *around.records],
            legend=legend(say, standings, view, around.marks),
            notes=[*_notes(frame, around), *rules_note(frame, contest)],
            signed=True,
        ),
    )


def round_title(contest: Contest, code: str) -> str:
    """The contest, and the round where there are several."""
    round_ = round_of(contest, code)
    if round_ is None or len(contest.rounds) == 1:
        return contest.name
    return f"{contest.name} \u00b7 {round_.name}"


def _groups(
    frame: Frame, standings: Standings, table: ResultTable, view: View, around: Circumstances
) -> Iterator[Group]:
    rows = standings.rows
    titles = _titles(frame, standings, view)
    for numbers in _parts(rows, view, around.categories):
        title, note = titles(rows[numbers[0]] if numbers and view is not View.OVERALL else None)
        yield _group(title, note, [rows[number] for number in numbers], numbers, table)
    if view is View.HEAT and around.summary and len({row.start.heat for row in rows}) > 1:
        everybody = _group(frame.phrases("word.overall"), "", rows, range(len(rows)), table)
        column = [each.key for each in table.columns].index("place")
        ranked = [
            (*cells[:column], place_of(row), *cells[column + 1 :])
            for row, cells in zip(rows, table.cells, strict=True)
        ]
        yield replace(everybody, rows=ranked)


def _group(
    title: str, note: str, rows: Sequence[Row], numbers: Sequence[int], table: ResultTable
) -> Group:
    """The rows of one part, the unranked set apart below."""
    styles = [RowStyle.UNRANKED if row.place is None else RowStyle.PLAIN for row in rows]
    return Group(
        title=title,
        note=note,
        rows=[table.cells[number] for number in numbers],
        styles=styles if RowStyle.UNRANKED in styles else (),
    )


def _parts(rows: Sequence[Row], view: View, order: Sequence[str]) -> list[Sequence[int]]:
    """The numbers of the rows of each part of a view."""
    if view is View.OVERALL:
        return [range(len(rows))]
    parts: dict[tuple[str, str], list[int]] = {}
    for number, row in enumerate(rows):
        parts.setdefault(_part(row, view), []).append(number)
    places = {code: number for number, code in enumerate(order)}
    keys = list(parts)
    if view is View.HEAT:
        keys.sort(key=lambda part: int(part[1]))
    elif places:
        keys.sort(key=lambda part: places.get(part[1], len(places)))
    return [parts[key] for key in keys]


def _part(row: Row, view: View) -> tuple[str, str]:
    match view:
        case View.SEX:
            return ("", row.entry.sex.value)
        case View.CATEGORY:
            return (row.entry.sex.value, row.category)
        case _:
            return ("", str(row.start.heat))


def _titles(
    frame: Frame, standings: Standings, view: View
) -> Callable[[Row | None], tuple[str, str]]:
    """What names a part of a view: its title and the note beside it."""
    say = frame.phrases
    contest = standings.contest
    round_ = round_of(contest, standings.round)
    heats = {heat.number: heat for heat in round_.heats} if round_ else {}
    by_letter = all(
        row.category[:1] == row.entry.sex.value for row in standings.rows if row.category
    )

    def named(first: Row | None) -> tuple[str, str]:
        if first is None:
            return "", ""
        number = first.start.heat
        match view:
            case View.SEX:
                return say.get(f"sex.{first.entry.sex.value}", first.entry.sex.value), ""
            case View.CATEGORY:
                return _category(say, first, by_letter=by_letter), ""
            case _:
                heat = heats.get(number)
                wind = wind_note(say, frame.event, contest, standings.round, number)
                title = heat_title(say, heat) if heat else str(number)
                return title, wind if len(heats) > 1 else ""

    return named


def _category(say: Phrases, first: Row, *, by_letter: bool) -> str:
    """The name of a category with its sex in words, unless all labels begin with its letter."""
    label = first.category or say("word.uncategorised")
    sex = first.entry.sex.value
    return label if by_letter or not sex else f"{say.get(f'sex.{sex}', sex)} {label}"


def legend(
    say: Phrases,
    standings: Standings,
    view: View,
    marks: Mapping[EntryId, Sequence[str]] | None = None,
) -> list[tuple[str, str]]:
    """The codes that these rows use, and nothing else, in the order in which they come."""
    found: dict[str, str] = {}
    rows = standings.rows
    for row in rows:
        if remarkable(row) or (row.tied and "=" not in found):
            for code in _codes(standings.contest, row, view):
                found.setdefault(code, say.get(f"code.{_MEANT.get(code, code)}"))
    if marks:
        beside = {row.entry.id for row in rows} & marks.keys()
        for code in dict.fromkeys(mark for entry in sorted(beside) for mark in marks[entry]):
            found.setdefault(code, say.get(f"code.{code}"))
    return [(code, meaning) for code, meaning in found.items() if meaning]


_MEANT = {"=": "tie", "+": "penalty"}


def _codes(contest: Contest, row: Row, view: View) -> Iterator[str]:
    """The codes of one row; a penalty and a shared place by their signs."""
    if row.tied and view is View.OVERALL:
        yield "="
    status = row.result.status
    if row.place is None and status is not Status.OK:
        yield status.value
    for note in note_codes(contest, row):
        yield "+" if note.startswith("+") else note.partition(" ")[0]


def _notes(frame: Frame, around: Circumstances) -> Iterable[str]:
    say = frame.phrases
    if around.deadline is not None:
        until = clock_time(around.deadline, frame.event.timezone)
        yield say("rule.protest", time=until)
    elif frame.edition is not None and frame.edition.kind == "provisional":
        yield say("rule.protest_open")
    if around.changes:
        yield say("rule.changed")
    yield from (f"\u2013 {change}" for change in around.changes)
