"""Whether a result is the best of a life or of a season, against what came with the entry.

Notes as in IAAF Terms and Abbreviations (2013): PB, SB, and "=" before one that is equalled.
"""

from __future__ import annotations

from timing.core.clock import Duration
from timing.core.fold.results import Result
from timing.core.rulebook.codes import render_record
from timing.core.rulebook.rules import Basis, ContestRules
from timing.core.setup.roster import Entry
from timing.core.status import Status


def best_of(rules: ContestRules, entry: Entry, result: Result) -> str:
    """``PB``, ``=PB``, ``SB``, ``=SB`` or "".

    A personal best is a season best, too, and alone is told. By the official time; laps and a
    race that was stopped have none,
    and an entry without a former best is compared with nothing.
    """
    time = result.official
    whole = rules.basis is not Basis.LAPS and not result.shortened
    if not whole or result.status is not Status.OK or time is None:
        return ""
    return _against("PB", time, entry.pb) or _against("SB", time, entry.sb)


def _against(code: str, time: Duration, former: Duration | None) -> str:
    if former is None or time > former:
        return ""
    return render_record(code, equalled=time == former)
