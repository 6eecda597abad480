"""Setups are saved and loaded whole, and a reference that leads nowhere is named."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from sqlalchemy import select, update

from tests.store.races import backwards_mile, field
from timing.core.refusal import Refusal
from timing.core.setup.event import Event
from timing.store import schema
from timing.store.connect import Store
from timing.store.journal import UnknownEventError, head
from timing.store.roster import load_roster, save_roster
from timing.store.schema import table_of
from timing.store.setup import (
    find_event,
    list_events,
    load_event,
    load_event_numbered,
    save_event,
    touch,
)


def refusals(store: Store, event: Event) -> list[str]:
    with pytest.raises(Refusal) as refused, store.write() as tx:
        save_event(tx, event)
    return [str(problem) for problem in refused.value.problems]


def test_a_setup_comes_back_as_it_was_saved(store):
    with store.write() as tx:
        number = save_event(tx, backwards_mile())
    with store.read() as tx:
        assert load_event(tx, "mile-2025") == backwards_mile()
        assert load_event_numbered(tx, number) == backwards_mile()


def test_saving_again_changes_the_same_event(store, event):
    mile, relay = backwards_mile().contests
    changed = replace(
        backwards_mile(),
        name="Mile, moved",
        contests=(replace(relay, name="Couples"), replace(mile, capacity=None)),
    )
    with store.write() as tx:
        assert save_event(tx, changed) == event
        assert load_event(tx, "mile-2025") == changed
        assert len(list_events(tx)) == 1
        assert load_roster(tx, event) == field()


def test_an_event_saved_by_its_number_may_change_its_address(store, event):
    moved = replace(backwards_mile(), slug="mile-oslo")
    with store.write() as tx:
        assert save_event(tx, moved, event) == event
        assert find_event(tx, "mile-2025") is None
        assert load_event(tx, "mile-oslo") == moved


def test_events_are_listed_by_their_first_day(store):
    days = {"b": "2025-05-01", "a": "2025-05-01", "c": "2024-12-31"}
    with store.write() as tx:
        for slug, date in days.items():
            save_event(tx, replace(backwards_mile(slug), date=date))
        assert [event.slug for event in list_events(tx)] == ["c", "a", "b"]


def test_each_change_of_the_setup_is_counted_and_no_line_is(store, event):
    with store.write() as tx:
        before = head(tx, event)
        save_event(tx, backwards_mile())
        touch(tx, event)
        assert head(tx, event) == before._replace(setup=before.setup + 2)


def test_an_event_that_is_not_there_is_named(store):
    with store.read() as tx:
        assert find_event(tx, "nowhere") is None
        with pytest.raises(UnknownEventError, match="'nowhere'"):
            load_event(tx, "nowhere")
        with pytest.raises(UnknownEventError, match="no event 7"):
            load_event_numbered(tx, 7)
    with pytest.raises(UnknownEventError, match="no event 7"), store.write() as tx:
        save_event(tx, backwards_mile(), 7)


def test_a_field_that_has_no_column_is_kept_too(store, event):
    """So that the core may grow a field before the schema does."""
    table = table_of(schema.Event)
    with store.write() as tx:
        tx.execute(update(table).values(more={"ruleset": "from elsewhere"}))
        assert load_event(tx, "mile-2025").ruleset == "from elsewhere"


def test_what_has_rows_of_its_own_is_not_kept_a_second_time(store, event):
    lists = {"points", "waves", "contests", "course", "legs", "rounds", "heats", "members", "chips"}
    with store.read() as tx:
        for table in schema.metadata.sorted_tables:
            for name in {"more", "more_course"} & set(table.c.keys()):
                kept = {key for more in tx.scalars(select(table.c[name])) for key in more}
                assert not kept & lists, table.name


def test_what_is_taken_out_is_gone(store, event):
    mile = replace(backwards_mile().contests[0], rounds=backwards_mile().contests[0].rounds[:1])
    less = replace(backwards_mile(), contests=(mile,), points=backwards_mile().points[:1])
    with store.write() as tx:
        save_roster(tx, event, replace(field(), entries=field().entries[:2], starts=()))
        save_event(tx, less)
        assert load_event(tx, "mile-2025") == less


def test_a_heat_that_somebody_starts_in_cannot_be_taken_out(store, event):
    mile, relay = backwards_mile().contests
    heats, final = mile.rounds
    one_heat = replace(mile, rounds=(replace(heats, heats=heats.heats[:1]), final))
    told = refusals(store, replace(backwards_mile(), contests=(one_heat, relay)))
    assert told == ["heat mile/heats/2 was taken out, but entries or starts still need it"]
    with store.read() as tx:
        assert load_event(tx, "mile-2025") == backwards_mile()


def test_a_code_that_leads_nowhere_is_named_with_its_place(store):
    whole = backwards_mile()
    told = refusals(store, replace(whole, points=whole.points[1:], waves=whole.waves[:1]))
    assert "contest mile: course point finish names the timing point line" in "\n".join(told)
    assert (
        "contest mile, final: heat 1 names the wave b, which is not in the setup"
    ) in told  # fmt: skip
    assert len(told) == 5 + 2


def test_a_code_that_stands_there_twice_is_named(store):
    whole = backwards_mile()
    mile, relay = whole.contests
    heats, _ = mile.rounds
    course = replace(mile.course, points=(*mile.course.points, mile.course.points[-1]))
    rounds = (replace(heats, heats=heats.heats * 2), heats)
    doubled = replace(
        whole,
        points=(*whole.points, whole.points[0]),
        waves=whole.waves * 2,
        contests=(replace(mile, course=course, rounds=rounds), relay, relay),
    )
    assert refusals(store, doubled) == [
        "mile-2025: timing point line stands there 2 times; expected once",
        "mile-2025: wave a stands there 2 times; expected once",
        "mile-2025: wave b stands there 2 times; expected once",
        "mile-2025: contest alternata stands there 2 times; expected once",
        "contest mile: course point finish stands there 2 times; expected once",
        "contest mile: round heats stands there 2 times; expected once",
        "contest mile, heats: heat 1 stands there 2 times; expected once",
        "contest mile, heats: heat 2 stands there 2 times; expected once",
    ]
