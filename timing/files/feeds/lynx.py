"""Start lists for FinishLynx: people (.ppl), events (.evt) and the schedule (.sch); people in.

Source: FinishLynx help on lynx.ppl, lynx.evt and lynx.sch
(help.finishlynx.com/Content/OnlineManual/DatabaseFiles.htm). Comma text; a line that begins with a
semicolon is a remark. A scoreboard shows the names, so hidden ones stay hidden.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from timing.core.fold.lineup import Lineup
from timing.core.sentence import worded
from timing.core.setup.event import Contest, Event, Heat, Round
from timing.core.setup.roster import Entry, Start
from timing.files.feeds.discreet import discreet
from timing.files.feeds.ultrasignup import halves
from timing.files.tables.encodings import encoding_of
from timing.files.tables.findings import Findings
from timing.files.tables.headers import Record

ENCODINGS = ("utf-8", "cp1252", "utf-16")
"""Encodings that can be asked for; examples in the field are UTF-8 without a mark."""


_BARE = str.maketrans("łŁđĐħĦı", "lLdDhHi")
"""Letters that Unicode does not take apart into a base letter and a mark."""


class Race(NamedTuple):
    """One heat as Lynx numbers it: event, round and heat from 1. contest, stage: codes of ours."""

    event: int
    round: int
    heat: int
    contest: str
    stage: str
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
                said = worded("{count} cells; expected ID, last name, first name", count=len(cells))
                findings.problem("lynx", said, str(path), rows.line_num)
                continue
            listed.append(Record(rows.line_num, fields))
    return listed


def start_files(
    lineup: Lineup, races: Sequence[Race], *, everybody: bool = True, encoding: str = "utf-8"
) -> dict[str, bytes]:
    """The three files by name. everybody: all with a bib, not only those who start in the races.

    encoding: one of ENCODINGS; a letter that it does not have is written without its accent.
    """
    chosen = {start.entry for race in races for start in race.starts}
    people = [each for each in lineup.entries.values() if everybody or each.id in chosen]
    texts = {
        "lynx.ppl": ppl_text(people, lineup),
        "lynx.evt": evt_text(races, lineup),
        "lynx.sch": sch_text(races),
    }
    return {name: encoded(text, encoding) for name, text in texts.items()}


def encoded(text: str, encoding: str) -> bytes:
    """Text as bytes; what cannot be written is written plainly, at worst as a question mark."""
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return b"".join(_plainly(letter, encoding) for letter in text)


def _plainly(letter: str, encoding: str) -> bytes:
    for tried in (letter, unicodedata.normalize("NFKD", letter.translate(_BARE))):
        if written := tried.encode(encoding, "ignore"):
            return written
    return b"?"


def ppl_text(entries: Iterable[Entry], lineup: Lineup) -> str:
    """Everybody who has a bib, by bib as the office gave it."""
    rows = [
        (lineup.bibs.get(entry.id, entry.bib), last, first, club)
        for entry in entries
        for last, first, club in (shown_names(entry),)
        if lineup.bibs.get(entry.id, entry.bib)
    ]
    return _text(rows)


def shown_names(entry: Entry) -> tuple[str, str, str]:
    """Last name, first name and club as everybody may see them; a team has a last name only."""
    seen = discreet(entry)
    first, last = ("", seen.name) if seen.members else halves(seen)
    return last, first, seen.club


def races_of(event: Event, lineup: Lineup) -> list[Race]:
    """Every heat of every round of every contest, numbered as Lynx wants it."""
    return [
        Race(
            number, place, heat.number, contest.code, round_.code,
            race_name(contest, round_, heat), f"{contest.course.distance / 1000:g}",
            _in_heat(lineup, contest, round_, heat),
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
            bib, lane = lineup.bibs[start.entry], str(start.lane or "")
            rows.append(("", bib, lane, *shown_names(lineup.entries[start.entry])))
    return _text(rows)


def sch_text(races: Iterable[Race]) -> str:
    """The heats in the order of the programme."""
    return _text((str(race.event), str(race.round), str(race.heat)) for race in races)


def _text(rows: Iterable[Sequence[str]]) -> str:
    """Comma text with the line ends of the PC on which Lynx runs."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()
