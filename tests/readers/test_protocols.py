"""What the lines of each protocol mean, one rule a test."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.readers.emulators import mylaps, raceresult, reads, ultra
from timing.core.clock import datetime_of, format_duration, instant_of
from timing.readers.formats import FORMATS, decode
from timing.readers.grammar import Setup
from timing.readers.ipico import checksum, replay_command
from timing.readers.moments import Zone
from timing.readers.rewinding import DRAINED
from timing.readers.sighting import BoxClock, Refused, Reply, Sighting, spellings

SETUP = Setup(Zone(UTC, date(2026, 6, 14)))


def grammar(format_name: str, **more):
    return FORMATS[format_name].make(SETUP._replace(**more))


def said(events) -> list[str]:
    """What we answer, in order."""
    return [event.data.decode("latin-1") for event in events if isinstance(event, Reply)]


def seen(name: str, line: str, setup: Setup = SETUP) -> Sighting:
    (event,) = decode(name, line.encode("latin-1"), setup)
    assert isinstance(event, Sighting), event
    return event


def refusal(name: str, line: str) -> Refused:
    (event,) = decode(name, line.encode("latin-1"), SETUP)
    assert isinstance(event, Refused), event
    return event


def at(sighting: Sighting) -> str:
    return datetime_of(sighting.at).strftime("%Y-%m-%d %H:%M:%S.%f")


class TestIpico:
    def test_a_wrong_checksum_is_refused_with_both_sums(self):
        found = refusal("ipico", "aa400000000123450a2a01123018455927a8")
        assert (found.code, found.sentence) == (
            "checksum",
            "the checksum is a8; the characters give a7",
        )

    def test_more_than_99_hundredths_are_refused(self):
        body = "400000000123450a2a01123018455964"
        assert refusal("ipico", f"aa{body}{checksum(body)}").code == "time"

    def test_the_bytes_of_a_tamper_field_stand_before_the_checksum(self):
        body = "400000000123450a2a01123018455927800000"
        assert seen("ipico", f"aa{body}{checksum(body)}").chip == "000000012345"

    def test_the_trigger_button_is_a_gun(self):
        gun = seen("ipico", "ab000a2c260306052004151b2782ae")
        assert (gun.kind, at(gun)) == ("gun", "2026-03-06 20:04:15.270000")

    def test_a_lite_reader_is_asked_for_its_clock_and_answers(self):
        lite = grammar("ipico-lite")
        assert said(lite.greet()) == ["ab00000222\r\n"]
        (clock,) = lite.feed(b"ab000902260306051855443727cf\r\n")
        moment = datetime(2026, 3, 6, 18, 55, 44, 550_000, UTC)
        assert clock == BoxClock(instant_of(moment))

    @pytest.mark.parametrize(
        "line", ["date.Wed Nov 12 15:30:30 CST 2008", "DATE:Wed Nov 12 2008 15:30:30"]
    )
    def test_the_date_of_an_elite_or_a_trident_is_its_clock(self, line):
        (clock,) = grammar("ipico").feed(f"{line}\r\n".encode())
        assert clock == BoxClock(instant_of(datetime(2008, 11, 12, 15, 30, 30, 0, UTC)))

    def test_a_trident_line_has_a_signal_instead_of_a_checksum(self):
        read = seen("ipico", "aaB2058000121838000126030713485163" + "00BS4f")
        assert (read.box, read.antenna, read.rssi, read.note) == ("B", "2", 0x4F, "BS")
        assert at(read) == "2026-03-07 13:48:51.990000"

    def test_a_replay_is_asked_for_on_the_control_port(self):
        command = replay_command("ttyS0", "260614093000")
        assert command == b"replay_start file.ttyS0 port.10300 datetime.260614093000\r\n"


class TestRaceResult:
    @pytest.mark.parametrize(
        ("newest", "agreed"), [("1.2", "1.2"), ("2.0", "2.0"), ("3.4", "3.0"), ("?", "3.0")]
    )
    def test_the_newest_protocol_that_both_know_is_agreed(self, newest, agreed):
        box = grammar("raceresult")
        assert said(box.greet()) == ["GETPROTOCOL\r\n"]
        answer = said(box.feed(f"GETPROTOCOL;1.0;1.0;{newest}\r\n".encode()))
        assert answer == [f"SETPROTOCOL;{agreed}\r\n"]

    def test_pushes_are_asked_for_where_the_protocol_has_them(self):
        assert "SETPUSHPASSINGS;1;0\r\n" in said(grammar("raceresult").feed(b"SETPROTOCOL;1.5\r\n"))
        assert "SETPUSHPASSINGS;1;0\r\n" not in said(
            grammar("raceresult").feed(b"SETPROTOCOL;1.4\r\n")
        )
        assert "SETPUSHPASSINGS;1;0\r\n" not in said(
            grammar("raceresult-pull").feed(b"SETPROTOCOL;3.0\r\n")
        )

    def test_many_passings_are_fetched_block_by_block(self):
        box, decoder = grammar("raceresult"), raceresult.Decoder()
        box.feed(b"SETPROTOCOL;3.0\r\n")
        assert said(box.feed(b"PASSINGS;1200;177\r\n")) == ["1:500\r\n"]
        lines = [decoder.line(n).encode() for n in range(1, 501)]
        assert said(box.feed(b"\r\n".join(lines) + b"\r\n")) == []
        assert said(box.feed(b"\r\n")) == ["501:500\r\n"]

    def test_silence_asks_how_many_there_are_but_not_in_the_middle_of_a_block(self):
        box = grammar("raceresult")
        assert said(box.idle()) == []
        box.feed(b"SETPROTOCOL;3.0\r\n")
        assert said(box.idle()) == ["PASSINGS\r\n"]
        box.feed(b"PASSINGS;3;177\r\n")
        assert said(box.idle()) == []

    def test_a_garbled_passing_is_not_asked_for_for_ever(self):
        box, decoder = grammar("raceresult"), raceresult.Decoder()
        box.feed(b"SETPROTOCOL;3.0\r\nPASSINGS;2;177\r\n")
        box.feed(b"1;;;\r\n" + decoder.line(2).encode() + b"\r\n\r\n")
        assert said(box.feed(b"PASSINGS;2;177\r\n")) == []
        assert box.position == {"file": 177, "passing": 2}

    def test_a_pushed_passing_that_leaves_a_gap_makes_us_fetch_the_gap(self):
        box, decoder = grammar("raceresult"), raceresult.Decoder()
        box.feed(b"SETPROTOCOL;3.0\r\nPASSINGS;0;177\r\n")
        events = box.feed(f"#P;{decoder.line(1)}\r\n#P;{decoder.line(4)}\r\n".encode())
        assert said(events) == ["2:2\r\n"]
        assert box.position["passing"] == 1

    def test_a_pushed_and_a_fetched_passing_have_one_key(self):
        line = raceresult.Decoder().line(3)
        first, second = decode("raceresult", f"#P;{line}\r\n{line}\r\n".encode(), SETUP)
        assert first.key == second.key
        assert first.line != second.line

    def test_a_passing_names_the_box_the_loop_and_the_strength(self):
        read = seen("raceresult", raceresult.Decoder().line(3))
        assert (read.box, read.antenna, read.rssi, read.sequence) == ("Box 1", "1", 23, 3)
        assert read.bib is None, "event 0 is no bib tag"

    def test_days_without_a_satellite_are_counted_from_the_day_of_the_race(self):
        read = seen("raceresult", "9;33;0000-00-01;01:00:00.000;0;1;1;x")
        assert at(read) == "2026-06-15 01:00:00.000000"

    def test_an_exporter_without_a_date_takes_the_day_of_the_race(self):
        line = "7750;ZCMBG52;;10:50:00.477;0;72;127;;1;1;1;16731;2,9;24;0;Start;12;1;D-50432"
        read = seen("raceresult", line)
        assert (read.chip, read.box, at(read)) == (
            "ZCMBG52",
            "Start",
            "2026-06-14 10:50:00.477000",
        )

    def test_the_marker_tag_is_a_marker(self):
        read = seen("raceresult", "9;99999;2026-06-14;01:00:00.000;0;1;1;x")
        assert (read.kind, read.chip) == ("marker", None)

    def test_a_json_record_of_the_exporter(self):
        line = (
            '{"ID":1,"Bib":50001,"TimingPoint":"FINISH","Passing":{"Transponder":"ZICAD30",'
            '"RSSI":-75,"IsMarker":false,"DeviceName":"Support","PassingNo":1,'
            '"UTCTime":"2024-01-12T09:06:35.944Z"}}'
        )
        read = seen("raceresult", line)
        assert (read.chip, read.bib, read.rssi, read.sequence) == ("ZICAD30", "50001", -75, 1)
        assert at(read) == "2024-01-12 09:06:35.944000"


class TestUltra:
    def test_everything_since_the_start_of_the_day_is_asked_for_at_first(self):
        clock, rewind = said(grammar("ultra").greet())
        assert clock == "r\n"
        start = int(rewind[3:].split("\r")[0])
        assert start == (date(2026, 6, 14) - date(1980, 1, 1)).days * 86_400

    def test_a_gap_in_the_log_is_asked_for_at_once(self):
        told = grammar("ultra").feed(ultra.line(1) + ultra.line(5))
        assert said(told) == ["6\x00\x002\r4\r"]

    def test_the_position_waits_where_something_is_missing(self):
        box = grammar("ultra")
        box.feed(ultra.line(1) + ultra.line(2) + ultra.line(5))
        assert box.position["log"] == 2
        box.feed(ultra.line(3, 1) + ultra.line(4, 1))
        assert box.position["log"] == 5

    def test_the_moment_to_rewind_to_moves_on_only_in_silence(self):
        box = grammar("ultra")
        box.feed(ultra.line(1))
        for _ in range(DRAINED):
            assert "seconds" not in box.position
            box.idle()
        assert box.position["seconds"] == ultra.seconds_of(1)

    def test_a_rewound_read_has_the_key_of_the_live_one(self):
        live, rewound = decode("ultra", ultra.line(4) + ultra.line(4, 1), SETUP)
        assert live.key == rewound.key

    def test_a_cleared_log_counts_anew(self):
        box = grammar("ultra", position={"log": 500})
        assert said(box.feed(ultra.line(1) + ultra.line(2))) == []
        assert box.position["log"] == 2

    def test_seconds_are_local_and_count_from_1980(self):
        (read,) = decode("ultra", ultra.line(7), reads.SETUP)
        assert (read.chip, read.at) == (reads.chip(7), reads.instant(7))
        assert (read.antenna, read.rssi, read.sequence) == ("1/2", -55, 7)

    def test_chip_0_is_the_start(self):
        assert seen("ultra", "0,0,1465464600,0,0,0,0,1,9,,0,0").kind == "gun"


class TestMylaps:
    def test_both_versions_greet_in_their_own_way(self):
        hello = b"Finish@Pong@$"
        (two,) = said(grammar("mylaps", name="My@ timing").feed(hello))
        assert two.startswith("My_timing@AckPong@Version2.1@c|t|d|")
        assert said(grammar("mylaps-v1").feed(hello)) == ["timing@AckPong@$"]

    def test_it_is_told_the_name_and_day_of_the_race(self):
        (answer,) = said(grammar("mylaps", title="Dolomiti | Retro").feed(b"Toolkit@GetInfo@$"))
        assert answer == "timing@AckGetInfo@sd=2026-06-14|rn=Dolomiti Retro@$"

    def test_a_garbled_record_is_refused_and_its_message_still_acknowledged(self):
        message = f"F@Passing@{mylaps.passing(1)}@t=9@8@$"
        read, refused, answer = grammar("mylaps").feed(message.encode())
        assert isinstance(read, Sighting)
        assert (refused.line, refused.code) == ("t=9", "time")
        assert answer == Reply(b"timing@AckPassing@8@$", after_commit=True)

    def test_the_checksum_of_an_older_record_is_verified(self):
        wrong = mylaps.store(1)[:-2] + "00"
        refused, _ = grammar("mylaps").feed(f"F@Store@{wrong}@3@$".encode())
        assert refused.code == "checksum"

    def test_a_marker_that_is_no_gunshot_is_a_marker(self):
        marker, _ = grammar("mylaps").feed(b"F@Marker@t=11:03:40.347|mt=Flag|n=Flag 1@4@$")
        assert (marker.kind, marker.note, at(marker)) == (
            "marker",
            "Flag 1",
            "2026-06-14 11:03:40.347000",
        )

    def test_silence_is_broken_by_a_ping(self):
        box = grammar("mylaps")
        assert [said(box.idle()) for _ in range(10)] == [[]] * 9 + [["timing@Ping@$"]]


class TestChronoTrack:
    def test_a_greeting_is_answered_with_our_settings(self):
        first, *settings, info, places = said(
            grammar("chronotrack").feed(b"SimpleClient~0.6.0~CTP01\r\n")
        )
        assert first == "timing~1.0~5\r\n"
        assert "stream-mode=push\r\n" in settings
        assert (info, places) == ("geteventinfo\r\n", "getlocations\r\n")

    def test_each_location_is_started_once_where_it_stopped(self):
        box = grammar("chronotrack", position={"5K": 41})
        assert said(box.feed(b"ack~getlocations~start~5K\r\n")) == [
            "start~start\r\n",
            "start~5K~41\r\n",
        ]
        assert said(box.feed(b"ack~getlocations~start~5K~finish\r\n")) == ["start~finish\r\n"]

    @pytest.mark.parametrize(
        "time", ["07:45:01.01", "2026-06-14T07:45:01.01", "1781423101.01", "1781423101010"]
    )
    def test_every_time_format_is_read(self, time):
        read = seen("chronotrack", f"CT01_33~4~start~101~{time}~1~DF239A~2")
        assert at(read) == "2026-06-14 07:45:01.010000"

    def test_a_new_location_makes_us_ask_for_the_list(self):
        told = grammar("chronotrack").feed(b"CT01_33~9~30k~newlocation~09:15:21.00~0~ED932A~0\r\n")
        assert said(told) == ["getlocations\r\n"]

    def test_an_error_of_the_other_side_is_listed(self):
        assert refusal("chronotrack", "err~start~unknown location").code == "error"


class TestSmallBoxes:
    @pytest.mark.parametrize(
        ("line", "kind", "bib", "note"),
        [
            (" 0056 C1 12:14:50.8340 01", "read", "56", None),
            (" 0001 c0 15:43:49,8863 00", "gun", "1", None),
            (" 0016 c1M 15:43:55,8800 00", "read", "16", "by keypad"),
            ("m0008 c1 15:44:00,2849 00", "read", "8", "from memory"),
            ("c 0023 c1 15:44:15,7847 00", "correction", "23", "cleared"),
            ("C 0011 c0 15:44:01,0366 00", "correction", "11", "cleared"),
            ("n 0014 c0 15:44:01,0366 00", "correction", "14", "number changed"),
            ("i 0023 c1 15:44:15,7847 00", "read", "23", "time typed in"),
            ("?0023 c1 15:44:15,7847 00", "read", None, "number not valid"),
            (" 0023 RT  00:01:15,78   00   1", "marker", "23", None),
            ("   1 c0  15:43:49,8863", "gun", "1", None),
        ],
    )
    def test_an_impulse_of_a_timy(self, line, kind, bib, note):
        impulse = seen("timy", line)
        assert (impulse.kind, impulse.bib, impulse.note) == (kind, bib, note)

    def test_the_checksum_of_a_timy_is_verified(self):
        body = " 0056 C1  12:14:50.8340 01"
        low = sum(map(ord, body)) & 0xFF
        good = body + chr(0x30 + (low >> 4)) + chr(0x30 + (low & 15))
        assert seen("timy", good).bib == "56"
        assert refusal("timy", body + "00").code == "checksum"

    @pytest.mark.parametrize("line", ["n0002", "12:14:51.3", "CLR", "PROG: BACKUP"])
    def test_what_else_a_timy_says_is_neither_a_read_nor_refused(self, line):
        assert list(decode("timy", line.encode(), SETUP)) == [] or ":" in line

    def test_a_finish_of_a_time_machine_waits_for_its_bib(self):
        finish = seen("timemachine", "\x17       00012 0:15:32.45  ")
        named = seen("timemachine", "\x14       00012 0:15:32.45     123")
        assert (finish.kind, finish.bib, finish.sequence) == ("read", None, 12)
        assert (named.kind, named.bib, named.sequence) == ("bib", "123", 12)
        assert format_duration(finish.at) == "15:32.45"
        assert finish.clock == "elapsed"

    def test_a_jchip_receiver_is_asked_for_its_time_and_then_to_send(self):
        box = grammar("jchip")
        assert said(box.feed(b"N0000JCHIP-12\r")) == ["GT\r"]
        clock, answer = box.feed(b"GT0093000500000 date=20260614\r")
        assert datetime_of(clock.at) == datetime(2026, 6, 14, 9, 30, 0, 500_000, UTC)
        assert answer == Reply(b"S0000\r")
        (read,) = box.feed(b"DJ413A36 10:11:16.4433 10  00024      C7 date=20260614\r")
        assert (read.chip, read.box, read.sequence) == ("413A36", "JCHIP-12", 0x24)

    def test_a_jchip_line_without_a_date_takes_the_day_of_the_race(self):
        read = seen("jchip", "DJ413A36 10:11:16.4433 10  00024      C7")
        assert at(read) == "2026-06-14 10:11:16.443300"

    def test_the_worked_examples_of_the_generic_acquisition(self):
        read = seen("wiclax", "01539;22-09-2011 02:41:30.620;0A;559;;0")
        assert (read.chip, read.antenna, read.sequence) == ("01539", "0A", 559)
        assert at(read) == "2011-09-22 02:41:30.620000"
        gun = seen("wiclax", "RACESTART 23:59:59,999")
        assert (gun.kind, at(gun)) == ("gun", "2026-06-14 23:59:59.999000")

    def test_the_files_of_rfid_server(self):
        comma = seen("rfidserver", '1,0580AB,7,"2026-06-14 09:30:00.120",2,1')
        assert (comma.chip, comma.bib, comma.box, comma.antenna) == ("0580AB", "7", "2", "1")
        tab = seen("rfidserver", "0580AB\t9:30:00.120\t2\t1")
        assert (tab.chip, tab.bib, tab.at) == ("0580AB", None, comma.at)
        assert seen("rfidserver", '0,0,0,"09:00:00.000",0,0').kind == "gun"

    def test_a_log_of_chronokeep_counts_local_seconds_since_1980(self):
        seconds = ultra.seconds_of(3)
        line = f"0,0580AB,{seconds},0,{seconds},120,1,2,Box,17,-60,0,,0,-1,0"
        read = seen("chronokeep", line, reads.SETUP)
        assert (read.chip, read.bib, read.sequence) == ("0580AB", None, 17)
        assert read.at == reads.instant(3) - reads.moment(3).microsecond + 120_000


class TestFinishLynx:
    HEADER = "7,1,2,800m,+0.0,m/s,,,,800,10:15:00.250\n"

    def rows(self, *lines: str) -> list[Sighting]:
        return list(decode("lif", (self.HEADER + "\n".join(lines)).encode(), SETUP))

    def test_the_start_of_the_heat_is_a_gun(self):
        gun, _wind = self.rows()
        assert (gun.kind, gun.box, at(gun)) == ("gun", "7-1-2", "2026-06-14 10:15:00.250000")

    def test_the_wind_of_the_heat_is_told_as_it_was_read(self):
        _gun, wind = self.rows()
        assert (wind.kind, wind.box, wind.at, wind.note) == ("wind", "7-1-2", None, "+0.0")

    def test_a_wind_in_another_unit_is_left_out(self):
        header = self.HEADER.replace("m/s", "mph")
        assert [each.kind for each in decode("lif", header.encode(), SETUP)] == ["gun"]

    def test_a_place_that_is_no_number_is_a_status(self):
        *_, row = self.rows("DQ,8,5,Roe,Al,Club,,,")
        assert (row.kind, row.bib, row.at, row.note) == ("status", "8", None, "DQ, lane 5")

    def test_splits_and_the_reaction_are_kept_beside_the_finish(self):
        _, _, *told = self.rows('1,7,4,Doe,Jo,Club,2:05.31,,,0.15,"58.2 (58.2),2:05.31 (1:07.11)"')
        assert [(each.kind, format_duration(each.at)) for each in told] == [
            ("split", "58.2"), ("split", "2:05.31"), ("read", "2:05.31"), ("reaction", "0.15"),
        ]  # fmt: skip

    def test_quoted_commas_do_not_break_a_row(self):
        *_, row = self.rows('1,7,4,"Doe, Jr.",Jo,"Club, North",12.31')
        assert format_duration(row.at) == "12.31"


def test_one_tag_is_found_in_its_three_spellings():
    assert spellings("058000ab") == ("058000ab", "058000AB", "58000AB")
    assert spellings("0000") == ("0000", "0")
