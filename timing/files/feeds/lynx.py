"""Start lists for FinishLynx: people (.ppl), events (.evt) and the schedule (.sch); people in.

Source: FinishLynx help on lynx.ppl, lynx.evt and lynx.sch. Comma text; a line that begins with a
semicolon is a remark.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from timing.core.fold.lineup import Lineup
from timing.core.setup.event import Contest, Event, Heat, Round
from timing.core.setup.roster import Entry, Start
from timing.files.feeds.ultrasignup import halves
from timing.files.tables.encodings import encoding_of
from timing.files.tables.findings import Findings
from timing.files.tables.headers import Record


class Race(NamedTuple):
    """One heat as Lynx numbers it: event, round and heat from 1."""

    event: int
    round: int
    heat: int
    name: str
    metres: str
    starts: tuple[Start, ...]


def lynx_records(path: Path, findings: Findings, encoding: str | None = None) -> list[Record]:
    """People of a lynx.ppl: ID, last, first, affiliation, and maybe a licence."""
    listed = []
    with path.open(encoding=encoding_of(path, findings, encoding), newline="") as stream:
        rows = csv.reader(stream)
        for cells in rows:
            if not cells or cells[0].startswith(";"):
                continue
            names = ("bib", "last", "first", "club", "external")
            fields = {key: cell.strip() for key, cell in zip(names, cells, strict=False)}
            if len(cells) < 3:
                sentence = f"{len(cells)} cells; expected ID, last name, first name"
                findings.problem("lynx", sentence, str(path), rows.line_num)
                continue
            listed.append(Record(rows.line_num, fields))
    return listed


def ppl_text(entries: Iterable[Entry], lineup: Lineup) -> str:
    """Everybody who has a bib, by bib as the office gave it."""
    rows = [
        (lineup.bibs.get(entry.id, entry.bib), last, first, entry.club)
        for entry in entries
        for first, last in (halves(entry),)
        if lineup.bibs.get(entry.id, entry.bib)
    ]
    return _text(rows)


def races_of(event: Event, lineup: Lineup) -> list[Race]:
    """Every heat of every round of every contest, numbered as Lynx wants it."""
    return [
        Race(
            number, place, heat.number, race_name(contest, round_, heat),
            f"{contest.course.distance / 1000:g}", _in_heat(lineup, contest, round_, heat),
        )
        for number, contest in enumerate(event.contests, 1)
        for place, round_ in enumerate(contest.rounds, 1)
        for heat in round_.heats
    ]  # fmt: skip


def race_name(contest: Contest, round_: Round, heat: Heat) -> str:
    """The name of a heat as a scoreboard shows it."""
    parts = [contest.name]
    parts += [round_.name] if len(contest.rounds) > 1 else []
    parts += [heat.name or f"heat {heat.number}"] if len(round_.heats) > 1 else []
    return " ".join(parts)


def _in_heat(lineup: Lineup, contest: Contest, round_: Round, heat: Heat) -> tuple[Start, ...]:
    found = [
        start
        for (entry, code), start in lineup.starts.items()
        if code == round_.code
        and start.heat == heat.number
        and lineup.entries[entry].contest == contest.code
    ]
    return tuple(sorted(found, key=lambda start: (start.lane, start.entry)))


def evt_text(races: Sequence[Race], lineup: Lineup) -> str:
    """The start list of every heat: a row for the heat, then one for each lane."""
    rows: list[Sequence[str]] = []
    for race in races:
        wind = ("", "", "", "", "")  # wind, its unit, template, capture time and duration
        heat = (str(race.event), str(race.round), str(race.heat), race.name, *wind, race.metres)
        rows.append(heat)
        for start in race.starts:
            entry = lineup.entries[start.entry]
            first, last = halves(entry)
            bib, lane = lineup.bibs[start.entry], str(start.lane or "")
            rows.append(("", bib, lane, last, first, entry.club))
    return _text(rows)


def sch_text(races: Iterable[Race]) -> str:
    """The heats in the order of the programme."""
    return _text((str(race.event), str(race.round), str(race.heat)) for race in races)


def _text(rows: Iterable[Sequence[str]]) -> str:
    """Comma text with the line ends of the PC on which Lynx runs."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()
