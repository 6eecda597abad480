"""API v1 as another program meets it: the same truth as on the pages, in one form."""

from __future__ import annotations

import csv
import io

import pytest

from tests.web import race
from timing.core.journal.lines import Ruling
from timing.core.journal.rulings import SetStatus
from timing.core.status import Status
from timing.services.publications import publishing
from timing.services.publications.publishing import Order

API = "/api/v1/events"
LIST = f"{API}/mile/contests/five/standings"


def bibs(answer, key: str = "rows") -> list[str]:
    return [row["bib"] for row in answer.json[key]]


def disqualify(house, number: int) -> None:
    act = SetStatus(entry=number, round="final", status=Status.DQ, rule="IRR 2")
    race.more(house, "mile", Ruling("office", number, race.GUN, act, "cut", "ref"))
    house.live.forget("mile")


def test_events_and_the_state_of_their_contests(five, client):
    assert [each["slug"] for each in client.get(API).json["events"]] == ["mile"]
    event = client.get(f"{API}/mile").json
    (contest,) = event["contests"]
    assert (contest["code"], contest["distance_mm"], contest["basis"]) == ("five", 5_000_000, "gun")
    assert contest["rounds"][0] | {"start_us": 0} == {
        "code": "final", "name": "Final", "heats": 1, "start_us": 0, "expected": 6, "finished": 4,
        "on_course": 1, "waiting": 1, "begun": True,
    }  # fmt: skip
    assert [point["kind"] for point in contest["points"]] == ["start", "split", "finish"]
    assert client.get(f"{API}/mile/contests").json["contests"] == event["contests"]
    assert f"{API}/mile/results.csv" in event["feeds"]


def test_a_list_is_in_the_order_of_the_rank_with_exact_times(five, client):
    page = client.get(LIST).json
    first = page["rows"][0]
    assert [row["bib"] for row in page["rows"]] == ["101", "102", "103", "104", "105", "106"]
    assert (first["place"], first["time"], first["official_us"]) == (1, "20:00", race.WINNER)
    assert first["born"] == "1971"
    assert [split["elapsed_us"] for split in first["splits"]] == [0, 480_000_000, race.WINNER][1:]
    assert page["rows"][4]["status"] == "RUN"
    assert (page["found"], page["next"], page["round"]) == (6, None, "final")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("sex=W", ["101", "103", "105"]),
        ("state=finished&club=Reds", ["102"]),
        ("q=unal", ["103"]),
        ("delegation=POL", ["101", "103", "105"]),
        ("heat=2", []),
        ("sex=", ["101", "102", "103", "104", "105", "106"]),
    ],
)
def test_a_list_is_narrowed_and_keeps_its_order_and_places(five, client, asked, found):
    answer = client.get(f"{LIST}?{asked}")
    assert bibs(answer) == found
    assert all(row["position"] == int(row["bib"]) - 100 for row in answer.json["rows"])


def test_parts_follow_each_other_without_a_gap_or_a_double(five, client):
    address, seen = f"{LIST}?limit=4&state=finished&sex=W", []
    first = client.get(f"{LIST}?limit=2")
    assert first.headers["Link"].endswith('rel="next"')
    cursor = ""
    for _ in range(4):
        part = client.get(f"{LIST}?limit=2&cursor={cursor}")
        seen += bibs(part)
        cursor = part.json["next"] or ""
        if not cursor:
            break
    assert seen == ["101", "102", "103", "104", "105", "106"]
    assert "Link" not in client.get(address).headers


def test_the_link_to_the_next_part_can_be_followed(five, client):
    link = client.get(f"{LIST}?limit=2&state=finished&club=").headers["Link"]
    following = link.partition(">")[0].removeprefix("<")
    assert bibs(client.get(following)) == ["103", "104"]


def test_a_list_is_a_table_too(five, client):
    answer = client.get(f"{LIST}.csv?sex=M")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert answer.mimetype == "text/csv"
    assert [(row["place"], row["bib"]) for row in rows] == [
        ("2", "102"), ("4", "104"), ("", "106"),
    ]  # fmt: skip


def test_a_runner_has_passings_with_places(five, client):
    runner = client.get(f"{API}/mile/runners/102").json
    (start,) = runner["starts"]
    assert (start["row"]["position"], start["before"], start["after"]) == (2, "101", "103")
    turn, finish = start["passings"]
    assert (turn["name"], turn["place"], finish["place"]) == ("Turn", 2, 2)
    assert finish["pace_us"] > 0


def test_entries_hold_only_what_everybody_may_know(house, client):
    special = {"born": "1985-07-30", "external": "R77", "note": "diabetic", "chips": ("A1",)}
    hidden = {"hidden": True, "club": "Secret AC"}
    race.hold(house, race.race(), race.field(3, n1=special, n2=hidden), [])
    answer = client.get(f"{API}/mile/entries")
    first, second, _third = answer.json["entries"]
    assert first["born"] == "1985"
    assert (second["name"], second["club"]) == ("—", "")
    assert first["starts"] == [{"round": "final", "heat": 1, "lane": 0, "wave": "a"}]
    for secret in ("07-30", "R77", "diabetic", "A1", "Secret"):
        assert secret not in answer.text
    table = client.get(f"{API}/mile/entries.csv").text
    assert "Secret" not in table
    assert table.splitlines()[1].startswith("five,101,Åse Ødegård,IL Ås,POL,1985,W,")


def test_entries_come_in_parts(five, client):
    first = client.get(f"{API}/mile/entries?limit=4&contest=five")
    rest = client.get(f"{API}/mile/entries?contest=five&cursor={first.json['next']}")
    assert bibs(first, "entries") + bibs(rest, "entries") == [str(n) for n in range(101, 107)]
    assert (first.json["found"], rest.json["next"]) == (6, None)


def test_medals_and_records_are_told(house, client):
    race.hold(house, race.race(), race.field(3), race.times([1, 2, 3]))
    table = client.get(f"{API}/mile/medals").json
    assert [line["delegation"] for line in table["table"]] == ["POL", "NOR"]
    assert client.get(f"{API}/mile/medals.csv").text.splitlines()[0].startswith("rank,delegation")
    records = client.get(f"{API}/mile/records").json
    assert set(records) == {"event", "standing", "attacks"}


def test_publications_their_rows_and_what_each_version_changed(five, client):
    publishing.publish(five, "mile", "five", Order("ref"))
    disqualify(five, 1)
    publishing.publish(five, "mile", "five", Order("ref", reason="cut the course"))
    listed = client.get(f"{API}/mile/publications").json["publications"]
    assert [(each["version"], each["note"]) for each in listed] == [(1, ""), (2, "cut the course")]
    assert "author" not in listed[0]
    first = client.get(f"{API}/mile/contests/five/publications/1").json
    assert first["rounds"][0]["lines"][0]["bib"] == "101"
    changes = client.get(f"{API}/mile/contests/five/publications/2/changes").json
    moved = {each["bib"]: each for each in changes["changes"]}
    assert moved["101"]["before"] == {"place": "1", "time": "20:00"}
    assert moved["102"]["after"]["place"] == "1"
    whole = client.get(f"{API}/mile/contests/five/publications/2/changes?older=0").json
    assert {each["before"] for each in whole["changes"]} == {None}


def test_an_old_publication_does_not_name_who_has_asked_to_be_hidden_since(five, client):
    from timing.store import roster, setup

    publishing.publish(five, "mile", "five", Order("ref"))
    with five.store.write() as tx:
        number = setup.find_event(tx, "mile")
        roster.save_roster(tx, number, race.field(6, n1={"hidden": True}))
        setup.touch(tx, number)
    five.live.forget("mile")
    for address in ("publications/1", "publications/1/changes?older=0"):
        text = client.get(f"{API}/mile/contests/five/{address}").text
        assert "101" in text
        assert "Ødegård" not in text


def test_the_position_tells_whether_anything_changed(five, client):
    before = client.get(f"{API}/mile/position").json
    disqualify(five, 1)
    after = client.get(f"{API}/mile/position").json
    assert after["seq"] == before["seq"] + 1


@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        (f"{API}/nowhere", 404, "no event called nowhere"),
        (f"{API}/nowhere/medals", 404, "no event called nowhere"),
        (f"{API}/mile/contests/ten/standings", 404, "no contest ten at mile"),
        (f"{LIST}?round=heats", 404, "no such round"),
        (f"{API}/mile/runners/999", 404, "Nobody wears bib 999"),
        (f"{LIST}?cursor=rubbish", 400, "cursor is broken"),
        (f"{LIST}?cursor=%00%ff", 400, "cursor is broken"),
        (f"{LIST}?cursor=ZW50cmllcy8vMg", 400, "of another list"),
        (f"{LIST}?q=" + "x" * 10_000, 400, "is no value of “q”"),
        (f"{LIST}?limit=many", 400, "is no value of “limit”"),
        (f"{LIST}?limit=0", 400, "is no value of “limit”"),
        (f"{LIST}?state=asleep", 400, "is no value of “state”"),
        (f"{LIST}?sexx=W", 400, "“sexx” cannot be asked for here"),
        (f"{API}/mile/contests/five/publications/9", 404, "Version 9"),
        (f"{API}/mile/contests/five/publications/9/changes", 404, "Version 9"),
        (f"{API}/mile/contests/five/publications/one", 404, ""),
        (f"{API}/mile/results.doc", 404, "no such format"),
        ("/api/v1/nothing", 404, ""),
        ("/api/nothing", 404, ""),
    ],
)
def test_what_cannot_be_answered_is_a_problem_document(five, client, address, status, sentence):
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert answer.json["status"] == status
    assert sentence in answer.json["detail"]


REFUSED = (
    f"{API}/nowhere", f"{API}/mile/contests/ten/standings", f"{LIST}?round=heats",
    f"{API}/mile/runners/999", f"{LIST}?cursor=rubbish", f"{LIST}?q=" + "x" * 10_000,
    f"{LIST}?limit=many", f"{LIST}?limit=0", f"{LIST}?state=asleep", f"{LIST}?sexx=W",
    f"{API}/mile/contests/five/publications/9", f"{API}/mile/results.doc", "/api/v1/nothing",
    "/api/v1/stations/expected", "/mile/none.json",
)  # fmt: skip


@pytest.mark.parametrize("language", ["de", "it", "fr", "es"])
def test_a_problem_document_speaks_the_readers_language(five, client, language):
    for address in REFUSED:
        english = client.get(address).json
        told = client.get(address, headers={"Accept-Language": language}).json
        assert told["status"] == english["status"]
        assert told["title"] != english["title"], address
        assert told["detail"] != english["detail"], address


def test_a_hidden_event_is_as_unknown_as_one_that_is_not_there(house, client):
    race.hold(house, race.race(public=False), race.field(2), race.times([1]))
    assert client.get(API).json["events"] == []
    places = [
        "", "/contests", "/position", "/entries", "/entries.csv", "/medals", "/medals.csv",
        "/records", "/publications", "/runners/101", "/results.csv", "/contests/five/standings",
        "/contests/five/standings.csv", "/contests/five/publications/1",
        "/contests/five/publications/1/changes",
    ]  # fmt: skip
    for place in places:
        answer = client.get(f"{API}/mile{place}")
        assert answer.status_code == 404, place
        assert answer.json["detail"] == "There is no event called mile here.", place


def test_another_method_is_refused_with_those_that_there_are(five, client):
    answer = client.post(LIST, json={})
    assert (answer.status_code, answer.mimetype) == (405, "application/problem+json")
    assert "GET" in answer.headers["Allow"]


def test_pages_of_other_sites_may_read_what_is_public_and_nothing_else(five, client):
    answer = client.get(LIST)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    asked = {"Origin": "https://club.example", "Access-Control-Request-Method": "GET"}
    allowed = client.options(LIST, headers=asked)
    assert allowed.status_code == 200
    assert "GET" in allowed.headers["Access-Control-Allow-Methods"]
    assert client.get(f"{API}/nowhere").headers["Access-Control-Allow-Origin"] == "*"
    for closed in ("/api/v1/stations/expected", "/mile/five", "/staff/"):
        assert "Access-Control-Allow-Origin" not in client.get(closed).headers


def test_an_unchanged_answer_is_a_304_that_other_sites_may_read_too(settings, clock):
    from timing.app import create_app

    ticks = [0.0]
    app = create_app(settings, clock, ticks=lambda: ticks[0])
    house = app.extensions["house"]
    race.hold(house, race.race(), race.field(3), race.times([1, 2]))
    client = app.test_client()
    first = client.get(LIST)
    same = client.get(LIST, headers={"If-None-Match": first.headers["ETag"]})
    assert (same.status_code, same.data) == (304, b"")
    assert same.headers["Access-Control-Allow-Origin"] == "*"
    assert sum(len(name) + len(value) + 4 for name, value in same.headers) < 150
    race.more(house, "mile", *race.times([3]))
    house.live.forget("mile")
    ticks[0] = 2.0
    again = client.get(LIST, headers={"If-None-Match": first.headers["ETag"]})
    assert again.json["rows"][2]["place"] == 3
    house.store.close()


def test_errors_are_in_the_language_of_the_reader_as_far_as_there_is_one(five, client):
    answer = client.get(f"{LIST}?lang=de&limit=2")
    assert answer.status_code == 200


def test_every_public_feed_can_be_fetched_and_no_other(five, client):
    feeds = client.get(f"{API}/mile").json["feeds"]
    kinds = {address.rpartition(".")[2]: client.get(address) for address in feeds}
    assert set(kinds) == {"csv", "json", "xlsx", "lif", "iof", "opentrack"}
    assert {answer.status_code for answer in kinds.values()} == {200}
    assert kinds["iof"].mimetype == "application/xml"
    assert 'filename="mile.iof.xml"' in kinds["iof"].headers["Content-Disposition"]
    for private in ("wa", "ultrasignup", "runsignup"):
        assert client.get(f"{API}/mile/results.{private}").status_code == 404
