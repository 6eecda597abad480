"""Worked examples about times: rounding, watches, spellings, pace and plausible speed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from timing.core.clock import (
    DAY,
    TimeTextError,
    format_duration,
    is_hand_time,
    parse_duration,
)
from timing.core.rounding import decode_rounding, official_hand_time, official_time

_RULES = Path(__file__).parents[2] / "config" / "rules"
_ROUNDING = decode_rounding((_RULES / "rounding.toml").read_text(encoding="utf-8"))


def rounding(given: dict[str, Any], rule: str) -> dict[str, Any]:
    if "raw" in given:
        start, finish = 0, parse_duration(given["raw"])
    else:
        start = parse_duration(given["start_tod"])
        finish = parse_duration(given["finish_tod"]) + int(given["day_offset"]) * DAY
    method = _ROUNDING[given["method"]]
    return {"official": format_duration(official_time(start, finish, method), method.decimals)}


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


AREAS = {
    "rounding": rounding,
    "hand timing": hand_timing,
    "time parsing": time_parsing,
}
