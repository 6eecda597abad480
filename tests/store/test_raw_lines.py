"""Every line of a timing box is kept as it came, once, also the garbled one."""

from __future__ import annotations

import pytest

from tests.store.races import GUN
from tests.store.verbatim import keep_lines
from timing.store.connect import Store
from timing.store.hand import Hand
from timing.store.journal import UnknownEventError
from timing.store.raw_lines import RawLine, list_lines
from timing.store.readers import Said, Standing, standing

GOOD = RawLine(1, b"aa40000000012345670a2f\r\n", 1)
GARBLED = RawLine(2, b"aa40\x00\xff", None, "too short")


def kept(store: Store, event: int, *lines: RawLine) -> int:
    with store.write() as tx:
        return keep_lines(tx, event, "mat", lines, GUN)


def test_lines_come_back_byte_by_byte_in_the_order_of_their_source(store, event):
    assert kept(store, event, GARBLED, GOOD) == 2
    with store.read() as tx:
        assert list_lines(tx, event, "mat") == [GOOD, GARBLED]
        assert list_lines(tx, event, "mat", only_problems=True) == [GARBLED]
        assert list_lines(tx, event, "other") == []


def test_a_reader_goes_on_behind_the_last_line(store, event):
    with store.read() as tx:
        assert standing(tx, event, "mat").line == 0
    kept(store, event, GOOD, GARBLED)
    with store.read() as tx:
        assert standing(tx, event, "mat").line == 2


def test_a_line_that_is_sent_again_is_kept_once(store, event):
    assert kept(store, event, GOOD, GOOD) == 1
    assert kept(store, event, GARBLED, GOOD) == 1
    assert kept(store, event) == 0


def test_another_line_at_the_same_place_is_kept_too(store, event):
    other, third = GOOD._replace(content=b"bb"), GOOD._replace(content=b"cc")
    assert kept(store, event, GOOD) == 1
    assert kept(store, event, other, third) == 2
    assert kept(store, event, third, other, GOOD) == 0
    with store.read() as tx:
        contents = {line.content for line in list_lines(tx, event, "mat")}
        assert contents == {GOOD.content, b"bb", b"cc"}
        assert standing(tx, event, "mat").line == 1


def said(k: int) -> RawLine:
    return RawLine(k, b"%d" % k, k, "", b"digest %d" % k)


def test_what_a_reader_said_is_read_on_from_where_one_was(store, event):
    known = Said()
    kept(store, event, GOOD, said(2))
    with store.read() as tx:
        known.catch_up(tx, event, "mat")
    assert (known.standing.line, known.digests) == (2, {b"digest 2"})
    known.add([said(3)], 3)
    kept(store, event, said(3), said(4))
    with store.read() as tx:
        known.catch_up(tx, event, "mat")
    assert (known.standing.line, known.digests) == (4, {b"digest %d" % k for k in (2, 3, 4)})


def test_what_a_reader_said_is_looked_up_by_no_plan_from_before_the_race(store, event):
    """A plan that was made for an empty table reads all of it when the race has filled it."""
    if store.dialect != "postgresql":
        pytest.skip("SQLite keeps no plan beyond a change of the statistics")
    kept(store, event, said(1))
    with store.write() as tx:
        for _ in range(20):
            Said().catch_up(tx, event, "mat")
        plans = Hand(tx).ask("SELECT statement FROM pg_prepared_statements", ())
        assert not [text for (text,) in plans if "SELECT digest" in text]


def test_where_another_database_was_put_in_place_nothing_is_known_of_the_old_one(store, event):
    known = Said(Standing(9, 9), {b"of the old one"})
    kept(store, event, said(1))
    with store.read() as tx:
        known.catch_up(tx, event, "mat")
    assert (known.standing, known.digests) == (Standing(1, 0), {b"digest 1"})


def test_lines_for_no_event_are_refused(store):
    with pytest.raises(UnknownEventError):
        kept(store, 7, GOOD)
