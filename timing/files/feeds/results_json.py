"""Results of an event as JSON: the same rows as every other surface, with exact microseconds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from timing.core.fold.standings import Row, Standings
from timing.core.setup.event import Event
from timing.core.telling.listing import Line, lines_of
from timing.files.feeds.results_out import AwardLine, Doubt


def results_json(
    event: Event,
    contests: Sequence[dict[str, Any]],
    awards: Iterable[AwardLine],
    doubts: Iterable[Doubt],
) -> bytes:
    """One document: event, contests with their rows (``contest_rows``), awards, anomalies.

    called_off: what is not held as announced, by contest; "" is the whole event.
    """
    document = {
        "event": {
            "slug": event.slug, "name": event.name, "date": event.date, "place": event.place,
            "timezone": event.timezone, "demo": event.demo,
        },
        "called_off": [
            {
                "contest": code, "fate": each.fate.value, "reason": each.reason,
                "since_us": each.since, "until_us": each.until, "day": each.day,
                "ranked": each.ranked, "stands_us": each.stands, "point": each.point,
            }
            for code, each in event.called_off.items()
        ],
        "contests": list(contests),
        "awards": [award._asdict() for award in awards],
        "anomalies": [
            {"severity": each.severity, "code": each.code, "sentence": each.sentence}
            for each in doubts
        ],
    }  # fmt: skip
    return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"


def contest_rows(standings: Standings) -> dict[str, Any]:
    """One contest with its rows in their order."""
    contest = standings.contest
    lines = lines_of(standings)
    return {
        "code": contest.code,
        "name": contest.name,
        "round": standings.round,
        "seq": standings.seq,
        "rows": [_row(row, line) for row, line in zip(standings.rows, lines, strict=True)],
    }


def _row(row: Row, line: Line) -> dict[str, Any]:
    result = row.result
    return {
        "place": row.place, "tied": row.tied, "bib": line.bib, "name": line.name,
        "club": line.club, "nation": line.nation, "sex": line.sex, "sex_place": row.sex_place,
        "category": line.category, "category_place": row.category_place,
        "status": line.status.value, "time": line.time, "official_us": result.official,
        "gun_us": result.gun, "net_us": result.net, "gap_us": row.gap,
        "laps": result.laps, "notes": list(line.notes),
        "splits": [
            {"position": split.position, "elapsed_us": split.elapsed} for split in result.splits
        ],
    }  # fmt: skip
