"""What all grammars share: lines, keys, and a net under the faults of our own."""

from __future__ import annotations

import pytest

from tests.readers.emulators import reads
from timing.readers import grammar as rules
from timing.readers.formats import FORMATS, decode
from timing.readers.gaps import Gaps
from timing.readers.grammar import (
    LIMIT,
    UNFORESEEN,
    ByLine,
    Frames,
    Occurrences,
    Setup,
    signed,
    text_of,
    whole,
)
from timing.readers.sighting import Refused, Reply, Sighting, shown


class Faulty(ByLine):
    """A grammar with a fault: it divides by the length of a line less three."""

    def read(self, line):
        return [Sighting(self.key(line), line, None, rssi=1 // (len(line) - 3))]


def test_a_fault_of_a_grammar_refuses_the_line_and_goes_on():
    first, refused, second = Faulty(Setup()).feed(b"ab\nabc\nabcd\n")
    assert (first.line, second.line) == ("ab", "abcd")
    assert (refused.line_no, refused.line, refused.code) == (2, "abc", UNFORESEEN)
    assert "ZeroDivisionError" in refused.sentence


def test_a_half_line_at_a_break_is_kept_and_at_the_end_of_a_file_read():
    for cut, kind in ((True, Refused), (False, Sighting)):
        box = FORMATS["csv"].make(Setup())
        box.feed(b"7,12:00\n8,13:")
        box.feed(b"00")
        (last,) = box.close(cut=cut)
        assert isinstance(last, kind)
        assert last.line == "8,13:00"
        assert box.close(cut=cut) == []


def test_a_line_without_an_end_is_kept_whole_in_pieces():
    told = list(decode("ipico", b"x" * (2 * LIMIT + 5)))
    assert [len(each.line) for each in told] == [LIMIT, LIMIT, 5]
    assert {each.code for each in told} == {"too-long"}


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (b"a\r\nb\nc\rd", [b"a", b"b", b"c"]),
        (b"a\r\n\r\nb\n", [b"a", b"", b"b"]),
        (b"\n\r", [b"", b""]),
    ],
)
def test_every_kind_of_line_end_is_one_end(data, lines):
    assert Frames().split(data) == lines


def test_a_line_feed_that_comes_later_belongs_to_its_carriage_return():
    frames = Frames()
    assert frames.split(b"a\r") == [b"a"]
    assert frames.split(b"") == []
    assert frames.split(b"\nb\n") == [b"b"]


def test_text_that_is_not_utf_8_is_latin_1_and_a_nul_is_visible():
    assert text_of("Härden".encode()) == "Härden"
    assert text_of("Härden".encode("latin-1")) == "Härden"
    assert text_of(b"a\x00b") == "a␀b"


def test_equal_lines_are_counted_within_one_stream():
    seen = Occurrences()
    assert [seen.key(each) for each in "abab"] == ["a", "b", "a#2", "b#2"]


def test_a_stream_of_days_does_not_fill_the_memory(monkeypatch):
    monkeypatch.setattr(rules, "_REMEMBERED", 10)
    seen = Occurrences()
    for number in range(35):
        seen.key(str(number))
    assert len(seen._now) + len(seen._before) <= 20
    assert seen.key("34") == "34#2", "what came lately is known again"


def test_numbers_are_bounded_to_what_a_database_holds():
    assert whole("9" * 18) == 10**18 - 1
    assert whole("9" * 19) is None
    assert whole("²") is None
    assert (signed("-68"), signed("12"), signed("--1"), signed("")) == (-68, 12, None, None)


def test_a_long_piece_of_a_line_is_cut_in_a_sentence():
    assert shown("x" * 60) == repr("x" * 40 + "…")


def test_gaps_are_told_once_and_closed_in_any_order():
    gaps = Gaps(None)
    assert list(gaps.saw(7)) == []
    assert list(gaps.saw(11)) == [8, 9, 10]
    assert list(gaps.saw(13)) == [12]
    assert gaps.done == 7
    for number in (10, 8, 12, 9):
        assert list(gaps.saw(number)) == []
    assert gaps.done == 13
    assert list(gaps.saw(3)) == []


def test_numbers_that_can_no_longer_come_are_passed_over():
    gaps = Gaps(4)
    gaps.saw(9)
    gaps.reached(8)
    assert gaps.done == 9
    gaps.reached(2)
    assert gaps.done == 9


def test_a_header_of_a_chronokeep_log_says_where_the_columns_are():
    data = b"type,read_bib,chip_number,time_seconds,time_milliseconds\n0,17,AB,1465464600,5\n"
    (read,) = decode("chronokeep", data, reads.SETUP)
    assert (read.chip, read.bib) == ("AB", "17")


def test_a_ping_of_the_other_side_is_answered_and_ours_breaks_a_silence():
    box = FORMATS["chronotrack"].make(Setup())
    assert box.feed(b"ping\r\n") == [Reply(b"ack~ping\r\n")]
    assert [box.idle() for _ in range(10)] == [[]] * 9 + [[Reply(b"ping\r\n")]]


def test_a_decoder_that_has_fewer_passings_than_asked_for_ends_the_block():
    box = FORMATS["raceresult"].make(Setup())
    box.feed(b"SETPROTOCOL;3.0\r\nPASSINGS;3;177\r\n")
    assert box.idle() == []
    box.feed(b"ONLY 0\r\n")
    assert box.idle() == [Reply(b"PASSINGS\r\n")]


def test_a_dbf_of_another_program_is_refused_with_its_width():
    header = bytes(8) + (64).to_bytes(2, "little") + (99).to_bytes(2, "little") + bytes(52)
    (refused,) = decode("ipico-dbf", header + b" " * 99)
    assert "records of 99 bytes; expected IPICO Direct with 41" in refused.sentence


def test_a_dbf_that_ends_within_a_record_says_so():
    header = bytes(8) + (64).to_bytes(2, "little") + (41).to_bytes(2, "little") + bytes(52)
    (refused,) = decode("ipico-dbf", header + b" F  0580")
    assert refused.code == "cut-off"
