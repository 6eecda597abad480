"""Tables as people and programs write them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from timing.core.clock import datetime_of, format_duration
from timing.readers.formats import decode
from timing.readers.grammar import Setup
from timing.readers.moments import Zone
from timing.readers.sighting import Refused
from timing.readers.table import ColumnsError, columns_of

DAY = Setup(Zone(UTC, date(2026, 6, 14)), clock="day")


def rows(text: str, setup: Setup | None = None, name: str = "csv"):
    told = list(decode(name, text.encode(), setup))
    assert not [each for each in told if isinstance(each, Refused)]
    return told


def refused(text: str, setup: Setup | None = None, name: str = "csv") -> list[str]:
    told = decode(name, text.encode(), setup)
    return [each.sentence for each in told if isinstance(each, Refused)]


def times(text: str, name: str = "csv") -> list[str]:
    return [format_duration(row.at) for row in rows(text, name=name)]


@pytest.mark.parametrize(
    "text",
    [
        "bib,time\n101,6:45.112\n",
        "Time;Bib\n6:45.112;101\n",
        "\ufeffNo\tZeit\r\n101\t6:45,112\r\n",
        '"101","6:45.112"\n',
        "101,6:45.112",
        "# from the stopwatch\n\nPos,Time,Bib Number\n1,6:45.112,101\n",
    ],
)
def test_the_same_read_in_six_dresses(text):
    (row,) = rows(text)
    assert (row.bib, format_duration(row.at), row.clock) == ("101", "6:45.112", "elapsed")


def test_tolerant_times_of_the_club():
    text = "1\t65:55\n2\t:59\n3\t0:58:\n4\t1.11.43\n5\t28.49\n6\t1:1:10\n"
    assert times(text, "tsv") == [
        "1:05:55",
        "59",
        "58:00",
        "1:11:43",
        "28:49",
        "1:01:10",
    ]


def test_a_dot_in_a_table_of_seconds_is_a_decimal_point():
    assert times("1,28.49\n") == ["28.49"]


def test_a_column_map_reads_the_export_of_a_stopwatch_app():
    setup = Setup(columns="bib=5,time=4", clock="day", zone=DAY.zone)
    (row,) = rows("1,x,y,09301512,77\n", setup)
    assert row.bib == "77"
    assert datetime_of(row.at) == datetime(2026, 6, 14, 9, 30, 15, 120_000, UTC)


def test_a_date_column_or_a_date_in_the_time_makes_a_time_of_day():
    for text in (
        "chip,date,time\nAB,14.06.2026,09:30:15.12\n",
        "chip,time\nAB,2026-06-14 09:30:15.12\n",
        "chip,date,time\nAB,2026-06-14,09:30:15.12\n",
    ):
        (row,) = rows(text)
        assert (row.chip, row.bib, row.clock) == ("AB", None, "day")
        assert datetime_of(row.at) == datetime(2026, 6, 14, 9, 30, 15, 120_000, UTC)


def test_times_of_day_run_over_midnight():
    told = rows("1,23:59:58\n2,00:00:03\n", DAY)
    assert [datetime_of(row.at).day for row in told] == [14, 15]


def test_a_time_without_a_bib_and_a_bib_without_a_time_are_both_kept():
    time_only, bib_only = rows("?,6:45\n102,\n")
    assert (time_only.bib, bib_only.bib, bib_only.at) == (None, "102", None)


def test_a_status_stands_where_the_time_would():
    (row,) = rows("103,dnf\n")
    assert (row.kind, row.note, row.at) == ("status", "DNF", None)


def test_the_third_column_of_the_club_is_a_note_and_a_place_is_a_sequence():
    (leg,) = rows("7\t12:00\t2\n", name="tsv")
    assert leg.note == "2"
    (placed,) = rows("place,bib,time\n3,7,12:00\n")
    assert placed.sequence == 3


def test_equal_rows_are_told_apart():
    told = rows("7,12:00\n7,12:00\n")
    assert [row.key for row in told] == ["7,12:00", "7,12:00#2"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("101,soon", "'soon' is not a time"),
        ("?,?", "neither a time nor a bib or chip"),
        ("101,1:75:00", "'1:75:00' is not a time"),
    ],
)
def test_a_row_that_says_nothing_is_refused_with_a_sentence(text, said):
    (sentence,) = refused(text)
    assert said in sentence


def test_a_date_that_is_none_is_refused():
    assert refused("bib,date,time\n1,yesterday,10:00:00\n") == [
        "'yesterday' is no date; expected YYYY-MM-DD"
    ]


@pytest.mark.parametrize("text", ["bib", "bib=0", "who=1", "bib=1,time=x", "bib=1,,time=2"])
def test_a_column_map_that_cannot_be_is_refused_before_anything_is_read(text):
    with pytest.raises(ColumnsError, match="expected NAME=NUMBER"):
        columns_of(text)
    with pytest.raises(ColumnsError):
        decode("csv", b"1,2", Setup(columns=text))
