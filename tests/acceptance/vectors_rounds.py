"""Worked examples about rounds: heats, seeding, lanes, who goes on, relay line-ups."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from timing.core.clock import TimeTextError, format_duration, parse_duration
from timing.core.rounds.heats import (
    HeatTable,
    decode_heat_table,
    heat_count,
    heat_row,
    seed_order,
    zigzag,
)
from timing.core.rounds.lanes import Method, decode_lanes, lane_faults, lane_method, lane_plan
from timing.core.rounds.progression import (
    MIXED_TIMING,
    Finisher,
    Progression,
    Quota,
    advance,
    progression_options,
    rank_qualifiers,
    times_decide,
    usual_option,
)
from timing.core.rulebook.ranking import places
from timing.core.rulebook.rounding import round_up
from timing.core.scoring.relay_lineups import check_line_ups

_RULES = Path(__file__).parents[2] / "config" / "rules"
_LANES = decode_lanes((_RULES / "lanes.toml").read_text(encoding="utf-8"))
_TABLES = {
    path.stem: decode_heat_table(path.read_text(encoding="utf-8"))
    for path in (_RULES / "heats").glob("*.toml")
}
_HUNDREDTH = 10_000


def _finishers(heats: list[Any]) -> list[Finisher]:
    found = []
    for number, heat in enumerate(heats, start=1):
        times = []
        for name, mark in heat:
            try:
                times.append((name, int(parse_duration(mark))))
            except TimeTextError:
                found.append(Finisher(name, number, None, None))
        ranks = places(time for _, time in times)
        found += [
            Finisher(name, number, int(rank), time)
            for (name, time), rank in zip(times, ranks, strict=True)
        ]
    return found


def advancement(given: dict[str, Any], rule: str) -> dict[str, Any]:
    if "entries" in given:
        heats = heat_count(given["entries"], given["lanes"])
        options = progression_options(heats, given["lanes"] * given["next_heats"])
        return {"heats": heats, "options": options, "iaaf_choice": usual_option(options)}
    heats = given["heats"] if "heats" in given else [given["heat"]]
    if "by_place" not in given:
        allowed = times_decide((heat["timing"] for heat in heats), given["by_time"])
        return {"allowed": allowed, "action": None if allowed else MIXED_TIMING}
    finishers = _finishers(heats)
    free = 1 if given.get("free_lane") else 0
    progression = advance(finishers, Quota(given["by_place"], given["by_time"], free))
    answer: dict[str, Any] = {
        "Q": [finisher.name for finisher in progression.places],
        "q": [finisher.name for finisher in progression.times],
        "displayed": _shown_alike(finishers, progression),
    }
    for draw in progression.undecided:
        answer |= {"draw_between": draw.between, "slots": draw.slots, "code": draw.mark}
    return answer


def _shown_alike(finishers: list[Finisher], progression: Progression) -> dict[str, str]:
    """Printed times of those, not placed, who print as the last who goes on by time."""
    printed = {
        f.name: format_duration(round_up(f.time, _HUNDREDTH), 2)
        for f in finishers
        if f.time is not None and f not in progression.places
    }
    last = printed[progression.times[-1].name] if progression.times else None
    return {name: time for name, time in printed.items() if time == last}


def _table(rule: str) -> HeatTable:
    word = next((word for word in ("USATF", "IUAA") if word in rule), "IAAF")
    code = {"USATF": "usatf-youth", "IUAA": "iuaa-indoor", "IAAF": "iaaf-default"}[word]
    return _TABLES[code]


def heat_tables(given: dict[str, Any], rule: str) -> dict[str, Any]:
    table = _table(rule)
    other = "alternative" in rule.lower()
    row = heat_row(table, given.get("event", "100m"), given["entries_from"], alternative=other)
    assert row is not None
    assert row.first <= given["entries_from"] <= given["entries_to"] <= row.last
    stages = [
        {"heats": stage.heats, "by_place": stage.by_place, "by_time": stage.by_time}
        for stage in row.stages
    ]
    return {
        **stages[0],
        "qualifiers": row.stages[0].qualifiers,
        "round1": stages[0],
        "semi": stages[1] if len(stages) > 1 else None,
        "finalists": row.stages[-1].qualifiers,
    }


def seeding(given: dict[str, Any], rule: str) -> dict[str, Any]:
    if "ranked_entries" in given:
        return {"heats": zigzag(range(1, given["ranked_entries"] + 1), given["heats"])}
    if "lanes" in given:
        return {"heats": heat_count(given["entries"], given["lanes"])}
    if "entries" in given:
        marks = [(n, int(parse_duration(mark)) if mark else None) for n, mark in given["entries"]]
        order = seed_order(marks)
        return {"ranking": order, "heats": zigzag(order, given["heats"])}
    on = [
        (Finisher(name, heat, place, int(parse_duration(time))), mark)
        for heat, rows in enumerate(given["heats"], start=1)
        for name, place, time, mark in rows
    ]
    progression = Progression(
        tuple(f for f, mark in on if mark == "Q"), tuple(f for f, mark in on if mark == "q")
    )
    return {"ranking": rank_qualifiers(progression)}


def _distance(event: str) -> tuple[int, int]:
    """Metres and legs of ``1500m``, ``10,000 m`` or ``4x400m``; a mile is 1609 m."""
    relay = re.match(r"(\d+)\s*[xX\u00d7]\s*(\d+)", event.replace(",", ""))
    if relay:
        return int(relay[2]), int(relay[1])
    metres = re.match(r"(\d+)", event.replace(",", ""))
    return (int(metres[1]) if metres else 1609), 1


def lane_draw(given: dict[str, Any], rule: str) -> dict[str, Any]:
    if "event_class" not in given:
        metres, legs = _distance(given.get("event", "100m"))
        single = "single" in rule
        round_number = 1 if single else given.get("round", 2)
        method = lane_method(_LANES, round_number=round_number, metres=metres, legs=legs)
        return {"method": method.value}
    track = given["track_lanes"] if "track_lanes" in given else given["lanes"]
    plan = lane_plan(_LANES, given["event_class"], track, given.get("athletes"))
    assert plan is not None
    lanes = given.get("lane_of_rank", [])
    return {
        "groups": [{"ranks": group.ranks, "lanes": group.lanes} for group in plan.groups],
        "unused": plan.unused,
        "valid": lane_faults(plan, lanes) == (),
        "method": Method.LOT.value if given.get("round") == 1 else Method.GROUPS.value,
    }


def relay(given: dict[str, Any], rule: str) -> dict[str, Any]:
    if "legs" in given:
        rounds = [given["legs"]]
    else:
        keys = sorted((key for key in given if key.startswith("round")), key=lambda k: int(k[5:]))
        rounds = [given[key] for key in keys]
    found = check_line_ups(rounds)
    return {"valid": found.problems == (), "additional_used": len(found.additional)}


AREAS = {
    "advancement": advancement,
    "heat tables": heat_tables,
    "seeding": seeding,
    "lane draw": lane_draw,
    "relay": relay,
}
