"""The results of a race from files as one document: a sheet a list, drawn from the same rows."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence

from timing.core.clock import format_duration
from timing.core.scoring.laps import LapCourse, Ranked
from timing.core.scoring.series_rules import SeriesRules
from timing.core.setup.event import Event
from timing.core.setup.roster import Entry
from timing.core.telling.legend import EQUALLED, legend_of
from timing.files.feeds.laps_out import status_of
from timing.files.feeds.relay_out import (
    TeamPart,
    place_text as team_place,
    status_of as status_text,
    time_text,
)
from timing.files.feeds.results_out import Doubt
from timing.files.feeds.series_out import PersonPart, place_text, score_text
from timing.files.rulebook import ruleset_of
from timing.printing.document import draw_all
from timing.printing.phrases import codes
from timing.printing.sheet import Align, Column, Group, RowStyle, Sheet
from timing.printing.sheets.frame import Filling, Frame, framed
from timing.printing.sheets.results_sheet import results_sheet
from timing.printing.sheets.shared_columns import columns, headed
from timing.services.public.awarding import Part


def frame_of(event: Event) -> Frame:
    """What stands around every sheet; without a moment, so that equal input is equal bytes."""
    language = event.languages[0] if event.languages else "en"
    return Frame(event=event, ruleset=ruleset_of(event.ruleset), language=language)


def individual_sheets(event: Event, parts: Iterable[Part]) -> list[Sheet]:
    """A sheet for every contest, or report group of it, that has a row; one where none has."""
    listed = list(parts)
    shown = [part for part in listed if part.standings.rows] or listed[:1]
    return [_part_sheet(frame_of(event), part) for part in shown]


def _part_sheet(frame: Frame, part: Part) -> Sheet:
    sheet = results_sheet(frame, part.standings)
    subtitles = [*sheet.subtitles, *([part.group] if part.group else [])]
    return dataclasses.replace(sheet, subtitles=_beside(frame, subtitles))


def _beside(frame: Frame, subtitles: Iterable[str]) -> list[str]:
    """The lines below the title that do not say the same again."""
    return [line for line in subtitles if line != frame.event.name]


def relay_sheet(event: Event, name: str, part: TeamPart) -> Sheet:
    """Teams with their total, and below each team its legs: runners, leg time, time so far."""
    frame = frame_of(event)
    say = frame.phrases
    rows: list[Sequence[str]] = []
    styles: list[RowStyle] = []
    for line in part.lines:
        total = time_text(line.placed.time) or status_text(line)
        rows.append((team_place(line.placed), line.team.bib, line.name, line.category, "", total))
        styles.append(RowStyle.STRONG)
        for leg, split, runners in zip(line.team.legs, line.team.splits, line.runners, strict=True):
            waited = f" (M{leg.mass_start})" if leg.mass_start else ""
            time = time_text(leg.time) or "DNF"
            who = f"{leg.number}. {runners}{waited}"
            rows.append(("", "", who, "", time, time_text(split)))
            styles.append(RowStyle.DETAIL)
    head = columns(("place", "bib", "name", "category"), say)
    leg_time = Column(key="leg", heading=say("column.leg"), align=Align.TIME)
    heads = [*head, leg_time, headed("time", say)]
    mass = any(leg.mass_start for line in part.lines for leg in line.team.legs)
    notes = [say("word.mass_start")] if mass else []
    return _plain(frame, [name, part.group], heads, Group(rows=rows, styles=styles), notes)


def laps_sheet(
    event: Event,
    name: str,
    course: LapCourse,
    ranked: Sequence[Ranked[str]],
    entries: dict[str, Entry],
) -> Sheet:
    """Everybody with the furthest point and the time there."""
    frame = frame_of(event)
    say = frame.phrases
    rows = []
    for row in ranked:
        progress, final = row.progress, row.progress.final
        where = course.points[final.point].name if final else ""
        elapsed = "" if progress.elapsed is None else format_duration(progress.elapsed)
        status = status_of(progress)
        entry, shown = entries[row.runner], "" if status == "OK" else status.value
        rows.append(
            (str(row.rank or ""), entry.bib, entry.name, entry.club, str(progress.laps or ""),
             where, elapsed, shown)
        )  # fmt: skip
    head = columns(("place", "bib", "name", "club"), say)
    laps = Column(key="laps", heading=say("column.laps"), align=Align.RIGHT)
    furthest = Column(key="where", heading=say("column.furthest"), weight=1)
    heads = [*head, laps, furthest, *columns(("time", "notes"), say)]
    return _plain(frame, [name], heads, Group(rows=rows))


def series_sheet(event: Event, races: Sequence[str], part: PersonPart, rules: SeriesRules) -> Sheet:
    """The table of a series, one column a race."""
    frame = frame_of(event)
    say = frame.phrases
    scores = [
        Column(key=f"race{number}", heading=race, align=Align.RIGHT)
        for number, race in enumerate(races, 1)
    ]
    rows = [
        (
            place_text(line.row), line.name, line.club, line.category,
            *(score_text(score, rules) for score in line.row.scores),
            score_text(line.row.total, rules),
        )
        for line in part.lines
    ]  # fmt: skip
    head = columns(("place", "name", "club", "category"), say)
    total = Column(key="total", heading="\u03a3", align=Align.RIGHT, strong=True)
    return _plain(frame, [event.name, part.group], [*head, *scores, total], Group(rows=rows))


def _plain(
    frame: Frame,
    names: Sequence[str],
    heads: Sequence[Column],
    group: Group,
    notes: Sequence[str] = (),
) -> Sheet:
    say = frame.phrases
    return framed(
        frame,
        Filling(
            subtitles=_beside(frame, [*filter(None, names), say("word.results")]),
            columns=heads,
            groups=[group],
            legend=legend_of(_codes(heads, group), codes(), say.language, {}),
            notes=notes,
            signed=True,
        ),
    )


def _codes(heads: Sequence[Column], group: Group) -> Iterator[str]:
    """What the legend explains: shared places, and reasons where others have a time."""
    at = {column.key: number for number, column in enumerate(heads)}
    told = [at[key] for key in ("leg", "time", "notes") if key in at]
    for row in group.rows:
        if row[at["place"]].endswith(EQUALLED):
            yield EQUALLED
        yield from (row[number] for number in told if row[number])


def drawn(sheets: Sequence[Sheet]) -> tuple[bytes, list[Doubt]]:
    """One document, and a doubt for every letter that no font has."""
    document = draw_all(sheets)
    letters = " ".join(document.missing)
    sentence = f"No font has these letters; they are boxes in results.pdf: {letters}"
    doubts = (
        [Doubt("warning", "missing_letters", sentence, key="missing_letters")] if letters else []
    )
    return document.pdf, doubts
