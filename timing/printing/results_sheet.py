"""Ranked results as a sheet: one list, or by sex, by category or by heat; compact or full.

The rows stand as the standings have them; a view only takes them apart and shows the place that
belongs to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from timing.core.clock import Instant
from timing.core.event import Contest
from timing.core.standings import Standings
from timing.core.status import Status
from timing.printing.contest_facts import contest_facts, heat_title, round_of, wind_note
from timing.printing.frame import Filling, Frame, framed
from timing.printing.phrases import Phrases, clock_time
from timing.printing.result_cells import (
    FULL,
    Cells,
    Printed,
    View,
    note_codes,
    printed_rows,
    result_columns,
)
from timing.printing.sheet import Fact, Group, RowStyle, Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What a results sheet says beside the rows.

    gun: when the round was started. deadline: of protests, on a provisional sheet. records:
    records and bests that apply. changes: since the last version, in words. categories: the order
    of the groups of View.CATEGORY; others follow as they come.
    """

    gun: Instant | None = None
    deadline: Instant | None = None
    records: Sequence[Fact] = ()
    changes: Sequence[str] = ()
    categories: Sequence[str] = ()


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
    printed = printed_rows(standings)
    cells = result_columns(say, contest, printed, keys, view)
    titles = _titles(frame, standings, view)
    facts = contest_facts(say, frame.event, contest, round_of(contest, standings.round), around.gun)
    return framed(
        frame,
        Filling(
            subtitles=[round_title(contest, standings.round), say("word.results")],
            columns=[each.column for each in cells],
            groups=[
                group(*titles(part), rows, cells)
                for part, rows in _parts(printed, view, around.categories)
            ],
            facts=[*facts, *around.records],
            legend=legend(say, printed, view),
            notes=list(_notes(frame, around)),
            signed=True,
        ),
    )


def round_title(contest: Contest, code: str) -> str:
    """The contest, and the round where there are several."""
    round_ = round_of(contest, code)
    if round_ is None or len(contest.rounds) == 1:
        return contest.name
    return f"{contest.name} \u00b7 {round_.name}"


def _parts(
    printed: Sequence[Printed], view: View, order: Sequence[str]
) -> Iterable[tuple[Printed | None, list[Printed]]]:
    """The rows of each part of a view, with the first of them to name the part by."""
    if view is View.OVERALL:
        return [(None, list(printed))]
    parts: dict[tuple[str, str], list[Printed]] = {}
    for each in printed:
        parts.setdefault(_part(each, view), []).append(each)
    places = {code: number for number, code in enumerate(order)}
    keys: Iterable[tuple[str, str]] = parts
    if view is View.HEAT:
        keys = sorted(parts, key=lambda part: int(part[1]))
    elif places:
        keys = sorted(parts, key=lambda part: places.get(part[1], len(places)))
    return [(parts[key][0], parts[key]) for key in keys]


def _part(each: Printed, view: View) -> tuple[str, str]:
    match view:
        case View.SEX:
            return ("", each.line.sex)
        case View.CATEGORY:
            return (each.line.sex, each.line.category)
        case _:
            return ("", each.line.heat)


def _titles(
    frame: Frame, standings: Standings, view: View
) -> Callable[[Printed | None], tuple[str, str]]:
    """What names a part of a view: its title and the note beside it."""
    say = frame.phrases
    contest = standings.contest
    round_ = round_of(contest, standings.round)
    heats = {heat.number: heat for heat in round_.heats} if round_ else {}
    by_letter = all(
        row.category[:1] == row.entry.sex.value for row in standings.rows if row.category
    )

    def named(first: Printed | None) -> tuple[str, str]:
        number = first.row.start.heat if first else next(iter(heats), 1)
        wind = wind_note(say, frame.event, contest, standings.round, number)
        if first is None:
            return "", wind if len(heats) == 1 else ""
        match view:
            case View.SEX:
                return say.get(f"sex.{first.line.sex}", first.line.sex), ""
            case View.CATEGORY:
                return _category(say, first, by_letter=by_letter), ""
            case _:
                heat = heats.get(number)
                return (heat_title(say, heat) if heat else first.line.heat), wind

    return named


def _category(say: Phrases, first: Printed, *, by_letter: bool) -> str:
    """The name of a category with its sex in words, unless all labels begin with its letter."""
    label = first.line.category or say("word.uncategorised")
    sex = first.line.sex
    return label if by_letter or not sex else f"{say.get(f'sex.{sex}', sex)} {label}"


def group(title: str, note: str, rows: Sequence[Printed], cells: Sequence[Cells]) -> Group:
    """The rows of one part, the unranked set apart below."""
    getters = [each.cell for each in cells]
    ranked = all(each.row.place is not None for each in rows)
    styles = (
        ()
        if ranked
        else [RowStyle.UNRANKED if each.row.place is None else RowStyle.PLAIN for each in rows]
    )
    return Group(
        title=title,
        note=note,
        rows=[tuple(getter(each) for getter in getters) for each in rows],
        styles=styles,
    )


def legend(say: Phrases, printed: Sequence[Printed], view: View) -> list[tuple[str, str]]:
    """The codes that these rows use, and nothing else, in the order in which they come."""
    found: dict[str, str] = {}
    for each in printed:
        if each.row.tied and view is View.OVERALL:
            found["="] = say("code.tie")
        status = each.row.result.status
        if each.row.place is None and status is not Status.OK:
            found[status.value] = say.get(f"code.{status.value}")
        for note in note_codes(each):
            code = "+" if note.startswith("+") else note.partition(" ")[0]
            found[code] = say("code.penalty") if code == "+" else say.get(f"code.{code}")
    return [(code, meaning) for code, meaning in found.items() if meaning]


def _notes(frame: Frame, around: Circumstances) -> Iterable[str]:
    say = frame.phrases
    if around.deadline is not None:
        until = clock_time(around.deadline, frame.event.timezone)
        yield say("rule.protest", time=until)
    for change in around.changes:
        yield say("rule.changed", what=change)
