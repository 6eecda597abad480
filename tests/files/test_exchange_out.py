"""Results and start lists in the forms of other programs."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.services.scoring.test_scoring import race
from timing.core.fold.standings import standings_of
from timing.core.fold.whole import fold
from timing.core.setup.roster import Entry, Member
from timing.files.entrants.runsignup import runsignup_results
from timing.files.feeds.lynx import (
    encoded,
    evt_text,
    lynx_records,
    ppl_text,
    races_of,
    sch_text,
    shown_names,
    start_files,
)
from timing.files.feeds.results_xlsx import _title, results_xlsx
from timing.files.feeds.ultrasignup import halves, ultrasignup_csv
from timing.files.race.folder import open_race, read_race
from timing.files.tables.findings import Findings
from timing.readers.grammar import cells_of
from timing.readers.lif import heat_of

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
ENTRIES = """bib,first,last,sex,born,id,lane
1,Ana,Núñez Gil,F,1984-05-31,R7,2
2,Bo,Berg,M,1990,,1
3,Cy,=Coe,M,,,3
4,Di,Dow,,,,
5,Ed,Eck,M,,,
"""


@pytest.fixture
def state(tmp_path: Path):
    folder = race(
        tmp_path / "race", entries_csv=ENTRIES,
        race_toml='name = "Town / 5K"\ndate = "2026-05-30"\n[[contest]]\ndistance = "5 km"\n'
        'rules = { preset = "club-exact", list_unstarted = true }\n',
        times_csv="bib,time\n3,18:01.5\n1,1:18:05\n2,1:18:06\n5,DQ\n",
    )  # fmt: skip
    data = read_race(open_race(folder, Findings()))
    return fold(data.event, data.roster, data.journal)


@pytest.fixture
def standings(state):
    return standings_of(state, state.event.contests[0], "final", {})


def test_a_workbook_holds_the_same_cells_and_no_formula(standings) -> None:
    book = openpyxl.load_workbook(io.BytesIO(results_xlsx([standings])))
    (sheet,) = book.worksheets
    rows = list(sheet.iter_rows(values_only=True))
    assert sheet.title == "Town   5K"
    assert rows[0][:4] == ("place", "bib", "name", "club")
    assert rows[1][:3] == (1, 3, "Cy =Coe")
    assert rows[1][8] == "18:01.5"
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert sheet.freeze_panes == "A2"


def test_a_workbook_of_nothing_can_be_opened() -> None:
    assert openpyxl.load_workbook(io.BytesIO(results_xlsx([]))).sheetnames == ["results"]


def test_sheets_have_names_of_their_own() -> None:
    taken: set[str] = set()
    names = [_title(name, taken) for name in ("5K", "5k", "[?]", "x" * 40, "x" * 40)]
    assert names == ["5K", "5k 2", "results", "x" * 31, "x" * 28 + " 2"]


def test_results_for_runsignup_name_the_registration_and_the_bib(standings) -> None:
    found = json.loads(runsignup_results(standings))["results"]
    assert found[0] == {
        "bib_num": "3", "place": 1, "clock_time": "00:18:01.5", "chip_time": "00:18:01.5",
    }  # fmt: skip
    assert (found[1]["registration_id"], found[1]["clock_time"]) == ("R7", "01:18:05.0")
    assert [row["clock_time"] for row in found[3:]] == ["DQ", "DNS"]


def test_results_for_ultrasignup_have_exactly_its_headers(standings) -> None:
    rows = list(csv.DictReader(io.StringIO(ultrasignup_csv(standings, date(2026, 5, 30)))))
    assert list(rows[0]) == [
        "place", "time", "first", "last", "age", "gender", "dob", "bib", "status",
    ]  # fmt: skip
    assert rows[0]["last"] == "'=Coe"
    second = (rows[1]["first"], rows[1]["last"], rows[1]["age"], rows[1]["gender"], rows[1]["dob"])
    assert second == ("Ana", "Núñez Gil", "41", "F", "1984-05-31")
    assert rows[2]["age"] == "36"
    assert [row["status"] for row in rows] == ["1", "1", "1", "5", "3"]
    assert all(row["gender"] for row in rows)


def test_who_runs_out_of_competition_is_an_unofficial_finisher(tmp_path: Path) -> None:
    folder = race(
        tmp_path / "race", entries_csv="bib,name,guest,age\n1,Al,yes,30\n2,Bo,,\n",
        times_csv="1\t20:00\n2\t21:00\n",
    )  # fmt: skip
    data = read_race(open_race(folder, Findings()))
    state = fold(data.event, data.roster, data.journal)
    standings = standings_of(state, state.event.contests[0], "final", {})
    rows = list(csv.DictReader(io.StringIO(ultrasignup_csv(standings, date(2026, 5, 30)))))
    assert [(row["last"], row["status"], row["age"]) for row in rows] == [
        ("Bo", "1", ""),
        ("Al", "4", "30"),
    ]


def test_a_name_has_two_halves() -> None:
    def split(name: str, family: str = "") -> tuple[str, str]:
        return halves(Entry(id=1, contest="x", name=name, family=family))

    assert split("Ana Núñez Gil", "Núñez Gil") == ("Ana", "Núñez Gil")
    assert split("Ana Núñez Gil") == ("Ana Núñez", "Gil")
    assert split("Ronaldo") == ("", "Ronaldo")


def test_start_lists_for_lynx_stand_in_order_of_lanes(state) -> None:
    races = races_of(state.event, state.lineup)
    lines = evt_text(races, state.lineup).split("\r\n")
    assert lines[0] == "1,1,1,Town / 5K,,,,,,5000"
    assert lines[1:3] == [",4,,Dow,Di,", ",5,,Eck,Ed,"]
    assert lines[3:6] == [",2,1,Berg,Bo,", ",1,2,Núñez Gil,Ana,", ",3,3,=Coe,Cy,"]
    assert sch_text(races) == "1,1,1\r\n"


def test_people_for_lynx_are_read_back(state, tmp_path: Path) -> None:
    path = tmp_path / "lynx.ppl"
    path.write_text(ppl_text(state.roster.entries, state.lineup), encoding="utf-8", newline="")
    found = lynx_records(path, Findings())
    assert [(each.get("bib"), each.get("last")) for each in found][:2] == [
        ("1", "Núñez Gil"),
        ("2", "Berg"),
    ]


def test_who_wants_no_name_shown_has_none_on_the_scoreboard() -> None:
    shy = Entry(id=1, contest="x", name="Ada Shy", club="North", hidden=True)
    assert "Shy" not in " ".join(shown_names(shy))
    assert shown_names(shy)[2] == ""
    team = Entry(id=2, contest="x", name="North A", members=(Member(name="Ada"),))
    assert shown_names(team)[:2] == ("North A", "")


@pytest.mark.parametrize(
    ("encoding", "written"),
    [
        ("utf-8", "Łukasz Núñez 李".encode()), ("cp1252", b"Lukasz N\xfa\xf1ez ?"),
        ("utf-16", "Łukasz Núñez 李".encode("utf-16")),
    ],
)  # fmt: skip
def test_a_letter_that_an_encoding_lacks_is_written_plainly(encoding: str, written: bytes) -> None:
    assert encoded("Łukasz Núñez 李", encoding) == written


def test_three_files_are_written_for_lynx_and_a_heat_is_found_by_the_reader(state) -> None:
    files = start_files(state.lineup, races_of(state.event, state.lineup))
    assert list(files) == ["lynx.ppl", "lynx.evt", "lynx.sch"]
    assert len(files["lynx.ppl"].splitlines()) == 5
    heat = heat_of(cells_of(files["lynx.evt"].decode().splitlines()[0]))
    assert (heat.event, heat.round, heat.heat, heat.distance) == ("1", "1", "1", "5000")
    assert files["lynx.sch"].decode().strip().split(",") == ["1", "1", "1"]


@pytest.mark.skipif(not SAMPLES.exists(), reason="no samples beside the checkout")
def test_the_start_list_and_the_result_of_a_real_heat_name_it_alike() -> None:
    """What ours relies on: one header opens the .evt and the .lif, and one schedule names both."""
    folder = SAMPLES / "finishlynx"
    lines = (folder / "seltec_example.evt").read_text(encoding="utf-8").splitlines()
    result = (folder / "seltec_example_1000007-1000007-01.lif").read_text(encoding="utf-8")
    start, end = heat_of(cells_of(lines[0])), heat_of(cells_of(result.splitlines()[0]))
    assert (start.event, start.round, start.heat) == (end.event, end.round, end.heat)
    starters = {tuple(cells_of(line)[1:]) for line in lines[1:]}
    assert starters == {tuple(cells_of(line)[1:6]) for line in result.splitlines()[1:]}
    schedule = (folder / "racetab_example_excerpt.sch").read_text().splitlines()
    assert {line.count(",") for line in schedule if line and line[0] != ";"} == {2}


@pytest.mark.skipif(not SAMPLES.exists(), reason="no samples beside the checkout")
def test_our_start_list_has_the_shape_of_a_real_one(state) -> None:
    real = (SAMPLES / "finishlynx" / "seltec_example.evt").read_text(encoding="utf-8").splitlines()
    ours = evt_text(races_of(state.event, state.lineup), state.lineup).splitlines()
    assert [cell.isdecimal() for cell in ours[0].split(",")[:3]] == [True] * 3
    assert real[0].split(",")[:3][0].isdecimal()
    assert len(ours[1].split(",")) == len(real[1].split(",")) == 6
    assert ours[1].startswith(",")
    assert real[1].startswith(",")
