"""One number is never on two people of an event; one person may wear it in several contests."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.store.races import backwards_mile, field
from timing.core.refusal import Refusal
from timing.core.setup.roster import Entry
from timing.store.connect import Store
from timing.store.roster import load_roster, remove_entries, save_entries, save_roster
from timing.store.setup import save_event

ASE, BOB, COUPLE, ZOE = field().entries


def refusal(store: Store, event: int, *entries: Entry) -> str:
    with pytest.raises(Refusal) as refused, store.write() as tx:
        save_entries(tx, event, entries)
    return str(refused.value)


def test_a_number_that_another_one_wears_is_refused_by_name(store, event):
    told = refusal(store, event, replace(ZOE, bib="102"))
    assert told == "bib 102 is on another entry and on Zoë Ünal; expected one person per number"


def test_a_number_on_two_new_entries_is_refused_by_both_names(store, event):
    first = Entry(id=7, contest="mile", name="Eva", bib="7")
    told = refusal(store, event, first, replace(first, id=8, name="Ada"))
    assert told == "bib 7 is on Eva and on Ada; expected one person per number"


def test_two_may_swap_their_numbers(store, event):
    swapped = (replace(ASE, bib="102"), replace(BOB, bib="101"), replace(COUPLE, bib="102"))
    with store.write() as tx:
        save_entries(tx, event, swapped)
        assert load_roster(tx, event).entries == (*swapped, ZOE)


def test_a_number_that_is_given_back_can_be_worn_by_another(store, event):
    with store.write() as tx:
        save_entries(tx, event, [replace(BOB, bib="")])
        save_entries(tx, event, [replace(ZOE, bib="102")])


def test_an_entry_whose_person_becomes_known_keeps_its_number(store, event):
    known = replace(BOB, person=9)
    with store.write() as tx:
        save_entries(tx, event, [known])
        assert load_roster(tx, event).entries[1] == known


def test_another_event_hands_out_the_same_numbers(store, event):
    with store.write() as tx:
        other = save_event(tx, backwards_mile("mile-2026"))
        save_roster(tx, other, field())
        assert load_roster(tx, other) == field()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET bib = '102' WHERE id = 1",
        "INSERT INTO bib (event_id, number, holder) SELECT event_id, number, 77 FROM bib",
        "UPDATE bib SET holder = 77",
        "UPDATE entry SET holder = 77",
        "UPDATE entry SET id = -1, holder = 1 WHERE id = 2",
        "DELETE FROM bib",
    ],
)
def test_the_database_holds_the_rule_by_itself(store, event, statement):
    with pytest.raises(IntegrityError), store.write() as tx:
        tx.execute(text(statement))
    with store.read() as tx:
        assert load_roster(tx, event) == field()


def test_the_number_of_an_entry_that_was_taken_out_can_be_worn_by_another(store, event):
    with store.write() as tx:
        remove_entries(tx, event, [BOB.id, COUPLE.id])
        save_entries(tx, event, [replace(ZOE, bib=BOB.bib)])
        assert load_roster(tx, event).entries[-1].bib == BOB.bib
