"""Which rulings are in force: a withdrawal takes one back, withdrawing that brings it back."""

from __future__ import annotations

from collections.abc import Iterable

from timing.core.anomalies import Anomaly, about_line
from timing.core.journal import LineId, Ruling
from timing.core.rulings import Withdraw


def in_force(rulings: Iterable[Ruling]) -> tuple[list[Ruling], list[Anomaly]]:
    """Split off what was withdrawn.

    Returns the rulings in force in order of precedence, withdrawals left out, and anomalies for
    withdrawals that name each other in a circle or name nothing. A line sent twice counts once.
    """
    lines: dict[LineId, Ruling] = {}
    for ruling in sorted(rulings, key=lambda each: (each.precedence, repr(each.act))):
        lines.setdefault(ruling.id, ruling)
    against: dict[LineId, list[LineId]] = {}
    for ruling in lines.values():
        if isinstance(ruling.act, Withdraw):
            against.setdefault(ruling.act.line, []).append(ruling.id)
    anomalies = [
        about_line("unknown_line", taker, kind="withdraw")
        for target, takers in against.items()
        if target not in lines
        for taker in takers
    ]
    verdicts = _verdicts(lines, against)
    circles = [line for line in lines if line not in verdicts]
    anomalies += [about_line("circular_withdrawal", line) for line in circles]
    force = [
        ruling
        for line, ruling in lines.items()
        if verdicts.get(line, True) and not isinstance(ruling.act, Withdraw)
    ]
    return force, anomalies


def _verdicts(
    lines: dict[LineId, Ruling], against: dict[LineId, list[LineId]]
) -> dict[LineId, bool]:
    """Decide from the unopposed lines inward; members of a circle get no verdict."""
    open_takers = {line: len(against.get(line, ())) for line in lines}
    ready = [line for line, count in open_takers.items() if not count]
    verdicts: dict[LineId, bool] = {}
    while ready:
        line = ready.pop()
        verdicts[line] = not any(verdicts[taker] for taker in against.get(line, ()))
        act = lines[line].act
        if isinstance(act, Withdraw) and act.line in open_takers:
            open_takers[act.line] -= 1
            if not open_takers[act.line]:
                ready.append(act.line)
    return verdicts
