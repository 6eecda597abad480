"""Relays of clubs: rules R1 to R7 of the cases."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from tests.acceptance.case_keys import bib_and_leg, bibs_of, mass_starts_of, moment_of
from timing.core.clock import Duration
from timing.core.refusal import Problem
from timing.core.rulebook.prizes import Contender
from timing.core.scoring.relay_records import (
    Collation,
    Correction,
    Record,
    check_corrections,
    collate,
)
from timing.core.scoring.relays import (
    LegStart,
    MassStart,
    Placed,
    RelayRules,
    Team,
    check_relay,
    rank_leg,
    rank_relay,
    run_relay,
)

_FILLED_IN = {"time_interpolated", "time_set_to_first", "time_set_to_last_plus_1s", "bib_guessed"}


def _moment(case, text: str) -> Duration:
    return case.time(text) or Duration(0)


def _rules(case) -> RelayRules:
    config = case.config
    rules = RelayRules(
        legs=config["number_of_legs"],
        paired=tuple(config.get("paired_legs") or ()),
        mass_starts=tuple(
            MassStart(leg=leg, at=_moment(case, at))
            for leg, at in mass_starts_of(config.get("mass_starts"))
        ),
        leg_starts=tuple(
            LegStart(bib=str(s["bib"]), leg=s["leg"], at=_moment(case, moment_of(s)))
            for s in config.get("individual_leg_starts") or ()
        ),
        start=case.time(config.get("race_start_offset_after_clock_start")) or Duration(0),
        unfinished=tuple(
            (bib, int(leg or config["number_of_legs"]))
            for bib, leg in map(bib_and_leg, config.get("dnf_although_timed") or ())
        ),
    )
    assert check_relay(rules) == ()
    return rules


def _collated(case, rules: RelayRules) -> Collation:
    records = []
    for name, paper in (("raw_times.csv", False), ("raw_times_paper.csv", True)):
        for row in case.rows(name):
            bib = "" if row["bib"] in ("", "?") else row["bib"]
            leg = row.get("leg_if_recorded") or "0"
            leg = "0" if leg == "?" else leg
            records.append(Record(bib, case.time(row["time"]), int(leg), paper))
    corrections = [
        Correction(int(row["position"]), row["bib"].strip("?"), case.time(row["time"]))
        for row in case.rows("annotations.csv")
    ]
    problems: tuple[Problem, ...] = check_corrections(corrections, len(records))
    assert problems == ()
    return collate(records, corrections, rules.legs)


class _Category(NamedTuple):
    name: str
    sex: str
    ages: tuple[int, int]


def _categories(case) -> dict[str, _Category]:
    """The category of every team."""
    rows = case.scheme(case.config["entry_scheme"])["categories"]
    scheme = {
        row["code"]: _Category(row["name"], row["gender"], (row["min_age"], row["max_age"]))
        for row in rows
    }
    return {row["bib"]: scheme[row["category"]] for row in case.rows("entries.csv")}


def _shown(row: Placed) -> str:
    if row.place is None:
        return "-"
    return f"{row.place}=" if row.tied else str(row.place)


def _as_sets(rows: Iterable[tuple[str, ...]]) -> list[set[tuple[str, ...]]]:
    """Rows of one tie and rows without a place are compared as a set."""
    groups: list[set[tuple[str, ...]]] = []
    before = ""
    for row in rows:
        if groups and row[0] == before and (row[0] == "-" or row[0].endswith("=")):
            groups[-1].add(row)
        else:
            groups.append({row})
        before = row[0]
    return groups


def _run(case) -> tuple[RelayRules, Collation, dict[str, Team]]:
    rules = _rules(case)
    collation = _collated(case, rules)
    return rules, collation, {team.bib: team for team in run_relay(collation, rules)}


def test_the_overall_ranking_of_a_relay(relay_case):
    _, _, teams = _run(relay_case)
    categories = _categories(relay_case)
    for name in ("expected_overall.csv", "expected_detailed.csv"):
        for group, rows in relay_case.lists(name).items():
            listed = [
                team
                for bib, team in teams.items()
                if relay_case.belongs(group, categories[bib].sex, categories[bib].ages)
            ]
            found = [
                (_shown(r), r.bib, categories[r.bib].name, relay_case.printed(r.time))
                for r in rank_relay(listed, bibs_of(relay_case.config.get("declared_dead_heats")))
            ]
            expected = [(row["Pos"], row["No"], row["Category"], row["Total"]) for row in rows]
            assert _as_sets(found) == _as_sets(expected), name


def test_leg_times_running_splits_and_mass_starts_of_every_team(relay_case):
    rules, _, teams = _run(relay_case)
    for row in relay_case.rows("expected_detailed.csv"):
        team = teams[row["No"]]
        for leg, split in zip(team.legs, team.splits, strict=True):
            where = f"{row['No']} leg {leg.number}"
            assert relay_case.printed(leg.time) == row[f"Leg {leg.number}"], where
            shown = row.get(f"Split {leg.number}", row["Total"])
            assert relay_case.printed(split) == shown, where
            mark = re.search(r"\(M(\d+)\)$", row[f"Runners {leg.number}"])
            assert leg.mass_start == (int(mark[1]) if mark else 0), where
    assert rules.legs == len(next(iter(teams.values())).legs)


def _name(text: str) -> str:
    """Names are compared without their spelling: letters only, no case."""
    without_mark = re.sub(r"\(M\d+\)$", "", text.strip())
    return "".join(letter for letter in without_mark.casefold() if letter.isalnum())


def test_the_ranking_of_every_leg(relay_case):
    rules, _, teams = _run(relay_case)
    entries = {row["bib"]: row for row in relay_case.rows("entries.csv")}
    for number in range(1, rules.legs + 1):
        expected = relay_case.rows(f"expected_leg_{number}.csv")
        column = "Runners" if expected and "Runners" in expected[0] else "Runner"
        found = [
            (
                _shown(row),
                _name(entries[row.bib][f"leg_{number}_runners"]),
                relay_case.printed(row.time),
            )
            for row in rank_leg(teams.values(), number)
        ]
        if expected:
            wanted = [(row["Pos"], _name(row[column]), row["Time"]) for row in expected]
            assert _as_sets(found) == _as_sets(wanted), f"leg {number}"


def test_every_gap_that_was_filled_is_told(relay_case):
    _, collation, _ = _run(relay_case)
    for row in relay_case.rows("expected_times_collated.csv"):
        position = int(row["order"])
        record = collation.records[position - 1]
        assert (record.bib or "?") == row["bib"], position
        if row["time"] != "?":
            assert relay_case.printed(record.time) == row["time"], position
        told = {str(code) for code in collation.remarks(position)}
        assert told & _FILLED_IN == _FILLED_IN & set(re.findall(r"\w+", row["remark"])), position


def test_the_prizes_of_a_relay(relay_case):
    _, _, teams = _run(relay_case)
    categories = _categories(relay_case)
    line = [
        Contender(
            row.bib,
            row.place if row.tied else -number,
            categories[row.bib].sex,
            *categories[row.bib].ages,
        )
        for number, row in enumerate(rank_relay(teams.values()), start=1)
        if row.place is not None
    ]
    by_bib = {row["bib"]: _name(row["team"]) for row in relay_case.rows("entries.csv")}
    found = relay_case.prizes(line, by_bib.__getitem__)
    assert found == relay_case.expected_prizes(
        lambda winner: by_bib[str(winner["bib"])] if "bib" in winner else _name(winner["name"])
    )
