"""Lines are written down once, in one order, and read back as they were sent."""

from __future__ import annotations

import pytest

from tests.store.races import GUN, gun, read
from timing.core.clock import Duration, Instant
from timing.core.journal.lines import Journal, Ruling
from timing.core.journal.rulings import Note, SetTime, Withdraw
from timing.store.connect import Store
from timing.store.journal import Outcome, UnknownEventError, append, head, load_journal
from timing.store.lines import MalformedLineError, claimed


def sent(store: Store, event: int, *lines) -> list:
    reads = [line for line in lines if not isinstance(line, Ruling)]
    rulings = [line for line in lines if isinstance(line, Ruling)]
    with store.write() as tx:
        return append(tx, event, reads, rulings, arrived=GUN)


def kept(store: Store, event: int, after: int = 0) -> Journal:
    with store.read() as tx:
        return load_journal(tx, event, after)


def test_a_new_event_has_an_empty_journal(store, event):
    assert kept(store, event) == Journal()


def test_lines_come_back_as_they_were_sent_and_in_their_order(store, event):
    lines = [read(1), read(2, None), read(3, bib=None, chip="AA01", at=None, strength=-61)]
    receipts = sent(store, event, gun(), *lines)
    assert [receipt.seq for receipt in receipts] == [1, 2, 3, 4]
    assert {receipt.outcome for receipt in receipts} == {Outcome.NEW}
    assert kept(store, event) == Journal(tuple(lines), (gun(),), 4)


def test_sending_again_changes_nothing(store, event):
    first = sent(store, event, read(1), read(2), gun())
    again = sent(store, event, read(2), gun(), read(1))
    assert [(r.line, r.seq, r.outcome) for r in again] == [
        (("mat", 2), 2, Outcome.KNOWN),
        (("mat", 1), 1, Outcome.KNOWN),
        (("desk", 1), 3, Outcome.KNOWN),
    ]
    assert kept(store, event).seq == len(first)


def test_a_line_twice_in_one_batch_is_written_once(store, event):
    outcomes = [receipt.outcome for receipt in sent(store, event, read(1), read(1))]
    assert outcomes == [Outcome.NEW, Outcome.KNOWN]
    assert kept(store, event).reads == (read(1),)


def test_two_contents_under_one_identity_are_both_kept(store, event):
    sent(store, event, read(7, "101"))
    (receipt,) = sent(store, event, read(7, "110"))
    assert receipt.outcome is Outcome.CLASH
    assert receipt.line == ("mat", 7)
    station, number = receipt.kept
    assert (station, claimed(number)) == ("mat", 7)
    assert number < 0
    assert kept(store, event).reads == (read(7, "101"), read(7, "110")._replace(n=number))


def test_a_clash_that_is_sent_again_is_not_kept_twice(store, event):
    sent(store, event, read(7, "101"))
    first = sent(store, event, read(7, "110"), read(7, "111"))
    again = sent(store, event, read(7, "111"), read(7, "110"), read(7, "101"))
    assert [receipt.kept for receipt in again] == [first[1].kept, first[0].kept, ("mat", 7)]
    assert [receipt.outcome for receipt in again] == [Outcome.CLASH, Outcome.CLASH, Outcome.KNOWN]
    assert kept(store, event).seq == 3


def test_a_clash_within_one_batch_is_kept_too(store, event):
    receipts = sent(store, event, read(7, "101"), read(7, "110"), read(7, "110"))
    outcomes = [receipt.outcome for receipt in receipts]
    assert outcomes == [Outcome.NEW, Outcome.CLASH, Outcome.CLASH]
    assert kept(store, event).seq == 2


def test_a_ruling_under_the_identity_of_a_read_is_a_clash(store, event):
    sent(store, event, read(1, station="desk"))
    (receipt,) = sent(store, event, gun(1, station="desk"))
    assert receipt.outcome is Outcome.CLASH
    assert len(kept(store, event).rulings) == 1


def test_the_journal_goes_on_where_the_reader_stopped(store, event):
    sent(store, event, read(1), read(2))
    sent(store, event, gun(), read(3))
    rest = kept(store, event, after=2)
    assert rest == Journal((read(3),), (gun(),), 4)
    assert kept(store, event, after=4) == Journal(seq=4)


def test_numbers_far_apart_are_known_again(store, event):
    sent(store, event, read(1), read(900_000), read(2_000_000_000))
    again = sent(store, event, read(2_000_000_000), read(500), read(1))
    assert [receipt.outcome for receipt in again] == [Outcome.KNOWN, Outcome.NEW, Outcome.KNOWN]


def test_every_event_has_a_journal_of_its_own(store, event):
    from tests.store.races import backwards_mile
    from timing.store.setup import save_event

    with store.write() as tx:
        other = save_event(tx, backwards_mile("mile-2026"))
    sent(store, event, read(1))
    (receipt,) = sent(store, other, read(1, "999"))
    assert (receipt.seq, receipt.outcome) == (1, Outcome.NEW)


def test_what_no_database_can_hold_is_replaced_and_nothing_is_lost(store, event):
    odd = read(1, "1\0", station="m\ud800t", source="über\ttyped")
    note = Ruling("desk", 1, GUN, Note(line=("m\0t", 1), text="a\0b\ud800"), reason="\0")
    sent(store, event, odd, note)
    journal = kept(store, event)
    assert journal.reads == (odd._replace(station="m?t", bib="1␀"),)
    assert journal.rulings == (note._replace(act=Note(line=("m␀t", 1), text="a␀b?"), reason="␀"),)
    again = sent(store, event, odd, note)
    assert {receipt.outcome for receipt in again} == {Outcome.KNOWN}


@pytest.mark.parametrize(
    "line",
    [
        read(2**31),
        read(1, at=Instant(2**63)),
        read(1, strength=2**31),
        gun(at=Instant(2**63)),
        gun(-(2**60)),
        Ruling("d", 1, GUN, SetTime(entry=1, round="f", elapsed=Duration(2**70))),
        Ruling("d", 1, GUN, Withdraw(line=("d", 2**64))),
    ],
)  # fmt: skip
def test_a_number_that_no_row_can_hold_is_refused_before_anything_is_written(store, event, line):
    with pytest.raises(MalformedLineError, match="out of range"):
        sent(store, event, read(5), line)
    assert kept(store, event) == Journal()


def test_nothing_is_written_when_nothing_is_sent(store, event):
    assert sent(store, event) == []


def test_the_head_tells_how_far_journal_and_setup_are(store, event):
    with store.read() as tx:
        before = head(tx, event)
    sent(store, event, read(1))
    with store.read() as tx:
        assert head(tx, event) == before._replace(seq=1)


def test_a_journal_of_no_event_is_refused_by_name(store, event):
    with pytest.raises(UnknownEventError, match="no event 77"):
        sent(store, 77, read(1))
    with pytest.raises(UnknownEventError):
        kept(store, 77)


def test_a_transaction_that_fails_leaves_no_line_and_no_gap(store, event):
    def appended_and_failed() -> None:
        with store.write() as tx:
            append(tx, event, [read(1)])
            raise RuntimeError("the power is gone")

    with pytest.raises(RuntimeError, match="power"):
        appended_and_failed()
    assert sent(store, event, read(2))[0].seq == 1
    assert kept(store, event).reads == (read(2),)
