"""Ranked results as a sheet: one list, or by sex, by category or by heat; compact or full.

The rows stand as the standings have them; a view only takes them apart and shows the place that
belongs to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set as AbstractSet
from dataclasses import dataclass, field, replace
from itertools import repeat

from timing.core.clock import Instant
from timing.core.fold.collector import collector_paused
from timing.core.fold.standings import Standings
from timing.core.setup.event import Contest
from timing.core.setup.roster import EntryId
from timing.core.telling.classes import AgeClass
from timing.core.telling.legend import legend_of
from timing.printing.phrases import Phrases, clock_time, codes
from timing.printing.sheet import Fact, Group, RowStyle, Sheet
from timing.printing.sheets.contest_facts import (
    contest_facts,
    heat_title,
    round_of,
    rules_note,
    wind_note,
)
from timing.printing.sheets.folded_rows import FoldedRows
from timing.printing.sheets.frame import Filling, Frame, framed
from timing.printing.sheets.result_cells import FULL, ResultTable, result_table
from timing.printing.sheets.result_rows import ResultRows, View


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What a results sheet says beside the rows.

    gun: when the round was started. deadline: of protests, on a provisional sheet. records:
    records and bests that apply. changes: since the last version, in words. categories: the order
    of the groups of View.CATEGORY; others follow as they come. summary: below the heats, all of
    them in one list with the places of the round. marks: what stands beside the time of an entry
    for its quality, such as REC? for a possible record. codes: of records, with their meaning, that
    record books of the event bring. classes: who each category is for.
    """

    gun: Instant | None = None
    deadline: Instant | None = None
    records: Sequence[Fact] = ()
    changes: Sequence[str] = ()
    categories: Sequence[str] = ()
    summary: bool = False
    marks: Mapping[EntryId, Sequence[str]] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)
    classes: Mapping[str, AgeClass] = field(default_factory=dict)


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
    around = around or Circumstances()
    with collector_paused():
        return rows_sheet(frame, FoldedRows(standings, around.marks), around, view=view, keys=keys)


def rows_sheet(
    frame: Frame, rows: ResultRows, around: Circumstances, *, view: View, keys: Sequence[str]
) -> Sheet:
    """The same of rows that bring their own marks, whatever they were made of."""
    say, contest = frame.phrases, rows.contest
    table = result_table(say, rows, keys, view)
    facts = contest_facts(frame, contest, round_of(contest, rows.round), around.gun)
    return framed(
        frame,
        Filling(
            contest=contest.code,
            subtitles=[round_title(contest, rows.round), say("word.results")],
            columns=table.columns,
            groups=list(_groups(frame, rows, table, view, around)),
            facts=[*facts, *around.records],
            legend=[*legend(say, rows, view, around), *_classes(say, rows, table, around)],
            notes=[*_notes(frame, around), *rules_note(frame, contest)],
            signed=True,
        ),
    )


def side_by_side(sheet: Sheet, key: str, most: int) -> list[Sheet]:
    """Give a sheet with many columns of a kind as several with at most so many of them each.

    Every one has all other columns; the last one has the legend, the notes and the signatures.
    """
    many = [number for number, column in enumerate(sheet.columns) if column.key == key]
    count = -(-len(many) // most)
    if count <= 1:
        return [sheet]
    size = -(-len(many) // count)
    parts = [many[start : start + size] for start in range(0, len(many), size)]
    sheets = [_with_only(sheet, set(many) - set(part), part) for part in parts]
    bare = [replace(each, legend=(), notes=(), signatures=()) for each in sheets[:-1]]
    return [*bare, sheets[-1]]


def _with_only(sheet: Sheet, gone: AbstractSet[int], shown: Sequence[int]) -> Sheet:
    """Leave out columns, and say above which ones of their kind are shown."""
    kept = [number for number in range(len(sheet.columns)) if number not in gone]
    first, last = (sheet.columns[shown[end]].heading for end in (0, -1))
    return replace(
        sheet,
        subtitles=[*sheet.subtitles, first if first == last else f"{first} \u2013 {last}"],
        columns=[sheet.columns[number] for number in kept],
        groups=[
            replace(group, rows=[tuple(row[number] for number in kept) for row in group.rows])
            for group in sheet.groups
        ],
    )


def round_title(contest: Contest, code: str) -> str:
    """The contest, and the round where there are several."""
    round_ = round_of(contest, code)
    if round_ is None or len(contest.rounds) == 1:
        return contest.name
    return f"{contest.name} \u00b7 {round_.name}"


def _groups(
    frame: Frame, rows: ResultRows, table: ResultTable, view: View, around: Circumstances
) -> Iterator[Group]:
    everybody = range(len(table.cells))
    if view is View.OVERALL:
        yield _group("", "", rows, everybody, table)
        return
    title = _titles(frame, rows, view, around.classes)
    parts = _parts(rows, view, around.categories)
    for part, numbers in parts:
        yield _group(*title(part), rows, numbers, table)
    if view is View.HEAT and around.summary and len(parts) > 1:
        whole = _group(frame.phrases("word.overall"), "", rows, everybody, table)
        column = [each.key for each in table.columns].index("place")
        ranked = [
            (*cells[:column], place, *cells[column + 1 :])
            for place, cells in zip(rows.places(View.OVERALL), table.cells, strict=True)
        ]
        yield replace(whole, rows=ranked)


def _group(
    title: str, note: str, rows: ResultRows, numbers: Sequence[int], table: ResultTable
) -> Group:
    """The rows of one part, the unranked set apart below."""
    ranked = [rows.ranked[number] for number in numbers]
    styles = [RowStyle.PLAIN if each else RowStyle.UNRANKED for each in ranked]
    return Group(
        title=title,
        note=note,
        rows=[table.cells[number] for number in numbers],
        styles=() if all(ranked) else styles,
    )


_Part = tuple[str, str]
"""What names a part of a view: sex and label of a category, or one of sex and heat behind ""."""


def _parts(rows: ResultRows, view: View, order: Sequence[str]) -> list[tuple[_Part, Sequence[int]]]:
    """The parts of a view with the numbers of their rows."""
    parts: dict[_Part, list[int]] = {}
    for number, part in enumerate(_named(rows, view)):
        parts.setdefault(part, []).append(number)
    places = {code: number for number, code in enumerate(order)}
    found = list(parts.items())
    if view is View.HEAT:
        found.sort(key=lambda item: int(item[0][1]))
    elif places:
        found.sort(key=lambda item: places.get(item[0][1], len(places)))
    return [*found]


def _named(rows: ResultRows, view: View) -> Iterable[_Part]:
    """The part of each row."""
    if view is View.CATEGORY:
        return zip(rows.column("sex"), rows.column("category"), strict=True)
    return zip(repeat(""), rows.column("sex" if view is View.SEX else "heat"), strict=False)


def _titles(
    frame: Frame, rows: ResultRows, view: View, classes: Mapping[str, AgeClass]
) -> Callable[[_Part], tuple[str, str]]:
    """What names a part of a view: its title and the note beside it."""
    say, contest = frame.phrases, rows.contest
    round_ = round_of(contest, rows.round)
    heats = {heat.number: heat for heat in round_.heats} if round_ else {}
    by_letter = view is View.CATEGORY and all(
        label[:1] == sex for sex, label in _named(rows, view) if label
    )

    def named(part: _Part) -> tuple[str, str]:
        sex, name = part
        match view:
            case View.SEX:
                return say.get(f"sex.{name}", name), ""
            case View.CATEGORY:
                known = classes.get(name)
                said = by_letter or (known is not None and known.of_one_sex)
                title = _category(say, sex, name, by_letter=said)
                return title, say.age_class(known) if known else ""
            case _:
                number = int(name)
                heat = heats.get(number)
                wind = wind_note(say, frame.event, contest, rows.round, number)
                title = heat_title(say, heat) if heat else name
                return title, wind if len(heats) > 1 else ""

    return named


def _category(say: Phrases, sex: str, category: str, *, by_letter: bool) -> str:
    """The name of a category with its sex in words, unless all labels begin with its letter."""
    label = category or say("word.uncategorised")
    return label if by_letter or not sex else f"{say.get(f'sex.{sex}', sex)} {label}"


def legend(
    say: Phrases, rows: ResultRows, view: View, around: Circumstances
) -> list[tuple[str, str]]:
    """The codes that these rows use, and nothing else."""
    return legend_of(
        rows.codes(view), codes(), say.language, around.codes, say.body, ruled=say.rule
    )


def _classes(
    say: Phrases, rows: ResultRows, table: ResultTable, around: Circumstances
) -> Iterator[tuple[str, str]]:
    """Who the categories are for that stand in a column."""
    if any(column.key == "category" for column in table.columns):
        shown = set(rows.column("category"))
        known = around.classes.items()
        yield from ((code, say.age_class(each)) for code, each in known if code in shown)


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
