"""Every live protocol against a box that speaks it over a socket, breaks off and repeats itself.

The law of all of them: what was acknowledged or can be asked again is there exactly once.
"""

from __future__ import annotations

import queue

from tests.readers.emulators import chronotrack, mylaps, raceresult, reads, ultra
from tests.readers.emulators.sockets import let_dial, maker, read_box
from tests.readers.emulators.wire import PATIENCE, Consumer, DialingBox, Faults, Journal
from timing.readers.connection import listen_on

CUTS = Faults(chunk=13, cut_after=(40, 333, 777, 60, 1500))


def seen(journal: Journal) -> set[tuple[str, int]]:
    return {(s.chip, s.at) for s in journal.sightings.values() if s.kind == "read"}


def test_mylaps_is_acknowledged_only_after_the_commit():
    exporter = mylaps.Exporter()
    journal = Journal(reads.COUNT + 1, fails_at=(1, 2, 3))
    _, consumer = let_dial("mylaps", exporter.talk, journal, Faults(chunk=997))
    assert [told for told in consumer.told if "not saved yet" in told]
    acknowledged = [answer for answer in exporter.heard if "AckPassing" in answer]
    assert len(acknowledged) == reads.COUNT // 4 + 1, "the repeated message is answered twice"
    assert [refused.line for refused in journal.refused] == [mylaps.GARBLED]


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
