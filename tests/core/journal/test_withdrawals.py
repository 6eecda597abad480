"""Which rulings are in force."""

from __future__ import annotations

from hypothesis import given, strategies as st

from timing.core.clock import Instant
from timing.core.journal.lines import Ruling
from timing.core.journal.rulings import Note, Withdraw
from timing.core.journal.withdrawals import Book, Change


def note(n):
    return Ruling("office", n, Instant(n), Note(line=("mat", n), text=""))


def withdraw(n, what):
    return Ruling("office", n, Instant(n), Withdraw(line=("office", what)))


def live(*rulings):
    return [ruling.n for ruling in Book(rulings).live]


def doubts(*rulings):
    return sorted((each.code, each.line[1]) for each in Book(rulings).doubts())


def test_a_ruling_is_in_force_until_it_is_withdrawn():
    assert live(note(1), note(2)) == [1, 2]
    assert live(note(1), note(2), withdraw(3, 1)) == [2]


def test_rulings_stand_in_the_order_in_which_they_were_decided_whoever_did_and_whenever_they_come():
    late, early = note(1)._replace(at=Instant(9)), note(2)._replace(station="shed")
    assert Book([late, early]).live == [early, late]
    book = Book([late])
    book.add(early)
    assert book.live == [early, late]


def test_withdrawing_a_withdrawal_brings_the_ruling_back():
    assert live(note(1), withdraw(2, 1), withdraw(3, 2)) == [1]
    assert live(note(1), withdraw(2, 1), withdraw(3, 2), withdraw(4, 3)) == []


def test_a_ruling_stays_withdrawn_while_one_withdrawal_holds():
    assert live(note(1), withdraw(2, 1), withdraw(3, 1), withdraw(4, 3)) == []


def test_a_long_game_of_undo_and_redo_ends():
    chain = [note(0), *(withdraw(n, n - 1) for n in range(1, 5000))]
    assert live(*chain) == []
    assert live(*chain, withdraw(5000, 4999)) == [0]


def test_withdrawals_in_a_circle_withdraw_nothing_and_are_told():
    circle = [withdraw(1, 2), withdraw(2, 3), withdraw(3, 1)]
    assert doubts(*circle) == [("circular_withdrawal", n) for n in (1, 2, 3)]
    assert doubts(*circle, withdraw(4, 1)) == []
    assert doubts(*circle, withdraw(4, 1), withdraw(5, 4)) == [
        ("circular_withdrawal", n) for n in (1, 2, 3)
    ]


def test_a_ruling_that_withdraws_itself_is_a_circle():
    assert doubts(withdraw(1, 1)) == [("circular_withdrawal", 1)]


def test_a_withdrawal_of_nothing_is_told_while_it_holds():
    assert doubts(withdraw(1, 9)) == [("unknown_line", 1)]
    assert doubts(withdraw(1, 9), withdraw(2, 1)) == []


def test_adding_tells_what_changed():
    book = Book([note(1)])
    assert book.add(note(1)) == []
    assert book.add(note(2)) == [Change(note(2), came=True)]
    assert book.add(withdraw(3, 1)) == [Change(note(1), came=False)]
    assert book.add(withdraw(4, 1)) == []
    assert book.add(withdraw(5, 9)) == []
    assert book.add(withdraw(6, 6)) == []
    assert book.add(withdraw(7, 3)) == []
    assert book.add(withdraw(8, 4)) == [Change(note(1), came=True)]
    assert [ruling.n for ruling in book.live] == [1, 2]
    assert ("office", 8) in book
    assert len(book.rulings) == 8


def test_a_ruling_that_was_withdrawn_before_it_came_is_not_in_force():
    book = Book([withdraw(2, 1)])
    assert book.add(note(1)) == []
    assert book.live == []


@given(st.lists(st.one_of(st.none(), st.integers(0, 8)), max_size=8), st.randoms())
def test_one_by_one_is_all_at_once_in_any_order(targets, chance):
    rulings = [note(n) if what is None else withdraw(n, what) for n, what in enumerate(targets)]
    whole = Book(rulings)
    chance.shuffle(rulings)
    book = Book([])
    for ruling in rulings:
        book.add(ruling)
    assert book.live == whole.live
    assert sorted(book.doubts()) == sorted(whole.doubts())


def test_a_circle_is_told_whatever_stands_before_it():
    assert doubts(note(1), withdraw(2, 1), withdraw(3, 4), withdraw(4, 3)) == [
        ("circular_withdrawal", 3),
        ("circular_withdrawal", 4),
    ]


def test_a_withdrawal_of_nothing_names_itself_in_the_sentence():
    [told] = Book([withdraw(1, 9)]).doubts()
    assert told.sentence == "A ruling (withdraw) names a line that is not there (yet)."


def test_a_ruling_clashes_with_another_one_of_its_number_only():
    book = Book([note(1)])
    other = note(1)._replace(reason="another")
    assert [book.clashes(each) for each in (note(1), other, note(2))] == [False, True, False]
