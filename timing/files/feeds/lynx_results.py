"""Results for scoreboards and programs that read FinishLynx: one .lif a heat.

Source: FinishLynx help on .lif: a heat line (event, round, heat, name, wind, wind unit, template,
two empty, distance, start), then place, ID, lane, last, first, affiliation, time, licence, delta
to the one before, reaction, splits, start, three user fields. Names are those of lynx.evt.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from itertools import pairwise

from timing.core.clock import Duration, format_duration
from timing.core.fold.standings import Row, Standings
from timing.core.setup.event import Event, Heat
from timing.core.status import NOT_HELD, Status
from timing.core.telling.conditions import wind_of
from timing.core.telling.listing import reaction_of, shown_time
from timing.files.feeds.lynx import race_name, shown_names
from timing.files.rulebook import exported

_NOTHING = NOT_HELD | {Status.RUN, Status.READY}


def lif_files(event: Event, standings: Iterable[Standings]) -> dict[str, bytes]:
    """File name -> content, for each heat in which anybody has a result. UTF-8."""
    files = {}
    numbers = {contest.code: number for number, contest in enumerate(event.contests, 1)}
    for one in standings:
        rounds = [each.code for each in one.contest.rounds]
        place = rounds.index(one.round)
        for heat in one.contest.rounds[place].heats:
            rows = [row for row in one.rows if row.start.heat == heat.number]
            rows = [row for row in rows if row.result.status not in _NOTHING]
            if rows:
                number = numbers[one.contest.code]
                name = f"{number:03d}-{place + 1}-{heat.number:02d}.lif"
                head = (str(number), str(place + 1), str(heat.number))
                files[name] = _lif(event, one, heat, head, rows)
    return files


def _lif(
    event: Event, one: Standings, heat: Heat, head: Sequence[str], rows: Sequence[Row]
) -> bytes:
    contest = one.contest
    round_ = next(each for each in contest.rounds if each.code == one.round)
    wind = wind_of(event, contest.code, one.round, heat.number)
    metres = f"{contest.course.distance / 1000:g}"
    name = race_name(contest, round_, heat)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow((*head, name, wind, "", "", "", "", metres, ""))
    times = [row.result.official if row.place is not None else None for row in rows]
    before = [None, *(earlier for earlier, _later in pairwise(times))]
    writer.writerows(
        _cells(one, row, _delta(one, earlier, time))
        for row, earlier, time in zip(rows, before, times, strict=True)
    )
    return out.getvalue().encode()


def _delta(one: Standings, earlier: Duration | None, time: Duration | None) -> str:
    """Behind the one before; of the first the time itself, as Lynx writes it."""
    if time is None:
        return ""
    return format_duration(time - (earlier or 0), one.contest.rules.decimals)


def _cells(one: Standings, row: Row, delta: str) -> tuple[str, ...]:
    last, first, club = shown_names(row.entry)
    status = row.result.status
    finished = status is Status.OK
    place = str(row.heat_place or "") if finished else exported(status) or "DNF"
    return (
        place, row.bib, str(row.start.lane or ""), last, first, club,
        shown_time(one.contest, row.result) if finished else "", "", delta, reaction_of(row.result),
        _splits(one, row), "", "", "", "",
    )  # fmt: skip


def _splits(one: Standings, row: Row) -> str:
    """``race (lap),race (lap)`` at every point after the start."""
    decimals, told, before = one.contest.rules.decimals, [], 0
    for split in row.result.splits:
        if split.position:
            lap = format_duration(split.elapsed - before, decimals)
            told.append(f"{format_duration(split.elapsed, decimals)} ({lap})")
            before = split.elapsed
    return ",".join(told)
