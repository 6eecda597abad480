"""A reader is started with one word and one address."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.machines.ports import free_port
from tests.readers.emulators import raceresult, reads
from tests.readers.emulators.wire import (
    PATIENCE,
    Consumer,
    DialingBox,
    Faults,
    Journal,
    ListeningBox,
)
from timing.core.clock import SECOND, Duration, Instant, instant_of
from timing.readers.connection import read_from
from timing.readers.delivery import Host
from timing.readers.formats import FORMATS, UnknownFormatError
from timing.readers.live import EVERYWHERE, WhereError, address_of, files_at, run
from timing.readers.table import ColumnsError


@pytest.mark.parametrize(
    ("where", "port", "expected"),
    [
        ("10.0.0.7", 3601, ("10.0.0.7", 3601)),
        (" decoder:4000 ", 3601, ("decoder", 4000)),
        ("box:99", None, ("box", 99)),
    ],
)
def test_a_box_is_named_with_or_without_its_port(where, port, expected):
    assert address_of(where, port) == expected


def test_a_port_alone_is_every_address_of_this_computer():
    assert address_of("", 3097, EVERYWHERE) == (EVERYWHERE, 3097)
    assert address_of(":4000", 3097, EVERYWHERE) == (EVERYWHERE, 4000)


@pytest.mark.parametrize(
    ("where", "port"),
    [("", 3601), ("box", None), ("box:x", 3601), ("box:0", 3601), ("box:70000", 3601), (":1", 1)],
)
def test_an_address_that_cannot_be_is_refused_with_a_sentence(where, port):
    with pytest.raises(WhereError, match="is no address; expected HOST"):
        address_of(where, port)


def test_a_path_a_folder_and_a_pattern_name_files(tmp_path):
    for name in ("a.csv", "b.csv", "c.lif"):
        (tmp_path / name).touch()
    (tmp_path / "sub").mkdir()

    def names(where: Path) -> set[str]:
        return {path.name for path in files_at(str(where))()}

    assert names(tmp_path / "a.csv") == {"a.csv"}
    assert names(tmp_path / "later.csv") == {"later.csv"}
    assert names(tmp_path) == {"a.csv", "b.csv", "c.lif"}
    assert names(tmp_path / "*.csv") == {"a.csv", "b.csv"}
    with pytest.raises(WhereError, match="no file was named"):
        files_at(" ")


def nowhere(name: str, where: str, **more) -> None:
    host = Host(lambda: Instant(0), threading.Event(), print)
    run(name, where, reads.SETUP._replace(**more), Journal(1), host)


def test_what_cannot_run_is_refused_before_anything_is_opened():
    with pytest.raises(UnknownFormatError):
        nowhere("telepathy", "box")
    with pytest.raises(WhereError):
        nowhere("raceresult", "")
    with pytest.raises(ColumnsError):
        nowhere("csv", "times.csv", columns="who=1")


def test_a_decoder_is_read_by_its_name():
    journal = Journal(reads.COUNT)
    box = ListeningBox(raceresult.Decoder().talk, Faults(chunk=500))
    where = f"127.0.0.1:{box.address[1]}"
    with box, Consumer(lambda host: run("raceresult", where, reads.SETUP, journal, host)):
        assert journal.full.wait(PATIENCE)
    assert {(each.chip, each.at) for each in journal.sightings.values()} == reads.expected()


def test_a_folder_is_watched_by_its_name(tmp_path):
    (tmp_path / "a.csv").write_text("7,12:00\n")
    journal = Journal(1)
    where = str(tmp_path / "*.csv")
    with Consumer(lambda host: run("csv", where, reads.SETUP, journal, host)):
        assert journal.full.wait(PATIENCE)
    assert [each.bib for each in journal.sightings.values()] == ["7"]


def test_a_box_without_a_date_dials_us_and_is_dated_by_our_clock():
    """The consumer's clock stands at 1970: a time of day then belongs to that day."""
    journal = Journal(1)
    opened: list[tuple[str, int]] = []
    told = threading.Event()

    def drive(host):
        def tell(sentence: str) -> None:
            if sentence.startswith("listening on 127.0.0.1:") and not opened:
                opened.append(("127.0.0.1", int(sentence.rpartition(":")[2])))
                told.set()

        listening = Host(host.clock, host.stop, tell, host.sleep, host.poll)
        run("jchip", where, reads.SETUP, journal, listening)

    def talk(mouth):
        mouth.say(b"DJ413A36 00:11:16.4433 10  00024      C7\r")

    where = "127.0.0.1:" + str(free_port())
    with Consumer(drive):
        assert told.wait(PATIENCE)
        with DialingBox(talk, Faults(), lambda: opened[0]):
            assert journal.full.wait(PATIENCE)
    (read,) = journal.sightings.values()
    midnight = instant_of(datetime(1970, 1, 1, tzinfo=reads.ROME).astimezone(UTC))
    assert read.at == midnight + (11 * 60 + 16) * SECOND + 443_300


def test_a_box_that_falls_silent_is_connected_anew():
    box = ListeningBox(lambda mouth: mouth.until_gone(), Faults())
    again = threading.Event()

    def make(position):
        if box.connections > 1:
            again.set()
        return FORMATS["ultra"].make(reads.SETUP)

    def drive(host):
        read_from(box.address, make, Journal(1), host, silence=Duration(SECOND // 10))

    with box, Consumer(drive) as consumer:
        assert again.wait(PATIENCE)
    assert "nothing heard for too long" in consumer.told
