"""A race from files: read as a whole, refused as a whole, written as a whole."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pdfplumber
import pytest

from timing.core.refusal import Refusal
from timing.services.scoring.race import score
from timing.services.scoring.scored import Scored

RACE = """
name = "Town 5K"
date = "2026-05-30"
[[contest]]
distance = "5 km"
rules = { preset = "club-exact" }
[times]
dots = "colon"
"""
ENTRIES = """bib,name,sex,born,club,category
1,Ana Núñez,F,1984,CA Sur,
2,Bo Berg,M,1990,,
3,Cy Coe,M,1961,CA Sur,
4,Di Dow,F,2001,,
"""
TIMES = "3\t18:01\n1\t18:05\n2\t18:05\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return race(tmp_path / "race")


def race(folder: Path, **files: str) -> Path:
    folder.mkdir(exist_ok=True)
    texts = {"race_toml": RACE, "entries_csv": ENTRIES, "times_csv": TIMES, **files}
    for name, text in texts.items():
        (folder / ".".join(name.rsplit("_", 1))).write_text(text, encoding="utf-8")
    return folder


def results(out: Path, name: str = "results.csv") -> list[dict[str, str]]:
    with (out / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def listed(folder: Path, out: Path, **options: Any) -> list[str]:
    """place bib time, or status bib."""
    score(folder, out, **options)
    return [
        f"{row['place'] or row['status']} {row['bib']} {row['time']}".strip()
        for row in results(out)
    ]


def refused(folder: Path) -> list[str]:
    out = folder.parent / "out"
    with pytest.raises(Refusal) as refusal:
        score(folder, out)
    assert not out.exists()
    return [str(problem).replace(f"{folder}/", "") for problem in refusal.value.problems]


def test_a_race_is_ranked_in_the_order_of_recording(folder: Path, tmp_path: Path) -> None:
    assert listed(folder, tmp_path / "out") == ["1 3 18:01", "2 1 18:05", "3 2 18:05"]


def test_all_lists_are_written(folder: Path, tmp_path: Path) -> None:
    scored = score(folder, tmp_path / "out")
    assert [path.name for path in scored.files] == sorted(
        [path.name for path in (tmp_path / "out").iterdir()],
        key=[f.name for f in scored.files].index,
    )
    document = json.loads((tmp_path / "out" / "results.json").read_text(encoding="utf-8"))
    assert document["event"]["name"] == "Town 5K"
    first = document["contests"][0]["rows"][0]
    assert (first["place"], first["bib"], first["official_us"]) == (1, "3", 1_081_000_000)


def test_the_same_input_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    for out in ("one", "two"):
        score(folder, tmp_path / out)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name


@pytest.mark.parametrize(
    ("ruling", "expected"),
    [
        ("dead heat,1 2,", ["1 3", "2= 1", "2= 2"]),
        ("photo finish,2 1,", ["1 3", "2 2", "3 1"]),
        ("dnf,3,", ["1 1", "2 2", "DNF 3"]),
        ("offset,1,0:10", ["1 1", "2 3", "3 2"]),
        ("penalty,3,0:05", ["1 1", "2 2", "3 3"]),
        ("time,4,17:00", ["1 4", "2 3", "3 1", "4 2"]),
        ("ok,3,", ["1 3", "2 1", "3 2"]),
    ],
)
def test_rulings_decide(tmp_path: Path, ruling: str, expected: list[str]) -> None:
    folder = race(tmp_path / "race", rulings_csv=f"ruling,bib,value\n{ruling}\n")
    score(folder, tmp_path / "out")
    rows = results(tmp_path / "out")
    assert [f"{row['place'] or row['status']} {row['bib']}" for row in rows] == expected


def test_a_line_of_the_times_may_be_voided_corrected_or_given_to_another(tmp_path: Path) -> None:
    rulings = "ruling,line,bib,value\nvoid,1,,\nbib,2,4,\nretime,3,,17:00\n"
    folder = race(tmp_path / "race", rulings_csv=rulings)
    assert listed(folder, tmp_path / "out") == ["1 2 17:00", "2 4 18:05"]


def with_start(text: str) -> str:
    return f"{RACE}\n[start]\n{text}\n"


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ('after_clock = "0:01:00"', ["1 3 17:01", "2 1 17:05", "3 2 17:05"]),
        ('by_category = { W40 = "0:05" }', ["1 1 18:00", "2 3 18:01", "3 2 18:05"]),
        (
            'time_trial = { per_wave = 1, interval = "0:10" }',
            ["1 3 17:41", "2 2 17:55", "3 1 18:05"],
        ),
        (
            'time_trial = { per_wave = 2, interval = "0:10" }',
            ["1 3 17:51", "2 1 18:05", "3 2 18:05"],
        ),
    ],
)
def test_starts_are_taken_off(tmp_path: Path, start: str, expected: list[str]) -> None:
    entries = ENTRIES.replace("CA Sur,\n2", "CA Sur,W40\n2")
    folder = race(tmp_path / "race", race_toml=with_start(start), entries_csv=entries)
    assert listed(folder, tmp_path / "out") == expected


def test_in_a_time_trial_empty_groups_vanish(tmp_path: Path) -> None:
    start = with_start('time_trial = { per_wave = 2, interval = "1:00" }')
    entries = "bib,name\n1,Al\n9,Bo\n10,Cy\n21,Di\n"
    folder = race(
        tmp_path / "race", race_toml=start, entries_csv=entries,
        times_csv="1\t10:00\n9\t11:00\n10\t11:01\n21\t12:00\n",
    )  # fmt: skip
    assert listed(folder, tmp_path / "out") == [
        "1 1 10:00", "2 9 10:00", "3 21 10:00", "4 10 10:01",
    ]  # fmt: skip


def test_the_delays_of_category_and_entrant_add_up(tmp_path: Path) -> None:
    entries = "bib,name,category,start offset\n1,Al,A,0:30\n2,Bo,A,\n3,Cy,B,-0:15\n"
    folder = race(
        tmp_path / "race", race_toml=with_start('by_category = { a = "1:00" }'),
        entries_csv=entries, times_csv="1\t10:00\n2\t10:00\n3\t10:00\n",
    )  # fmt: skip
    assert listed(folder, tmp_path / "out") == [
        "1 1 8:30", "2 2 9:00", "3 3 10:15",
    ]  # fmt: skip


TWO = """
name = "Day of Two"
date = "2026-05-30"
[[contest]]
code = "5k"
name = "5 km"
points = [{ code = "half", name = "Half way", distance = "2.5 km" }]
distance = "5 km"
rules = { preset = "club-exact" }
[[contest]]
code = "10k"
start = "0:10:00"
rules = { preset = "club-exact" }
"""


def test_two_contests_share_bibs_and_times_and_each_has_its_list(tmp_path: Path) -> None:
    folder = race(
        tmp_path / "race", race_toml=TWO,
        entries_csv="bib,name,contest\n1,Al,5k\n2,Bo,10k\n3,Cy,5 KM\n",
        times_csv="bib,time,point\n1,9:00,half\n3,9:30,half way\n1,20:00,\n3,21:00,\n2,50:00,\n",
    )  # fmt: skip
    score(folder, tmp_path / "out")
    rows = results(tmp_path / "out")
    assert [" ".join(row[key] for key in ("contest", "place", "bib", "time")) for row in rows] == [
        "5k 1 1 20:00", "5k 2 3 21:00", "10k 1 2 40:00",
    ]  # fmt: skip
    assert [row["split Half way"] for row in rows] == ["9:00", "9:30", ""]


def test_categories_come_from_the_scheme_and_unknown_ages_are_told(tmp_path: Path) -> None:
    scheme = (
        'name = "two"\nsource = "here"\nage = { day = { counted = "year" } }\n'
        '[[category]]\ncode = "{sex}S"\nsexes = ["M", "W"]\nages = { day = [0, 39] }\n'
        '[[category]]\ncode = "{sex}40"\nsexes = ["M", "W"]\nages = { day = [40, 150] }\n'
    )
    toml = RACE.replace('distance = "5 km"', 'distance = "5 km"\ncategories = "scheme.toml"')
    entries = ENTRIES.replace("2,Bo Berg,M,1990", "2,Bo Berg,,")
    folder = race(tmp_path / "race", race_toml=toml, entries_csv=entries, scheme_toml=scheme)
    scored = score(folder, tmp_path / "out")
    rows = results(tmp_path / "out")
    assert [(row["bib"], row["category"]) for row in rows] == [
        ("3", "M40"),
        ("1", "W40"),
        ("2", ""),
    ]
    assert [each.code for each in scored.open_doubts] == ["unclassified"]
    assert results(tmp_path / "out", "anomalies.csv")[0]["bib"] == "2"


def test_a_category_that_the_scheme_does_not_have_is_refused(tmp_path: Path) -> None:
    scheme = (
        'name = "one"\nsource = "here"\nage = { day = { counted = "year" } }\n'
        '[[category]]\ncode = "OPEN"\nages = { day = [0, 150] }\n'
    )
    toml = RACE.replace('distance = "5 km"', 'distance = "5 km"\ncategories = "scheme.toml"')
    entries = "bib,name,category\n1,Al,open\n2,Bo,M99\n3,Cy,\n"
    folder = race(tmp_path / "race", race_toml=toml, entries_csv=entries, scheme_toml=scheme)
    assert refused(folder) == [
        "entries.csv:3: category 'M99' is not in the scheme; expected one of OPEN"
    ]


PRIZES = """
name = "prizes"
source = "here"
[[prize]]
code = "OPEN"
name = "Open"
number = 2
group = "Everybody"
[[prize]]
code = "W"
name = "Women"
sexes = ["W"]
group = "Women"
"""


def with_prizes(folder: Path, more: str = "", prizes: str = PRIZES) -> Path:
    toml = RACE.replace('distance = "5 km"', 'distance = "5 km"\nprizes = "prizes.toml"') + more
    return race(folder, race_toml=toml, prizes_toml=prizes)


def test_prizes_are_given_and_the_list_is_split_in_groups(tmp_path: Path) -> None:
    score(with_prizes(tmp_path / "race"), tmp_path / "out")
    awards = results(tmp_path / "out", "awards.csv")
    assert [(row["group"], row["category"], row["place"], row["bib"]) for row in awards] == [
        ("Everybody", "Open", "1", "3"), ("Everybody", "Open", "2", "1"),
    ]  # fmt: skip
    rows = results(tmp_path / "out")
    assert [" ".join(row[key] for key in ("group", "place", "bib")) for row in rows] == [
        "Everybody 1 3", "Everybody 2 1", "Everybody 3 2", "Women 1 1",
    ]  # fmt: skip


def test_the_clubs_with_the_best_places_win_the_team_prizes(tmp_path: Path) -> None:
    toml = RACE.replace('"club-exact" }', '"club-exact" }\nteams = { count = 2, sexes = ["M"] }')
    entries = "bib,name,sex,club\n" + "".join(
        f"{bib},Runner {bib},{sex},{club}\n"
        for bib, sex, club in [
            (1, "M", "A"),
            (2, "F", "A"),
            (3, "M", "B"),
            (4, "M", "B"),
            (5, "M", "A"),
        ]
    )
    times = "".join(f"{bib}\t10:0{bib}\n" for bib in range(1, 6))
    folder = race(tmp_path / "race", race_toml=toml, entries_csv=entries, times_csv=times)
    score(folder, tmp_path / "out")
    (team,) = results(tmp_path / "out", "awards.csv")
    assert (team["code"], team["club"], team["result"]) == ("team M", "A", "5")
    assert team["members"] == "1 Runner 1 (1); 5 Runner 5 (4)"


@pytest.mark.parametrize(("line", "code"), [("?,18:05", "no_bib"), ("2,?", "no_time")])
def test_what_was_not_recorded_becomes_an_anomaly(tmp_path: Path, line: str, code: str) -> None:
    folder = race(tmp_path / "race", times_csv=f"bib,time\n3,18:01\n{line}\n")
    scored = score(folder, tmp_path / "out")
    assert [each.code for each in scored.open_doubts] == [code]
    (row,) = results(tmp_path / "out", "anomalies.csv")
    assert (row["file"], row["line"]) == ("times.csv", "3")


def test_a_cleared_anomaly_is_no_longer_open(tmp_path: Path) -> None:
    folder = race(tmp_path / "race", times_csv="bib,time\n3,18:01\n?,18:05\n")
    key = score(folder, tmp_path / "out").open_doubts[0].key
    (folder / "rulings.csv").write_text(f"ruling,value\nclear,{key}\n")
    assert score(folder, tmp_path / "out").open_doubts == ()


def test_a_hostile_name_is_shown_as_text(tmp_path: Path) -> None:
    folder = race(tmp_path / "race", entries_csv=ENTRIES.replace("Cy Coe", "=1+1"))
    score(folder, tmp_path / "out")
    assert results(tmp_path / "out")[0]["name"] == "'=1+1"


def test_a_failure_while_writing_leaves_nothing(folder: Path, tmp_path: Path, monkeypatch) -> None:
    def broken(*_: object) -> int:
        raise OSError(28, "no space left")

    monkeypatch.setattr(Path, "write_bytes", broken)
    with pytest.raises(OSError, match="no space left"):
        score(folder, tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["race"]


def test_a_sheet_to_pin_to_the_wall_says_the_same(folder: Path, tmp_path: Path) -> None:
    score(folder, tmp_path / "out")
    with pdfplumber.open(tmp_path / "out" / "results.pdf") as pdf:
        text = " ".join(page.extract_text() for page in pdf.pages)
    for words in ("Town 5K", "Ana Núñez", "Bo Berg", "Cy Coe", "18:01", "+4"):
        assert words in text


def test_as_many_digits_are_printed_as_were_measured(tmp_path: Path) -> None:
    folder = race(tmp_path / "race", times_csv="3\t18:01\n1\t18:05.25\n")
    assert listed(folder, tmp_path / "out") == ["1 3 18:01.00", "2 1 18:05.25"]


def test_the_digits_may_be_chosen(tmp_path: Path) -> None:
    toml = RACE.replace('"club-exact" }', '"club-exact", step = "0.1", decimals = 1 }')
    folder = race(tmp_path / "race", race_toml=toml, times_csv="3\t18:01\n1\t18:05.21\n")
    assert listed(folder, tmp_path / "out") == ["1 3 18:01.0", "2 1 18:05.3"]


def test_a_letter_that_no_font_has_is_told(tmp_path: Path) -> None:
    folder = race(tmp_path / "race", entries_csv=ENTRIES.replace("Cy Coe", "Cy \U00013080"))
    scored = score(folder, tmp_path / "out")
    assert [doubt.code for doubt in scored.open_doubts] == ["missing_letters"]
    assert "\U00013080" in scored.open_doubts[0].sentence


def test_steps_are_told(folder: Path, tmp_path: Path) -> None:
    steps: list[str] = []
    scored: Scored = score(folder, tmp_path / "out", tell=steps.append)
    assert steps[0] == "reading the files"
    assert "4 entries and 3 times" in steps[1]
    assert scored.notices == ()


SAMPLES = Path(__file__).parents[4] / "shared" / "samples" / "fell_club_tsv"


@pytest.mark.skipif(not SAMPLES.exists(), reason="no samples beside the checkout")
def test_the_text_files_of_a_real_club_race_are_scored_as_they_are(tmp_path: Path) -> None:
    folder = tmp_path / "race"
    folder.mkdir()
    (folder / "race.toml").write_text(RACE)
    for theirs, ours in (("entries.txt", "entries.txt"), ("raw_times.txt", "times.txt")):
        (folder / ours).write_bytes((SAMPLES / theirs).read_bytes())
    score(folder, tmp_path / "out")
    rows = results(tmp_path / "out")
    assert [row["bib"] for row in rows[:4]] == ["135", "144", "97", "88"]
    assert len(rows) == 152


def test_a_list_that_was_put_together_may_stand_in_any_order(tmp_path: Path) -> None:
    text = RACE.replace("[times]", "[times]\nordered = false")
    folder = race(tmp_path / "race", race_toml=text, times_csv="1\t18:05\n3\t18:01\n2\t18:05\n")
    score(folder, tmp_path / "out")
    found = [f"{row['place']} {row['bib']}" for row in results(tmp_path / "out")]
    assert found[:3] == ["1 3", "2 1", "3 2"]
