"""Snapshots of an event: up to date when asked, unchanged afterwards, looked up once a pause."""

from tests.services.days import SLUG, go_on, places, run_day
from timing.core.clock import SECOND
from timing.store import setup


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
    from msgspec.structs import replace

    with house.store.write() as tx:
        setup.save_event(tx, replace(told.event, name="Renamed"))
    assert house.live.snapshot(SLUG, fresh=True).event.name == "Renamed"


def test_the_whole_state_can_be_asked_and_forgotten(house):
    run_day(house, "gun 0:00 | 101 finish 6:45")
    assert house.live.ask(SLUG, lambda state: len(state.reads)) == 1
    house.live.forget(SLUG)
    assert house.live.ask(SLUG, lambda state: state.seq) == 2


def test_the_newest_finish_is_told(house):
    from tests.core.story import moment

    run_day(house, "gun 0:00 | 101 finish 6:45 | 102 finish 6:50")
    assert house.live.snapshot(SLUG).last_finish == moment("6:50")
