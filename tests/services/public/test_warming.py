"""After a restart what is read now is made ready, so that no reader waits for it."""

from __future__ import annotations

import logging

import pytest
from msgspec.structs import replace

from tests.web import race
from timing.core.clock import DAY, HOUR, Instant
from timing.services.public import warming
from timing.services.public.results import contest_page
from timing.store import journal, setup

YESTERDAY, TODAY, TOMORROW = "2025-07-04", "2025-07-05", "2025-07-06"


def held(house, slug: str, day: str, **changes) -> None:
    race.hold(house, race.race(slug, date=day, **changes), race.field(3), race.times([1, 2]))


def append(house, slug: str, before: int) -> None:
    """A line that came in so long ago."""
    with house.store.write() as tx:
        event = setup.event_number(tx, slug)
        line = race.passing(3, "turn", 9 * race.MINUTE, 99, station=f"late-{before}")
        journal.append(tx, event, [line], arrived=Instant(house.clock() - before))


def warmed(house, over=lambda: False) -> list[str]:
    """The pages that were looked at."""
    looked: list[str] = []
    warming.warm(house, looked.append, over)
    return looked


def test_the_events_of_today_are_made_ready_and_no_others(house):
    for slug, day in (("old", YESTERDAY), ("now", TODAY), ("soon", TOMORROW)):
        held(house, slug, day)
    assert warmed(house) == ["/now", "/now/five"]
    assert [slug for slug in ("old", "now", "soon") if house.live.holds(slug)] == ["now"]


def test_an_event_with_lines_of_the_last_day_is_read_now_whatever_its_date(house):
    for slug in ("long", "older", "oldest"):
        held(house, slug, "2025-07-01")
    append(house, "older", 23 * HOUR)
    append(house, "long", HOUR)
    append(house, "oldest", DAY)
    assert warming.current(house) == ["long", "older"]


def test_where_lines_come_in_is_made_ready_first(house):
    for slug in ("ended", "quiet", "running"):
        held(house, slug, TODAY)
    append(house, "ended", 3 * HOUR)
    append(house, "running", 1)
    assert warming.current(house) == ["running", "ended", "quiet"]


def test_the_first_reader_finds_everything_worked_out(house, monkeypatch):
    held(house, "now", TODAY)
    warmed(house)

    def again(*_args):
        raise AssertionError("folded again")

    monkeypatch.setattr("timing.services.live.fold", again)
    monkeypatch.setattr("timing.services.live.standings_of", again)
    page = contest_page(house, "now", "five")
    assert page is not None
    assert [line.bib for line in page.lines] == ["101", "102", "103"]


def test_a_hidden_event_is_ready_for_the_staff_and_shown_to_nobody(house):
    held(house, "now", TODAY, public=False)
    assert warmed(house) == []
    assert house.live.holds("now")


def test_it_ends_when_nobody_will_ask_any_more(house):
    held(house, "first", TODAY)
    held(house, "second", TODAY)
    assert warmed(house, over=lambda: True) == []
    assert not house.live.holds("second")


def test_what_cannot_be_folded_is_told_and_holds_nothing_up(house, monkeypatch, caplog):
    held(house, "now", TODAY)

    def broken(*_args):
        raise ValueError("broken")

    monkeypatch.setattr("timing.services.live.fold", broken)
    with caplog.at_level(logging.ERROR):
        assert warmed(house) == []
    assert "was not made ready" in caplog.text


def test_an_event_that_goes_meanwhile_has_no_pages(house, monkeypatch):
    held(house, "now", TODAY)
    monkeypatch.setattr(warming, "current", lambda _house: ["gone"])
    assert warmed(house) == []


@pytest.mark.parametrize("kind", ["read", "ruling"])
def test_the_last_line_of_an_event_tells_when_it_came(house, kind):
    held(house, "now", TODAY)
    with house.store.read() as tx:
        assert journal.newest(tx) == {}
    came = Instant(house.clock() - HOUR)
    with house.store.write() as tx:
        event = setup.event_number(tx, "now")
        line = race.passing(3, "turn", 9 * race.MINUTE, 99)
        ruling = race.Ruling("ref", 1, race.GUN, race.Gun(wave="a", at=race.GUN), "", "ref")
        lines = ([line], ()) if kind == "read" else ((), [ruling])
        journal.append(tx, event, *lines, arrived=came)
        setup.save_event(tx, replace(race.race("empty"), name="Empty"))
    with house.store.read() as tx:
        assert journal.newest(tx) == {"now": came}
