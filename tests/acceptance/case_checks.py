"""What a case publishes, compared with what ``timing score`` wrote. Raises AssertionError."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import Any

from tests.acceptance.case_folder import read_table, scheme_of, sex_of
from tests.acceptance.case_keys import groups_of
from tests.machines.terminal import Ended
from timing.core.clock import Duration, TimeTextError, parse_duration


def config_of(case: Path) -> dict[str, Any]:
    return json.loads((case / "config.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def _time(text: str) -> Duration | str:
    try:
        return parse_duration(text)
    except TimeTextError:
        return text


def _as_listed(rows: list[tuple[Any, ...]]) -> list[Any]:
    """Rows in order, those of one tie and those without a place as a set."""
    listed: list[Any] = []
    for place, group in groupby(rows, key=lambda row: row[:2]):
        listed.append((place, sorted(group, key=repr)))
    return listed


def _expected_rows(case: Path, *, by_name: bool) -> list[tuple[Any, ...]]:
    return [
        (
            row.get("Group", ""), row["Pos"], _letters(row["Runner"]) if by_name else row["No"],
            row["Category"], _time(row["Time"]),
        )
        for row in read_table(case / "expected_overall.csv")
    ]  # fmt: skip


def _who(row: dict[str, str], *, by_name: bool) -> str:
    return _letters(row["name"]) if by_name else row["bib"]


def _found_rows(out: Path, *, by_name: bool) -> list[tuple[Any, ...]]:
    return [
        (
            row.get("group", ""), row["place"] or "-", _who(row, by_name=by_name),
            row["category"], _time(row["time"] or row["status"]),
        )
        for row in read_table(out / "results.csv")
    ]  # fmt: skip


def _expected_prizes(case: Path, *, by_name: bool) -> tuple[set[Any], set[Any]]:
    """(winners of the prize categories, winning teams with their members)."""
    published = json.loads((case / "expected_prizes.json").read_text(encoding="utf-8"))
    winners = {
        (each.get("group") or "", each["category"], int(winner["place"]), bool(winner.get("tied")),
         _letters(winner["name"]) if by_name else str(winner["bib"]), _time(str(winner["result"])))
        for each in published["categories"]
        for winner in each["winners"]
    }  # fmt: skip
    teams = {
        (sex_of(team["gender"]), team["club"], team["score"],
         tuple(member["gender_position"] for member in team["members"]))
        for team in published.get("teams") or ()
    }  # fmt: skip
    return winners, teams


def _found_prizes(case: Path, out: Path, *, by_name: bool) -> tuple[set[Any], set[Any]]:
    published = json.loads((case / "expected_prizes.json").read_text(encoding="utf-8"))
    grouped = any(each.get("group") for each in published["categories"])
    rows = read_table(out / "awards.csv")
    winners = {
        (row["group"] if grouped else "", row["category"], int(row["place"].rstrip("=")),
         row["place"].endswith("="), _who(row, by_name=by_name), _time(row["result"]))
        for row in rows
        if not row["code"].startswith("team ")
    }  # fmt: skip
    teams = {
        (row["code"].removeprefix("team "), row["club"], int(row["result"]),
         tuple(int(place) for place in re.findall(r"\((\d+)\)", row["members"])))
        for row in rows
        if row["code"].startswith("team ")
    }  # fmt: skip
    return winners, teams


def _check_individuals(case: Path, out: Path) -> None:
    by_name = bool(config_of(case).get("input_is_combined_results"))
    if (case / "expected_overall.csv").exists():
        found = _found_rows(out, by_name=by_name)
        assert _as_listed(found) == _as_listed(_expected_rows(case, by_name=by_name))
    _check_prizes(case, out, by_name=by_name)


def _check_prizes(case: Path, out: Path, *, by_name: bool) -> None:
    path = case / "expected_prizes.json"
    if path.exists():
        told = json.loads(path.read_text(encoding="utf-8"))["categories"]
        by_name |= any("bib" not in winner for each in told for winner in each["winners"])
        prizes = _found_prizes(case, out, by_name=by_name)
        assert prizes == _expected_prizes(case, by_name=by_name)


def _check_relay(case: Path, out: Path) -> None:
    """The teams with their legs, the ranking of each leg, the records as they were used."""
    listed = read_table(out / "results.csv")
    found = {row["bib"]: row for row in listed}
    names = _category_names(case)
    ours = [
        (row.get("group", ""), row["place"] or "-", row["bib"], names[row["category"]],
         _time(row["time"] or row["status"]))
        for row in listed
    ]  # fmt: skip
    for path in (case / "expected_overall.csv", case / "expected_detailed.csv"):
        rows = read_table(path) if path.exists() else []
        expected = [
            (row.get("Group", ""), row["Pos"], row["No"],
             names.get(row["Category"], row["Category"]), _time(row["Total"]))
            for row in rows
        ]  # fmt: skip
        assert not rows or _as_listed(ours) == _as_listed(expected)
        for row in rows if path.name == "expected_detailed.csv" else ():
            _check_legs(row, found[row["No"]])
    _check_leg_rankings(case, out)
    _check_records(case, out)
    _check_prizes(case, out, by_name=False)


def _category_names(case: Path) -> dict[str, str]:
    scheme = scheme_of(case, config_of(case)["entry_scheme"])
    return {row["code"]: row["name"] for row in scheme["categories"]}


def _as_ties(rows: list[tuple[Any, ...]]) -> list[Any]:
    """Rows in order; those with one place as a set."""
    return [
        (place, sorted(group, key=repr)) for place, group in groupby(rows, key=lambda row: row[0])
    ]


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _check_legs(expected: dict[str, str], found: dict[str, str]) -> None:
    for column, value in expected.items():
        kind, _, leg = column.partition(" ")
        if kind == "Runners":
            assert _letters(found[f"runners {leg}"]) == _letters(value), column
        elif kind in ("Leg", "Split"):
            assert _time(found[f"{kind.lower()} {leg}"]) == _time(value), column


def _check_leg_rankings(case: Path, out: Path) -> None:
    ours = read_table(out / "legs.csv")
    for path in sorted(case.glob("expected_leg_*.csv")):
        leg = path.stem.rpartition("_")[2]
        expected = [
            (row["Pos"], _letters(row.get("Runners") or row["Runner"]), _time(row["Time"]))
            for row in read_table(path)
        ]
        found = [
            (row["place"] or "-", _letters(row["runners"]), _time(row["time"]))
            for row in ours
            if row["leg"] == leg
        ]
        assert _as_ties(found) == _as_ties(expected), path.name


FILLED_IN = {"time_interpolated", "time_set_to_first", "time_set_to_last_plus_1s", "bib_guessed"}


def _check_records(case: Path, out: Path) -> None:
    if not (case / "expected_times_collated.csv").exists():
        return
    found = read_table(out / "records.csv")
    for ours, theirs in zip(found, read_table(case / "expected_times_collated.csv"), strict=True):
        assert ours["bib"] == theirs["bib"].strip("?")
        assert theirs["time"] == "?" or _time(ours["time"]) == _time(theirs["time"])
        told = FILLED_IN.intersection(ours["remarks"].split())
        assert told == FILLED_IN.intersection(re.split(r"[^a-z_0-9]+", theirs["remark"]))


def _check_ultra(case: Path, out: Path) -> None:
    """Rank, where everybody is, and the elapsed time there and at every point."""
    statuses = {("true", "true"): "OK", ("true", "false"): "RUN", ("false", "false"): "DNS"}
    expected = [
        (row["rank"], row["bib"], row["completed_laps"], row["final_point"], row["final_lap"],
         row["final_in_out"], _time(row["final_elapsed_seconds"]),
         "DNF" if row["dropped"] == "true" else statuses[row["started"], row["finished"]])
        for row in read_table(case / "expected_overall.csv")
    ]  # fmt: skip
    found = [
        (row["place"], row["bib"], row["laps"], row["point"], row["lap"], row["in_out"],
         _time(row["time"]), row["status"])
        for row in read_table(out / "results.csv")
    ]  # fmt: skip
    assert _as_ties(found) == _as_ties(expected)
    if not (case / "expected_elapsed.csv").exists():
        return
    splits = {
        (row["bib"], row["lap"], row["point"], row["in_out"]): _time(row["time"])
        for row in read_table(out / "splits.csv")
    }
    for row in read_table(case / "expected_elapsed.csv"):
        key = (row["bib"], row["lap"], row["point"], row["in_out"])
        assert splits[key] == _time(row["elapsed_seconds"]), key


def _check_series(case: Path, out: Path) -> None:
    """Everybody with the score of each race, the total and whether the series is complete."""
    rows = read_table(case / "expected_overall.csv")
    ours = read_table(out / "results.csv")
    assert bool(rows) == bool(ours)
    if not rows:
        return
    groups = {name for name, _, _ in groups_of(config_of(case).get("race_groups"))}
    known = {"Group": "group", "Pos": "place", "Runner": "name", "Club": "club"}
    known |= {"Category": "category"}
    known |= {"Total": "total", "Completed": "complete"}
    known |= {f"{name}?": f"group {name}" for name in groups}
    known |= {name: f"group {name}" for name in groups}
    columns = {column: known.get(column, column) for column in rows[0]}
    expected = [tuple(_cell(column, row[column]) for column in columns) for row in rows]
    # a race that is still to come may have another name, and nobody has a score in it
    found = [
        tuple(_cell(column, row.get(columns[column], "")) for column in columns) for row in ours
    ]
    divided = "Group" in columns
    as_listed = _as_listed if divided else _as_ties
    assert as_listed(found) == as_listed(expected)
    _check_prizes(case, out, by_name=True)


def _cell(column: str, text: str) -> Any:
    if column in ("Runner", "Club"):
        return _letters(text)
    return _time(text or "-")


CHECKS: dict[str, Callable[[Path, Path], None]] = {
    "individual": _check_individuals,
    "relay": _check_relay,
    "series": _check_series,
    "ultra_with_splits": _check_ultra,
}


def check_refused(case: Path, ended: Ended, out: Path) -> None:
    """Refused with the reason, the file, the line and the bib, and nothing is written."""
    assert ended.exit_code == 2
    assert ended.stdout == ""
    assert not out.exists()
    refused = ended.stderr.splitlines()
    headed = not (case / "raw_times.txt").exists()  # then our table of times has a header, too
    for note in (case / "expected_notes.txt").read_text(encoding="utf-8").splitlines():
        assert any(_says(note, sentence, headed=headed) for sentence in refused), (note, refused)


REASONS = {
    "duplicate bib": "was recorded in line",
    "unregistered bib": "is not registered",
    "out of order": "is out of order",
}
IN_ENTRIES = {
    "duplicate bib": "was given to",
    "duplicate entry": "is entered in line",
    "category": "is not in the scheme",
}


def _says(note: str, sentence: str, *, headed: bool) -> bool:
    """Whether a sentence of ours gives the reason, the line and the quoted value of a note.

    A reason in words that are not known here is compared by line and value alone. headed: the
    times have a header, which the file of the note had not.
    """
    in_entries = "entries" in note
    known = IN_ENTRIES if in_entries else REASONS
    reason = next((ours for theirs, ours in known.items() if theirs in note), "")
    line = re.search(r"at line (\d+)", note)
    value = re.search(r"'([^']*)' (?:at|in)", note)
    file = "entries.csv" if in_entries else "times.csv"
    first = 1 if in_entries or headed else 0  # our table of entries has a header above it
    return (
        reason in sentence
        and (line is None or f"{file}:{int(line[1]) + first}:" in sentence)
        and (value is None or not value[1] or value[1] in sentence)
    )
