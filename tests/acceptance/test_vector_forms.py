"""Every form of a worked example with other numbers, small enough to be worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from tests.acceptance.answers import assert_answered

WORLD = "World XC: sum of overall places of 4; tie -> last scoring member nearer to first"
SCHOOL = "US school XC: incomplete teams removed, then renumber"
NFHS = "NFHS 9.2.4: tie broken by 6th finisher"
UK = "UK schools: tie -> last counting competitor, then penultimate"
BEST = "best 7 count; tie -> add 8th, 9th ... result"
LEAST = "fewer than the minimum number of races: no final ranking"
TIE = "TR 21: tie at 0.001 for the last time place"
RECORD = (
    "CR 31: FAT only up to 800 m; >=3 athletes or >=2 teams; start information system up to 400 m"
)
ATHLIB = "athlib 0.9.8"
REJECTED = "must be rejected"

EXAMPLES: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    # times as typed
    ("time parsing", ATHLIB, {"text": "2;33.5"}, {"seconds": "153.5"}),
    ("time parsing", ATHLIB, {"text": "1:1,5"}, {"seconds": "61.5"}),
    ("time parsing", "hand mark", {"text": "1:05.3h"}, {"seconds": "65.3", "hand": True}),
    *(
        ("time parsing", REJECTED, {"text": text}, {"error": True})
        for text in ("1:75", "0:60", "1::5", "1:.5", "1,234.5", "10.2w", "−5", "٣:٠٥", "1:17:42:03")
    ),
    # ranks in the order given, by the method that the rule names
    (
        "ranking", "tie for 3rd: two bronzes",
        {"times": ["50.30", "50.10", "50.20", "50.10"], "award_places": 3},
        {"ranks": [4, 1, 3, 1], "medals": [None, "gold", "bronze", "gold"]},
    ),
    ("ranking", "modified_1334", {"A": 1, "B": 2, "C": 2}, {"ranks": {"A": 1, "B": 3, "C": 3}}),
    ("ranking", "dense ranking", {"scores_desc": [9, 9, 7]}, {"ranks": [1, 1, 2]}),
    ("ranking", "standard competition ranking", {"scores_desc": [9, 9, 7]}, {"ranks": [1, 1, 3]}),
    (
        "placing", "TR 21", {"heat": [["A", "10.1"], ["B", "DNF"], ["C", "10.1"]]},
        {"places": {"A": 1, "B": None, "C": 1}},
    ),
    # who goes on
    (
        "advancement", TIE,
        {
            "heats": [[["A", "9.991"], ["B", "9.995"]], [["C", "9.990"], ["D", "10.000"]]],
            "by_place": 1, "by_time": 1,
        },
        {"Q": ["A", "C"], "q": ["B"], "displayed": {"B": "10.00", "D": "10.00"}},
    ),
    (
        "advancement", TIE,
        {
            "heats": [[["A", "9.9"], ["B", "10.0"]], [["C", "9.8"], ["D", "10.0"], ["E", "10.0"]]],
            "by_place": 1, "by_time": 2, "free_lane": False,
        },
        {"Q": ["A", "C"], "draw_between": ["B", "D", "E"], "slots": 2, "code": "qD"},
    ),
    (
        "advancement", "tie for the last place by position",
        {"heat": [["A", "9.9"], ["B", "10.0"], ["C", "10.0"]],
         "by_place": 2, "by_time": 0, "free_lane": False},
        {"Q": ["A"], "draw_between": ["B", "C"], "slots": 1},
    ),
    ("advancement", "", {"heats": [], "by_place": 2, "by_time": 2}, {"Q": [], "q": []}),
    (
        "heat tables", "USATF youth 303.1(h)", {"entries_from": 10, "entries_to": 12, "lanes": 8},
        {"heats": 2, "by_place": 3, "by_time": 2, "qualifiers": 8},
    ),
    (
        "seeding", "entries without a mark are seeded last", {
            "entries": [["A", ""], ["B", "1:00.1"], ["C", None], ["D", "59.9"]], "heats": 2,
        },
        {"ranking": ["D", "B", "A", "C"], "heats": [["D", "C"], ["B", "A"]]},
    ),
    # teams
    (
        "team scoring", WORLD,
        {"finish": ["A1", "A2", "B1", "A3", "A4", "A5", "A6", "A7", "B2"], "scorers": 2},
        {"scores": {"A": 3, "B": 12}, "ranking": ["A", "B"], "unranked": []},
    ),
    (
        "team scoring", SCHOOL,
        {
            "finish": ["A1", "B1", "A2", "B2", "B3", "A3", "A4", "B4", "B5", "B6", "A5"],
            "scorers": 5, "max_runners": 7,
        },
        {"scores": {"A": 28, "B": 28}, "ranking": ["B", "A"]},
    ),
    (
        "team scoring", NFHS, {"places": {"A": [1, 3, 6, 7, 11, 12], "B": [2, 4, 5, 8, 9, 10]}},
        {"scores": {"A": 28, "B": 28}, "ranking": ["B", "A"]},
    ),
    (
        "team scoring", UK, {"places": {"A": [1, 2, 3, 4, 5, 21], "B": [2, 3, 4, 5, 6, 16]}},
        {"scores": {"A": 36, "B": 36}, "ranking": ["B", "A"]},
    ),
    ("team scoring", SCHOOL, {"places": {}}, {"scores": {}, "ranking": []}),
    # series
    (
        "series points", BEST,
        {"scores": {"A": [20, 20, 20], "B": [9] * 7, "C": [9] * 8}, "best": 7},
        {"totals": {"A": 60, "B": 63, "C": 63}, "ranking": ["C", "B", "A"]},
    ),
    (
        "series points", LEAST, {"scores": {"A": [9, None, 9], "B": [5, 5, 5]}, "min_races": 3},
        {"ranking": ["B"]},
    ),
    ("series points", BEST, {"scores": {}, "best": 7}, {"totals": {}, "ranking": []}),
    (
        "series points", "tied athletes share the points",
        {"table": [10.5, 8], "places": [1, 1, 1]}, {"points": [6.17, 6.17, 6.17]},
    ),
    # records and codes
    (
        "records", "TR 19.24 Note: net time is not an official time",
        {"gun": "2:00:34.2", "net": "2:00:30", "record": "2:00:35"}, {"record_broken": False},
    ),
    (
        "records", RECORD,
        {"event": "100m", "wind": "2.1", "timing": "FAT", "start_information_system": True},
        {"timing_conditions_met": True, "record_eligible": False},
    ),
    ("status", "CR 25.4: DQ without rule number", {"status": "DQ", "rule": " "}, {"valid": False}),
]  # fmt: skip


@pytest.mark.parametrize(("area", "rule", "given", "expect"), EXAMPLES)
def test_an_example_of_a_known_form_is_answered(area, rule, given, expect):
    assert_answered({"area": area, "rule": rule, "given": given, "expect": expect})


def test_what_is_not_expected_is_told_with_what_was_found():
    vector = {"area": "age", "rule": "", "given": {"born": "1991-07-01", "on": "2026-07-01"}}
    with pytest.raises(AssertionError, match="age is 35; expected 34"):
        assert_answered({**vector, "expect": {"age": 34}})
