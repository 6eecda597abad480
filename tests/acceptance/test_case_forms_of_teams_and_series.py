"""Every key of a relay, a series and an ultra, on races small enough to be worked out by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.case_checks import CHECKS
from tests.acceptance.test_case_forms import prize, scored, written

TEAMS = (
    "bib,team,category,leg_1_runners,leg_2_runners\n1,Red,F,Ann,Bea & Cyd\n2,Blue,M,Dan,Eli & Fox\n"
)
RELAY = {"kind": "relay", "entry_scheme": "entry_two", "number_of_legs": 2, "paired_legs": [2]}
LEGS = "Pos,No,Team,Category,Runners 1,Leg 1,Split 1,Runners 2,Leg 2,Total\n"
RELAYS = {
    "plain": (
        {}, "1,2,20:00,\n2,1,21:00,\n3,1,40:00,\n4,2,41:00,\n",
        ("1,1,Red,Women,Ann,21:00,21:00,Bea & Cyd,19:00,40:00\n"
        "2,2,Blue,Men,Dan,20:00,20:00,Eli & Fox,21:00,41:00\n"),
    ),
    "mass start": (
        {"mass_starts": [{"leg": 2, "elapsed_time_from_race_start": "0:20:30"}]},
        "1,2,20:00,\n2,1,21:00,\n3,1,40:00,\n4,2,41:00,\n",
        ("1,1,Red,Women,Ann,21:00,21:00,Bea & Cyd (M2),19:30,40:30\n"
        "2,2,Blue,Men,Dan,20:00,20:00,Eli & Fox,21:00,41:00\n"),
    ),
    "mass start by leg": (
        {"mass_starts": {"2": "0:20:30"}, "individual_leg_starts": None, "paired_legs": None},
        "1,2,20:00,\n2,1,21:00,\n3,1,40:00,\n4,2,41:00,\n",
        ("1,1,Red,Women,Ann,21:00,21:00,Bea & Cyd (M2),19:30,40:30\n"
        "2,2,Blue,Men,Dan,20:00,20:00,Eli & Fox,21:00,41:00\n"),
    ),
    "dead heat": (
        {"declared_dead_heats": [1]}, "1,2,20:00,\n2,1,21:00,\n3,1,40:00,\n4,2,40:00,\n",
        ("1=,1,Red,Women,Ann,21:00,21:00,Bea & Cyd,19:00,40:00\n"
        "1=,2,Blue,Men,Dan,20:00,20:00,Eli & Fox,20:00,40:00\n"),
    ),
    "own start of a leg": (
        {"individual_leg_starts": [{"bib": 2, "leg": 2, "start": "0:25:00"}]},
        "1,2,20:00,\n2,1,21:00,\n3,1,40:00,\n4,2,41:00,\n",
        ("1,2,Blue,Men,Dan,20:00,20:00,Eli & Fox,16:00,36:00\n"
        "2,1,Red,Women,Ann,21:00,21:00,Bea & Cyd,19:00,40:00\n"),
    ),
    "mass start with a clock that ran before": (
        {
            "mass_starts": [{"leg": 2, "elapsed_time_from_race_start": "0:19:30"}],
            "race_start_offset_after_clock_start": "1:00",
        },
        "1,2,20:00,\n2,1,21:00,\n3,1,40:00,\n4,2,41:00,\n",
        ("1,1,Red,Women,Ann,20:00,20:00,Bea & Cyd (M2),19:30,39:30\n"
        "2,2,Blue,Men,Dan,19:00,19:00,Eli & Fox,21:00,40:00\n"),
    ),
    "neither bib nor time": (
        {}, "1,2,20:00,\n2,?,?,\n3,1,40:00,\n4,2,41:00,\n",
        ("1,1,Red,Women,Ann,30:00,30:00,Bea & Cyd,10:00,40:00\n"
        "2,2,Blue,Men,Dan,20:00,20:00,Eli & Fox,21:00,41:00\n"),
    ),
    "did not finish the first leg": (
        {"dnf_although_timed": [{"bib": 1, "leg": 1}]},
        "1,2,20:00,\n2,1,21:00,\n3,1,40:00,\n4,2,41:00,\n",
        ("1,2,Blue,Men,Dan,20:00,20:00,Eli & Fox,21:00,41:00\n"
        "-,1,Red,Women,Ann,DNF,DNF,Bea & Cyd,19:00,DNF\n"),
    ),
    "recorded leg": (
        {}, "1,2,20:00,\n2,1,21:00,\n3,2,40:00,2\n4,1,41:00,\n",
        ("1,2,Blue,Men,Dan,20:00,20:00,Eli & Fox,20:00,40:00\n"
        "2,1,Red,Women,Ann,21:00,21:00,Bea & Cyd,20:00,41:00\n"),
    ),
    "did not finish": (
        {"dnf_although_timed": ["1/2"], "race_start_offset_after_clock_start": "1:00"},
        "1,2,20:00,\n2,1,21:00,\n3,1,40:00,\n4,2,41:00,\n",
        ("1,2,Blue,Men,Dan,19:00,19:00,Eli & Fox,21:00,40:00\n"
        "-,1,Red,Women,Ann,20:00,20:00,Bea & Cyd,DNF,DNF\n"),
    ),
    "guessed bib": (
        {}, "1,2,20:00,\n2,1,21:00,\n3,?,40:00,\n4,2,41:00,\n",
        ("1,1,Red,Women,Ann,21:00,21:00,Bea & Cyd,19:00,40:00\n"
        "2,2,Blue,Men,Dan,20:00,20:00,Eli & Fox,21:00,41:00\n"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", RELAYS)
def test_every_key_of_a_relay_does_what_it_says(tmp_path: Path, name: str) -> None:
    config, times, expected = RELAYS[name]
    case = written(tmp_path, RELAY | config, {
        "entries.csv": TEAMS, "raw_times.csv": f"order,bib,time,leg_if_recorded\n{times}",
        "expected_detailed.csv": LEGS + expected,
    })  # fmt: skip
    CHECKS["relay"](case, scored(tmp_path, case))


TEAM_PRIZES = [
    prize("ALL", 20, 99, "Female", "Male", group="Everybody"),
    prize("W", 20, 99, "Female", group="Women"),
]


def test_a_relay_is_listed_in_the_groups_of_its_prizes(tmp_path: Path) -> None:
    winner = {"place": 1, "tied": False, "club_or_category": "Men", "result": "41:00"}
    given = [
        {"category": "Prize ALL", "group": "Everybody", "winners": [{**winner, "name": "Blue"}]}
    ]
    given.append(
        {"category": "Prize W", "group": "Women",
         "winners": [{**winner, "name": "Red", "result": "42:00"}]}
    )  # fmt: skip
    config = RELAY | {
        "prize_scheme": "prize_teams", "prefer_lower_prize_in_more_general_category": False,
    }  # fmt: skip
    case = written(tmp_path, config, {
        "entries.csv": TEAMS,
        "raw_times.csv": (
            "order,bib,time,leg_if_recorded\n1,2,20:00,\n2,1,21:00,\n3,2,41:00,\n4,1,42:00,\n"
        ),
        "../_schemes/prize_teams.json": {"scheme": "t", "kind": "prize", "categories": TEAM_PRIZES},
        "expected_overall.csv": "Group,Pos,No,Team,Category,Total\n"
        "Everybody,1,2,Blue,Men,41:00\nEverybody,2,1,Red,Women,42:00\n"
        "Women,1,1,Red,Women,42:00\n",
        "expected_prizes.json": {"categories": given, "teams": None},
    })  # fmt: skip
    CHECKS["relay"](case, scored(tmp_path, case))


def test_a_series_is_listed_in_the_groups_of_its_prizes(tmp_path: Path) -> None:
    own = {"kind": "individual", "event": "Race", "entry_scheme": "entry_two"}
    header = "bib,name,club,category_as_entered,category\n"
    config = {
        "kind": "series", "entry_scheme": "entry_two", "prize_scheme": "prize_groups",
        "prefer_lower_prize_in_more_general_category": True, "number_of_races_in_series": 1,
        "races_counted": 1, "races": [{"folder": "race01", "name": "Hill"}],
        "scoring": "position_points", "score_for_first_place": 10,
    }  # fmt: skip
    case = written(tmp_path, config, {
        "race01/config.json": own,
        "race01/entries.csv": f"{header}1,Ann,Fife AC,F,F\n2,Bob,FAC,M,M\n3,Cyd,,FU20,FU20\n",
        "race01/raw_times.csv": "order,bib,time\n1,2,20:00\n2,3,21:00\n3,1,22:00\n",
        "expected_overall.csv": "Group,Pos,Runner,Club,Category,Hill,Total,Completed\n"
        "Adults,1,Bob,Fife AC,M,10,10,Y\nAdults,2,Ann,Fife AC,F,9,9,Y\n"
        "Youth,1,Cyd,Unatt.,FU20,10,10,Y\n",
    })  # fmt: skip
    CHECKS["series"](case, scored(tmp_path, case))


def test_paper_records_are_appended_and_annotations_correct_over_both_lists(tmp_path: Path) -> None:
    case = written(tmp_path, RELAY | {"paper_records_appended": True}, {
        "entries.csv": TEAMS,
        "raw_times.csv": "order,bib,time,leg_if_recorded\n1,2,20:00,\n2,9,21:00,\n",
        "raw_times_paper.csv": "order,bib,time,leg_if_recorded\n1,1,40:00,\n2,2,51:00,\n",
        "annotations.csv": "position,bib,time\n2,1,\n4,,0:41:00\n",
        "expected_detailed.csv": LEGS + RELAYS["plain"][2],
        "expected_times_collated.csv": (
            "order,bib,time,remark\n1,2,20:00,\n2,1,21:00,\n3,1,40:00,\n4,2,41:00,\n"
        ),
    })  # fmt: skip
    CHECKS["relay"](case, scored(tmp_path, case))


RACES: list[dict[str, Any] | None] = [
    {"folder": "race01", "name": "Hill"}, {"folder": "race02", "name": "Road"}, None,
]  # fmt: skip
SERIES = {
    "kind": "series", "entry_scheme": "entry_two", "number_of_races_in_series": 3,
    "races_counted": 2, "races": RACES,
}  # fmt: skip
HEAD = "Pos,Runner,Club,Category,Hill,Road,Total,Completed"
SERIES_CASES = {
    "a race to come with a name": (
        {
            "scoring": "position_points", "score_for_first_place": 10,
            "race_temporal_order": [2, 1], "number_of_races_in_series": None,
            "races": [*RACES[:2], {"name": "Trail", "folder": None}],
        },
        {}, HEAD + "\n1,Ann,Fife AC,F,10,9,19,Y\n2=,Bob,Fife AC,M,10,-,10,N\n"
        "2=,Cyd,Dundee RR,F,-,10,10,N\n",
    ),
    "points": (
        {"scoring": "position_points", "score_for_first_place": 10}, {}, HEAD + "\n"
        "1,Ann,Fife AC,F,10,9,19,Y\n2=,Bob,Fife AC,M,10,-,10,N\n2=,Cyd,Dundee RR,F,-,10,10,N\n",
    ),
    "times": (
        {"scoring": "aggregate_time"}, {}, HEAD + "\n"
        "1,Ann,Fife AC,F,21:00,31:00,52:00,Y\n2,Bob,Fife AC,M,20:00,-,20:00,N\n"
        "3,Cyd,Dundee RR,F,-,30:00,30:00,N\n",
    ),
    "ratio to the median": (
        {"scoring": "median_ratio", "score_for_median_time": 1000}, {"median_time": "0:20:00"},
        HEAD + "\n1,Ann,Fife AC,F,1050,1550,2600,Y\n"
        "2,Bob,Fife AC,M,1000,-,1000,N\n3,Cyd,Dundee RR,F,-,1500,1500,N\n",
    ),
    "eligible clubs": (
        {"scoring": "position_points", "score_for_first_place": 10, "eligible_clubs": ["Fife AC"]},
        {}, HEAD + "\n1,Ann,Fife AC,F,10,9,19,Y\n2,Bob,Fife AC,M,10,-,10,N\n",
    ),
    "groups and order": (
        {
            "scoring": "position_points", "score_for_first_place": 10,
            "race_groups": [{"name": "Short", "minimum": 1, "races": ["Road"]}],
            "race_temporal_order": [2, 1, 3],
        },
        {}, HEAD + ",Short\n1,Ann,Fife AC,F,10,9,19,Y,Y\n-,Bob,Fife AC,M,10,-,10,N,N\n"
        "2,Cyd,Dundee RR,F,-,10,10,N,Y\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SERIES_CASES)
def test_every_key_of_a_series_does_what_it_says(tmp_path: Path, name: str) -> None:
    config, race, expected = SERIES_CASES[name]
    rows = sorted(expected.splitlines()[1:], key=lambda row: row.startswith("-"))
    own = {"kind": "individual", "event": "Race", "entry_scheme": "entry_two", **race}
    header = "bib,name,club,category_as_entered,category\n"
    case = written(tmp_path, SERIES | config, {
        "race01/config.json": own, "race02/config.json": own,
        "race01/entries.csv": f"{header}1,Ann,Fife AC,F,F\n2,Bob,FAC,M,M\n",
        "race01/raw_times.csv": "order,bib,time\n1,2,20:00\n2,1,21:00\n",
        "race02/entries.csv": f"{header}7,ANN,?,F,F\n8,Cyd,Dundee RR,F,F\n",
        "race02/raw_times.csv": "order,bib,time\n1,8,30:00\n2,7,31:00\n",
        "expected_overall.csv": "\n".join([expected.splitlines()[0], *rows]) + "\n",
    })  # fmt: skip
    CHECKS["series"](case, scored(tmp_path, case))


def test_a_category_that_cannot_change_refuses_the_series(tmp_path: Path) -> None:
    own = {"kind": "individual", "event": "Race", "entry_scheme": "entry_two"}
    header = "bib,name,club,category_as_entered,category\n"
    config = SERIES | {"scoring": "position_points", "score_for_first_place": 10}
    case = written(tmp_path, config, {
        "race01/config.json": own, "race02/config.json": own,
        "race01/entries.csv": f"{header}1,Ann,Fife AC,F,F\n",
        "race01/raw_times.csv": "order,bib,time\n1,1,20:00\n",
        "race02/entries.csv": f"{header}7,Ann,Fife AC,M,M\n",
        "race02/raw_times.csv": "order,bib,time\n1,7,30:00\n",
    })  # fmt: skip
    with pytest.raises(AssertionError, match="F became M at Road"):
        scored(tmp_path, case)
    assert not (tmp_path / "out").exists()


def test_an_ultra_with_open_laps_counts_laps(tmp_path: Path) -> None:
    config = {
        "kind": "ultra_with_splits", "laps_required": 1, "laps_unlimited": True,
        "points": [
            {"name": "Start", "kind": "start", "distance_from_start_m": 0.0, "records": ["in"]},
            {"name": "Lap", "kind": "finish", "distance_from_start_m": 1000.5, "records": ["in"]},
        ],
    }  # fmt: skip
    head = "bib,lap,point,in_out,distance_m,absolute_time_utc,stopped_here,pacer,recorded_quality\n"
    case = written(tmp_path, config, {
        "entries.csv": "bib,name,gender,age,state,country,scheduled_start_utc\n"
        "1,Ann,female,30,,,\n2,Bob,male,40,,,\n3,Cyd,female,50,,,\n,Dan,male,,,,\n,Eve,,,,,\n",
        "split_times.csv": head
        + "1,1,Start,in,0,2026-05-30T08:00:00Z,false,,good\n"
        "1,1,Lap,in,1000,2026-05-30T08:10:00.500000000TZ,false,,good\n"
        "2,1,Start,in,0,2026-05-30T08:00:00Z,false,,good\n"
        "2,1,Lap,in,1000,2026-05-30T08:09:00Z,false,,good\n"
        "2,2,Lap,in,1000,2026-05-31T08:09:00Z,true,,good\n",
        "expected_overall.csv": "rank,bib,name,gender,started,finished,dropped,stopped,"
        "completed_laps,final_point,final_lap,final_in_out,final_elapsed_seconds\n"
        "1,2,Bob,male,true,true,false,true,2,Lap,2,in,86940.0\n"
        "2,1,Ann,female,true,false,false,false,1,Lap,1,in,600.5\n"
        "3,3,Cyd,female,false,false,false,false,0,,,,\n"
        "3,,Dan,male,false,false,false,false,0,,,,\n3,,Eve,,false,false,false,false,0,,,,\n",
        "expected_elapsed.csv": "bib,lap,point,in_out,elapsed_seconds\n"
        "1,1,Start,in,0.0\n1,1,Lap,in,600.5\n2,2,Lap,in,86940.0\n",
    })  # fmt: skip
    CHECKS["ultra_with_splits"](case, scored(tmp_path, case))
