"""What boxes say is in the journal once, whatever happens on the way."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy.exc import OperationalError

from tests.core.story import contest, event
from tests.services.days import SLUG, places, run_day
from timing.core.clock import SECOND, Duration, Instant, format_duration
from timing.core.journal.rulings import Gun, Pair, SetClock, SetStatus, Void
from timing.core.refusal import Refusal
from timing.core.setup.event import Choice, TimingPoint
from timing.readers.delivery import Batch, CommitError, Host
from timing.readers.sighting import (
    BIB,
    CORRECTION,
    ELAPSED,
    GUN,
    MARKER,
    REACTION,
    SPLIT,
    STATUS,
    WIND,
    Refused,
    Sighting,
)
from timing.services.office import stations
from timing.services.readers import boxes, reading
from timing.services.readers.boxes import Order, enrol
from timing.services.readers.reading import Diary
from timing.store import journal, raw_lines
from timing.store.swift import write_swiftly

ORDER = Order(SLUG, "ipico", "10.0.0.9:10000", "finish")


def at(text):
    from tests.core.story import moment

    return moment(text)


def diary(house, **told) -> Diary:
    return Diary(house, enrol(house, ORDER._replace(**told)))


def say(book, *sightings, refused=(), clocks=(), position=None):
    batch = Batch(list(sightings), list(refused), list(clocks), position or {}, book.house.clock())
    book.commit(batch)


def sighting(key, when="6:45", **more) -> Sighting:
    moment = at(when) if isinstance(when, str) else when
    return Sighting(key, more.pop("line", f"line {key}"), moment, **more)


def lines(house):
    with house.store.read() as tx:
        return journal.load_journal(tx, 1)


@pytest.fixture
def day(house):
    return run_day(house, "gun 0:00 | 101 start 0:01 | 102 start 0:01")


def reads(house, source="chip"):
    return [read for read in lines(house).reads if read.source == source and read.n]


def acts(house, kind):
    return [ruling.act for ruling in lines(house).rulings if isinstance(ruling.act, kind)]


def test_a_sighting_becomes_a_read_at_the_point_of_the_reader(house, day):
    book = diary(house)
    say(book, sighting("a", chip="0A", rssi=-40), sighting("b", bib="101"))
    by_chip, by_bib = [read for read in lines(house).reads if read.station == book.reader.station]
    assert (by_chip.chip, by_chip.bib, by_chip.strength) == ("0A", None, -40)
    assert (by_chip.source, by_bib.source, by_bib.bib) == ("chip", "typed", "101")
    assert (by_chip.n, by_bib.n, by_chip.point) == (1, 2, "finish")
    assert places(house).startswith("1 101")


def test_what_was_said_already_changes_nothing_also_in_another_process(house, day):
    say(diary(house), sighting("a", bib="101"), sighting("a", bib="101"))
    again = diary(house)
    say(again, sighting("a", bib="101"), sighting("b", "6:50", bib="102"))
    mine = [read.n for read in lines(house).reads if read.station == again.reader.station]
    assert mine == [1, 2]
    with house.store.read() as tx:
        kept = raw_lines.list_lines(tx, 1, again.reader.station)
    assert [(line.position, line.content, line.n) for line in kept] == [
        (1, b"line a", 1), (2, b"line b", 2),
    ]  # fmt: skip


def test_two_processes_that_read_one_box_at_once_write_each_thing_once(house, day):
    left, right = diary(house), diary(house)
    say(left, sighting("a", chip="0A"))
    say(right, sighting("a", chip="0A"), sighting("b", "6:50", chip="0B"))
    say(left, sighting("b", "6:50", chip="0B"), sighting("c", "6:55", chip="0C"))
    say(right, sighting("d", "6:59", chip="0D"), sighting("a", chip="0A"))
    mine = [(read.n, read.chip) for read in reads(house) if read.station == left.reader.station]
    assert mine == [(1, "0A"), (2, "0B"), (3, "0C"), (4, "0D")]


def test_what_was_kept_though_nobody_was_told_is_not_kept_twice(house, day, monkeypatch):
    """The connection breaks after the commit and before the answer."""
    book = diary(house)

    def broken(store, note):
        write_swiftly(store, note)
        raise OperationalError("COMMIT", {}, Exception("the server has gone"))

    with monkeypatch.context() as patched:
        patched.setattr(reading, "write_swiftly", broken)
        with pytest.raises(CommitError):
            say(book, sighting("a", chip="0A"))
    say(book, sighting("a", chip="0A"), sighting("b", "6:50", chip="0B"))
    assert [read.chip for read in reads(house)] == ["0A", "0B"]


def test_garbled_lines_among_good_ones_take_the_same_way(house, day):
    book = diary(house)
    bad = Refused(2, "a?", "short", "too short")
    say(book, sighting("a", chip="0A", sequence=4), refused=[bad], position={"line": 2})
    say(book, refused=[bad, bad._replace(line_no=3)], position={"line": 3})
    with house.store.read() as tx:
        kept = raw_lines.list_lines(tx, 1, book.reader.station)
    assert [(line.position, line.n, line.sequence) for line in kept] == [
        (1, 1, 4), (2, None, None), (3, None, None),
    ]  # fmt: skip
    assert diary(house).position() == {"line": 3}


def test_two_boxes_at_one_point_are_two_readers(house, day):
    first, second = diary(house), diary(house, place="10.0.0.10:10000")
    say(first, sighting("a", bib="101"))
    say(second, sighting("a", bib="101"))
    assert first.reader.station != second.reader.station
    assert len([read for read in lines(house).reads if read.n and read.bib == "101"]) >= 2


def test_a_reader_goes_on_where_it_stopped(house, day):
    book = diary(house)
    say(book, sighting("a"), position={"log": 5, "file": 1})
    say(book, sighting("b"), position={"log": 9})
    assert book.position() == diary(house).position() == {"log": 9, "file": 1}


def test_a_garbled_line_is_kept_and_listed_once_and_stops_nothing(house, day):
    book = diary(house)
    bad = Refused(3, "aa?\x00", "checksum", "the checksum does not fit")
    for _ in range(2):
        say(book, sighting("a", bib="101"), refused=[bad])
    [card] = boxes.cards(house, SLUG)
    assert (card.sightings, card.refused) == (2, 1)
    assert card.lines == [("aa?\x00", "checksum: the checksum does not fit")]
    assert places(house).startswith("1 101")


def test_how_far_the_clock_of_the_box_is_off_is_noted(house, day, clock):
    book = diary(house)
    say(book, clocks=[(Instant(0), Duration(3 * SECOND))])
    [device] = stations.devices(house, SLUG)
    assert device.station.clock_offset == -3 * SECOND
    assert not boxes.cards(house, SLUG)[0].silent
    clock.advance(100 * SECOND)
    assert boxes.cards(house, SLUG)[0].silent


def test_a_start_impulse_starts_the_wave_that_the_reader_was_told(house):
    run_day(house, "101 start 0:01")
    shot = sighting("g", "0:00.5", kind=GUN)
    say(diary(house, wave="race"), shot)
    assert acts(house, Gun) == [Gun(wave="race", at=at("0:00.5"))]
    say(diary(house, wave="race"), sighting("h", "0:09", kind=GUN))
    assert len(acts(house, Gun)) == 1
    assert "has started already" in boxes.cards(house, SLUG)[0].lines[0][1]


def test_a_start_impulse_of_nobody_is_listed(house, day):
    say(diary(house), sighting("g", "0:02", kind=GUN), sighting("m", "0:03", kind=MARKER))
    assert len(acts(house, Gun)) == 1
    reasons = [why for _line, why in boxes.cards(house, SLUG)[0].lines]
    assert [why.split(":")[0] for why in reasons] == ["marker", "gun"]


def test_a_marker_is_a_start_where_the_box_has_no_other_word(house):
    run_day(house, "101 start 0:01")
    say(diary(house, format="raceresult", wave="race"), sighting("m", "0:01", kind=MARKER))
    assert acts(house, Gun) == [Gun(wave="race", at=at("0:01"))]


def test_a_bib_for_an_earlier_time_is_paired_with_it(house, day):
    book = diary(house, format="timemachine")
    say(book, sighting("t1", "6:45", sequence=1), sighting("t2", "6:46", sequence=2))
    say(book, sighting("b2", "6:46", kind=BIB, bib="101", sequence=2))
    [pair] = acts(house, Pair)
    assert (pair.time[1], pair.bib[1]) == (2, 3)
    assert lines(house).reads[-1].at is None
    assert places(house).startswith("1 101")


def test_a_bib_and_its_time_may_come_together_or_without_a_number(house, day):
    book = diary(house, format="timemachine")
    say(
        book, sighting("t", "6:45", sequence=7),
        sighting("b", "6:45", kind=BIB, bib="101", sequence=7), sighting("c", kind=BIB, bib="102"),
    )  # fmt: skip
    assert len(acts(house, Pair)) == 1
    assert lines(house).reads[-1].bib == "102"


def test_times_since_a_start_run_from_its_gun(house, day):
    say(diary(house, format="csv"), sighting("a", Instant(405 * SECOND), bib="101", clock=ELAPSED))
    assert places(house).startswith("1 101")
    assert acts(house, SetClock)[0].offset == at("0:00")


def test_times_that_come_before_the_gun_are_tied_to_it_afterwards(house):
    run_day(house, "101 start 0:01 | 102 start 0:01")
    told = sighting("a", Instant(405 * SECOND), bib="101", clock=ELAPSED)
    book = diary(house, format="csv")
    say(book, told)
    assert not acts(house, SetClock)
    from timing.services.rulings import rule

    rule(house, SLUG, [Gun(wave="race", at=at("0:10"))], reason="", author="Ada")
    say(book, told)
    assert acts(house, SetClock)[0].offset == at("0:10")
    rule(house, SLUG, [Gun(wave="race", at=at("0:11"))], reason="late", author="Ada")
    say(book, told)
    assert [each.offset for each in acts(house, SetClock)] == [at("0:10"), at("0:11")]


def test_a_clock_that_an_official_corrected_is_left_alone(house, day):
    from timing.services.rulings import rule

    book = diary(house, format="csv", zero="08:00:05")
    told = sighting("a", Instant(405 * SECOND), bib="101", clock=ELAPSED)
    say(book, told)
    assert acts(house, SetClock)[0].offset == at("0:05")
    station = f"{book.reader.station}/elapsed"
    rule(house, SLUG, [SetClock(station=station, offset=Duration(1))], reason="", author="Ada")
    say(book, told)
    assert len(acts(house, SetClock)) == 2


@pytest.mark.parametrize(
    ("choose", "time"), [("first", "6:45.1"), ("last", "6:45.9"), ("strongest", "6:45.4")]
)
def test_of_a_burst_of_a_chip_that_read_counts_which_its_point_names(house, choose, time):
    point = TimingPoint(code="finish", name="Finish", choose=Choice(choose))
    run_day(house, "gun 0:00", of=event([contest(decimals=1)], points=[point]), entered="101")
    book = diary(house)
    crossing = [("6:45.1", -70), ("6:45.4", -50), ("6:45.6", -50), ("6:45.9", -64)]
    for when, rssi in crossing:  # as they come: not all at once
        say(book, sighting(when, when, bib="101", rssi=rssi))
    [row] = house.live.snapshot(SLUG, fresh=True).standings["race", "final"].rows
    assert format_duration(row.result.official) == time
    assert len(reads(house, "typed")) == len(crossing), "all of them are kept"


def test_a_results_file_brings_statuses_and_intermediate_times(house, day):
    book = diary(house, format="lif", splits=("start",))
    say(
        book,
        sighting("s", None, kind=STATUS, bib="102", note="DNF, lane 4", box="1-1-1"),
        sighting("x", None, kind=STATUS, bib="999", note="DNS"),
        sighting("y", None, kind=STATUS, bib="101", note="place 3"),
        sighting("p", Instant(60 * SECOND), kind=SPLIT, bib="101", note="split 1", clock=ELAPSED),
        sighting("q", Instant(70 * SECOND), kind=SPLIT, bib="101", note="split 2", clock=ELAPSED),
        sighting("f", Instant(405 * SECOND), bib="101", clock=ELAPSED, box="1-1-1"),
    )
    [status] = acts(house, SetStatus)
    assert status.status == "DNF"
    assert places(house) == "1 101 | DNF 102"
    assert {why.split(":")[0] for _line, why in boxes.cards(house, SLUG)[0].lines} == {
        "status", "split",
    }  # fmt: skip


def test_wind_and_reactions_of_a_heat_that_nobody_knows_are_listed(house, day):
    book = diary(house, format="lif")
    say(
        book,
        sighting("w", None, kind=WIND, box="9-1-1", note="+1.2"),
        sighting("v", None, kind=WIND, box="1-1-1", note="gale"),
        sighting("r", Instant(145_000), kind=REACTION, bib="999", clock=ELAPSED, box="1-1-1"),
    )
    told = sorted(why for _line, why in boxes.cards(house, SLUG)[0].lines)
    assert [why.split(":")[0] for why in told] == ["reaction", "wind", "wind"]
    assert "no heat 9-1-1" in told[2] or "no heat 9-1-1" in told[1]


def test_a_time_that_was_cleared_at_the_box_is_void(house, day):
    book = diary(house, format="timy")
    say(book, sighting("a", "6:45", bib="101"))
    say(book, sighting("c", "6:45", kind=CORRECTION, note="cleared"))
    assert acts(house, Void) == [Void(line=(book.reader.station, 1))]
    say(book, sighting("n", "6:46", kind=CORRECTION, note="number changed"))
    assert "correction" in boxes.cards(house, SLUG)[0].lines[0][1]


def test_a_kind_that_nobody_knows_is_listed(house, day):
    say(diary(house), sighting("z", kind="smoke"))
    assert "unknown" in boxes.cards(house, SLUG)[0].lines[0][1]


def test_a_locked_database_is_tried_again(house, day, monkeypatch):
    book = diary(house)

    def locked(*_, **__):
        raise OperationalError("INSERT", {}, Exception("database is locked"))

    with monkeypatch.context() as patched:
        patched.setattr(reading, "write_swiftly", locked)
        with pytest.raises(CommitError, match="locked"):
            say(book, sighting("a", bib="101"), position={"log": 1})
    assert book.position() == {}
    say(book, sighting("a", bib="101"))
    assert places(house).startswith("1 101")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"point": "moon"}, "no timing point 'moon'"), ({"wave": "9"}, "no wave '9'"),
        ({"format": "abacus"}, "no format"), ({"zone": "Mars/Base"}, "no time zone"),
        ({"day": "soon"}, "no day"), ({"zero": "25 o'clock"}, "no time"),
        ({"slug": "nowhere"}, "no event"), ({"format": "csv", "columns": "?"}, "column"),
    ],
)  # fmt: skip
def test_a_reader_that_was_told_nonsense_is_refused_with_a_sentence(house, day, wrong, told):
    with pytest.raises(Refusal, match=told):
        diary(house, **wrong)


def test_the_cards_need_an_event(house):
    with pytest.raises(Refusal, match="no event"):
        boxes.cards(house, "nowhere")


def test_a_place_that_is_none_is_refused_with_a_sentence(house, day):
    host = Host(house.clock, threading.Event(), print)
    with pytest.raises(Refusal, match="is no address"):
        reading.read(house, ORDER._replace(place="nowhere:x"), host, lambda _: None)


def test_a_file_is_read_once_however_often(house, day, tmp_path):
    path = tmp_path / "hand.csv"
    path.write_text("bib,time\n101,6:45\n102,soon\n", encoding="utf-8")
    order = ORDER._replace(format="csv", place="hand.csv")
    for _ in range(2):
        told = list(reading.read_file(house, order, path))
        assert [str(each).split(": ")[0] for each in told] == [f"{path}:3", "2"]
    assert len(lines(house).reads) == 3
    assert places(house).startswith("1 101")
