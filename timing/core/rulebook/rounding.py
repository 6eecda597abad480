"""From a reading to the official time: rounded up once, after the subtraction, by a rule.

The step is one of the rules of a contest. What a federation wants for a way of timing is data
(config/rules/rounding.toml), against which a contest is held when it is set up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from timing.core.clock import MILLISECOND, SECOND, Duration
from timing.core.refusal import Problem
from timing.core.rulefile import accept, read_rules

_WATCH_STEP = Duration(100 * MILLISECOND)


class RoundingRule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the times of one way of timing become official.

    method: the name of the rule. timing: hand, fat or transponder, as a contest says it.
    surface: track, road, or "" for any. above, up_to: the rule holds for distances in
    millimetres greater than ``above`` and not greater than ``up_to``; None: no bound.
    step: microseconds; official times are the next multiple, the longer one unless exact.
    decimals: digits printed. body: who says so. certainty: V seen in the rule text, S second
    hand, ? still to be checked.
    """

    method: str
    timing: str
    surface: str = ""
    above: int = 0
    up_to: int | None = None
    step: Duration
    decimals: int
    body: str
    source: str
    certainty: str = "V"

    def holds_for(self, timing: str, surface: str, distance: int) -> bool:
        """Whether the rule is meant for this way of timing, surface and distance (mm)."""
        return (
            self.timing == timing
            and self.surface in ("", surface)
            and self.above < distance
            and (self.up_to is None or distance <= self.up_to)
        )


class _File(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    rule: tuple[RoundingRule, ...]


def round_up(span: int, step: int) -> Duration:
    """Give the next longer multiple of ``step``, or the span itself where it is one already.

    World Athletics TR 19: never to the nearest. Exact for every microsecond, also below zero.
    Raises ValueError for a step that is not positive.
    """
    if step <= 0:
        raise ValueError(f"step {step} is not a step; expected microseconds above 0")
    return Duration(-(-span // step) * step)


def official_hand_time(watches: Sequence[int], step: int = _WATCH_STEP) -> Duration:
    """Convert the readings of one to three watches.

    Each reading is rounded up first. Of three, two that agree decide, otherwise the middle one;
    of two the longer (TR 19, hand timing): that is the middle of the sorted readings, the upper
    one where there are two. Raises ValueError for none or more than three.
    """
    if not 1 <= len(watches) <= 3:
        raise ValueError(f"{len(watches)} watches; expected one, two or three")
    converted = sorted(round_up(reading, step) for reading in watches)
    return converted[len(converted) // 2]


def half_up(value: Fraction | Decimal, decimals: int) -> Decimal:
    """Round to so many decimals, a half away from zero, as percents and paces are printed.

    Never for an official time: that goes up. Exact whatever the value.
    """
    exact = Fraction(value)
    scaled = abs(exact) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(whole if exact >= 0 else -whole).scaleb(-decimals)


def decode_rounding(text: str, file: str | None = None) -> dict[str, RoundingRule]:
    """Read the rounding rules by their method. Raises Refusal."""
    rules = read_rules(text, _File, file=file).rule
    accept(list(_problems(rules, file)))
    return {rule.method: rule for rule in rules}


def rule_for(
    rules: Iterable[RoundingRule], timing: str, surface: str, distance: int
) -> RoundingRule | None:
    """Find the first rule that holds for a way of timing, a surface and a distance (mm)."""
    return next((rule for rule in rules if rule.holds_for(timing, surface, distance)), None)


def _problems(rules: Sequence[RoundingRule], file: str | None) -> Iterable[Problem]:
    seen: set[str] = set()
    for number, rule in enumerate(rules, 1):
        where = f"row {number} of rule ({rule.method})"
        if rule.method in seen:
            yield Problem("duplicate-rule", f"{where}: the method stands there twice", file)
        seen.add(rule.method)
        if rule.step <= 0 or not 0 <= rule.decimals <= 6:
            yield Problem(
                "bad-step",
                f"{where}: step {rule.step}, decimals {rule.decimals}; expected above 0 and 0-6",
                file,
            )
        elif rule.step % (SECOND // 10**rule.decimals):
            yield Problem(
                "step-not-printable",
                f"{where}: a step of {rule.step} microseconds shows more than"
                f" {rule.decimals} decimals",
                file,
            )
