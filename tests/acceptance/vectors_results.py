"""Worked examples about places, ranks, codes, protests and the exchange form."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from timing.core.clock import DAY, MINUTE, format_duration, parse_duration
from timing.core.rulebook.codes import (
    check_code,
    decode_codes,
    list_order,
    over_limit,
    render_code,
    status_of,
)
from timing.core.rulebook.protest import appeal_until, protest_until
from timing.core.rulebook.ranking import (
    Finish,
    Method,
    awarded,
    by_basis,
    finish_order,
    places,
    places_within,
    tie_groups,
)
from timing.core.rulebook.rounding import decode_rounding, round_up
from timing.core.rulebook.rules import Basis, ContestRules, Ties
from timing.core.rulebook.wa_format import ENUMS, REQUIRED, is_time, is_wind

_RULES = Path(__file__).parents[2] / "config" / "rules"
_ROUNDING = decode_rounding((_RULES / "rounding.toml").read_text(encoding="utf-8"))
_CODES = decode_codes((_RULES / "codes.toml").read_text(encoding="utf-8"))
_STATUSES = {code for code, row in _CODES.items() if row.kind == "status"}
_BASES = {"gun": Basis.GUN, "net": Basis.NET, "chip_then_gun": Basis.NET_THEN_GUN}
_UNRANKED = ContestRules().unranked
_PHOTO = "fat_track_le_10000"
_MEDALS = ("gold", "silver", "bronze")


def _ranked(times: dict[str, tuple[int, int]]) -> tuple[list[str], dict[str, Any]]:
    """Names in order of (time, then), and the shared places of each."""
    names = list(times)
    field = [Finish(*times[name], recorded=number) for number, name in enumerate(names)]
    order = finish_order(field)
    ranks = places(tie_groups([field[n] for n in order], Ties.SHARED))
    ordered = [names[n] for n in order]
    return ordered, dict(zip(ordered, ranks, strict=True))


def _official(time: int, method: str) -> str:
    rule = _ROUNDING[method]
    return format_duration(round_up(time, rule.step), rule.decimals)


def placing(given: dict[str, Any], rule: str) -> dict[str, Any]:
    if "raw" in given or "heat" in given:
        return _read_places(given)
    if "basis" in given:
        return _by_gun_or_net(given)
    if "federation" in given:
        return _german_places(given)
    if "team" in given:
        return {"team_time": format_duration(sum(parse_duration(t) for t in given["team"]))}
    return _places_of_finish(given["finish"])


def _read_places(given: dict[str, Any]) -> dict[str, Any]:
    readings = dict(given["raw"] if "raw" in given else given["heat"])
    times = {name: parse_duration(text) for name, text in readings.items() if text not in _STATUSES}
    order, ranks = _ranked({name: (time, 0) for name, time in times.items()})
    method = given.get("method", _PHOTO)
    official = {name: _official(time, method) for name, time in times.items()}
    unplaced = dict.fromkeys(readings.keys() - times.keys())
    return {"places": ranks | unplaced, "order": order, "official": official}


def _by_gun_or_net(given: dict[str, Any]) -> dict[str, Any]:
    clocks = {}
    for name, runner in given["runners"].items():
        gun = parse_duration(runner["gun"])
        net = (
            parse_duration(runner["chip"])
            if "chip" in runner
            else gun - parse_duration(runner["start_offset"])
        )
        clocks[name] = gun, net
    basis = _BASES[given["basis"]]
    order, ranks = _ranked({name: by_basis(basis, *both) for name, both in clocks.items()})
    return {
        "order": order,
        "places": ranks,
        "official": {name: _official(gun, "transponder") for name, (gun, _) in clocks.items()},
        "net": {name: _official(net, "transponder") for name, (_, net) in clocks.items()},
    }


def _german_places(given: dict[str, Any]) -> dict[str, Any]:
    """The DLV places by gun and prints both times."""
    runners = {
        name: by_basis(Basis.GUN, parse_duration(r["brutto"]), parse_duration(r["netto"]))
        for name, r in given["runners"].items()
    }
    order, ranks = _ranked(runners)
    return {"order": order, "places": ranks, "show": ["brutto", "netto"]}


def _places_of_finish(finish: list[list[str]]) -> dict[str, Any]:
    names = [name for name, _ in finish]
    words = [word for _, word in finish]
    ok = [None if word in _STATUSES else "finished" for word in words]
    within = places_within(range(len(names)), words)
    return {
        "places": dict(zip(names, places_within(range(len(names)), ok), strict=True)),
        "group_places": dict(zip(names, within, strict=True)),
    }


def ranking(given: dict[str, Any], rule: str) -> dict[str, Any]:
    if "scores_desc" in given:
        return {"ranks": places(given["scores_desc"], _method(rule))}
    if "times" in given:
        ranks = list(_ranks({n: parse_duration(t) for n, t in enumerate(given["times"])}).values())
        return {"ranks": ranks, "medals": awarded(ranks, _MEDALS[: int(given["award_places"])])}
    return {"ranks": _ranks(given, _method(rule))}


def _method(rule: str) -> Method:
    """The method that a rule names by its first word; results use the standard one."""
    return next((m for m in Method if m.partition("_")[0] in rule), Method.STANDARD)


def _ranks(results: Mapping[Any, Any], method: Method = Method.STANDARD) -> dict[Any, Any]:
    """The rank of each, in the order in which they are given; less is better."""
    ordered = sorted(results, key=results.__getitem__)
    ranks = dict(zip(ordered, places((results[key] for key in ordered), method), strict=True))
    return {key: ranks[key] for key in results}


def status(given: dict[str, Any], rule: str) -> dict[str, Any]:
    if "codes" in given:
        known = [code in _CODES for code in given["codes"]]
        listed = [code in _CODES and _CODES[code].cr25 for code in given["codes"]]
        return {"all_valid": all(listed), "in_cr25": any(listed), "known": all(known)}
    if "status" in given:
        return {
            "valid": check_code(_CODES, given["status"], given["rule"]) is None,
            "render": render_code(given["status"], given["rule"]),
        }
    if "rows" in given:
        return _listed(given["rows"])
    if "limit" in given:
        return _within_limit(given)
    return {
        "status": status_of(
            reported=given.get("call_room", True),
            started=given.get("started", True),
            finished=given.get("finished", True),
        )
    }


def _listed(rows: list[list[str]]) -> dict[str, Any]:
    times = [parse_duration(row[2]) if len(row) > 2 else None for row in rows]
    order = list_order([row[1] for row in rows], times, _UNRANKED)
    ranked = ["ranked" if rows[n][1] == "OK" else None for n in order]
    return {
        "order": [rows[n][0] for n in order],
        "places": places_within([times[n] for n in order], ranked),
    }


def _within_limit(given: dict[str, Any]) -> dict[str, Any]:
    limit = parse_duration(given["limit"])
    times = {name: parse_duration(text) for name, text in given["times"].items()}
    order = sorted(times, key=times.__getitem__)
    ranked = [None if over_limit(times[name], limit) else "ranked" for name in order]
    within = places_within([times[name] for name in order], ranked)
    return {"places": dict(zip(order, within, strict=True))}


def _clock(moment: int) -> str:
    hours, minutes = divmod(moment % DAY // MINUTE, 60)
    return f"{hours:02d}:{minutes:02d}:{moment % MINUTE // 1_000_000:02d}"


def results(given: dict[str, Any], rule: str) -> dict[str, Any]:
    announced = parse_duration(given["announced"])
    amended = parse_duration(given["amended"]) if "amended" in given else None
    return {
        "until": _clock(protest_until(announced)),
        "appeal_until": _clock(appeal_until(announced, amended)),
    }


def export_format(given: dict[str, Any], rule: str) -> dict[str, Any]:
    if "time" in given:
        return {"valid": is_time(given["time"])}
    if "wind" in given:
        return {"valid": is_wind(given["wind"])}
    schema = given["schema"]
    return {"enum": ENUMS.get(schema), "required": REQUIRED.get(schema)}


AREAS = {
    "placing": placing,
    "ranking": ranking,
    "status": status,
    "results": results,
    "export format": export_format,
}
