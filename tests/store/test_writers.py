"""Many write at once: no line is lost or doubled, seq has no gap and grows with the commits."""

from __future__ import annotations

import contextlib
import multiprocessing
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import pytest

from tests.store.races import read
from tests.store.writing import Told, follow, write_as_process, write_lines, write_until_killed
from timing.store.connect import Store
from timing.store.journal import Outcome, append, load_journal

WRITERS, BATCHES, SIZE = 4, 12, 5
TOTAL = WRITERS * BATCHES * SIZE


def the_journal_is_whole(store: Store, event: int, told: list[Told]) -> None:
    """Every line that a station was told of stands once, where it was told, and nothing else."""
    with store.read() as tx:
        journal = load_journal(tx, event)
    identities = [line.id for line in (*journal.reads, *journal.rulings)]
    receipts = {(station, n): seq for one in told for station, n, seq, _ in one}
    assert journal.seq == TOTAL
    assert len(identities) == len(set(identities)) == TOTAL
    assert set(identities) == receipts.keys()
    assert sorted(receipts.values()) == list(range(1, TOTAL + 1))
    assert [receipts[line.id] for line in journal.reads] == sorted(
        receipts[line.id] for line in journal.reads
    )


def each_was_new_once_and_known_once(told: list[Told]) -> None:
    outcomes = [outcome for one in told for *_, outcome in one]
    assert outcomes.count(Outcome.NEW) == outcomes.count(Outcome.KNOWN) == TOTAL


@pytest.mark.slow
def test_threads_that_write_at_once_lose_and_double_no_line(store, event):
    with ThreadPoolExecutor(WRITERS + 1) as pool:
        reader = pool.submit(follow, store, event, TOTAL)
        writers = [
            pool.submit(write_lines, store, event, f"phone{number}", BATCHES, SIZE)
            for number in range(WRITERS)
        ]
        told = [writer.result() for writer in writers]
        seen = reader.result()
    the_journal_is_whole(store, event, told)
    each_was_new_once_and_known_once(told)
    assert len(seen) == len(set(seen)) == TOTAL


@pytest.mark.slow
def test_processes_that_write_at_once_lose_and_double_no_line(store, event, database_url):
    spawned = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(WRITERS, spawned) as pool, ThreadPoolExecutor(1) as watch:
        reader = watch.submit(follow, store, event, TOTAL)
        writers = [
            pool.submit(write_as_process, database_url, event, f"phone{number}", BATCHES, SIZE)
            for number in range(WRITERS)
        ]
        told = [writer.result() for writer in writers]
        seen = reader.result()
    the_journal_is_whole(store, event, told)
    each_was_new_once_and_known_once(told)
    assert len(seen) == len(set(seen)) == TOTAL


@pytest.mark.slow
def test_one_station_that_sends_over_two_ways_at_once_is_written_once(store, event):
    with ThreadPoolExecutor(2) as pool:
        ways = [
            pool.submit(write_lines, store, event, "phone", WRITERS * BATCHES, SIZE)
            for _ in range(2)
        ]
        told = [way.result() for way in ways]
    the_journal_is_whole(store, event, told)
    outcomes = [outcome for one in told for *_, outcome in one]
    assert outcomes.count(Outcome.NEW) == TOTAL


def test_an_open_transaction_is_not_seen_and_leaves_no_hole_for_the_reader(store, event):
    """The trap of a plain autoincrement: a later number that is committed first."""
    with ThreadPoolExecutor(1) as pool:
        with store.write() as tx:
            append(tx, event, [read(1, station="slow")])
            other = pool.submit(write_lines, store, event, "quick", 1, 2)
            with store.read() as view:
                assert load_journal(view, event).seq == 0
            assert not other.done()
        told = other.result()
    assert [seq for _, _, seq, _ in told] == [2, 3, 2, 3]
    with store.read() as tx:
        journal = load_journal(tx, event)
    assert [line.station for line in journal.reads] == ["slow", "quick"]


def test_a_reader_looks_at_one_moment_however_long_it_looks(store, event):
    with store.write() as tx:
        append(tx, event, [read(1)])
    with store.read() as view:
        before = load_journal(view, event)
        with store.write() as tx:
            append(tx, event, [read(2)])
        assert load_journal(view, event) == before
    with store.read() as view:
        assert load_journal(view, event, after=before.seq).reads == (read(2),)


@pytest.mark.slow
def test_a_process_that_is_killed_loses_no_line_that_it_told(store, event, database_url):
    spawned = multiprocessing.get_context("spawn")
    hears, tells = spawned.Pipe(duplex=False)
    arguments = (database_url, event, "phone", tells)
    writer = spawned.Process(target=write_until_killed, args=arguments)
    writer.start()
    tells.close()
    for _ in range(30):
        told = hears.recv()
    writer.kill()
    writer.join()
    with contextlib.suppress(EOFError):
        while True:
            told = hears.recv()
    hears.close()
    with store.read() as tx:
        kept = load_journal(tx, event)
    assert [line.n for line in kept.reads] == list(range(1, kept.seq + 1))
    assert kept.seq in (told, told + 1)
    with store.write() as tx:
        again = append(tx, event, [read(n, station="phone") for n in range(1, told + 1)])
    assert {receipt.outcome for receipt in again} == {Outcome.KNOWN}
