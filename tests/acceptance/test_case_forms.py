"""Every key of a case, on races small enough to be worked out by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.case_checks import CHECKS, check_refused
from tests.acceptance.case_folder import make_race
from tests.machines.terminal import Ended, terminal
from timing.cli.catalogue import Place

ENTRY_SCHEME = {
    "scheme": "two",
    "kind": "entry",
    "categories": [
        {"name": "Women", "code": "F", "min_age": 20, "max_age": 99, "gender": "Female"},
        {"name": "Men", "code": "M", "min_age": 20, "max_age": 99, "gender": "Male"},
        {"name": "Girls", "code": "FU20", "min_age": 10, "max_age": 19, "gender": "Female"},
        {"name": "Boys", "code": "MU20", "min_age": 10, "max_age": 19, "gender": "Male"},
    ],
}


def prize(code: str, low: int, high: int, *genders: str, number: int = 1, group: str = "Overall"):
    return {
        "name": f"Prize {code}", "code": code, "min_age": low, "max_age": high,
        "eligible_genders": list(genders), "number_of_prizes": number, "report_group": group,
        "exclusive": True,
    }  # fmt: skip


BOTH = ("Female", "Male")
PRIZES = {
    "crossing": [
        prize("YOUNGER", 10, 30, *BOTH), prize("OLDER", 15, 99, *BOTH), prize("U20", 10, 19, *BOTH),
    ],
    "one": [prize("ALL", 10, 99, *BOTH, number=2), prize("W", 10, 99, "Female")],
    "twice": [
        prize("FIRST", 20, 99, *BOTH, group="Adults"), prize("FIRST", 10, 19, *BOTH, group="Youth"),
        prize("LAST", 20, 99, *BOTH, number=0, group="Adults"),
    ],
    "groups": [
        prize("OLD", 20, 99, *BOTH, group="Adults"), prize("YOUNG", 10, 19, *BOTH, group="Youth"),
    ],
}  # fmt: skip
ENTRIES = """bib,name,club,category_as_entered,category
1,Ann,Fife AC,F,F
2,Bob,FAC,M,M
3,Cyd,Dundee RR,FU20,FU20
4,Dan,,MU20,MU20
"""
TIMES = "order,bib,time\n1,2,20:00\n2,1,21:00\n3,4,21:00\n4,3,22:00\n"
HEAD = "Pos,No,Runner,Club,Category,Time\n"


def individual(config: dict[str, Any], expected: str, prizes: Any = None, **files: str):
    config = {"entry_scheme": "entry_two", **config}
    texts = {"entries.csv": ENTRIES, "raw_times.csv": TIMES, **files}
    return {"kind": "individual", **config}, expected, prizes, texts


def winners(*rows: str, teams: Any = None) -> dict[str, Any]:
    """One winner a row: group (or -), prize, place, bib, time."""
    categories = []
    for row in rows:
        group, code, place, bib, time = row.split()
        winner = {"place": int(place), "tied": False, "result": time, "bib": int(bib)}
        named = {} if group == "-" else {"group": group}
        categories.append({"category": f"Prize {code}", "winners": [winner], **named})
    return {"categories": categories, "teams": teams}


def team(gender: str, place: int) -> dict[str, Any]:
    members = [{"gender_position": place}]
    return {"gender": gender, "club": "Fife AC", "score": place, "members": members}


PLAIN = "1,2,,,M,20:00\n2,1,,,F,21:00\n3,4,,,MU20,21:00\n4,3,,,FU20,22:00\n"


CASES = {
    "plain": individual({}, PLAIN),
    "dead heat": individual(
        {"declared_dead_heats": [1, 4]},
        "1,2,,,M,20:00\n2=,4,,,MU20,21:00\n2=,1,,,F,21:00\n4,3,,,FU20,22:00\n",
    ),
    "dead heats in groups": individual(
        {"declared_dead_heats": [[1, 4], [2, 3]]},
        "1,2,,,M,20:00\n2=,4,,,MU20,21:00\n2=,1,,,F,21:00\n4,3,,,FU20,22:00\n",
    ),
    "did not finish": individual(
        {"dnf_although_timed": [2, {"bib": 4}]},
        "1,1,,,F,21:00\n2,3,,,FU20,22:00\n-,4,,,MU20,DNF\n-,2,,,M,DNF\n",
    ),
    "own start": individual(
        {"individual_start_offsets": [{"bib": 3, "offset": "0:05:00"}]},
        "1,3,,,FU20,17:00\n2,2,,,M,20:00\n3,1,,,F,21:00\n4,4,,,MU20,21:00\n",
    ),
    "start of a category": individual(
        {"category_start_offsets": [{"category": "FU20", "offset": "0:02:30"}]},
        "1,3,,,FU20,19:30\n2,2,,,M,20:00\n3,1,,,F,21:00\n4,4,,,MU20,21:00\n",
    ),
    "starts of categories": individual(
        {"category_start_offsets": {"FU20": "0:02:30", "M": "-0:02:00"}},
        "1,3,,,FU20,19:30\n2,1,,,F,21:00\n3,4,,,MU20,21:00\n4,2,,,M,22:00\n",
    ),
    "all offsets add up": individual(
        {
            "category_start_offsets": [{"category": ["F", "FU20"], "offset": "1:00"}],
            "individual_start_offsets": [{"bib": 1, "offset": "0:30"}],
            "race_start_offset_after_clock_start": "0:10",
        },
        "1,1,,,F,19:20\n2,2,,,M,19:50\n3,4,,,MU20,20:50\n4,3,,,FU20,20:50\n",
    ),
    "recorded separately": individual(
        {
            "separately_recorded_finishes": [{"bib": 3, "time": "19:00"}],
            "race_start_offset_after_clock_start": "0:10",
        },
        "1,3,,,FU20,19:00\n2,2,,,M,19:50\n3,1,,,F,20:50\n",
        None,
        **{"raw_times.csv": "order,bib,time\n1,2,20:00\n2,1,21:00\n"},
    ),
    "one declared dead heat": individual(
        {"declared_dead_heats": [4]},
        "1,2,,,M,20:00\n2=,4,,,MU20,21:00\n2=,1,,,F,21:00\n4,3,,,FU20,22:00\n",
    ),
    "recorded separately with an equal time": individual(
        {"separately_recorded_finishes": [{"bib": 3, "finish_time": "20:00"}]},
        "1,2,,,M,20:00\n2,3,,,FU20,20:00\n3,1,,,F,21:00\n",
        None,
        **{"raw_times.csv": "order,bib,time\n1,2,20:00\n2,1,21:00\n"},
    ),
    "time trial": individual(
        {
            "time_trial": {"runners_per_wave": 2, "inter_wave_interval": "1:00"},
            "individual_start_offsets": [{"bib": 4, "offset": "9:00"}],
            "race_start_offset_after_clock_start": "2:00",
        },
        "1,2,,,M,20:00\n2,4,,,MU20,20:00\n3,1,,,F,21:00\n4,3,,,FU20,21:00\n",
        None,
        **{"raw_times.csv": "order,bib,time\n1,2,20:00\n2,4,21:00\n3,1,21:00\n4,3,22:00\n"},
    ),
    "combined results": individual(
        {"input_is_combined_results": True},
        "1,0,Ann,,F,20:00\n2,0,Bob,,M,21:00\n",
        None,
        **{"entries.csv": "", "raw_times.csv": "", "results_in.csv": (
            "order,name,club,category_as_entered,category,time\n"
            "1,Ann,Fife AC,F,F,20:00\n2,Bob,FAC,M,M,21:00\n"
        )},
    ),
    "combined results in another order": individual(
        {"input_is_combined_results": True},
        "1,0,Bob,,M,20:00\n2,0,Ann,,F,21:00\n3,0,Cyd,,FU20,21:00\n-,0,Dan,,MU20,DNF\n",
        None,
        **{"entries.csv": "", "raw_times.csv": "", "results_in.csv": (
            "order,name,club,category_as_entered,category,time\n"
            "1,Ann,Fife AC,F,F,21:00\n2,Bob,FAC,M,M,20:00\n"
            "3,Cyd,Dundee RR,FU20,FU20,21.00\n4,Dan,,MU20,MU20,DNF\n"
        )},
    ),
    "keys that say nothing": individual(
        dict.fromkeys(
            (
                "declared_dead_heats", "dnf_although_timed", "individual_start_offsets",
                "category_start_offsets", "race_start_offset_after_clock_start", "time_trial",
                "separately_recorded_finishes", "team_prizes", "category_aliases", "year",
                "prize_scheme",
            )
        ),
        PLAIN,
    ),
    "a code in two report groups": individual(
        {"prize_scheme": "prize_twice", "prefer_lower_prize_in_more_general_category": True},
        "Adults,1,2,,,M,20:00\nAdults,2,1,,,F,21:00\nYouth,1,4,,,MU20,21:00\nYouth,2,3,,,FU20,22:00\n",
        winners("Adults FIRST 1 2 20:00", "Youth FIRST 1 4 21:00"),
    ),
    "prizes": individual(
        {"prize_scheme": "prize_one", "prefer_lower_prize_in_more_general_category": True},
        PLAIN,
        winners("- ALL 1 2 20:00", "- ALL 2 1 21:00", "- W 1 3 22:00"),
    ),
    "first prizes first": individual(
        {"prize_scheme": "prize_one", "prefer_lower_prize_in_more_general_category": False},
        PLAIN,
        winners("- ALL 1 2 20:00", "- ALL 2 4 21:00", "- W 1 1 21:00"),
    ),
    "prizes that overlap in part": individual(
        {"prize_scheme": "prize_crossing", "prefer_lower_prize_in_more_general_category": True},
        PLAIN,
        winners("- YOUNGER 1 4 21:00", "- OLDER 1 2 20:00", "- U20 1 3 22:00"),
    ),
    "report groups": individual(
        {"prize_scheme": "prize_groups", "prefer_lower_prize_in_more_general_category": True},
        "Adults,1,2,,,M,20:00\nAdults,2,1,,,F,21:00\nYouth,1,4,,,MU20,21:00\nYouth,2,3,,,FU20,22:00\n",
        winners("Adults OLD 1 2 20:00", "Youth YOUNG 1 4 21:00"),
    ),
    "teams": individual(
        {
            "prize_scheme": "prize_one", "prefer_lower_prize_in_more_general_category": True,
            "team_prizes": {"genders": ["Male", "Female"], "number_to_count": 1},
        },
        PLAIN,
        winners(
            "- ALL 1 2 20:00", "- ALL 2 1 21:00", "- W 1 3 22:00",
            teams=[team("Male", 1), team("Female", 1)],
        ),
    ),
}  # fmt: skip


def written(folder: Path, config: dict[str, Any], files: dict[str, Any]) -> Path:
    schemes = folder / "_schemes"
    schemes.mkdir(exist_ok=True, parents=True)
    aliases = {"": "Unatt.", "FAC": "Fife AC"}
    (schemes / "club_aliases.json").write_text(json.dumps(aliases))
    (schemes / "entry_two.json").write_text(json.dumps(ENTRY_SCHEME))
    for name, prizes in PRIZES.items():
        scheme = {"scheme": name, "kind": "prize", "categories": prizes}
        (schemes / f"prize_{name}.json").write_text(json.dumps(scheme))
    case = folder / "case"
    for name, content in {"config.json": {"event": "Small", **config}, **files}.items():
        path = case / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if content:
            path.write_text(content if isinstance(content, str) else json.dumps(content))
    return case


def score(folder: Path, case: Path) -> Ended:
    make_race(case, folder / "race")
    timing = terminal(
        {"score": Place("timing.cli.score:score", "")}, clock=None, load_settings=None, serve=None
    )
    return timing("score", folder / "race", "--out", folder / "out")


def scored(folder: Path, case: Path) -> Path:
    ended = score(folder, case)
    assert ended.exit_code in (0, 1), ended.stderr
    return folder / "out"


@pytest.mark.parametrize("name", CASES)
def test_every_key_of_an_individual_race_does_what_it_says(tmp_path: Path, name: str) -> None:
    config, expected, prizes, files = CASES[name]
    head = HEAD if not expected.startswith(("Adults", "Youth")) else f"Group,{HEAD}"
    files |= {"expected_overall.csv": head + expected, "expected_prizes.json": prizes}
    case = written(tmp_path, config, files)
    CHECKS["individual"](case, scored(tmp_path, case))


REFUSED = {
    "duplicate bib number '1' at line 4": "1\t20:00\n\n# a remark\n1\t21:00\n",
    "unregistered bib number '9' at line 2": "1\t20:00\n9\t21:00\n",
    "result out of order at line 2": "1\t20:00\n2\t19:59\n",
    "illegal time 'XX:59' at line 2": "1\t20:00\n2\tXX:59\n",
}


@pytest.mark.parametrize("note", REFUSED)
def test_a_race_that_must_be_refused_is_refused(tmp_path: Path, note: str) -> None:
    config, _, _, files = individual({}, "")
    files |= {"raw_times.txt": REFUSED[note], "expected_notes.txt": f"{note} in file 'times.txt'"}
    case = written(tmp_path, config, files)
    check_refused(case, score(tmp_path, case), tmp_path / "out")


def test_a_note_counts_the_lines_of_the_original_that_has_no_header(tmp_path: Path) -> None:
    config, _, _, files = individual({}, "")
    files |= {
        "raw_times.csv": "order,bib,time\n1,1,20:00\n2,2,XX:59\n",
        "expected_notes.txt": "illegal time 'XX:59' at line 2 in file 'rawtimes.txt'\n",
    }
    case = written(tmp_path, config, files)
    check_refused(case, score(tmp_path, case), tmp_path / "out")


REFUSED_ENTRIES = {
    "duplicate bib number '2' at line 5": "2,Eve,Fife AC,F,F\n",
    "duplicate entry 'Ann' at line 5": "5,Ann,Fife AC,F,F\n",
    "invalid category 'X' at line 5": "5,Eve,Fife AC,X,X\n",
}


@pytest.mark.parametrize("note", REFUSED_ENTRIES)
def test_entries_that_must_be_refused_are_refused(tmp_path: Path, note: str) -> None:
    config, _, _, files = individual({}, "")
    files |= {
        "entries.csv": ENTRIES + REFUSED_ENTRIES[note],
        "expected_notes.txt": f"{note} in file 'entries.txt'",
    }
    case = written(tmp_path, config, files)
    check_refused(case, score(tmp_path, case), tmp_path / "out")
