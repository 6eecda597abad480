"""The recorded lines looked at together: none out of order, no bib twice at a point."""

from __future__ import annotations

from collections.abc import Sequence

from timing.files.entrants.entered import bib_key
from timing.files.race.times import Recorded
from timing.files.tables.findings import Findings


def check_times(
    recorded: Sequence[Recorded],
    findings: Findings,
    file: str,
    *,
    laps: bool = False,
    ordered: bool = True,
) -> None:
    """Name the times out of order and, unless laps are recorded, the bibs recorded twice.

    ordered: the lines stand as they were recorded.
    """
    if ordered:
        _check_order(recorded, findings, file)
    if not laps:
        _check_twice(recorded, findings, file)


def _check_order(recorded: Sequence[Recorded], findings: Findings, file: str) -> None:
    """Times of one point are written down as they happen, so none is earlier than the last."""
    last: dict[str, Recorded] = {}
    for one in recorded:
        if one.elapsed is None:
            continue
        before = last.get(one.point)
        if before is not None and before.elapsed is not None and one.elapsed < before.elapsed:
            who = f" of bib {one.bib}" if one.bib else ""
            sentence = (
                f"the time{who} is out of order: earlier than that of line {before.line}; "
                "expected times in the order of recording"
            )
            findings.problem("out-of-order", sentence, file, one.line)
        last[one.point] = one


def _check_twice(recorded: Sequence[Recorded], findings: Findings, file: str) -> None:
    first: dict[tuple[str, str], Recorded] = {}
    for one in recorded:
        if not one.bib:
            continue
        before = first.setdefault((one.point, bib_key(one.bib)), one)
        if before is not one:
            sentence = (
                f"bib {one.bib!r} was recorded in line {before.line} already; "
                "expected each bib once at a point"
            )
            findings.problem("duplicate-bib", sentence, file, one.line)
