"""Questions are numbered and stay; an answer can be given anew."""

from __future__ import annotations

import pytest

from tests.store.races import GUN
from timing.core.clock import Instant
from timing.store.enquiries import Enquiry, answer, ask, list_enquiries
from timing.store.journal import UnknownEventError
from timing.store.roster import remove_entries

QUESTION = Enquiry(0, 1, "101", "My time is missing.", "ase@ås.example", GUN)


def test_questions_are_numbered_in_the_order_in_which_they_come(store, event):
    with store.write() as tx:
        assert [ask(tx, event, QUESTION).number for _ in range(3)] == [1, 2, 3]
        assert list_enquiries(tx, event)[1] == QUESTION._replace(number=2)


def test_an_answered_question_is_open_no_more(store, event):
    with store.write() as tx:
        ask(tx, event, QUESTION)
        ask(tx, event, QUESTION)
        assert answer(tx, event, 1, "It is there now.", Instant(GUN + 5), "ref")
        assert [each.number for each in list_enquiries(tx, event, only_open=True)] == [2]
        first = list_enquiries(tx, event)[0]
    assert (first.answer, first.answered_at, first.author) == ("It is there now.", GUN + 5, "ref")


def test_a_question_that_is_not_there_cannot_be_answered(store, event):
    with store.write() as tx:
        assert not answer(tx, event, 9, "?", GUN, "ref")
    with pytest.raises(UnknownEventError), store.write() as tx:
        ask(tx, 7, QUESTION)


def test_a_question_outlives_its_entry(store, event):
    with store.write() as tx:
        ask(tx, event, QUESTION)
        remove_entries(tx, event, [1])
        assert list_enquiries(tx, event) == [QUESTION._replace(number=1, entry=None)]
