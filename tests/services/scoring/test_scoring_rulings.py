"""What officials decide in a relay or in a race on laps from files: nothing is passed over."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.services.scoring.test_scoring_kinds import (
    LAPS,
    LEG_TIMES,
    RELAY,
    RUNNERS,
    SEEN,
    TEAMS,
    folder_of,
    printed,
    refused,
    table,
)
from timing.services.scoring.race import score
from timing.services.scoring.scored import Scored

HEADER = "ruling,bib,line,value,leg\n"


def relay(folder: Path, rulings: str = "", **files: str) -> Path:
    texts = {"race_toml": RELAY, "entries_csv": TEAMS, "times_csv": LEG_TIMES}
    ruled = {"rulings_csv": HEADER + rulings} if rulings else {}
    return folder_of(folder, **(texts | ruled | files))


def laps(folder: Path, rulings: str = "", **files: str) -> Path:
    texts = {"race_toml": LAPS, "entries_csv": RUNNERS, "times_csv": SEEN}
    ruled = {"rulings_csv": HEADER + rulings} if rulings else {}
    return folder_of(folder, **(texts | ruled | files))


def listed(scored: Scored) -> list[str]:
    out = scored.files[0].parent
    rows = table(out / "results.csv")
    return [f"{row['place'] or '-'} {row['bib']} {row['time']} {row['status']}" for row in rows]


RELAY_RULINGS = {
    "": ["1 1 40:00 OK", "2 2 41:00 OK"],
    "dnf,1,,,1": ["1 2 41:00 OK", "- 1  DNF"],
    "dnf,1,,,1\nok,1,,,1": ["1 1 40:00 OK", "2 2 41:00 OK"],
    "dnf,1,,,1\nok,1,,,2": ["1 2 41:00 OK", "- 1  DNF"],
    "dq,1,,,": ["1 2 41:00 OK", "- 1  DQ"],
    "dq,1,,,2": ["1 2 41:00 OK", "- 1  DQ"],
    "dq,1,,,\nok,1,,,": ["1 1 40:00 OK", "2 2 41:00 OK"],
    "penalty,1,,5:00,": ["1 2 41:00 OK", "2 1 45:00 OK"],
    "penalty,1,,1:00,1\npenalty,1,,0:30,2": ["1 2 41:00 OK", "2 1 41:30 OK"],
    "time,2,,18:00,2": ["1 2 38:00 OK", "2 1 40:00 OK"],
    "void,,4,,": ["1 1 40:00 OK", "- 2  DNF"],
    "void,,4,,\ntime,2,,18:00,2": ["1 2 38:00 OK", "2 1 40:00 OK"],
    "bib,2,3,,\nbib,1,4,,": ["1 2 40:00 OK", "2 1 41:00 OK"],
    "bib,02,3,,\nbib,01,4,,": ["1 2 40:00 OK", "2 1 41:00 OK"],
    "retime,,3,40:30,": ["1 1 40:30 OK", "2 2 41:00 OK"],
}


@pytest.mark.parametrize("rulings", RELAY_RULINGS)
def test_every_ruling_of_a_relay_does_what_it_says(tmp_path: Path, rulings: str) -> None:
    scored = score(relay(tmp_path / "race", rulings), tmp_path / "out")
    assert listed(scored) == RELAY_RULINGS[rulings]


def test_a_declared_dead_heat_of_teams_shares_the_place(tmp_path: Path) -> None:
    times = LEG_TIMES.replace("41:00", "40:00")
    plain = score(relay(tmp_path / "plain", times_csv=times), tmp_path / "one")
    assert listed(plain) == ["1 1 40:00 OK", "2 2 40:00 OK"]
    shared = score(relay(tmp_path / "race", "dead heat,2,,,", times_csv=times), tmp_path / "out")
    assert listed(shared) == ["1= 1 40:00 OK", "1= 2 40:00 OK"]


def test_a_disqualified_team_has_no_place_in_its_legs(tmp_path: Path) -> None:
    score(relay(tmp_path / "race", "dq,1,,,"), tmp_path / "out")
    found = [(row["leg"], row["place"], row["bib"]) for row in table(tmp_path / "out" / "legs.csv")]
    assert found == [("1", "1", "2"), ("1", "", "1"), ("2", "1", "2"), ("2", "", "1")]
    assert "DQ" in printed(tmp_path / "out")


def test_a_record_that_is_not_used_leaves_the_others_their_numbers(tmp_path: Path) -> None:
    times = "bib,time\n2,20:00\n1,20:30\n1,21:00\n1,?\n2,41:00\n"
    scored = score(relay(tmp_path / "race", "void,,2,,", times_csv=times), tmp_path / "out")
    assert listed(scored) == ["1 1 31:00 OK", "2 2 41:00 OK"]
    remarks = [row["remarks"] for row in table(tmp_path / "out" / "records.csv")]
    assert remarks[1] == "record_void"
    (doubt,) = scored.open_doubts
    assert (doubt.line, doubt.key) == (5, "time_interpolated:4")
    assert "before 3, after 5" in doubt.sentence


def test_a_doubt_of_a_relay_that_was_looked_at_is_cleared(tmp_path: Path) -> None:
    times = LEG_TIMES.replace("40:00", "?")
    ruled = "clear,,,time_interpolated:3,"
    scored = score(relay(tmp_path / "race", ruled, times_csv=times), tmp_path / "out")
    assert scored.open_doubts == ()
    told = {row["key"]: row["cleared"] for row in table(tmp_path / "out" / "anomalies.csv")}
    assert (told["time_interpolated:3"], told["leg_by_order:1"]) == ("yes", "")


@pytest.mark.parametrize("word", ["DNF", "DQ"])
def test_a_status_in_the_place_of_a_time_ends_the_relay_of_a_team(
    tmp_path: Path, word: str
) -> None:
    times = f"bib,time\n2,20:00\n1,21:00\n1,{word}\n2,41:00\n"
    scored = score(relay(tmp_path / "race", times_csv=times), tmp_path / "out")
    assert listed(scored) == ["1 2 41:00 OK", f"- 1  {word}"]
    assert scored.open_doubts == ()


def test_a_leg_that_ends_before_it_starts_has_no_time_and_is_told(tmp_path: Path) -> None:
    text = RELAY + 'leg_starts = [{ bib = "01", leg = 2, at = "45:00" }]\n'
    scored = score(relay(tmp_path / "race", race_toml=text), tmp_path / "out")
    assert listed(scored) == ["1 2 41:00 OK", "- 1  DNF"]
    (doubt,) = scored.open_doubts
    assert (doubt.code, doubt.bib, doubt.line) == ("leg_early", "1", 4)


def test_a_relay_knows_bibs_by_number_and_by_chip(tmp_path: Path) -> None:
    teams = "bib,team,chip\n001,Red,AA\n2,Blue,BB\n"
    times = "bib,chip,time\n2,,20:00\n1,,21:00\n,AA,40:00\n,BB,41:00\n"
    folder = relay(tmp_path / "race", entries_csv=teams, times_csv=times)
    assert listed(score(folder, tmp_path / "out")) == ["1 001 40:00 OK", "2 2 41:00 OK"]


LAP_RULINGS = {
    "": ["1 1 1:35:00 OK", "2 2 21:00 DNF"],
    "dnf,1,,,": ["1 1 1:35:00 DNF", "2 2 21:00 DNF"],
    "dq,1,,,": ["1 2 21:00 DNF", "- 1 1:35:00 DQ"],
    "otl,1,,,\nok,1,,,": ["1 1 1:35:00 OK", "2 2 21:00 DNF"],
    "dns,2,,,": ["1 1 1:35:00 OK", "2 2  DNS"],
    "penalty,1,,5:00,\npenalty,1,,1:00,": ["1 1 1:41:00 OK", "2 2 21:00 DNF"],
    "void,,6,,": ["1 1 45:00 RUN", "2 2 21:00 DNF"],
    "retime,,6,1:34:00,": ["1 1 1:34:00 OK", "2 2 21:00 DNF"],
    "bib,2,6,,\nvoid,,7,,": ["1 2 1:35:00 OK", "2 1 45:00 RUN"],
}


@pytest.mark.parametrize("rulings", LAP_RULINGS)
def test_every_ruling_of_a_race_on_laps_does_what_it_says(tmp_path: Path, rulings: str) -> None:
    scored = score(laps(tmp_path / "race", rulings), tmp_path / "out")
    assert listed(scored) == LAP_RULINGS[rulings]


def test_a_status_in_the_place_of_a_time_ends_an_ultra(tmp_path: Path) -> None:
    seen = SEEN.replace("1,2,Lap,,1:35:00,", "1,2,Lap,,DNF,")
    scored = score(laps(tmp_path / "race", times_csv=seen), tmp_path / "out")
    assert listed(scored) == ["1 1 45:00 DNF", "2 2 21:00 DNF"]


def test_an_ultra_knows_its_runners_by_chip(tmp_path: Path) -> None:
    runners = "bib,name,chip\n1,Ann,1\n2,Bob,2\n"
    folder = laps(tmp_path / "race", entries_csv=runners, times_csv=SEEN.replace("bib", "chip"))
    assert listed(score(folder, tmp_path / "out"))[0] == "1 1 1:35:00 OK"


@pytest.mark.parametrize(
    ("kind", "row", "said"),
    [
        (relay, "wave,1,,race,", "rulings.csv:2: 'wave' is no ruling of a relay"),
        (relay, "offset,1,,5:00,", "rulings.csv:2: 'offset' is no ruling of a relay"),
        (relay, "dnf,1,,,3", "rulings.csv:2: leg 3; expected 1 to 2"),
        (relay, "bib,9,1,,", "rulings.csv:2: bib '9' is not registered"),
        (laps, "time,1,,5:00,", "rulings.csv:2: 'time' is no ruling of a race on laps"),
        (laps, "photo finish,1 2,,,", "rulings.csv:2: 'photo finish' is no ruling of a race on"),
    ],
)
def test_a_ruling_that_means_nothing_here_is_refused(tmp_path: Path, kind, row, said) -> None:
    assert any(line.startswith(said) for line in refused(kind(tmp_path / "race", row + "\n")))


@pytest.mark.parametrize("kind", [relay, laps])
def test_a_chip_of_nobody_is_refused_where_bibs_are_wanted(tmp_path: Path, kind) -> None:
    times = (LEG_TIMES if kind is relay else SEEN).replace("bib", "chip")
    said = refused(kind(tmp_path / "race", times_csv=times))
    assert "times.csv:2: chip '" in said[0]
    assert "is not registered" in said[0]


def test_a_start_of_a_leg_for_a_bib_that_nobody_wears_is_refused(tmp_path: Path) -> None:
    text = RELAY + 'leg_starts = [{ bib = "9", leg = 2, at = "45:00" }]\n'
    (said,) = refused(relay(tmp_path / "race", race_toml=text))
    assert said.startswith("race.toml:6: bib '9' is not registered")
