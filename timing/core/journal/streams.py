"""Two streams at one line: times without bib and bibs without time, joined in order.

One person presses at the line, another writes the bibs in the funnel. Known pairs anchor the
alignment, blanks shift it; nothing is thrown away.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from timing.core.journal import rulings as act
from timing.core.journal.anomalies import Anomaly, about, about_line
from timing.core.journal.lines import LineId, Read, Ruling


class Row(NamedTuple):
    """One place in the funnel: a time, a bib, or both. anchored: an official paired them."""

    time: Read | None
    bib: Read | None
    anchored: bool = False


class Streams(NamedTuple):
    """rows: by timing point, in order. joined: reads with bib and time made from both halves."""

    rows: dict[str, list[Row]]
    joined: list[Read]
    anomalies: list[Anomaly]


def join(times: Iterable[Read], bibs: Iterable[Read], live: Sequence[Ruling]) -> Streams:
    """Align the two streams of every timing point.

    times: reads with a time and no bib. bibs: reads with a bib and no time. live: rulings in force.
    """
    pairs = {ruling.act.time: ruling.act.bib for ruling in live if isinstance(ruling.act, act.Pair)}
    blanks: dict[LineId, int] = {}
    for ruling in live:
        if isinstance(ruling.act, act.Blank):
            blanks[ruling.act.line] = max(0, min(ruling.act.count, 1000))
    left = _by_point(times, lambda read: (read.at or 0, read.station, read.n))
    right = _by_point(bibs, lambda read: (read.station, read.n, 0))
    result = Streams({}, [], [])
    for point in sorted({*left, *right}):
        rows = _aligned(left.get(point, []), right.get(point, []), pairs, blanks)
        result.rows[point] = rows
        _collect(point, rows, result)
    return result


def _by_point(reads: Iterable[Read], key: object) -> dict[str, list[Read]]:
    by_point: dict[str, dict[LineId, Read]] = {}
    for read in reads:
        by_point.setdefault(read.point, {}).setdefault(read.id, read)
    return {point: sorted(lines.values(), key=key) for point, lines in by_point.items()}  # type: ignore[call-overload]


def _aligned(
    times: list[Read], bibs: list[Read], pairs: dict[LineId, LineId], blanks: dict[LineId, int]
) -> list[Row]:
    """Cut both streams at the anchors and lay the stretches between them side by side."""
    place = {read.id: index for index, read in enumerate(bibs)}
    rows: list[Row] = []
    begin_time = begin_bib = 0
    for index, read in enumerate(times):
        partner = place.get(pairs.get(read.id, ("", -1)))
        if partner is None or partner < begin_bib:
            continue
        rows += _stretch(times[begin_time:index], bibs[begin_bib:partner], blanks)
        rows.append(Row(read, bibs[partner], anchored=True))
        begin_time, begin_bib = index + 1, partner + 1
    return rows + _stretch(times[begin_time:], bibs[begin_bib:], blanks)


def _stretch(times: list[Read], bibs: list[Read], blanks: dict[LineId, int]) -> list[Row]:
    left, right = _spaced(times, blanks), _spaced(bibs, blanks)
    length = max(len(left), len(right))
    left += [None] * (length - len(left))
    right += [None] * (length - len(right))
    return [
        Row(time, bib)
        for time, bib in zip(left, right, strict=True)
        if time is not None or bib is not None
    ]


def _spaced(reads: list[Read], blanks: dict[LineId, int]) -> list[Read | None]:
    spaced: list[Read | None] = []
    for read in reads:
        spaced += [None] * blanks.get(read.id, 0)
        spaced.append(read)
    return spaced


def _collect(point: str, rows: list[Row], result: Streams) -> None:
    times = bibs = 0
    for time, bib, _ in rows:
        times += time is not None
        bibs += bib is not None
        if time is None:
            half: Read = bib  # type: ignore[assignment]  # no row is empty
            doubt = about_line("no_time", half.id, bib=half.bib or "", point=point)
            result.anomalies.append(doubt)
        elif bib is None:
            result.anomalies.append(about_line("no_bib", time.id, point=point))
        else:
            result.joined.append(time._replace(bib=bib.bib))
    if times and bibs and times != bibs:
        counts = {"times": str(times), "bibs": str(bibs)}
        result.anomalies.append(about("streams_differ", point, point=point, **counts))
