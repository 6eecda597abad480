"""What a device sends is kept in one go: its reads, its lines as they came, its sign of life."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from tests.store.races import GUN, gun, read
from timing.core.clock import Duration
from timing.core.journal.lines import Journal, Read
from timing.store import jotting
from timing.store.connect import Store
from timing.store.jotting import jot
from timing.store.journal import Outcome, UnknownEventError, load_journal
from timing.store.raw_lines import RawLine, list_lines
from timing.store.stations import StationRow, list_stations
from timing.store.swift import write_swiftly

PHONE = "mat"


def row(event: int, **more) -> StationRow:
    known = StationRow(event, PHONE, None, "Finish", "finish", GUN, GUN, 0, None)
    return known._replace(**more)


def sent(store: Store, event: int, *lines, raw: list[RawLine] | None = None, **heard) -> list:
    came = [RawLine(line.n, f"{line}".encode(), line.n) for line in lines]
    return jot(store, row(event, **heard), lines, came if raw is None else raw, GUN)


def kept(store: Store, event: int) -> Journal:
    with store.read() as tx:
        return load_journal(tx, event)


def as_they_came(store: Store, event: int) -> list[RawLine]:
    with store.read() as tx:
        return list_lines(tx, event, PHONE)


def not_at_all(_store, _note) -> None:
    """The short way where it does nothing."""


@pytest.fixture(params=["short way", "long way"])
def way(request, monkeypatch) -> str:
    """There is a short way for new reads; whatever is sent, both give the same."""
    if request.param == "long way":
        monkeypatch.setattr(jotting, "write_swiftly", not_at_all)
    return request.param


def test_new_reads_are_kept_with_their_lines_and_the_device_is_heard(store, event, way):
    lines = [read(3), read(1, None), read(2, bib=None, chip="AA01", at=None, strength=-61)]
    receipts = sent(store, event, *lines, unsent=7)
    assert [(r.line, r.seq, r.outcome, r.kept) for r in receipts] == [
        (line.id, seq, Outcome.NEW, line.id) for seq, line in enumerate(lines, 1)
    ]
    assert kept(store, event) == Journal(tuple(lines), (), 3)
    assert [(line.position, line.n) for line in as_they_came(store, event)] == [
        (1, 1), (2, 2), (3, 3),
    ]  # fmt: skip
    with store.read() as tx:
        assert list_stations(tx, event) == [row(event, unsent=7)]


def test_the_next_lines_stand_behind_the_last_ones(store, event, way):
    sent(store, event, read(1), read(2))
    assert [receipt.seq for receipt in sent(store, event, read(3))] == [3]
    assert kept(store, event).seq == 3


@pytest.mark.parametrize("again", [[1], [1, 2], [2, 3], [3, 1]])
def test_what_is_there_already_is_known_and_the_rest_is_new(store, event, way, again):
    sent(store, event, read(1), read(2))
    outcomes = {r.line[1]: r.outcome for r in sent(store, event, *map(read, again))}
    assert outcomes == {n: Outcome.KNOWN if n < 3 else Outcome.NEW for n in again}
    assert len(kept(store, event).reads) == kept(store, event).seq == 2 + (3 in again)


def test_another_read_under_a_number_is_kept_too(store, event, way):
    sent(store, event, read(1, "101"))
    [receipt] = sent(store, event, read(1, "102"))
    assert receipt.outcome is Outcome.CLASH
    assert [line.bib for line in kept(store, event).reads] == ["101", "102"]


def test_a_read_under_the_number_of_a_ruling_is_a_clash(store, event, way):
    jot(store, row(event), [gun(1, station=PHONE)], [RawLine(1, b"gun", 1)], GUN)
    [receipt] = sent(store, event, read(1))
    assert receipt.outcome is Outcome.CLASH


def test_twice_in_one_batch_is_once(store, event, way):
    outcomes = [receipt.outcome for receipt in sent(store, event, read(1), read(1))]
    assert outcomes == [Outcome.NEW, Outcome.KNOWN]


def test_a_good_line_behind_a_garbled_one_of_its_number_keeps_both(store, event, way):
    garbled = RawLine(1, b"\x00\xff", None, "too short")
    sent(store, event, raw=[garbled])
    [receipt] = sent(store, event, read(1), raw=[RawLine(1, b"good", 1)])
    assert receipt.outcome is Outcome.NEW
    assert {line.content for line in as_they_came(store, event)} == {b"\x00\xff", b"good"}
    assert garbled in as_they_came(store, event)


def test_lines_of_another_station_are_no_business_of_the_short_way(store, event, way):
    lines = [read(1), read(1, station="other")]
    assert [receipt.seq for receipt in sent(store, event, *lines)] == [1, 2]
    assert kept(store, event).reads == tuple(lines)


def test_a_device_is_heard_again_and_its_first_time_is_kept(store, event, way):
    sent(store, event, read(1), clock_offset=Duration(5), unsent=3)
    sent(store, event, read(2), first_heard=GUN + 9, last_heard=GUN + 9, name="Left")
    with store.read() as tx:
        [station] = list_stations(tx, event)
    assert station == row(
        event, last_heard=GUN + 9, name="Left", clock_offset=Duration(5), unsent=0
    )


def test_a_sign_of_life_needs_no_line(store, event, way):
    assert sent(store, event) == []
    with store.read() as tx:
        assert list_stations(tx, event) == [row(event)]


def test_what_no_database_can_hold_is_replaced(store, event, way):
    odd = read(1, "1\0", source="ü\ud800")
    [receipt] = sent(store, event, odd, raw=[])
    assert receipt.outcome is Outcome.NEW
    assert kept(store, event).reads == (odd._replace(bib="1␀", source="ü?"),)


def test_no_event_is_refused_and_nothing_is_kept(store, event, way):
    with pytest.raises(UnknownEventError, match="no event 77"):
        sent(store, 77, read(1))
    assert kept(store, event) == Journal()


@pytest.mark.slow
def test_many_devices_at_once_leave_no_gap_and_one_that_sends_twice_at_once_is_written_once(
    store, event
):
    """Each line of a device goes out over two ways at the same moment."""
    devices, lines = 3, 25

    def send(device: str) -> list:
        told = []
        for n in range(1, lines + 1):
            heard = row(event, id=device)
            raw = [RawLine(n, b"%d" % n, n)]
            told += jot(store, heard, [read(n, station=device)], raw, GUN)
        return told

    with ThreadPoolExecutor(2 * devices) as pool:
        told = list(pool.map(send, [f"phone-{k // 2}" for k in range(2 * devices)]))
    receipts = [receipt for one in told for receipt in one]
    journal = kept(store, event)
    assert journal.seq == len(journal.reads) == devices * lines
    assert len({line.id for line in journal.reads}) == devices * lines
    assert sorted(r.seq for r in receipts if r.outcome is Outcome.NEW) == list(
        range(1, devices * lines + 1)
    )
    assert {r.outcome for r in receipts} == {Outcome.NEW, Outcome.KNOWN}
    standing = {line.id: seq for seq, line in enumerate(journal.reads, 1)}
    assert all(standing[receipt.line] == receipt.seq for receipt in receipts)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.lists(st.tuples(st.integers(1, 6), st.sampled_from("ab")), max_size=3), max_size=5)
)
def test_both_ways_come_to_the_same(store, event, monkeypatch, batches):
    """The same batches under two stations: one by the short way, one by the long way."""
    before = len(kept(store, event).reads)
    stories = []
    for way, swiftly in (("short", write_swiftly), ("long", not_at_all)):
        monkeypatch.setattr(jotting, "write_swiftly", swiftly)
        station = f"{way}-{before}"
        told = []
        for batch in batches:
            lines = [read(n, bib, station=station) for n, bib in batch]
            raw = [RawLine(line.n, f"{line.bib}".encode(), line.n) for line in lines]
            receipts = jot(store, row(event, id=station), lines, raw, GUN)
            told += [(r.line[1], r.outcome, r.kept[1]) for r in receipts]
        with store.read() as tx:
            found: list[Read] = [
                line for line in load_journal(tx, event).reads if line.station == station
            ]
            stories.append(
                (told, [line._replace(station="") for line in found],
                 list_lines(tx, event, station))
            )  # fmt: skip
    assert stories[0] == stories[1]
