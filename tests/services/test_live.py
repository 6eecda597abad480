"""Snapshots of an event: up to date when asked, unchanged afterwards, looked up once a pause."""

from msgspec.structs import replace

from tests.core.story import moment
from tests.services.days import SLUG, go_on, places, run_day
from timing.core.clock import SECOND
from timing.core.setup.roster import Entry, Start
from timing.store import roster, setup


def test_there_is_no_snapshot_of_an_event_that_is_not_there(house):
    assert house.live.snapshot("nowhere") is None
    assert house.live.ask("nowhere", lambda state: state.seq) is None


def test_a_fresh_snapshot_has_every_line(house):
    run_day(house, "gun 0:00 | 101 finish 6:45 | 102 finish 6:50")
    assert places(house) == "1 101 | 2 102"
    go_on(house, "102 finish 6:40")
    assert house.live.snapshot(SLUG, fresh=True).seq == 4
    assert places(house) == "1 102 | 2 101"


def test_between_two_looks_everybody_is_handed_the_same_snapshot(house, clock):
    run_day(house, "gun 0:00 | 101 finish 6:45")
    first = house.live.snapshot(SLUG)
    go_on(house, "101 finish 6:30")
    assert house.live.snapshot(SLUG) is first
    clock.advance(2 * SECOND)
    assert house.live.snapshot(SLUG).seq > first.seq


def test_a_snapshot_does_not_change_when_the_race_goes_on(house):
    run_day(house, "gun 0:00 | 101 finish 6:45 | 102 finish 6:50")
    before = house.live.snapshot(SLUG)
    rows = before.standings["race", "final"].rows
    go_on(house, "102 finish 6:40")
    house.live.snapshot(SLUG, fresh=True)
    assert before.standings["race", "final"].rows is rows
    assert rows[0].bib == "101"


def test_a_page_changes_only_when_something_was_written(house, clock):
    run_day(house, "gun 0:00 | 101 finish 6:45")
    first = house.live.snapshot(SLUG)
    clock.advance(5 * SECOND)
    second = house.live.snapshot(SLUG)
    assert second.changed == first.changed
    assert second.taken > first.taken
    go_on(house, "101 finish 6:30")
    clock.advance(5 * SECOND)
    assert house.live.snapshot(SLUG).changed > first.changed


def test_a_change_of_the_setup_is_seen(house):
    told = run_day(house, "gun 0:00 | 101 finish 6:45")
    house.live.snapshot(SLUG, fresh=True)
    with house.store.write() as tx:
        setup.save_event(tx, replace(told.event, name="Renamed"))
    assert house.live.snapshot(SLUG, fresh=True).event.name == "Renamed"


def test_the_whole_state_can_be_asked_and_forgotten(house):
    run_day(house, "gun 0:00 | 101 finish 6:45")
    assert house.live.ask(SLUG, lambda state: len(state.reads)) == 1
    house.live.forget(SLUG)
    assert house.live.ask(SLUG, lambda state: state.seq) == 2


def test_the_newest_finish_is_told(house):
    run_day(house, "gun 0:00 | 101 finish 6:45 | 102 finish 6:50")
    assert house.live.snapshot(SLUG).last_finish == moment("6:50")


def test_a_late_entry_and_a_new_bib_are_seen_without_loading_the_race_again(house, monkeypatch):
    text = "gun 0:00 | 101 finish 6:45 | 102 finish 6:50 | 105 finish 7:00"
    told = run_day(house, text, entered="101 102")
    _first, second = told.roster.entries
    house.live.snapshot(SLUG, fresh=True)
    monkeypatch.setattr("timing.services.live.fold", None)
    late = Entry(id=88, contest="race", name="Late Comer", bib="105", category="W40")
    with house.store.write() as tx:
        event = setup.find_event(tx, SLUG)
        roster.save_entries(tx, event, [late, replace(second, bib="202", category="M50")])
        roster.save_starts(tx, event, [Start(entry=88, round="final", heat=1, wave="race")])
    snapshot = house.live.snapshot(SLUG, fresh=True)
    rows = snapshot.standings["race", "final"].rows
    assert [(row.bib, row.category) for row in rows if row.place] == [("101", ""), ("105", "W40")]
    assert {row.bib: row.category for row in rows}["202"] == "M50"
    with house.store.write() as tx:
        roster.remove_entries(tx, event, [88])
    assert places(house) == "1 101 | READY 202"


def test_another_event_under_the_same_address_is_another_event(house):
    told = run_day(house, "gun 0:00 | 101 finish 6:45")
    assert places(house) == "1 101"
    with house.store.write() as tx:
        setup.save_event(tx, replace(told.event, slug="old"), setup.find_event(tx, SLUG))
        setup.save_event(tx, told.event)
    assert house.live.snapshot(SLUG, fresh=True).roster.entries == ()
