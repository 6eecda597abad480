"""Worked examples about records: conditions, wind, gun and net, the application."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from timing.core.clock import SECOND, parse_duration
from timing.core.rulebook.record_conditions import (
    Circumstances,
    Needed,
    application_until,
    conditions_of,
    decode_conditions,
    none_violated,
)
from timing.core.rulebook.records import Record, RecordBook, Run, Verdict, judge
from timing.core.rulebook.rounding import round_up
from timing.core.rulebook.wind import recorded_wind

_FILE = Path(__file__).parents[2] / "config" / "rules" / "record_conditions.toml"
_WA = decode_conditions(_FILE.read_text(encoding="utf-8"))["World Athletics"]
_EVENT = re.compile(r"(?:(\d+)\s*[xX\u00d7]\s*)?([\d.]+)\s*(k?)m?", re.IGNORECASE)
_LONG = {"mile": 1_609_344, "half marathon": 21_097_500, "marathon": 42_195_000}


def records(given: dict[str, Any], rule: str) -> dict[str, Any]:
    if "reading" in given:
        return {"recorded": str(recorded_wind(Decimal(given["reading"])))}
    if "gun" in given:
        return {"record_broken": _broken(given)}
    if "competition" in given:
        until = application_until(_WA, date.fromisoformat(given["competition"]))
        return {"deadline": until and until.isoformat()}
    found = conditions_of(_WA, _circumstances(given))
    without_wind = [one for one in found if one.needed is not Needed.WIND]
    return {
        "timing_conditions_met": none_violated(without_wind),
        "record_eligible": none_violated(found),
    }


def _course(event: str) -> tuple[int, int]:
    """The number of legs and the whole distance in millimetres."""
    found = _EVENT.match(event.replace(",", ""))
    if found is None:
        return 1, _LONG[event.lower()]
    legs = int(found[1] or 1)
    return legs, int(legs * Decimal(found[2]) * (1_000_000 if found[3] else 1_000))


def _circumstances(given: dict[str, Any]) -> Circumstances:
    legs, distance = _course(given["event"])
    return Circumstances(
        distance=distance,
        legs=legs,
        timing=given["timing"].lower() if "timing" in given else None,
        competitors=given.get("competitors"),
        teams=given.get("teams"),
        start_information=given.get("start_information_system"),
        wind=Decimal(given["wind"]) if "wind" in given else None,
    )


def _broken(given: dict[str, Any]) -> bool:
    """The official time is the gun time, rounded; the net time makes no record."""
    record = Record(
        discipline="event",
        distance=1,
        sex="",
        mark=given["record"],
        holders=("holder",),
        body="body",
        status="ratified",
        source="vector",
    )
    official = round_up(parse_duration(given["gun"]), SECOND)
    run = Run("event", "", official, date(2026, 1, 1))
    judged = judge([RecordBook(margin=99, record=(record,))], run)
    return any(judgement.verdict is Verdict.POSSIBLE for judgement in judged)


AREAS = {"records": records}
