"""The history of an entry is kept by revision, and a person can be erased from all of it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from tests.store.filled import every_row, fill
from tests.store.races import GUN, field
from timing.core.setup.roster import Member
from timing.store.amendments import Amendment, amend, erase, load_amendments
from timing.store.enquiries import list_enquiries
from timing.store.entries import PERSON
from timing.store.journal import UnknownEventError
from timing.store.roster import load_roster, remove_entries

CHANGE = Amendment(1, "name", 0, "Ase Odegard", "Åse Ødegård", GUN, "ref")


def test_each_field_counts_its_revisions_from_one(store, event):
    with store.write() as tx:
        changes = [CHANGE, CHANGE._replace(field="born"), CHANGE._replace(new="Åse"), CHANGE]
        revisions = [amend(tx, event, change).revision for change in changes]
        assert revisions == [1, 1, 2, 3]
        history = load_amendments(tx, event)
    assert [(line.field, line.revision) for line in history] == [
        ("born", 1), ("name", 1), ("name", 2), ("name", 3)
    ]  # fmt: skip
    assert history[1] == CHANGE._replace(revision=1)


def test_the_history_goes_with_its_entry(store, event):
    with store.write() as tx:
        amend(tx, event, CHANGE)
        remove_entries(tx, event, [1])
        assert load_amendments(tx, event) == ()


def test_an_amendment_of_no_event_is_refused(store):
    with pytest.raises(UnknownEventError), store.write() as tx:
        amend(tx, 7, CHANGE)


def test_an_erased_person_is_nowhere_but_in_what_was_published(store):
    event = fill(store)
    before = every_row(store)
    with store.write() as tx:
        erase(tx, event, 1, GUN)
    after = every_row(store)
    told = {name for name, rows in after.items() if "Åse" in str(rows) or "Ødegård" in str(rows)}
    assert told == {"publication"}
    assert after["result"] == after["standing"] == set()
    assert after["read"] == before["read"]
    assert after["ruling"] == before["ruling"]


def test_the_places_of_the_others_do_not_change(store):
    event = fill(store)
    ase, bob, couple, zoe = field().entries
    blank = {"name": "", "family": "", "born": "", "club": ""}
    with store.write() as tx:
        erase(tx, event, 1, GUN)
        assert load_roster(tx, event) == replace(
            field(),
            entries=(
                replace(ase, **blank),
                bob,
                replace(
                    couple,
                    name="",
                    members=(
                        Member(name="", leg=1, role="first", person=1),
                        Member(name="", leg=2, role="second", person=2),
                    ),
                ),
                zoe,
            ),
        )
        assert load_amendments(tx, event)[0]._replace(at=GUN).old is None
        assert list_enquiries(tx, event)[0].contact == ""
        erased = tx.execute(select(PERSON.c.erased_at).order_by(PERSON.c.id)).scalars().all()
        assert erased == [GUN, None]


def test_a_team_is_erased_with_all_its_members(store):
    event = fill(store)
    with store.write() as tx:
        erase(tx, event, 3, GUN)
        entries = load_roster(tx, event).entries
    assert [entry.name for entry in entries] == ["", "Bob Łukasz", "", ""]


def test_an_erased_runner_is_gone_from_the_line_ups_of_every_team(store):
    event = fill(store)
    named = Amendment(3, "members", 0, "1 Zoe Neu; 2 Bob Łukasz", "1 Zoe Neu", GUN, "R")
    other = named._replace(entry=4, old="1 Zoe Neu", new="")
    with store.write() as tx:
        amend(tx, event, named)
        amend(tx, event, other)
        erase(tx, event, 2, GUN)
        kept = {
            each.entry: each.old for each in load_amendments(tx, event) if each.field == "members"
        }
        assert kept == {3: None, 4: "1 Zoe Neu"}
