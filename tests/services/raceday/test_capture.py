"""Lines of stations: kept whatever they say, acknowledged one by one, harmless when sent again."""

import json

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from tests.core.story import contest, course, entry, event, story
from tests.services.days import SLUG, places, run_day
from timing.core.refusal import Refusal
from timing.services.office import stations
from timing.services.raceday import capture
from timing.services.raceday.capture import Batch
from timing.store import journal, raw_lines, roster, setup
from timing.store.stations import list_stations

PHONE = "phone-0001"


@pytest.fixture
def permit(house):
    run_day(house, "gun 0:00 | 101 start 0:01 | 102 start 0:01")
    return stations.permit(house, stations.make_link(house, SLUG, "Finish", "Ada", point="finish"))


def send(house, permit, *lines, **more):
    return capture.take(house, permit, Batch(station=PHONE, lines=list(lines), **more))


def at(text):
    from tests.core.story import moment

    return moment(text)


def test_a_line_is_written_down_and_named(house, permit):
    [receipt] = send(house, permit, {"n": 1, "bib": "101", "at": at("6:45")})
    assert (receipt.n, receipt.outcome) == (1, "new")
    assert receipt.seq > 0
    assert places(house).startswith("1 101")


def test_a_line_that_is_sent_again_changes_nothing(house, permit):
    line = {"n": 1, "bib": "101", "at": at("6:45")}
    send(house, permit, line)
    [again] = send(house, permit, line)
    assert again.outcome == "known"
    with house.store.read() as tx:
        assert len(journal.load_journal(tx, permit.event).reads) == 3


def test_another_line_under_the_same_number_is_kept_too(house, permit):
    send(house, permit, {"n": 1, "bib": "101", "at": at("6:45")})
    [clash] = send(house, permit, {"n": 1, "bib": "102", "at": at("6:50")})
    assert clash.outcome == "clash"
    assert places(house) == "1 101 | 2 102"


def test_the_link_decides_the_timing_point(house, permit):
    send(house, permit, {"n": 1, "bib": "101", "at": at("6:45"), "point": "start"})
    with house.store.read() as tx:
        assert journal.load_journal(tx, permit.event).reads[-1].point == "finish"


def test_a_line_that_is_none_is_named_and_the_others_are_kept(house, permit):
    receipts = send(
        house, permit,
        {"n": 1, "bib": "101", "at": "soon"}, "garbage", {"n": 3, "bib": "102", "at": at("6:50")},
    )  # fmt: skip
    assert [(each.n, each.outcome) for each in receipts] == [
        (0, "unreadable"), (1, "unreadable"), (3, "new"),
    ]  # fmt: skip
    assert "int" in receipts[1].sentence
    with house.store.read() as tx:
        kept = raw_lines.list_lines(tx, permit.event, PHONE)
    assert {line.content for line in kept} >= {b'"garbage"'}
    assert [line.problem != "" for line in kept if line.n == 1] == [True]


def test_a_good_line_is_no_problem_because_garbage_came_under_its_number(house, permit):
    good = {"n": 1, "bib": "101", "at": at("6:45")}
    send(house, permit, {"n": 1, "bib": "101", "at": "soon"}, good)
    with house.store.read() as tx:
        kept = raw_lines.list_lines(tx, permit.event, PHONE)
    assert {msgspec.json.decode(line.content)["at"]: line.problem != "" for line in kept} == {
        "soon": True, at("6:45"): False,
    }  # fmt: skip


def test_the_raw_stamp_of_the_device_is_kept(house, permit):
    line = {"n": 1, "bib": "101", "at": at("6:45"), "stamp": 5, "offset": 7}
    send(house, permit, line)
    with house.store.read() as tx:
        [kept] = raw_lines.list_lines(tx, permit.event, PHONE)
    assert msgspec.json.decode(kept.content) == line


def test_a_station_takes_its_own_line_back(house, permit):
    send(house, permit, {"n": 1, "bib": "101", "at": at("6:45")})
    send(house, permit, {"n": 2, "what": "undo", "about": 1, "at": at("6:46")})
    assert "1 101" not in places(house)


def test_a_time_gets_its_bib_later(house, permit):
    send(house, permit, {"n": 1, "at": at("6:45"), "source": "button"})
    assert "1 101" not in places(house)
    send(house, permit, {"n": 2, "what": "bib", "about": 1, "bib": "101", "at": at("6:50")})
    assert places(house).startswith("1 101")


def test_a_note_on_a_line_is_kept(house, permit):
    send(house, permit, {"n": 1, "bib": "101", "at": at("6:45")})
    [receipt] = send(
        house, permit, {"n": 2, "what": "note", "about": 1, "text": "fell at the line"}
    )
    assert receipt.outcome == "new"
    with house.store.read() as tx:
        note = journal.load_journal(tx, permit.event).rulings[-1]
    assert (note.act.text, note.author) == ("fell at the line", "Finish")


@pytest.mark.parametrize("what", [{"what": "undo"}, {"what": "erase", "about": 1}])
def test_a_decision_that_no_station_can_make_is_named(house, permit, what):
    [receipt] = send(house, permit, {"n": 1, **what})
    assert receipt.outcome == "unreadable"


def test_the_office_hears_how_a_device_is_doing(house, permit, clock):
    send(house, permit, unsent=3, offset=1_500_000, name="Left side")
    with house.store.read() as tx:
        [station] = list_stations(tx, permit.event)
    assert (station.name, station.unsent, station.clock_offset) == ("Left side", 3, 1_500_000)
    assert not stations.devices(house, SLUG)[0].silent
    clock.advance(120_000_000)
    assert stations.devices(house, SLUG)[0].silent
    send(house, permit)
    [heard] = stations.devices(house, SLUG)
    assert heard.station.first_heard < heard.station.last_heard
    assert heard.station.clock_offset == 1_500_000


def test_a_line_for_a_deleted_contest_lands_in_the_anomalies(house):
    walk = contest("walk", course("gate 0 | tower 1000"))
    both = event([contest(), walk])
    run_day(house, "gun 0:00 race", of=both, entered=[entry("101"), entry("201", contest="walk")])
    tower = stations.permit(house, stations.make_link(house, SLUG, "T", "Ada", point="tower"))
    told = story("", of=event([contest()]), entered="101")
    with house.store.write() as tx:
        roster.save_roster(tx, tower.event, told.roster)
        setup.save_event(tx, told.event)
    [receipt] = send(house, tower, {"n": 1, "bib": "201", "at": at("6:45")})
    assert receipt.outcome == "new"
    snapshot = house.live.snapshot(SLUG, fresh=True)
    assert [(each.code, each.line) for each in snapshot.anomalies] == [("unknown_bib", (PHONE, 1))]


def test_a_link_ends(house, permit, clock):
    token = stations.make_link(house, SLUG, "Finish", "Ada", point="finish")
    clock.advance(40 * 3_600_000_000)
    with pytest.raises(Refusal, match="has ended"):
        stations.permit(house, token)


def test_a_link_that_was_closed_says_so(house, permit):
    token = stations.make_link(house, SLUG, "Finish", "Ada", point="finish")
    stations.revoke(house, stations.hashed(token))
    with pytest.raises(Refusal, match="closed by the race office"):
        stations.permit(house, token)
    assert [link.revoked_at is None for link in stations.links(house, SLUG)].count(False) == 1


def test_a_forged_link_is_refused(house):
    with pytest.raises(Refusal, match="not one of ours"):
        stations.permit(house, "forged")


def test_a_link_needs_an_event(house):
    with pytest.raises(Refusal, match="no event"):
        stations.make_link(house, "nowhere", "Finish", "Ada", point="finish")
    with pytest.raises(Refusal, match="no event"):
        stations.links(house, "nowhere")


def test_missing_numbers_are_counted_and_a_clash_is_no_number(house, permit):
    for n in (1, 2, 5):
        send(house, permit, {"n": n, "bib": "101", "at": at("6:45") + n})
    send(house, permit, {"n": 5, "bib": "102", "at": at("6:50")})
    send(house, permit, {"n": 6, "what": "undo", "about": 5, "at": at("6:51")})
    [heard] = stations.devices(house, SLUG)
    assert (heard.here, heard.of) == (4, 6)


def test_a_clash_is_an_anomaly(house, permit):
    for bib in ("101", "102"):
        send(house, permit, {"n": 4, "bib": bib, "at": at("6:45")})
    codes = [each.code for each in house.live.snapshot(SLUG, fresh=True).anomalies]
    assert "clash" in codes


@pytest.mark.parametrize(
    "silly",
    [
        {"n": 2**31}, {"n": 2, "at": 2**63}, {"n": 2, "strength": -(2**40)}, {"n": 2**90},
        {"n": True}, {"n": 2, "what": "undo", "about": 2**31}, {"n": 2, "text": "\ud83d" * 501},
    ],
)  # fmt: skip
def test_one_silly_line_never_costs_the_lines_beside_it(house, permit, silly):
    receipts = send(house, permit, silly, {"n": 3, "bib": "101", "at": at("6:45")})
    assert sorted(each.outcome for each in receipts) == ["new", "unreadable"]
    with house.store.read() as tx:
        kept = raw_lines.list_lines(tx, permit.event, PHONE, only_problems=True)
    assert [json.loads(line.content) for line in kept] == [silly]


@pytest.mark.parametrize("off", [2**80, -(2**62)])
def test_a_wild_offset_and_a_silly_count_are_not_believed(house, permit, off):
    send(house, permit, offset=off, unsent=2**40, name="x\0\ud83d" * 80)
    [heard] = stations.devices(house, SLUG)
    assert (heard.station.clock_offset, heard.station.unsent) == (None, 2**31 - 1)


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
_FIELDS = ("n", "bib", "chip", "at", "source", "point", "strength", "what", "about", "text")
_LINES = _VALUES | st.dictionaries(st.sampled_from(_FIELDS), _VALUES | st.integers(1, 50))


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(lines=st.lists(_LINES, max_size=6), good=st.integers(1000, 2000))
def test_whatever_else_is_in_a_batch_a_good_line_is_taken_and_every_line_gets_a_receipt(
    house, permit, lines, good
):
    line = {"n": good, "bib": "101", "at": at("6:45")}
    sent = json.dumps({"station": PHONE, "lines": [*lines, line]}).encode()
    receipts = capture.take(house, permit, capture.read_batch(sent))
    assert len(receipts) == len(lines) + 1
    mine = {each.outcome for each in receipts if each.n == good}
    assert mine & {"new", "known", "clash"}


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"[1",
        b"[]",
        b'{"station": "short"}',
        b"[" * 99_999,
        rb'{"station": "phone-\u0000-1"}',
        rb'{"station": "phone-\ud83d-1"}',
    ],
)
def test_what_is_no_batch_at_all_is_refused(sent):
    with pytest.raises(capture.NoBatchError):
        capture.read_batch(sent)
