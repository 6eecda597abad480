"""A case as a folder that ``timing score`` reads: its settings become race.toml and rulings.csv.

Every key of a case is turned into what an organiser would write; nothing is computed here.
"""

from __future__ import annotations

import csv
import json
import shutil
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import tomli_w

from tests.acceptance.case_keys import (
    bib_and_leg,
    bibs_of,
    groups_of,
    mass_starts_of,
    moment_of,
    moments_by_bib,
    moments_by_category,
    number_of_races,
    points_of,
    race_order,
)

SEXES = {"Male": "M", "Female": "W", "Non-Binary": "N", "Mixed": "X", "Open": "Open"}
BESIDE = Path(__file__).resolve().parents[3] / "shared" / "cases"  # where folders have no schemes
OLDEST = 150  # what a scheme calls 99 has no upper end

Rows = Sequence[dict[str, str]]


def read_table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return [{key: value or "" for key, value in row.items()} for row in csv.DictReader(stream)]


def write_table(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        writer.writerows(rows)


def beside(case: Path, name: str) -> Any:
    """A file of the schemes, which stand beside the cases or beside the series of a race."""
    folders = [up / "_schemes" for up in (*case.parents, BESIDE)]
    path = next(folder / name for folder in folders if (folder / name).is_file())
    return json.loads(path.read_text(encoding="utf-8"))


def scheme_of(case: Path, name: str) -> dict[str, Any]:
    return beside(case, f"{name}.json")  # type: ignore[no-any-return]


def make_race(case: Path, folder: Path) -> None:
    """Write race.toml and the tables beside it; of a series also the folders of its races."""
    config = json.loads((case / "config.json").read_text(encoding="utf-8"))
    folder.mkdir(parents=True)
    (folder / "race.toml").write_text(tomli_w.dumps(_race(case, config)), encoding="utf-8")
    _schemes(case, folder, config)
    if config["kind"] == "series":
        for race in config["races"]:
            if race and race.get("folder"):
                make_race(case / race["folder"], folder / race["folder"])
    else:
        _tables(case, folder, config)
        _rulings(case, folder, config)


_AS_THEY_ARE = (
    ("split_times.csv", "times.csv"),
    ("raw_times.csv", "times.csv"),
    ("raw_times.txt", "times.csv"),  # the original, where line numbers or spellings matter
    ("raw_times_paper.csv", "times_paper.csv"),
)


def _tables(case: Path, folder: Path, config: dict[str, Any]) -> None:
    offsets = moments_by_bib(config.get(_OFFSETS))
    if config.get("input_is_combined_results"):
        _combined(case, folder)
    elif config["kind"] == "individual":
        _entries(folder, read_table(case / "entries.csv"), offsets)
    else:
        shutil.copyfile(case / "entries.csv", folder / "entries.csv")
    for source, target in _AS_THEY_ARE:
        if (case / source).exists():
            shutil.copyfile(case / source, folder / target)


_GENERAL_FIRST = "prefer_lower_prize_in_more_general_category"
_OFFSETS = "individual_start_offsets"


def _race(case: Path, config: dict[str, Any]) -> dict[str, Any]:
    contest: dict[str, Any] = {"code": "race", "rules": {"preset": "club-exact"}}
    if config.get("entry_scheme"):
        contest["categories"] = "categories.toml"
    if config.get("prize_scheme"):
        contest |= {"prizes": "prizes.toml", "general_first": config.get(_GENERAL_FIRST, True)}
    if config["kind"] == "relay":
        contest["relay"] = _relay(config)
    if config["kind"] == "ultra_with_splits":
        contest["laps"] = _laps(config)
    if teams := config.get("team_prizes"):
        sexes = [sex_of(gender) for gender in teams["genders"]]
        contest["teams"] = {"count": teams["number_to_count"], "sexes": sexes}
    clubs = beside(case, "club_aliases.json")
    race = {
        "name": str(config.get("event") or case.name),
        "date": f"{config.get('year') or 2000}-06-30",
        "contest": [contest],
        "entries": {"clubs": clubs, "categories": config.get("category_aliases") or {}},
        "times": _times(config),
        "start": _start(config),
    }
    return race | ({"series": _series(case, config)} if config["kind"] == "series" else {})


def _series(case: Path, config: dict[str, Any]) -> dict[str, Any]:
    number = number_of_races(config)
    listed = [*config["races"], *[None] * (number - len(config["races"]))]
    races = [
        {"name": race["name"], "folder": race["folder"], "median": _median(case, race)}
        if race and race.get("folder")
        else {"name": (race or {}).get("name") or f"race {place}", "folder": ""}
        for place, race in enumerate(listed, 1)
    ]
    names = {str(place): race["name"] for place, race in enumerate(races, 1)}
    names |= {race["folder"]: race["name"] for race in races if race["folder"]}
    order = [names.get(race, race) for race in race_order(config.get("race_temporal_order"))]
    if order:  # a race still to come may be left out
        order += [race["name"] for race in races if race["name"] not in order]
    return {
        "scoring": config["scoring"],
        "race": races,
        "counted": config.get("races_counted") or number,
        "first": config.get("score_for_first_place") or 0,
        "median_score": config.get("score_for_median_time") or 1000,
        "eligible_clubs": config.get("eligible_clubs") or [],
        "order": order,
        "groups": [
            {"name": name, "least": least, "races": [names.get(race, race) for race in listed]}
            for name, least, listed in groups_of(config.get("race_groups"))
        ],
    }


def _median(case: Path, race: dict[str, Any]) -> str:
    path = case / race["folder"] / "config.json"
    own = json.loads(path.read_text(encoding="utf-8"))
    return race.get("median_time") or own.get("median_time") or ""


def _times(config: dict[str, Any]) -> dict[str, Any]:
    if config["kind"] == "ultra_with_splits":
        return {"clock": "utc"}
    combined = bool(config.get("input_is_combined_results"))
    return {"dots": "colon", "decimals": 3, "ordered": not combined}


def _laps(config: dict[str, Any]) -> dict[str, Any]:
    return {
        "laps": 0 if config.get("laps_unlimited") else config["laps_required"],
        "points": [
            {
                "name": point["name"],
                "distance": f"{point['distance_from_start_m']} m",
                "records": point.get("records") or ["in"],
            }
            for point in points_of(config)
        ],
    }


def _relay(config: dict[str, Any]) -> dict[str, Any]:
    own = config.get("individual_leg_starts") or ()
    return {
        "legs": config["number_of_legs"],
        "paired": config.get("paired_legs") or [],
        "mass_starts": [
            {"leg": leg, "at": at} for leg, at in mass_starts_of(config.get("mass_starts"))
        ],
        "leg_starts": [
            {"bib": str(each["bib"]), "leg": each["leg"], "at": moment_of(each)} for each in own
        ],
    }


def _start(config: dict[str, Any]) -> dict[str, Any]:
    if trial := config.get("time_trial"):  # the start of the wave replaces all other offsets
        return {
            "time_trial": {
                "per_wave": int(trial["runners_per_wave"]),
                "interval": str(trial["inter_wave_interval"]),
            }
        }
    return {
        "after_clock": str(config.get("race_start_offset_after_clock_start") or "0"),
        "by_category": moments_by_category(config.get("category_start_offsets")),
    }


def _schemes(case: Path, folder: Path, config: dict[str, Any]) -> None:
    if config.get("entry_scheme"):
        scheme = scheme_of(case, config["entry_scheme"])
        text = tomli_w.dumps(_entry_scheme(scheme))
        (folder / "categories.toml").write_text(text, encoding="utf-8")
    if config.get("prize_scheme"):
        scheme = scheme_of(case, config["prize_scheme"])
        text = tomli_w.dumps(_prize_scheme(scheme))
        (folder / "prizes.toml").write_text(text, encoding="utf-8")


def _entry_scheme(scheme: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": scheme["scheme"],
        "source": "the case",
        "chosen": True,
        "age": {"day": {"counted": "day"}},
        "category": [
            {
                "code": row["code"],
                "name": row["name"],
                "sexes": [sex_of(row["gender"])] if row.get("gender") else [],
                "ages": {"day": _ages(row)},
            }
            for row in scheme["categories"]
        ],
    }


def sex_of(gender: str) -> str:
    """A kind of team or person that the house has no letter for keeps its name."""
    return SEXES.get(gender, gender)


def _prize_scheme(scheme: dict[str, Any]) -> dict[str, Any]:
    """Every row that gives a prize; a code that stands twice is told apart by its row."""
    rows = [row for row in scheme["categories"] if row["number_of_prizes"]]
    codes = Counter(row["code"] for row in rows)
    return {
        "name": scheme["scheme"],
        "source": "the case",
        "rows_decide": True,
        "prize": [
            {
                "code": f"{number}. {row['code']}" if codes[row["code"]] > 1 else row["code"],
                "name": row["name"],
                "sexes": [sex_of(gender) for gender in row["eligible_genders"]],
                "ages": _ages(row),
                "number": row["number_of_prizes"],
                "group": row.get("report_group") or "",
                "exclusive": row.get("exclusive", True),
                "clubs": row.get("eligible_clubs") or [],
            }
            for number, row in enumerate(rows, 1)
        ],
    }


def _ages(row: dict[str, Any]) -> list[int]:
    return [row["min_age"], OLDEST if row["max_age"] >= 99 else row["max_age"]]


def _entries(folder: Path, entries: Rows, offsets: dict[str, str]) -> None:
    header = ["bib", "name", "club", "category", "start offset"]
    rows = [
        [row["bib"], row["name"], row["club"], row["category"], offsets.get(row["bib"], "")]
        for row in entries
    ]
    write_table(folder / "entries.csv", header, rows)


def _combined(case: Path, folder: Path) -> None:
    """Results without bibs: the order of finish takes their place."""
    rows = read_table(case / "results_in.csv")
    write_table(
        folder / "entries.csv",
        ["bib", "name", "club", "category"],
        [[row["order"], row["name"], row["club"], row["category"]] for row in rows],
    )
    times = [[row["order"], row["order"], row["time"]] for row in rows]
    write_table(folder / "times.csv", ["order", "bib", "time"], times)


def _rulings(case: Path, folder: Path, config: dict[str, Any]) -> None:
    heats = config.get("declared_dead_heats") or []
    groups = heats if heats and isinstance(heats[0], list) else [heats]
    rows = [["dead heat", " ".join(bibs_of(group)), "", "", ""] for group in groups if group]
    for each in config.get("dnf_although_timed") or ():
        bib, leg = bib_and_leg(each)
        rows.append(["dnf", bib, "", leg, ""])
    apart = moments_by_bib(config.get("separately_recorded_finishes"))
    rows += [["time", bib, moment, "", ""] for bib, moment in apart.items()]
    if (case / "annotations.csv").exists():
        rows += _annotations(read_table(case / "annotations.csv"))
    if rows:
        write_table(folder / "rulings.csv", ["ruling", "bib", "value", "leg", "line"], rows)


def _annotations(corrections: Rows) -> list[list[str]]:
    rows = []
    for row in corrections:
        if row["bib"].strip("?"):
            rows.append(["bib", row["bib"], "", "", row["position"]])
        if row["time"].strip("?"):
            rows.append(["retime", "", row["time"], "", row["position"]])
    return rows
