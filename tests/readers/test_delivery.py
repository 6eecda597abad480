"""Commit first, acknowledge after, never drop: the order in which a batch is dealt with."""

from __future__ import annotations

import threading
from itertools import islice

import pytest

from timing.core.clock import SECOND, Instant
from timing.readers.connection import read_from
from timing.readers.delivery import Batch, CommitError, Host, back_off, deliver
from timing.readers.sighting import BoxClock, Refused, Reply, Sighting

READ = Sighting("k", "line", Instant(5), chip="A")


class Diary:
    """Writes down who did what in which order; refuses the first commits if told so."""

    def __init__(self, refusals: int = 0, stop_after: int | None = None) -> None:
        self.entries: list[str] = []
        self.batches: list[Batch] = []
        self._refusals, self._stop_after = refusals, stop_after
        self.host = Host(
            lambda: Instant(7 * SECOND), threading.Event(), self.entries.append, sleep=self._slept
        )

    def _slept(self, span):
        self.entries.append(f"waits {span / SECOND}")
        if self._stop_after is not None and len(self.entries) >= self._stop_after:
            self.host.stop.set()

    def position(self):
        return {}

    def commit(self, batch):
        if self._refusals:
            self._refusals -= 1
            raise CommitError("disk full")
        self.batches.append(batch)
        self.entries.append("committed")

    def send(self, data):
        self.entries.append(data.decode())

    def deliver(self, *events):
        return deliver(events, lambda: {"n": 1}, self, self.host, self.send)


def test_an_acknowledgement_goes_out_only_after_the_commit():
    diary = Diary()
    assert diary.deliver(READ, Reply(b"ack", after_commit=True), Reply(b"pong"))
    assert diary.entries == ["pong", "committed", "ack"]


def test_a_commit_that_fails_is_tried_again_until_it_succeeds():
    diary = Diary(refusals=3)
    diary.deliver(READ, Reply(b"ack", after_commit=True))
    waits = [entry for entry in diary.entries if entry.startswith("waits")]
    assert waits == ["waits 0.5", "waits 1.0", "waits 2.0"]
    assert diary.entries[-2:] == ["committed", "ack"]
    assert "not saved yet: disk full" in diary.entries


def test_nothing_is_acknowledged_if_the_work_is_stopped_before_the_commit():
    diary = Diary(refusals=1000, stop_after=5)
    assert not diary.deliver(READ, Reply(b"ack", after_commit=True))
    assert "ack" not in diary.entries
    assert "committed" not in diary.entries


def test_a_refused_line_is_committed_like_a_sighting():
    diary = Diary()
    refused = Refused(3, "x", "layout", "no read")
    diary.deliver(refused, READ)
    (batch,) = diary.batches
    assert (batch.sightings, batch.refused) == ([READ], [refused])
    assert (batch.position, batch.arrived) == ({"n": 1}, 7 * SECOND)


def test_the_offset_of_a_box_is_its_clock_minus_ours():
    diary = Diary()
    diary.deliver(BoxClock(Instant(9 * SECOND)))
    assert diary.batches[0].clocks == [(9 * SECOND, 2 * SECOND)]


def test_mere_talk_is_no_batch():
    diary = Diary()
    assert not diary.deliver(Reply(b"pong"))
    assert diary.entries == ["pong"]


def test_the_pause_doubles_up_to_half_a_minute():
    spans = [span / SECOND for span in islice(back_off(), 9)]
    assert spans == [0.5, 1, 2, 4, 8, 16, 30, 30, 30]


def test_an_address_where_nobody_answers_is_tried_again_and_told():
    diary = Diary(stop_after=4)
    read_from(("127.0.0.1", 1), lambda _: pytest.fail("never connected"), diary, diary.host)
    assert diary.entries[0].startswith("no connection to 127.0.0.1:1")
    assert diary.entries[1::2] == ["waits 0.5", "waits 1.0"]
