"""The rules of a contest by name, as config/rules/contests.toml says them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import msgspec

from timing import resources
from timing.core.clock import SECOND, Duration, parse_duration
from timing.core.rulebook.rules import ContestRules
from timing.core.sentence import worded


@cache
def presets() -> Mapping[str, Mapping[str, Any]]:
    """Name -> the values of its rules, as they are written."""
    path = resources.folder("config") / "rules" / "contests.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def has_decimals(preset: str) -> bool:
    """Whether a preset says how many digits are printed."""
    return "decimals" in presets()[preset]


def digits_of(times: Iterable[int]) -> int:
    """Digits behind the point that show all these times exactly."""
    return max((len(_fraction(time)) for time in times), default=0)


def _fraction(time: int) -> str:
    return f"{abs(time) % SECOND:06d}".rstrip("0")


def rules_of(preset: str, overrides: Mapping[str, Any]) -> ContestRules:
    """The rules of a preset with single values changed. step: text in seconds.

    Raises ValueError: no such preset, or a step that is not above zero.
    """
    known = presets()
    if preset not in known:
        names = ", ".join(sorted(known))
        said = worded(
            "{preset!r} is no preset of rules; expected one of {known}", preset=preset, known=names
        )
        raise ValueError(said)
    values = {"preset": preset, **known[preset], **overrides}
    step = parse_duration(str(values["step"]))
    if step <= 0:
        said = worded("the step {step!r} is no step; expected seconds above 0", step=values["step"])
        raise ValueError(said)
    values.setdefault("decimals", digits_of([step]))
    return msgspec.convert({**values, "step": Duration(step)}, ContestRules)
