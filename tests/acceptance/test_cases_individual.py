"""Ranking and prizes of whole races, by the rules of the core alone.

Form of a case: the README of the cases, rules I1 to I5. The names of an entry's sex in the cases
are words of their own; nothing here depends on what they are.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.acceptance.case_folder import scheme_of
from tests.acceptance.case_keys import bibs_of, moments_by_bib, moments_by_category
from timing.core.clock import format_duration, parse_duration
from timing.core.rulebook.prizes import Contender, Prize, PrizeScheme, give_prizes
from timing.core.rulebook.ranking import Finish, finish_order, places, tie_groups
from timing.core.rulebook.rules import Ties


class Runner(NamedTuple):
    bib: str
    name: str
    club: str
    category: str


class Race(NamedTuple):
    folder: Path
    config: dict[str, Any]
    runners: list[Runner]
    finish: dict[str, int]  # bib -> time on the clock, in the order of recording


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _time(text: str) -> int:
    """Times are typed with dots for colons; more than three decimals are cut."""
    time = parse_duration(text, dots_separate=True, signed=True)
    return time // 1_000 * 1_000


def _race(folder: Path) -> Race:
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    if config.get("input_is_combined_results"):
        rows = _rows(folder / "results_in.csv")
        runners = [Runner(r["order"], r["name"], r["club"], r["category"]) for r in rows]
        return Race(folder, config, runners, _finishes(rows, "order"))
    entries = _rows(folder / "entries.csv")
    runners = [Runner(r["bib"], r["name"], r["club"], r["category"]) for r in entries]
    finish = _finishes(_rows(folder / "raw_times.csv"), "bib")
    return Race(folder, config, runners, finish)


def _finishes(rows: list[dict[str, str]], who: str) -> dict[str, int]:
    """The times of those of whom one was recorded."""
    return {row[who]: _time(row["time"]) for row in rows if any(map(str.isdecimal, row["time"]))}


def _offsets(race: Race) -> dict[str, int]:
    """I1, I2: how long after the clock each runner started."""
    config = race.config
    trial = config.get("time_trial")
    if trial:
        waves = {r.bib: (int(r.bib) - 1) // int(trial["runners_per_wave"]) for r in race.runners}
        index = {wave: number for number, wave in enumerate(sorted(set(waves.values())))}
        interval = _time(trial["inter_wave_interval"])
        return {bib: index[wave] * interval for bib, wave in waves.items()}
    race_start = _time(config.get("race_start_offset_after_clock_start", "0"))
    category = moments_by_category(config.get("category_start_offsets"))
    alone = moments_by_bib(config.get("individual_start_offsets"))
    return {
        r.bib: race_start + _time(category.get(r.category, "0")) + _time(alone.get(r.bib, "0"))
        for r in race.runners
    }


def _ranked(race: Race) -> list[tuple[Runner, int, int]]:
    """I3: finishers in order of place, with net time and tie group."""
    config = race.config
    apart = moments_by_bib(config.get("separately_recorded_finishes"))
    offsets = _offsets(race)
    finish = race.finish | {bib: _time(text) for bib, text in apart.items()}
    stopped = bibs_of(config.get("dnf_although_timed"))
    heats = bibs_of(config.get("declared_dead_heats"))
    runners = {runner.bib: runner for runner in race.runners}
    bibs = [bib for bib in finish if bib not in stopped]
    field = [
        Finish(
            finish[bib] - (0 if bib in apart else offsets[bib]),
            recorded=number,
            dead_heat=bib in heats,
        )
        for number, bib in enumerate(bibs)
    ]
    order = finish_order(field)
    groups = tie_groups([field[n] for n in order], Ties.RECORDED)
    return [
        (runners[bibs[n]], field[n].time, group) for n, group in zip(order, groups, strict=True)
    ]


def _printed(time: int) -> str:
    whole, _, fraction = format_duration(time).partition(".")
    parts = [int(part) for part in whole.split(":")]
    hours, minutes, seconds = [0] * (3 - len(parts)) + parts
    text = f"{hours:02d}:{minutes:02d}:{seconds:02d}"
    return f"{text}.{fraction}" if fraction else text


def _comparable(rows: list[tuple[str, str, str, str]]) -> list[Any]:
    """Ties and the rows without a place compare as sets: their order came from other names."""
    tied: dict[str, set[Any]] = {}
    listed: list[Any] = []
    for place, *rest in rows:
        if place == "-" or place.endswith("="):
            if place not in tied:
                tied[place] = set()
                listed.append((place, tied[place]))
            tied[place].add(tuple(rest))
        else:
            listed.append((place, tuple(rest)))
    return listed


def wanted_case(folder: Path) -> bool:
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    return config["kind"] == "individual" and (folder / "expected_overall.csv").exists()


@pytest.fixture
def race(case: Path) -> Race:
    return _race(case)


def test_the_overall_list_of_a_case(race: Race) -> None:
    ranked = _ranked(race)
    ranks = places(group for _, _, group in ranked)
    rows = [
        (f"{place}{'=' if ranks.count(place) > 1 else ''}", r.bib, r.category, _printed(time))
        for (r, time, _), place in zip(ranked, ranks, strict=True)
    ]
    named = {runner.bib: runner for runner in race.runners}
    rows += [
        ("-", bib, named[bib].category, "DNF")
        for bib in bibs_of(race.config.get("dnf_although_timed"))
    ]
    bibless = bool(race.config.get("input_is_combined_results"))
    key = "Runner" if bibless else "No"
    found = [(p, named[b].name if bibless else b, c, t) for p, b, c, t in rows]
    expected = _rows(race.folder / "expected_overall.csv")
    for group in {row.get("Group", "") for row in expected}:
        listed = [row for row in expected if row.get("Group", "") == group]
        wanted = [(row["Pos"], row[key], row["Category"], row["Time"]) for row in listed]
        members = {row[key] for row in listed}
        own = [row for row in found if row[1] in members]
        if group:
            wanted, own = ([("", *row[1:]) for row in rows] for rows in (wanted, own))
        assert _comparable(own) == _comparable(wanted)


def _schemes(race: Race, kind: str) -> list[dict[str, Any]]:
    return list(scheme_of(race.folder, race.config[kind])["categories"])


def test_the_prizes_of_a_case(race: Race) -> None:
    path = race.folder / "expected_prizes.json"
    if not path.exists():
        pytest.skip("a race without prizes")
    scheme = _prize_scheme(race)
    names = {runner.bib: runner.name for runner in race.runners}
    bibless = bool(race.config.get("input_is_combined_results"))
    title = {prize.code: prize.name for prize in scheme.prize}
    found = {
        (title[a.prize], a.place, a.tied, names[a.entry] if bibless else str(a.entry))
        for a in give_prizes(scheme, {"": _contenders(race)})
    }
    expected = {
        (c["category"], w["place"], w["tied"], w["name"] if bibless else str(w["bib"]))
        for c in json.loads(path.read_text(encoding="utf-8"))["categories"]
        for w in c["winners"]
    }
    assert found == expected


def _prize_scheme(race: Race) -> PrizeScheme:
    prizes = tuple(
        Prize(
            code=f"{row['report_group']}/{row['name']}",
            name=row["name"],
            sexes=tuple(row["eligible_genders"]),
            ages=(row["min_age"], row["max_age"]),
            number=row["number_of_prizes"],
            group=row["report_group"],
            exclusive=row["exclusive"],
            clubs=tuple(row.get("eligible_clubs") or ()),
        )
        for row in _schemes(race, "prize_scheme")
    )
    general_first = race.config.get("prefer_lower_prize_in_more_general_category", True)
    return PrizeScheme(name="case", source="case", general_first=general_first, prize=prizes)


def _contenders(race: Race) -> list[Contender]:
    entry = {row["code"]: row for row in _schemes(race, "entry_scheme")}
    return [
        Contender(
            runner.bib,
            group,
            entry[runner.category]["gender"],
            entry[runner.category]["min_age"],
            entry[runner.category]["max_age"],
            runner.club,
        )
        for runner, _, group in _ranked(race)
    ]
