"""Worked examples about scores: teams, series, medal tables."""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from timing.core.clock import format_duration, parse_duration
from timing.core.rulebook.categories import age_on
from timing.core.rulebook.medals import Medals, medal_table
from timing.core.scoring.series import rank_series
from timing.core.scoring.series_points import percentile_points, table_points
from timing.core.scoring.series_rules import Scoring, SeriesRules, SeriesTie
from timing.core.scoring.teams import (
    Runner,
    TeamRules,
    decode_team_rules,
    finish_points,
    score_teams,
)
from timing.core.scoring.tie_breaks import TieBreak, break_ties, match_ups

_RULES = Path(__file__).parents[2] / "config" / "rules"
_TEAMS = decode_team_rules((_RULES / "teams.toml").read_text(encoding="utf-8"))

_BODIES = (
    ("US school", "us-school-xc"),
    ("UK school", "uk-schools-xc"),
    ("English school", "uk-schools-xc"),
    ("aggregate time", "usatf-time"),
    ("USATF", "usatf-xc"),
    ("NFHS", "nfhs-xc"),
    ("old NCAA", "ncaa-d1-old"),
    ("NCAA", "ncaa-xc"),
    ("World XC", "world-xc"),
    ("last-scorer", "world-xc"),
    ("IAAF", "world-xc"),
)
"""Words of a rule's text and the preset that they mean; the first that is found decides."""


def _preset(given: dict[str, Any], rule: str) -> TeamRules:
    code = next((code for words, code in _BODIES if words in rule), "world-xc")
    rules = _TEAMS[code]
    if "tie" in given:
        rules = replace(rules, tie_breaks=(TieBreak(given["tie"]),))
    return rules


def _runner(name: str, given: dict[str, Any]) -> Runner:
    individual = name in given.get("individual_entries", ())
    return Runner(name, "" if individual else re.sub(r"[-_ ]?\d+$", "", name))


def team_scoring(given: dict[str, Any], rule: str) -> dict[str, Any]:
    rules = _preset(given, rule)
    if "finish" in given:
        return _by_finish(given, rules)
    if "times" in given:
        return _by_time(given, rules)
    return _by_totals(given, rules)


def _by_finish(given: dict[str, Any], rules: TeamRules) -> dict[str, Any]:
    groups = [group if isinstance(group, list) else [group] for group in given["finish"]]
    finish = [[_runner(name, given) for name in group] for group in groups]
    # An example says itself how many may run; the body's own limit is for its own number.
    rules = replace(
        rules,
        scorers=given["scorers"],
        most=0,
        displace=given.get("max_runners", rules.displace),
    )
    result = score_teams(finish, rules)
    return {
        "scores": {row.team: row.score for row in result.rows},
        "ranking": [row.team for row in result.rows],
        "unranked": [why.team for why in result.unranked],
        "points": finish_points(finish, rules.dead_heats),
    }


def _by_time(given: dict[str, Any], rules: TeamRules) -> dict[str, Any]:
    runners = [
        Runner(f"{team} {number}", team, parse_duration(time))
        for team, times in given["times"].items()
        for number, time in enumerate(times, start=1)
    ]
    finish = [[runner] for runner in sorted(runners, key=lambda runner: runner.time)]
    rows = score_teams(finish, replace(rules, scorers=given["scorers"])).rows
    return {
        "team_time": {row.team: format_duration(int(row.score)) for row in rows},
        "ranking": [row.team for row in rows],
    }


def _by_totals(given: dict[str, Any], rules: TeamRules) -> dict[str, Any]:
    """The places of the finished scorers, or what is known of them where totals are equal."""
    if "places" in given:
        squads = {team: tuple(sorted(places)) for team, places in given["places"].items()}
        size = given.get("scorers") or _scorers(squads, rules)
        totals = {team: sum(squad[:size]) for team, squad in squads.items()}
    else:
        size = rules.scorers
        known = given.get("fifth") or given["sixth"]
        rest = (0,) * (size - 2 if "fifth" in given else size - 1)
        four = given.get("first4", {})
        squads = {team: (four.get(team, 0), *rest) for team in known}
        squads |= {t: (*squads[t], place) for t, place in known.items() if place is not None}
        totals = given.get("scores") or dict.fromkeys(known, 0)
    ranked = break_ties(
        {team: (totals[team], squad) for team, squad in squads.items()}, size, rules.tie_breaks
    )
    return {
        "scores": totals,
        "ranking": [row.team for row in ranked],
        "comparisons": match_ups(squads, size),
        f"first{size - 1}": {team: sum(squad[: size - 1]) for team, squad in squads.items()},
    }


def _scorers(squads: dict[str, tuple[int, ...]], rules: TeamRules) -> int:
    """All that everybody lists, but no more than count where further runners may displace."""
    fewest = min(map(len, squads.values()), default=rules.scorers)
    return min(fewest, rules.scorers) if rules.displace else fewest


def _shown(points: Any) -> Decimal:
    exact = Fraction(points)
    whole = Decimal(exact.numerator) / Decimal(exact.denominator)
    return whole.quantize(Decimal("0.01"), ROUND_HALF_UP)


def series_points(given: dict[str, Any], rule: str) -> dict[str, Any]:
    if "table" in given:
        table = [Fraction(points) for points in given["table"]]
        points = table_points([int(place) for place in given["places"]], table)
        return {"points": [_shown(point) for point in points]}
    if "participants" in given:
        many = given["participants"]
        return {"points": [_shown(percentile_points(p, many)) for p in range(1, many + 1)]}
    if "born" in given:
        first = min(date.fromisoformat(race) for race in given["races"])
        return {"age_for_series": age_on(date.fromisoformat(given["born"]), first)}
    return _totals(given)


def _totals(given: dict[str, Any]) -> dict[str, Any]:
    best = given.get("best", 0)
    rules = SeriesRules(
        scoring=Scoring.POSITION_POINTS,
        counted=best,
        least=given.get("min_races", 1),
        tie_breaks=(SeriesTie.NEXT_BEST,),
    )
    longest = max(map(len, given["scores"].values()), default=0)
    scores = {who: [*own, *[None] * (longest - len(own))] for who, own in given["scores"].items()}
    rows = rank_series(scores, rules, range(1, longest + 1))
    more = {
        who: sum(sorted((score for score in own if score is not None), reverse=True)[: best + 1])
        for who, own in scores.items()
    }
    return {
        "totals": {row.person: row.total for row in rows},
        f"with{best + 1}": more,
        "ranking": [row.person for row in rows if row.place is not None],
    }


def medals(given: dict[str, Any], rule: str) -> dict[str, Any]:
    table = medal_table(Medals(*row) for row in given["medals"])
    return {
        "ranking": [row.medals.team for row in table],
        "ranks": [row.rank for row in table],
    }


AREAS = {
    "team scoring": team_scoring,
    "series points": series_points,
    "medal table": medals,
}
