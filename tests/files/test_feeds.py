"""Results in the forms of other programs, held against their schemas and real files."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from msgspec.structs import replace

from tests.web import race
from timing.core.clock import MINUTE, Instant
from timing.core.fold.standings import standings_of
from timing.core.fold.whole import fold
from timing.core.journal.lines import Journal, Ruling
from timing.core.journal.rulings import Gun, SetStatus
from timing.core.rulebook.wa_format import ENUMS, REQUIRED, is_time
from timing.core.setup.roster import Member, Roster, Start
from timing.core.status import Status
from timing.files.feeds.bundle import zipped
from timing.files.feeds.iof_xml import iof_xml
from timing.files.feeds.lynx_results import lif_files
from timing.files.feeds.opentrack import opentrack_json
from timing.files.feeds.wa_results import wa_json

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
beside = pytest.mark.skipif(not SAMPLES.exists(), reason="no samples beside the checkout")
IOF = "{http://www.orienteering.org/datastandard/3.0}"
NOW = Instant(1_751_702_400_000_000)


def lists(event, roster, reads, rulings=()):
    gun = Ruling("starter", 1, race.GUN, Gun(wave="a", at=race.GUN), "", "ref")
    lines = Journal(reads=list(reads), rulings=[gun, *rulings], seq=len(reads) + 1 + len(rulings))
    state = fold(event, roster, lines)
    return [
        standings_of(state, contest, each.code, {})
        for contest in event.contests
        for each in contest.rounds
    ]


@pytest.fixture
def event():
    return race.race()


@pytest.fixture
def five(event):
    """Two are home, one is disqualified, one has asked to be hidden and is home, one has turned."""
    hidden = {"hidden": True, "club": "Secret AC", "born": "1999-02-03"}
    roster = race.field(5, n1={"born": "1984-05-31", "family": "Ødegård"}, n3=hidden)
    reads = [*race.times(range(1, 5)), race.passing(5, "turn", 9 * MINUTE, 9)]
    act = SetStatus(entry=2, round="final", status=Status.DQ, rule="IRR 2")
    return lists(event, roster, reads, [Ruling("office", 1, race.GUN, act, "cut", "ref")])


@pytest.fixture
def relay(event):
    """A relay of two legs; the second team never finishes."""
    contest = replace(event.contests[0], legs_of=2, code="relay", discipline="relay", sex="X")
    event = replace(event, contests=(contest,))
    members = (
        Member(name="Ann One", leg=1), Member(name="Bea Two", leg=2, born="1990-01-02"),
        Member(name="Cy Spare"),
    )  # fmt: skip
    entries = tuple(
        race.entry(n, contest="relay", name=f"Team {n}", members=members if n == 1 else ())
        for n in (1, 2)
    )
    starts = tuple(Start(entry=n, round="final", heat=1, wave="a") for n in (1, 2))
    reads = [*race.times([1]), race.passing(2, "turn", 9 * MINUTE, 9)]
    return event, lists(event, Roster(entries=entries, starts=starts), reads)


@pytest.fixture(scope="module")
def iof():
    import xmlschema

    if not SAMPLES.exists():
        pytest.skip("no samples beside the checkout")
    return xmlschema.XMLSchema(SAMPLES / "iof_xml" / "IOF.xsd", allow="local")


def cells(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode())))


def test_a_lif_has_a_line_for_the_heat_and_one_for_each_result(event, five):
    files = lif_files(event, five)
    assert list(files) == ["001-1-01.lif"]
    head, *rows = cells(files["001-1-01.lif"])
    assert head == ["1", "1", "1", "Five kilometres", "", "", "", "", "", "5000", ""]
    assert [row[0] for row in rows] == ["1", "2", "3", "DQ"]
    assert rows[0][:10] == ["1", "101", "", "Ødegård", "Åse", "IL Ås", "20:00", "", "20:00", ""]
    assert rows[1][3:6] == ["—", "", ""]
    assert rows[1][8] == "20"
    assert rows[0][10] == "8:00 (8:00),20:00 (12:00)"
    assert rows[3][6] == rows[3][8] == ""


@beside
def test_a_lif_has_the_shape_of_a_real_one(event, five):
    real = cells((SAMPLES / "finishlynx" / "seltec_example_1000007-1000007-01.lif").read_bytes())
    ours = cells(lif_files(event, five)["001-1-01.lif"])
    assert [len(row) for row in ours[:2]] == [len(row) for row in real[:2]]
    assert {len(row) for row in ours[1:]} == {15}


def test_a_heat_in_which_nobody_has_a_result_has_no_lif(event):
    assert lif_files(event, lists(event, race.field(2), [])) == {}


def test_iof_xml_is_valid_and_says_the_same(event, five, iof):
    document = iof_xml(event, five, NOW)
    iof.validate(document.decode())
    root = ET.fromstring(document)  # noqa: S314 - our own document
    results = root.findall(f".//{IOF}PersonResult/{IOF}Result")
    said = [
        tuple(result.findtext(f"{IOF}{name}") for name in ("BibNumber", "Position", "Status"))
        for result in results
    ]
    assert said == [
        ("101", "1", "OK"), ("103", "2", "OK"), ("104", "3", "OK"), ("105", None, "Active"),
        ("102", None, "Disqualified"),
    ]  # fmt: skip
    assert results[0].findtext(f"{IOF}Time") == "1200"
    assert results[1].findtext(f"{IOF}TimeBehind") == "20"
    assert results[0].findtext(f"{IOF}SplitTime/{IOF}Time") == "480"
    assert results[0].findtext(f"{IOF}FinishTime") == "2025-07-05T07:20:00.000Z"
    assert root.findtext(f".//{IOF}Name/{IOF}Family") == "Ødegård"


def test_iof_xml_gives_a_relay_by_its_legs(relay, iof):
    event, standings = relay
    document = iof_xml(event, standings, NOW)
    iof.validate(document.decode())
    team, other = ET.fromstring(document).findall(f".//{IOF}TeamResult")  # noqa: S314
    times = [each.text for each in team.iterfind(f".//{IOF}Result/{IOF}Time")]
    assert times == ["480", "720"]
    assert team.findtext(f".//{IOF}OverallResult/{IOF}Time") == "1200"
    assert team.findtext(f".//{IOF}Family") == "One"
    assert other.findtext(f".//{IOF}OverallResult/{IOF}Status") == "Active"


def test_a_missed_point_stands_in_the_list_as_missing(event, iof):
    standings = lists(event, race.field(1), race.times([1])[1:])
    document = iof_xml(event, standings, NOW)
    iof.validate(document.decode())
    split = ET.fromstring(document).find(f".//{IOF}SplitTime")  # noqa: S314
    assert split is not None
    assert (split.get("status"), split.findtext(f"{IOF}Time")) == ("Missing", None)


def test_a_name_that_no_xml_can_hold_does_not_break_the_document(event, iof):
    roster = race.field(1, n1={"name": "Bell\x07 <b>&\ufffe"})
    document = iof_xml(event, lists(event, roster, race.times([1])), NOW)
    iof.validate(document.decode())
    assert "Bell" in ET.fromstring(document).findtext(f".//{IOF}Given")  # noqa: S314


def test_nobody_is_told_more_than_the_year_of_a_birth_or_a_hidden_name(event, five):
    public = [
        *lif_files(event, five).values(), iof_xml(event, five, NOW), opentrack_json(event, five),
    ]  # fmt: skip
    for content in public:
        text = content.decode()
        for secret in ("05-31", "1999", "Secret", "Zoë"):
            assert secret not in text


def test_opentrack_has_a_unit_for_each_heat_with_its_results(event, five):
    document = json.loads(opentrack_json(event, five))
    (one,) = document["events"]
    (unit,) = one["units"]
    assert (one["event_code"], one["rounds"], unit["status"]) == ("5000", "1", "started")
    assert unit["results"][0] == {"bib": "101", "performance": "20:00", "place": 1}
    assert unit["results"][-1] == {"bib": "102", "performance": "DQ"}
    assert document["competitors"][0]["events_entered"] == [
        {"event_id": "1", "event_code": "5000"}
    ]  # fmt: skip
    assert {team["team_id"] for team in document["teams"]} == {"IL Ås", "Reds"}


@beside
def test_opentrack_uses_no_key_that_a_real_competition_does_not_have(event, five, relay):
    real = json.loads((SAMPLES / "opentrack" / "api_create_full_competition.json").read_text())
    relay_event, relay_lists = relay
    for ours in (opentrack_json(event, five), opentrack_json(relay_event, relay_lists)):
        document = json.loads(ours)
        assert set(document) <= set(real)
        for part in ("competitors", "teams", "relay_teams"):
            for item in document[part]:
                assert set(item) <= set(real[part][0])
        units = [unit for each in real["events"] for unit in each["units"]]
        known = {key for unit in units for key in unit}
        cells = {key for unit in units for result in unit["results"] for key in result}
        for each in document["events"]:
            assert set(each) <= {key for one in real["events"] for key in one}
            for unit in each["units"]:
                assert set(unit) <= known
                assert all(set(result) <= cells for result in unit["results"])


def test_opentrack_names_the_runners_of_a_relay(relay):
    event, standings = relay
    document = json.loads(opentrack_json(event, standings))
    first, _second = document["relay_teams"]
    assert (first["name"], first["runners"][0]) == ("Team 1", "Ann One")
    assert document["events"][0]["event_code"] == "2x2500"
    assert document["competitors"] == []


def required(kind: str, item: dict) -> None:
    missing = set(REQUIRED[kind]) - {"waId"} - set(item)
    assert not missing, f"{kind} without {missing}"


def test_world_athletics_gets_every_field_it_requires(event, five):
    document = json.loads(wa_json(event, five))
    required("Competition", document)
    for athlete in document["athletes"]:
        required("Athlete", athlete)
        assert athlete["sex"] in ENUMS["Athlete.sex"]
    (unit,) = document["units"]
    required("CompetitionUnit", unit)
    (round_,) = unit["rounds"]
    assert round_["type"] in ENUMS["RoundType"]
    (heat,) = round_["races"]
    required("Race", heat)
    assert heat["startTime"] == "09:00:00"
    for result in heat["results"]:
        required("IndividualResult", result)
        assert is_time(result["result"]) or result["result"] in ENUMS["Fault"]
    assert [result["result"] for result in heat["results"]] == [
        "20:00", "20:20", "20:30", "DQ",
    ]  # fmt: skip
    assert document["athletes"][0]["birthdate"] == "1984-05-31"


def test_world_athletics_gets_the_legs_of_a_relay_as_athletes(relay):
    event, standings = relay
    document = json.loads(wa_json(event, standings))
    (result,) = document["units"][0]["rounds"][0]["races"][0]["results"]
    required("RelayResult", result)
    names = {each["id"]: each["lastName"] for each in document["athletes"]}
    assert [names[number] for number in result["legs"]] == ["One", "Two"]
    assert document["relayTeams"][0]["name"] == "Team 1"
    required("RelayTeam", document["relayTeams"][0])


def test_the_same_files_make_the_same_bundle():
    files = {"a.lif": b"1", "b.lif": b"2"}
    assert zipped(files) == zipped(dict(files))
    with zipfile.ZipFile(io.BytesIO(zipped(files))) as opened:
        assert {name: opened.read(name) for name in opened.namelist()} == files
