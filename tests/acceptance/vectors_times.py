"""Worked examples about times: rounding, watches, spellings, pace and plausible speed."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from timing.core.clock import (
    DAY,
    TimeTextError,
    format_duration,
    is_hand_time,
    parse_duration,
)
from timing.core.rulebook.pace import KILOMETRE, MILE, pace, pace_time
from timing.core.rulebook.plausibility import decode_limits, judge_time, limit_for
from timing.core.rulebook.rounding import (
    decode_rounding,
    half_up,
    official_hand_time,
    round_up,
)

_RULES = Path(__file__).parents[2] / "config" / "rules"
_ROUNDING = decode_rounding((_RULES / "rounding.toml").read_text(encoding="utf-8"))
_LIMITS = decode_limits((_RULES / "plausibility.toml").read_text(encoding="utf-8"))
_UNITS = {"min/km": KILOMETRE, "min/mi": MILE}


def _millimetres(metres: Any) -> int:
    return int(Decimal(str(metres)) * 1_000)


def rounding(given: dict[str, Any], rule: str) -> dict[str, Any]:
    if "raw" in given:
        start, finish = 0, parse_duration(given["raw"])
    else:
        start = parse_duration(given["start_tod"])
        finish = parse_duration(given["finish_tod"]) + int(given.get("day_offset", 0)) * DAY
    method = _ROUNDING[given["method"]]
    return {"official": format_duration(round_up(finish - start, method.step), method.decimals)}


def hand_timing(given: dict[str, Any], rule: str) -> dict[str, Any]:
    official = official_hand_time([parse_duration(watch) for watch in given["watches"]])
    return {"official": format_duration(official, 1)}


def time_parsing(given: dict[str, Any], rule: str) -> dict[str, Any]:
    try:
        read = parse_duration(given["text"])
    except TimeTextError:
        return {"error": True}
    whole, micros = divmod(read, 1_000_000)
    fraction = f"{micros:06d}".rstrip("0")
    return {
        "error": False,
        "seconds": f"{whole}.{fraction}" if fraction else str(whole),
        "hand": is_hand_time(given["text"]),
    }


def pace_of(given: dict[str, Any], rule: str) -> dict[str, Any]:
    run = parse_duration(given["time"]), _millimetres(given["distance_m"]), _UNITS[given["unit"]]
    return {
        "pace": format_duration(pace_time(*run)),
        "pace_s": str(half_up(pace(*run), 2)),
    }


def plausibility(given: dict[str, Any], rule: str) -> dict[str, Any]:
    distance = _millimetres(given["distance_m"])
    limit = limit_for(_LIMITS, "forward", distance)
    verdict = judge_time(parse_duration(given["time"]), [(limit, distance)])
    speed = verdict.speed
    return {
        "plausible": verdict.plausible,
        "speed_ms": None if speed is None else str(half_up(speed, 2)),
    }


AREAS = {
    "pace": pace_of,
    "plausibility": plausibility,
    "rounding": rounding,
    "hand timing": hand_timing,
    "time parsing": time_parsing,
}
