"""Every live protocol against a box that speaks it over a socket, breaks off and repeats itself.

The law of all of them: what was acknowledged or can be asked again is there exactly once.
"""

from __future__ import annotations

import queue

import pytest

from tests.readers.emulators import (
    chronotrack,
    ipico,
    jchip,
    mylaps,
    portal,
    raceresult,
    reads,
    ultra,
    wiclax,
)
from tests.readers.emulators.wire import (
    PATIENCE,
    Consumer,
    DialingBox,
    Faults,
    Journal,
    ListeningBox,
)
from timing.readers.connection import listen_on, read_from
from timing.readers.formats import FORMATS

CUTS = Faults(chunk=13, cut_after=(40, 333, 777, 60, 1500))
KILLS = (2, -4, 7, -9, 12)


def seen(journal: Journal) -> set[tuple[str, int]]:
    return {(s.chip, s.at) for s in journal.sightings.values() if s.kind == "read"}


def maker(name: str):
    return lambda position: FORMATS[name].make(reads.SETUP._replace(position=position))


def read_box(name: str, talk, journal: Journal, faults: Faults) -> tuple[ListeningBox, Consumer]:
    """We connect to the box; returns when everything expected is there."""
    box = ListeningBox(talk, faults)

    def drive(host):
        read_from(box.address, maker(name), journal, host)

    with box, Consumer(drive) as consumer:
        assert journal.full.wait(PATIENCE), f"only {len(journal.sightings)} arrived"
    return box, consumer


def let_dial(name: str, talk, journal: Journal, faults: Faults) -> tuple[DialingBox, Consumer]:
    """The box connects to us; returns when everything expected is there and acknowledged."""
    ports: queue.SimpleQueue = queue.SimpleQueue()
    open_at: list[tuple[str, int]] = []

    def ready(address):
        open_at[:] = [address]
        ports.put(address)

    def drive(host):
        listen_on(open_at[0] if open_at else ("127.0.0.1", 0), maker(name), journal, host, ready)

    with Consumer(drive) as consumer:
        ports.get(timeout=PATIENCE)
        with DialingBox(talk, faults, lambda: open_at[0]) as box:
            assert journal.full.wait(PATIENCE), f"only {len(journal.sightings)} arrived"
            assert name == "chronotrack" or box.done.wait(PATIENCE), "the box is not answered"
    return box, consumer


WE_CONNECT = {
    "raceresult": raceresult.Decoder,
    "raceresult-pull": raceresult.Decoder,
    "ultra": ultra.UltraBox,
    "wiclax": wiclax.HomeMadeBox,
    "chronokeep-portal": portal.Portal,
    "ipico": ipico.Replay,
}
THEY_DIAL = {
    "mylaps": (mylaps.Exporter, reads.COUNT + 1),
    "chronotrack": (chronotrack.SimpleClient, reads.COUNT),
}


@pytest.mark.parametrize("name", WE_CONNECT)
def test_every_read_of_a_box_arrives_once_though_the_line_breaks(name):
    journal = Journal(reads.COUNT)
    box, consumer = read_box(name, WE_CONNECT[name]().talk, journal, CUTS)
    assert seen(journal) == reads.expected()
    assert len(journal.sightings) == reads.COUNT
    assert box.connections >= 4
    assert consumer.paused, "it reconnects after a pause"


@pytest.mark.parametrize("name", WE_CONNECT)
def test_every_read_of_a_box_arrives_once_though_the_consumer_is_killed(name):
    journal = Journal(reads.COUNT, dies_at=KILLS, fails_at=(5, 6))
    _, consumer = read_box(name, WE_CONNECT[name]().talk, journal, Faults(chunk=400))
    assert seen(journal) == reads.expected()
    assert len(journal.sightings) == reads.COUNT
    assert consumer.deaths >= 1


@pytest.mark.parametrize("name", THEY_DIAL)
def test_every_read_of_a_dialing_program_arrives_once_though_the_line_breaks(name):
    make, count = THEY_DIAL[name]
    journal = Journal(count)
    box, _ = let_dial(name, make().talk, journal, CUTS)
    assert len(journal.sightings) == count
    assert seen(journal) >= reads.expected() - {(reads.chip(1), reads.instant(1))}
    assert box.connections > 1


@pytest.mark.parametrize("name", THEY_DIAL)
def test_every_read_of_a_dialing_program_arrives_once_though_the_consumer_is_killed(name):
    make, count = THEY_DIAL[name]
    journal = Journal(count, dies_at=KILLS, fails_at=(5, 6))
    _, consumer = let_dial(name, make().talk, journal, Faults(chunk=400))
    assert len(journal.sightings) == count
    assert consumer.deaths >= 1


def test_mylaps_is_acknowledged_only_after_the_commit():
    exporter = mylaps.Exporter()
    journal = Journal(reads.COUNT + 1, fails_at=(1, 2, 3))
    _, consumer = let_dial("mylaps", exporter.talk, journal, Faults(chunk=997))
    assert [told for told in consumer.told if "not saved yet" in told]
    acknowledged = [answer for answer in exporter.heard if "AckPassing" in answer]
    assert len(acknowledged) == reads.COUNT // 4 + 1, "the repeated message is answered twice"
    assert [refused.line for refused in journal.refused] == [mylaps.GARBLED]


def test_mylaps_older_records_arrive_once():
    exporter = mylaps.Exporter(mylaps.store, "Store")
    journal = Journal(reads.COUNT + 1)
    let_dial("mylaps-v1", exporter.talk, journal, CUTS)
    assert len(journal.sightings) == reads.COUNT + 1
    assert {s.at for s in journal.sightings.values()} >= {at for _, at in reads.expected()}


def test_an_unacknowledged_message_is_repeated_and_counted_once():
    journal = Journal(reads.COUNT + 1, dies_at=(-3, -5))
    let_dial("mylaps", mylaps.Exporter().talk, journal, Faults(chunk=5000))
    assert journal.repeats > 0, "what was saved before the crash came again"
    assert len(journal.sightings) == reads.COUNT + 1


def test_chronotrack_goes_on_at_the_last_committed_sequence():
    client = chronotrack.SimpleClient()
    journal = Journal(reads.COUNT)
    let_dial("chronotrack", client.talk, journal, Faults(chunk=200, cut_after=(1200, 1200)))
    resumed = [command for command in client.commands if command.count("~") == 2]
    assert resumed, "a later connection names where to start"
    gun = next(s for s in journal.sightings.values() if s.kind == "gun")
    assert (gun.at, gun.box) == (reads.instant(1), "start")


def test_race_result_fetches_what_was_not_pushed():
    decoder = raceresult.Decoder(stored=0)
    journal = Journal(reads.COUNT)
    read_box("raceresult", decoder.talk, journal, Faults(chunk=300))
    assert seen(journal) == reads.expected()
    assert "SETPUSHPASSINGS;1;0" in decoder.commands
    assert any(":" in command for command in decoder.commands)
    assert journal.stored == {"file": 177, "passing": reads.COUNT}


def test_race_result_is_never_started_stopped_or_set():
    decoder = raceresult.Decoder()
    read_box("raceresult", decoder.talk, Journal(reads.COUNT), Faults(chunk=300))
    words = {command.partition(";")[0] for command in decoder.commands}
    assert not words & {"STARTOPERATION", "STOPOPERATION", "SETTIME", "CLEARFILES"}


def test_an_old_race_result_box_without_a_file_number_is_read_from_its_first_passing():
    decoder = raceresult.Decoder(file=None, newest="1.4")
    journal = Journal(reads.COUNT)
    read_box("raceresult", decoder.talk, journal, CUTS)
    assert seen(journal) == reads.expected()
    assert "SETPUSHPASSINGS;1;0" not in decoder.commands
    assert len([each for each in decoder.commands if each.startswith("1:")]) >= 2
    assert journal.stored == {}


def test_a_new_file_of_a_race_result_box_is_read_from_its_first_passing():
    decoder = raceresult.Decoder(file=178, stored=reads.COUNT)
    journal = Journal(reads.COUNT)
    journal.stored = {"file": 177, "passing": 30}
    read_box("raceresult", decoder.talk, journal, Faults(chunk=300))
    assert seen(journal) == reads.expected()


def test_an_ultra_rewinds_what_the_air_swallowed():
    box = ultra.UltraBox()
    journal = Journal(reads.COUNT)
    read_box("ultra", box.talk, journal, CUTS)
    assert box.rewinds >= 1
    assert journal.stored["log"] == reads.COUNT


@pytest.mark.parametrize("name", ["jchip"])
def test_a_receiver_that_cannot_repeat_loses_only_the_line_that_broke_and_says_so(name):
    journal = Journal(reads.COUNT)
    let_dial(name, jchip.Receiver().talk, journal, Faults(chunk=9, cut_after=(10, 200, 1111)))
    assert seen(journal) == reads.expected()
    assert "cut-off" in {refused.code for refused in journal.refused}


def test_a_raw_ipico_stream_goes_on_after_a_break_and_keeps_the_half_line():
    journal = Journal(reads.COUNT)
    read_box("ipico", ipico.Raw().talk, journal, Faults(chunk=9, cut_after=(100, 501)))
    assert seen(journal) == reads.expected()
    assert {refused.code for refused in journal.refused} == {"cut-off"}


@pytest.mark.parametrize("name", ["raceresult", "ultra", "wiclax"])
def test_the_clock_of_the_box_is_compared_with_ours(name):
    journal = Journal(reads.COUNT)
    read_box(name, WE_CONNECT[name]().talk, journal, Faults(chunk=300))
    at, offset = journal.clocks[0]
    assert at == reads.instant(0) - 30 * 60 * 1_000_000
    assert 0 < at - offset < 10_000_000, "the offset is the box minus our clock"


def test_two_boxes_on_one_port_do_not_disturb_each_other():
    journal = Journal(reads.COUNT * 2)
    other = [mylaps.passing(n).replace("c=0580", "c=0990") for n in range(1, reads.COUNT + 1)]
    ports: queue.SimpleQueue = queue.SimpleQueue()
    second = mylaps.Exporter(lambda number: other[number - 1])

    def drive(host):
        listen_on(("127.0.0.1", 0), maker("mylaps"), journal, host, ports.put)

    with Consumer(drive):
        address = ports.get(timeout=PATIENCE)
        one = DialingBox(mylaps.Exporter().talk, Faults(chunk=50), lambda: address)
        two = DialingBox(second.talk, Faults(chunk=70, cut_after=(300, 900)), lambda: address)
        with one, two:
            assert journal.full.wait(PATIENCE)
            assert one.done.wait(PATIENCE)
            assert two.done.wait(PATIENCE)
    chips = {s.chip for s in journal.sightings.values() if s.chip}
    assert len(chips) == reads.COUNT * 2
