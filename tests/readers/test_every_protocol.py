"""Four laws for every protocol that speaks over a socket, against a box that really speaks it.

The line breaks, lines come in pieces, the box repeats itself, our process is killed: what the box
said is there exactly once. A box that cannot repeat anything is helped by its file, sent again.
"""

from __future__ import annotations

import pytest

from tests.readers.emulators import mylaps, reads
from tests.readers.emulators.cast import ALL, Part
from tests.readers.emulators.sockets import run_box
from tests.readers.emulators.wire import Faults, Journal
from timing.readers.formats import FORMATS

CUTS = (40, 333, 777, 60, 1500)
KILLS = (2, -4, 7, -9, 12)


def check(part: Part, journal: Journal) -> None:
    """Everything is there, and nothing twice."""
    told = [each for each in journal.sightings.values() if each.kind == "read"]
    assert {part.view(each) for each in told} == part.reads
    assert len(told) == len(part.reads)
    assert len(journal.sightings) == part.count


def test_every_protocol_over_a_socket_has_its_box():
    assert set(ALL) == {name for name, each in FORMATS.items() if each.way != "file"}


@pytest.mark.parametrize("name", ALL)
def test_every_read_arrives_once_though_the_line_breaks(name):
    part = ALL[name]
    journal = Journal(part.count)
    box, consumer = run_box(name, part.box(), journal, Faults(chunk=13, cut_after=CUTS))
    check(part, journal)
    assert box.connections >= 3
    told = {each.line for each in journal.refused if each.code != "cut-off"}
    assert told <= {mylaps.GARBLED}
    assert name not in WHO_RECONNECTS or consumer.paused, "we try again after a pause"


@pytest.mark.parametrize("name", ALL)
def test_lines_that_come_in_pieces_are_lines(name):
    part = ALL[name]
    journal = Journal(part.count)
    box, _ = run_box(name, part.box(), journal, Faults(chunk=3))
    check(part, journal)
    assert box.connections == 1
    assert [each.code for each in journal.refused].count("cut-off") <= 1, "only when we leave"


@pytest.mark.parametrize("name", ALL)
def test_what_a_box_says_again_is_there_once(name):
    """Our memory of where to go on is gone, so that the box says all of it again."""
    part = ALL[name]
    journal = Journal(part.count, dies_with=(part.count // 2, part.count), forgetful=True)
    _, consumer = run_box(name, part.replay(), journal, Faults(chunk=400))
    check(part, journal)
    assert consumer.deaths == 2
    assert journal.repeats > 0


@pytest.mark.parametrize("name", ALL)
def test_a_killed_process_loses_and_doubles_nothing(name):
    part = ALL[name]
    journal = Journal(part.count, dies_at=KILLS, fails_at=(5, 6))
    _, consumer = run_box(name, part.replay(), journal, Faults(chunk=400))
    check(part, journal)
    assert consumer.deaths >= 1


WHO_RECONNECTS = {name for name, each in FORMATS.items() if each.way in ("connect", "serial")}


@pytest.mark.parametrize("name", ["ipico", "ipico-lite", "jchip", "timy", "timemachine"])
def test_of_a_box_that_cannot_repeat_the_half_line_is_kept_and_told(name):
    part = ALL[name]
    journal = Journal(part.count)
    run_box(name, part.box(), journal, Faults(chunk=9, cut_after=(10, 100, 501)))
    check(part, journal)
    assert "cut-off" in {each.code for each in journal.refused}


@pytest.mark.parametrize(
    "name", ["raceresult", "raceresult-pull", "ultra", "wiclax", "jchip", "ipico-lite"]
)
def test_the_clock_of_the_box_is_compared_with_ours(name):
    part = ALL[name]
    journal = Journal(part.count)
    run_box(name, part.box(), journal, Faults(chunk=300))
    at, offset = journal.clocks[0]
    assert abs(at - (reads.instant(0) - 30 * 60 * 1_000_000)) < 1_000_000
    assert 0 < at - offset < 10_000_000, "the offset is the box minus our clock"
