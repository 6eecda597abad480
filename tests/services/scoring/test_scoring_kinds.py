"""Relays, ultras and series from files: what is refused, what is told, what the sheet says."""

from __future__ import annotations

import csv
from pathlib import Path

import pdfplumber
import pytest

from timing.core.refusal import Refusal
from timing.services.scoring.race import score

HEAD = 'name = "Day"\ndate = "2026-05-30"\n'
RELAY = HEAD + "[[contest]]\n[contest.relay]\nlegs = 2\n"
TEAMS = "bib,team,leg 1,leg 2\n1,Red,Ann,Bea\n2,Blue,Cyd,Dan\n"
LEG_TIMES = "bib,time\n2,20:00\n1,21:00\n1,40:00\n2,41:00\n"
LAPS = HEAD + (
    '[[contest]]\n[contest.laps]\nlaps = 2\n'
    'points = [{ name = "Start", distance = "0 m" }, '
    '{ name = "Hut", distance = "3 km", records = ["in", "out"] }, '
    '{ name = "Lap", distance = "5 km" }]\n'
)  # fmt: skip
RUNNERS = "bib,name,sex\n1,Ann,F\n2,Bob,M\n"
SEEN = (
    "bib,lap,point,in out,time,stopped\n1,1,Start,,0:00,\n2,1,start,,0:00,\n1,1,Hut,in,20:00,\n"
    "1,1,Hut,out,25:00,\n1,1,Lap,,45:00,\n1,2,Lap,,1:35:00,\n2,1,Hut,in,21:00,yes\n"
)


def folder_of(folder: Path, **files: str) -> Path:
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / ".".join(name.rsplit("_", 1))).write_text(text, encoding="utf-8")
    return folder


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def printed(out: Path) -> str:
    with pdfplumber.open(out / "results.pdf") as pdf:
        return " ".join(page.extract_text() for page in pdf.pages)


def refused(folder: Path) -> list[str]:
    out = folder.parent / "out"
    with pytest.raises(Refusal) as refusal:
        score(folder, out)
    assert not out.exists()
    return [str(problem).replace(f"{folder}/", "") for problem in refusal.value.problems]


def test_a_relay_has_teams_legs_records_and_a_sheet(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "race", race_toml=RELAY, entries_csv=TEAMS, times_csv=LEG_TIMES)
    scored = score(folder, tmp_path / "out")
    assert scored.summary == ("Day: 2 of 2 teams over 2 legs",)
    assert [path.name for path in scored.files] == [
        "results.csv", "results.json", "results.pdf", "awards.csv", "anomalies.csv", "legs.csv",
        "records.csv",
    ]  # fmt: skip
    first, second = table(tmp_path / "out" / "results.csv")
    assert (first["place"], first["name"], first["time"], first["leg 2"]) == (
        "1",
        "Red",
        "40:00",
        "19:00",
    )
    assert (second["place"], second["split 1"], second["status"]) == ("2", "20:00", "OK")
    for words in ("Red", "1. Ann", "2. Bea", "19:00", "40:00"):
        assert words in printed(tmp_path / "out")


def test_every_guess_in_a_relay_is_told_with_its_line(tmp_path: Path) -> None:
    times = "bib,time\n2,20:00\n1,?\n?,40:00\n2,41:00\n"
    folder = folder_of(tmp_path / "race", race_toml=RELAY, entries_csv=TEAMS, times_csv=times)
    scored = score(folder, tmp_path / "out")
    told = [(each.code, each.file, each.line) for each in scored.open_doubts]
    assert told == [("time_interpolated", "times.csv", 3), ("bib_guessed", "times.csv", 4)]
    assert (
        "Record 2: the time was not recorded; it is interpolated" in scored.open_doubts[0].sentence
    )


def test_a_team_without_any_record_and_one_that_lacks_a_leg_have_no_place(tmp_path: Path) -> None:
    teams = TEAMS + "3,Green,Eli,Fox\n"
    times = "bib,time\n2,20:00\n1,21:00\n1,40:00\n"
    folder = folder_of(tmp_path / "race", race_toml=RELAY, entries_csv=teams, times_csv=times)
    score(folder, tmp_path / "out")
    found = [
        (row["place"], row["bib"], row["status"]) for row in table(tmp_path / "out" / "results.csv")
    ]
    assert found == [("1", "1", "OK"), ("", "2", "DNF")]


RELAY_REFUSED = {
    "race.toml:4: paired leg 3; expected 1 to 2": {"race_toml": f"{RELAY}paired = [3]\n"},
    "race.toml:6: mass_starts: 'soon' is not a time": {
        "race_toml": f'{RELAY}mass_starts = [{{ leg = 2, at = "soon" }}]\n'
    },
    "race.toml:4: 2 contests; expected a relay": {"race_toml": f'{RELAY}[[contest]]\ncode = "b"\n'},
    "times.csv:2: bib '9' is not registered": {"times_csv": "bib,time\n9,20:00\n"},
    "times.csv:3: the time of bib 2 is out of order": {"times_csv": "bib,time\n1,20:00\n2,19:00\n"},
    "times_paper.csv:2: bib '9' is not registered": {"times_paper_csv": "bib,time\n9,?\n"},
    "rulings.csv:2: line '7' is not in the times": {"rulings_csv": "ruling,line,bib\nbib,7,1\n"},
    "rulings.csv:2: the leg is 'x'": {"rulings_csv": "ruling,bib,leg\ndnf,1,x\n"},
}


@pytest.mark.parametrize("said", RELAY_REFUSED)
def test_a_relay_that_must_be_refused_is_refused(tmp_path: Path, said: str) -> None:
    files = {"race_toml": RELAY, "entries_csv": TEAMS, "times_csv": LEG_TIMES}
    folder = folder_of(tmp_path / "race", **(files | RELAY_REFUSED[said]))
    assert any(line.startswith(said) for line in refused(folder))


def test_an_ultra_tells_where_everybody_is(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "race", race_toml=LAPS, entries_csv=RUNNERS, times_csv=SEEN)
    scored = score(folder, tmp_path / "out")
    assert scored.summary == ("Day: 1 of 2 finished",)
    first, second = table(tmp_path / "out" / "results.csv")
    assert (first["bib"], first["laps"], first["time"], first["distance_m"]) == (
        "1",
        "2",
        "1:35:00",
        "10000",
    )
    assert (second["status"], second["point"], second["in_out"]) == ("DNF", "Hut", "in")
    splits = table(tmp_path / "out" / "splits.csv")
    assert len(splits) == 7
    assert [row["stay"] for row in splits if row["stay"]] == ["5:00"]
    assert "DNF" in printed(tmp_path / "out")


CATEGORIES = (
    'name = "teams"\nsource = "here"\nage = { day = { counted = "day" } }\n'
    '[[category]]\ncode = "OPEN"\nsexes = ["Open"]\nages = { day = [0, 150] }\n'
    '[[category]]\ncode = "W"\nsexes = ["W"]\nages = { day = [0, 150] }\n'
)
PRIZES = (
    'name = "prizes"\nsource = "here"\n[[prize]]\ncode = "ALL"\nname = "All"\n'
    '[[prize]]\ncode = "W"\nname = "Women"\nsexes = ["W"]\n'
)
SCHEMES = '[[contest]]\ncategories = "categories.toml"\nprizes = "prizes.toml"\n'


def awards(out: Path) -> list[str]:
    keys = ("code", "place", "bib", "name", "result")
    return ["|".join(row[key] for key in keys) for row in table(out / "awards.csv")]


@pytest.mark.parametrize("order", ["", "general_first = false\n"])
def test_teams_win_prizes_by_the_category_that_they_chose(tmp_path: Path, order: str) -> None:
    folder = folder_of(
        tmp_path / "race", race_toml=f"{HEAD}{SCHEMES}{order}[contest.relay]\nlegs = 2\n",
        entries_csv=TEAMS.replace("team", "team,category").replace("Red", "Red,W")
        .replace("Blue", "Blue,OPEN"),
        times_csv=LEG_TIMES, categories_toml=CATEGORIES, prizes_toml=PRIZES,
    )  # fmt: skip
    score(folder, tmp_path / "out")
    assert awards(tmp_path / "out") == ["ALL|1|1|Red|40:00"]


def test_an_ultra_timed_by_the_clock_of_the_day_runs_over_several_midnights(
    tmp_path: Path,
) -> None:
    clock = LAPS + '[times]\nclock = "day"\nstart = "22:00:00"\n'
    seen = (
        "bib,lap,point,in out,time,stopped\n1,1,Start,,22:00:00,\n1,1,Hut,in,08:00:00,\n"
        "1,1,Hut,out,07:00:00,\n1,1,Lap,,23:30:00,\n1,2,Lap,,01:00:00,\n"
    )
    folder = folder_of(tmp_path / "race", race_toml=clock, entries_csv=RUNNERS, times_csv=seen)
    score(folder, tmp_path / "out")
    splits = [(row["time"], row["stay"]) for row in table(tmp_path / "out" / "splits.csv")]
    assert splits == [
        ("0", ""), ("10:00:00", ""), ("33:00:00", "23:00:00"), ("49:30:00", ""),
        ("51:00:00", ""),
    ]  # fmt: skip


SUMMER_TIME = 'name = "Day"\ndate = "2026-03-29"\ntimezone = "Europe/Rome"\n'


@pytest.mark.parametrize(
    ("kind", "time"),
    [
        ('clock = "day"\nstart = "10:00:00"', "10:42:00"),
        ('clock = "day"\n[start]\nafter_clock = "10:00:00"', "10:42:00"),
        ('clock = "utc"\nstart = "10:00:00"', "2026-03-29T08:42:00Z"),
        ('clock = "utc"\n[start]\nafter_clock = "10:00:00"', "2026-03-29T10:42:00+02:00"),
        ('clock = "utc"\nstart = "23:00:00"\ndate = "2026-03-28"', "2026-03-28T22:42:00Z"),
    ],
)
def test_ten_o_clock_is_ten_o_clock_on_the_day_when_summer_time_begins(
    tmp_path: Path, kind: str, time: str
):
    folder = folder_of(
        tmp_path / "race", race_toml=f"{SUMMER_TIME}[times]\n{kind}\n", entries_csv=RUNNERS,
        times_csv=f"bib,time\n1,{time}\n",
    )  # fmt: skip
    score(folder, tmp_path / "out")
    assert table(tmp_path / "out" / "results.csv")[0]["time"] == "42:00"


def test_an_ultra_by_the_clock_of_the_day_has_only_23_hours_when_summer_time_begins(tmp_path: Path):
    clock = LAPS.replace(HEAD, SUMMER_TIME.replace("-29", "-28"))
    clock += '[times]\nclock = "day"\nstart = "10:00:00"\n'
    seen = (
        "bib,lap,point,in out,time,stopped\n1,1,Start,,10:00:00,\n1,1,Hut,in,20:00:00,\n"
        "1,1,Hut,out,09:00:00,\n1,1,Lap,,10:30:00,\n1,2,Lap,,10:00:00,\n"
    )
    folder = folder_of(tmp_path / "race", race_toml=clock, entries_csv=RUNNERS, times_csv=seen)
    score(folder, tmp_path / "out")
    splits = [row["time"] for row in table(tmp_path / "out" / "splits.csv")]
    assert splits == ["0", "10:00:00", "22:00:00", "23:30:00", "47:00:00"]


@pytest.mark.parametrize(("born", "line"), [("2027", 3), ("2026-05-31", 3), ("2026", None)])
def test_nobody_is_born_after_the_race(tmp_path: Path, born: str, line: int | None):
    folder = folder_of(
        tmp_path / "race", race_toml=HEAD, times_csv="bib,time\n1,10:00\n",
        entries_csv=f"bib,name,born\n1,Ann,1990\n2,Bob,{born}\n",
    )  # fmt: skip
    if line is None:
        score(folder, tmp_path / "out")
        return
    with pytest.raises(Refusal, match=rf"entries\.csv:{line}: '{born}' is after the race"):
        score(folder, tmp_path / "out")


def test_a_series_has_prizes_by_its_own_scheme(tmp_path: Path) -> None:
    folder = series(
        tmp_path / "race", f"{HEAD}{SCHEMES}general_first = true\n{SERIES[len(HEAD) :]}"
    )
    (folder / "categories.toml").write_text(CATEGORIES)
    (folder / "prizes.toml").write_text(PRIZES)
    entries = "bib,name,club,category\n1,Ann,A,W\n2,Bob,B,OPEN\n3,Cyd,?,W\n4,Dan,B,\n"
    (folder / "hill" / "entries.csv").write_text(entries)
    scored = score(folder, tmp_path / "out")
    assert awards(tmp_path / "out") == ["ALL|1=||Bob|10", "ALL|1=||Ann|10", "W|1||Cyd|9"]
    assert scored.open_doubts == ()


LAPS_REFUSED = {
    "race.toml:4: point 3 (Lap)": {"race_toml": LAPS.replace("5 km", "1 km")},
    "race.toml:6: ['in', 'over']; expected in, out": {"race_toml": LAPS.replace('"out"', '"over"')},
    "race.toml:4: 2 contests; expected laps": {"race_toml": f'{LAPS}[[contest]]\ncode = "b"\n'},
    "times.csv:8: lap 3; expected 1 to 2": {"times_csv": SEEN.replace("2,1,Hut", "2,3,Hut")},
    "times.csv:6: out of Lap": {"times_csv": SEEN.replace("1,1,Lap,,", "1,1,Lap,out,")},
    "times.csv:8: 'up'; expected in or out": {"times_csv": SEEN.replace("in,21", "up,21")},
    "times.csv:9: bib '1' was recorded in line 4": {"times_csv": f"{SEEN}1,1,Hut,in,22:00,\n"},
    "times.csv:9: bib '9' is not registered": {"times_csv": f"{SEEN}9,1,Hut,in,22:00,\n"},
    "times.csv:8: point 'Moon' is unknown": {"times_csv": SEEN.replace("Hut,in,21", "Moon,in,21")},
}


@pytest.mark.parametrize("said", LAPS_REFUSED)
def test_an_ultra_that_must_be_refused_is_refused(tmp_path: Path, said: str) -> None:
    files = {"race_toml": LAPS, "entries_csv": RUNNERS, "times_csv": SEEN}
    folder = folder_of(tmp_path / "race", **(files | LAPS_REFUSED[said]))
    assert any(line.startswith(said) for line in refused(folder))


def test_moments_of_an_ultra_may_be_written_in_utc(tmp_path: Path) -> None:
    laps = LAPS + '[times]\nclock = "utc"\nstart = "08:00:00"\n'
    seen = "bib,point,time\n1,Start,2026-05-30T08:00:00Z\n1,Lap,2026-05-31 08:00:00.250 UTC\n"
    folder = folder_of(tmp_path / "race", race_toml=laps, entries_csv=RUNNERS, times_csv=seen)
    score(folder, tmp_path / "out")
    assert table(tmp_path / "out" / "results.csv")[0]["time"] == "24:00:00.25"


@pytest.mark.parametrize("typed", ["08:00:00", "2026-05-32T08:00:00Z", "2026-05-30T25:00:00Z"])
def test_a_nonsense_moment_is_refused(tmp_path: Path, typed: str) -> None:
    laps = LAPS + '[times]\nclock = "utc"\n'
    seen = f"bib,point,time\n1,Start,{typed}\n"
    folder = folder_of(tmp_path / "race", race_toml=laps, entries_csv=RUNNERS, times_csv=seen)
    assert refused(folder)[0].startswith(f"times.csv:2: '{typed}' is not a time")


SERIES = HEAD + (
    '[series]\nscoring = "position_points"\nfirst = 10\ncounted = 1\n'
    '[[series.race]]\nname = "Hill"\nfolder = "hill"\n'
    '[[series.race]]\nname = "Road"\n'
)


def series(folder: Path, text: str = SERIES) -> Path:
    folder_of(folder, race_toml=text)
    folder_of(
        folder / "hill", race_toml=HEAD,
        entries_csv="bib,name,sex,club\n1,Ann,F,A\n2,Bob,M,B\n3,Cyd,F,A\n4,Dan,M,B\n",
        times_csv="bib,time\n2,20:00\n1,21:00\n3,22:00\n",
    )  # fmt: skip
    return folder


def test_a_series_lists_everybody_who_ran(tmp_path: Path) -> None:
    scored = score(series(tmp_path / "race"), tmp_path / "out")
    assert scored.summary == ("Day: 3 ranked of 3 over 2 races",)
    rows = table(tmp_path / "out" / "results.csv")
    found = ["|".join(list(row.values())[:2] + list(row.values())[4:]) for row in rows]
    assert found == ["1=|Bob|10||10|Y", "1=|Ann|10||10|Y", "3|Cyd|9||9|Y"]
    assert "Hill" in printed(tmp_path / "out")


def test_a_series_may_start_from_a_preset_and_say_single_keys_otherwise(tmp_path: Path) -> None:
    preset = SERIES.replace('scoring = "position_points"', 'preset = "club-points"')
    score(series(tmp_path / "race", preset), tmp_path / "out")
    own = table(tmp_path / "out" / "results.csv")
    score(series(tmp_path / "plain", SERIES), tmp_path / "same")
    assert own == table(tmp_path / "same" / "results.csv")
    usual = preset.replace("first = 10\n", "")
    score(series(tmp_path / "usual", usual), tmp_path / "more")
    assert {row["Hill"] for row in table(tmp_path / "more" / "results.csv")} == {"200", "199"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (SERIES.replace('"Road"', '"Hill"'), "race.toml:11: 'Hill' stands twice"),
        (SERIES.replace("counted = 1", "counted = 3"), "race.toml:3: "),
        (
            SERIES.replace("first = 10", 'order = ["Moon"]'),
            "race.toml:3: 'Moon' is no race of the series",
        ),
        (SERIES.replace('"hill"', '"moon"'), "moon: there is no such folder"),
        (SERIES.replace("position_points", "luck"), "race.toml:4: invalid enum value 'luck'"),
        (
            SERIES.replace('scoring = "position_points"', 'preset = "moon"'),
            "race.toml:4: 'moon'; expected one of club-points, tour",
        ),
        (
            SERIES.replace('scoring = "position_points"\n', ""),
            "race.toml:3: no scoring and no preset; expected one of them",
        ),
        (SERIES + 'median = "x"\nfolder = "hill"\n', "race.toml:12: median: 'x' is not a time"),
    ],
)
def test_a_series_that_must_be_refused_is_refused(tmp_path: Path, text: str, said: str) -> None:
    assert any(line.startswith(said) for line in refused(series(tmp_path / "race", text)))


def test_a_problem_in_one_race_refuses_the_series_by_the_file_of_that_race(tmp_path: Path) -> None:
    folder = series(tmp_path / "race")
    (folder / "hill" / "times.csv").write_text("bib,time\n9,20:00\n")
    assert refused(folder)[0].startswith("hill/times.csv:2: bib '9' is not registered")
