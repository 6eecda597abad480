"""Files of real boxes and worked examples of their makers: every line decodes, as documented."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.readers.emulators.reads import ROME
from timing.core.clock import datetime_of, format_duration
from timing.readers.formats import decode_file
from timing.readers.grammar import Setup
from timing.readers.ipico import checksum
from timing.readers.moments import Zone
from timing.readers.sighting import Refused, Sighting

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
pytestmark = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="the samples of other projects are not beside this checkout"
)
MARATHON = {"19K": 32, "27k": 32, "39k": 40, "9K": 32, "FINISH1": 42, "FINISH2": 8}
MARATHON |= {"FINISH3": 140, "START1": 37}


def sightings(name: str, path: Path, setup: Setup | None = None) -> list[Sighting]:
    """All of a file; a refused line fails the test and is shown."""
    events = list(decode_file(name, path, setup))
    refused = [event for event in events if isinstance(event, Refused)]
    assert not refused
    return [event for event in events if isinstance(event, Sighting)]


def utc(sighting: Sighting) -> str:
    return datetime_of(sighting.at or 0).strftime("%Y-%m-%d %H:%M:%S.%f")


@pytest.mark.parametrize("place", MARATHON)
def test_a_marathon_at_this_place_decodes_whole(place):
    (tags,) = (SAMPLES / "chronotrack").glob(f"{place}_*.csv")
    (marks,) = (SAMPLES / "chronotrack").glob(f"{place}_*.mrk")
    reads = sightings("chronotrack-file", tags)
    assert len(reads) == 300
    assert [read.sequence for read in reads] == list(range(1, 301))
    assert all(read.chip and read.at and read.rssi for read in reads)
    assert {utc(read)[:10] for read in reads} == {"2021-05-08"}
    assert len(sightings("chronotrack-file", marks)) == MARATHON[place]


def test_the_gun_of_the_marathon_and_the_reads_beside_it_run_on_one_clock():
    folder = SAMPLES / "chronotrack"
    guns = [
        each
        for each in sightings("chronotrack-file", folder / "START1_5071909.mrk")
        if each.kind == "gun"
    ]
    assert [utc(gun)[11:22] for gun in guns] == [
        "08:00:55.16",
        "08:05:55.52",
        "08:15:55.42",
        "08:20:55.42",
        "08:35:55.54",
    ]
    reads = sightings("chronotrack-file", folder / "START1_5071909.first300.csv")
    row = int(guns[0].line.split(",")[3])
    assert row == 252, "the marker counts the rows of the tag file"
    assert abs(reads[row - 1].at - guns[0].at) < 1_000_000


def test_a_controller_clock_is_a_wall_clock_in_the_zone_of_the_race():
    path = SAMPLES / "chronotrack" / "START1_5071909.mrk"
    there = sightings("chronotrack-file", path, Setup(Zone(ROME)))
    here = sightings("chronotrack-file", path)
    assert {a.at - b.at for a, b in zip(there, here, strict=True)} == {-2 * 3_600_000_000}


def test_all_500_reads_of_an_ipico_reader_have_a_correct_checksum():
    path = SAMPLES / "ipico" / "testreads_first500.txt"
    lines = path.read_text().split()
    assert len(lines) == 500
    assert all(checksum(line[2:34]) == line[34:36] for line in lines)
    reads = sightings("ipico", path)
    assert len(reads) == 500
    assert len({read.key for read in reads}) == 500
    assert len(set(lines)) == 431, "equal lines are told apart by their count"
    assert all(read.chip.startswith("058") for read in reads)


def test_the_hundredths_of_an_ipico_line_are_hexadecimal():
    for name in ("raw_reads.txt", "fsls_reads.txt"):
        first, second, third = sightings("ipico", SAMPLES / "ipico" / name)
        assert (first.chip, utc(first)) == ("000000012345", "2001-12-30 18:45:59.390000")
        assert utc(second) == "2001-12-30 18:46:00.000000"
        assert utc(third) == "2026-01-01 08:30:00.630000"
    assert [first.note, second.note, third.note] == ["FS", "LS", "FS"]


def test_the_file_of_ipico_direct_decodes_record_by_record():
    reads = sightings("ipico-dbf", SAMPLES / "ipico" / "IPICO-sample.DBF")
    assert len(reads) == 42
    assert Counter(read.note for read in reads) == {"F": 26, "S": 16}
    assert {(read.chip, read.bib) for read in reads} == {
        ("058000123b32", "1649"),
        ("058000120e38", "1488"),
        ("058000128608", "1429"),
        ("058000121838", "1489"),
    }
    assert utc(reads[0]) == "2026-03-21 12:06:50.460000"


def test_the_worked_examples_of_the_mylaps_manual():
    events = sightings("mylaps", SAMPLES / "mylaps" / "messages_v1_v2.txt")
    assert [(each.kind, each.chip, each.box, utc(each)[:23]) for each in events[:4]] == [
        ("read", "0RK9T6N", "Finish", "2009-08-03 13:50:23.300"),
        ("read", "0RK9T6N", "Finish", "2009-08-03 13:50:25.350"),
        ("read", "0000041", "10KM", "2012-06-06 13:11:30.904"),
        ("read", "0000039", "10KM", "2012-06-06 13:12:21.830"),
    ]
    assert [each.bib for each in events] == [None, None, "41", "39", None]
    gun = events[4]
    assert (gun.kind, gun.note, utc(gun)[11:23]) == ("gun", "Gunshot 1", "11:03:40.347")


def test_an_older_mylaps_record_is_the_chip_and_time_that_its_owner_expects():
    (read,) = sightings("mylaps", SAMPLES / "mylaps" / "legacy_chip_record.txt")
    assert (read.chip, utc(read)) == ("KV86583", "2025-03-08 16:13:57.417000")


def test_a_race_result_passing_without_a_date_takes_the_day_of_the_race():
    path = SAMPLES / "raceresult" / "passings_examples.txt"
    (read,) = sightings("raceresult", path, Setup(Zone(UTC, date(2026, 6, 14))))
    assert (read.chip, read.bib, read.sequence, read.rssi) == ("33", "33", 1, -68)
    assert utc(read) == "2026-06-14 00:00:02.773000"


def test_the_times_of_a_club_race_are_elapsed_minutes_and_seconds():
    reads = sightings("tsv", SAMPLES / "fell_club_tsv" / "raw_times.txt")
    assert len(reads) == 152
    assert {read.clock for read in reads} == {"elapsed"}
    assert [(read.bib, format_duration(read.at)) for read in reads[:2]] == [
        ("135", "14:42"),
        ("144", "14:55"),
    ]


def test_a_photo_finish_heat_keeps_the_order_of_the_photo():
    path = SAMPLES / "finishlynx" / "seltec_example_1000007-1000007-01.lif"
    rows = sightings("lif", path)
    assert [row.sequence for row in rows] == list(range(1, 8))
    assert [row.bib for row in rows] == ["449", "272", "410", "412", "448", "74", "183"]
    assert (format_duration(rows[0].at), rows[0].note) == ("8.92", "place 1, lane 4")
    assert format_duration(rows[6].at) == "10.25"
    assert {row.box for row in rows} == {"1000007-1000007-1"}


def test_tag_logs_of_both_forms_decode():
    short = sightings("epc", SAMPLES / "impinj_csv" / "tags_header_form.csv")
    assert [(read.chip, utc(read)) for read in short] == [
        ("AAABBB", "2016-09-11 09:15:34.305000"),
        ("AAADDD", "2016-10-11 23:15:34.305000"),
    ]
    long = sightings("epc", SAMPLES / "impinj_csv" / "tags_sat_feb_01_2020.csv")
    assert len(long) == 22
    moment = datetime(2020, 2, 1, 14, 11, 29, 139089, UTC)
    assert datetime_of(long[0].at) == moment


def test_the_lines_of_every_sample_are_kept_as_they_came():
    path = SAMPLES / "chronotrack" / "FINISH3_05080711.first300.csv"
    reads = sightings("chronotrack-file", path)
    assert [read.line for read in reads] == path.read_text().splitlines()
