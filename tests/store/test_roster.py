"""Rosters are saved whole or by single entries; the history of ids is never repeated."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from tests.store.races import field
from timing.core.refusal import Refusal
from timing.core.setup.roster import Entry, Roster, Start
from timing.store import roster
from timing.store.connect import Store
from timing.store.entries import PERSON, TEAM
from timing.store.journal import UnknownEventError, head

ASE, BOB, COUPLE, ZOE = field().entries


def saved(store: Store, event: int) -> Roster:
    with store.read() as tx:
        return roster.load_roster(tx, event)


def test_a_roster_comes_back_in_the_order_of_ids(store, event):
    with store.write() as tx:
        roster.save_roster(tx, event, replace(field(), entries=(ZOE, COUPLE, BOB, ASE)))
    assert saved(store, event) == field()


def test_one_entry_is_found_by_its_id(store, event):
    with store.read() as tx:
        assert roster.load_entry(tx, event, 3) == COUPLE
        assert roster.load_entry(tx, event, 9) is None


def test_an_event_without_entries_has_an_empty_roster(store, event):
    with store.write() as tx:
        roster.save_roster(tx, event, Roster())
    assert saved(store, event) == Roster()


def test_one_entry_is_changed_and_the_others_stay(store, event):
    other = replace(BOB, name="Robert Łukasz", chips=("BB01",), team="", members=())
    with store.write() as tx:
        before = head(tx, event)
        roster.save_entries(tx, event, [other])
        assert head(tx, event).setup == before.setup + 1
    assert saved(store, event) == replace(field(), entries=(ASE, other, COUPLE, ZOE))


def test_an_entry_that_is_taken_out_takes_its_starts_along(store, event):
    with store.write() as tx:
        roster.remove_entries(tx, event, [1])
    found = saved(store, event)
    assert found.entries == (BOB, COUPLE, ZOE)
    assert found.starts == field().starts[1:]


def test_an_entry_that_moves_to_another_contest_loses_its_starts_there(store, event):
    with store.write() as tx:
        roster.save_entries(tx, event, [replace(BOB, contest="alternata")])
    assert saved(store, event).starts == (field().starts[0], field().starts[2])


def test_a_whole_roster_may_move_an_entry_with_its_new_start(store, event):
    moved = replace(BOB, contest="alternata")
    start = Start(entry=2, round="final", heat=1, wave="a")
    wanted = Roster(
        entries=(ASE, moved, COUPLE, ZOE),
        starts=(field().starts[0], start, field().starts[2]),
    )
    with store.write() as tx:
        roster.save_roster(tx, event, wanted)
    assert saved(store, event) == wanted


def test_start_lists_are_added_and_changed(store, event):
    lane = Start(entry=1, round="heats", heat=2, wave="b", lane=7)
    final = Start(entry=1, round="final", heat=1, wave="b", lane=1)
    with store.write() as tx:
        roster.save_starts(tx, event, [lane, final])
    assert saved(store, event).starts == (final, lane, *field().starts[1:])


def test_ids_are_never_given_out_twice(store, event):
    with store.write() as tx:
        assert list(roster.new_entries(tx, event, 2)) == [5, 6]
        roster.save_entries(tx, event, [Entry(id=10, contest="mile", name="Last")])
        roster.remove_entries(tx, event, [10])
        assert list(roster.new_entries(tx, event)) == [11]
        assert list(roster.new_persons(tx, event)) == [3]


def test_persons_and_teams_are_known_once_they_are_named(store, event):
    with store.read() as tx:
        persons = tx.execute(select(PERSON.c.id, PERSON.c.name).order_by(PERSON.c.id)).all()
        assert [tuple(row) for row in persons] == [(1, "Åse Ødegård"), (2, "Zoë Ünal")]
        assert list(tx.scalars(select(TEAM.c.name))) == ["Reds"]


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        (
            replace(field(), entries=(replace(ASE, contest="5k"),), starts=()),
            "entry 1 (Åse Ødegård) names the contest 5k, which is not in the setup",
        ),
        (
            replace(field(), starts=(Start(entry=9, round="final", heat=1, wave="a"),)),
            "start of entry 9 in final names the entry 9, which is not in the setup",
        ),
        (
            replace(field(), starts=(Start(entry=1, round="final", heat=2, wave="a"),)),
            "start of entry 1 in final names the heat mile/final/2, which is not in the setup",
        ),
        (
            replace(field(), starts=(Start(entry=1, round="final", heat=1, wave="z"),)),
            "start of entry 1 in final names the wave z, which is not in the setup",
        ),
    ],
)
def test_what_leads_nowhere_is_named_and_nothing_is_changed(store, event, wanted, sentence):
    with pytest.raises(Refusal) as refused, store.write() as tx:
        roster.save_roster(tx, event, wanted)
    assert [str(problem) for problem in refused.value.problems] == [sentence]
    assert saved(store, event) == field()


def test_a_roster_of_no_event_is_refused(store):
    with pytest.raises(UnknownEventError), store.write() as tx:
        roster.save_roster(tx, 7, Roster())


def test_a_large_field_is_changed_where_it_changed(store, event):
    many = tuple(
        Entry(id=n, contest="mile", name=f"Runner {n}", bib=str(n)) for n in range(1, 1201)
    )
    with store.write() as tx:
        roster.save_roster(tx, event, Roster(entries=many))
        roster.save_roster(tx, event, Roster(entries=many[::2]))
    assert saved(store, event).entries == many[::2]
