"""A sheet of a kept list is the sheet of the fold, cell by cell, and is made without one."""

from __future__ import annotations

import pytest

from tests.core.story import contest, course, event
from tests.services.days import SLUG, go_on, run_day
from tests.services.paper.conftest import WORLDS
from timing.core.journal import rulings as act
from timing.core.rulebook.rules import Basis
from timing.services.paper import sheets
from timing.services.paper.result_kinds import RESULTS, kept_results
from timing.services.paper.sheets import Wanted
from timing.services.publications import kept, projection, publishing
from timing.services.publications.kept import kept_lists
from timing.services.publications.publishing import Order
from timing.services.rulings import rule
from timing.store import results, roster, setup

RACE = (
    "gun 0:00 | 101 finish 6:45 | 102 finish 6:45 | dq 103 TR16.8 | 104 start 0:02 | "
    "105 finish 7:00 | penalty 105 0:10 R5"
)


def both(house, slug, kind, **how):
    """The sheets of a kind out of the fold, and out of what is kept."""
    wanted = Wanted(**how)
    snapshot = house.live.snapshot(slug, fresh=True)
    folded = sheets.sheets_of(sheets.table_of(house, snapshot, kind, wanted), kind)
    found = kept_lists(house, slug, wanted.contest, wanted.round)
    assert found is not None
    job = sheets._job(house, found.event, kind, wanted)
    return folded, kept_results(job, kind, found)


@pytest.fixture(scope="module")
def kept_worlds(championship):
    projection.refresh(championship, WORLDS)
    return championship


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("kind", RESULTS)
def test_every_list_of_the_championship_says_the_same(kept_worlds, kind, language):
    folded, made = both(kept_worlds, WORLDS, kind, language=language)
    assert len(folded) > 3
    assert made == folded


@pytest.mark.parametrize(
    "wanted",
    [
        {"contest": "100m-men"},
        {"contest": "100m-men", "round": "heats"},
        {"columns": ("place", "bib", "reaction", "gun", "net", "lane", "notes")},
        {"paper": "LETTER", "large": True},
    ],
)
def test_what_is_wanted_of_a_list_is_the_same(kept_worlds, wanted):
    folded, made = both(kept_worlds, WORLDS, "results", **wanted)
    assert folded
    assert made == folded


def test_laps_beyond_the_course_and_guests_are_kept(house):
    text = "gun 0:00 | 101 line 2:00 | 101 line 4:00 | 101 line 6:00 | 102 line 2:30"
    ring = contest(course=course("start 0 | line 400", open_laps=True), basis=Basis.LAPS)
    run_day(house, text, of=event([ring]))
    projection.refresh(house, SLUG)
    folded, made = both(house, SLUG, "results-with-splits")
    assert folded[0].groups[0].rows
    assert made == folded


def test_a_published_list_keeps_its_version_its_deadline_and_its_changes(house):
    run_day(house, RACE)
    publishing.publish(house, SLUG, "race", Order("Ada"))
    assert both(house, SLUG, "results")[1] == both(house, SLUG, "results")[0]
    go_on(house, "104 finish 7:30")
    order = Order("Ada", official=True, force=True, reason="sure")
    publishing.publish(house, SLUG, "race", order)
    folded, made = both(house, SLUG, "results", language="de")
    assert made == folded
    assert made[0].state.text == "Offiziell v2"
    assert any("104" in note for note in made[0].notes)


def test_the_sheet_of_a_kept_list_is_printed_without_a_fold_to_the_same_bytes(house):
    run_day(house, RACE)
    folded = sheets.print_sheet(house, SLUG, "results", Wanted())
    projection.refresh(house, SLUG)
    house.live.forget(SLUG)
    assert sheets.print_sheet(house, SLUG, "results", Wanted()) == folded
    assert not house.live.holds(SLUG)


def test_a_wind_that_was_ruled_is_kept(house):
    run_day(house, RACE)
    wind = act.Wind(contest="race", round="final", heat=1, speed="+1.1")
    rule(house, SLUG, [wind], reason="gauge", author="Ada")
    projection.refresh(house, SLUG)
    folded, made = both(house, SLUG, "results")
    assert made == folded
    assert "+1.1 m/s" in [fact.value for fact in made[0].facts]


def current(house) -> bool:
    return kept_lists(house, SLUG) is not None


def test_a_list_is_not_used_once_a_line_a_name_or_a_rule_is_new(house, monkeypatch):
    told = run_day(house, RACE)
    assert not current(house)
    projection.refresh(house, SLUG)
    assert current(house)
    go_on(house, "106 finish 7:30")
    assert not current(house)
    projection.refresh(house, SLUG)
    with house.store.write() as tx:
        roster.save_roster(tx, setup.event_number(tx, SLUG), told.roster)
    assert not current(house)
    projection.refresh(house, SLUG)
    assert current(house)
    monkeypatch.setattr(kept, "made_by", lambda: "another program")
    assert not current(house)
    assert kept_lists(house, "nowhere") is None


def test_a_version_of_another_line_is_looked_at_row_by_row(house):
    run_day(house, RACE)
    publishing.publish(house, SLUG, "race", Order("Ada"))
    go_on(house, "999 finish 9:00")
    projection.refresh(house, SLUG)
    folded, made = both(house, SLUG, "results")
    assert made is None
    assert folded[0].state.text == "Provisional v1"
    house.live.forget(SLUG)
    assert sheets.print_sheet(house, SLUG, "results", Wanted()).pages == 1


def test_lists_that_cannot_be_read_are_folded_again(house):
    run_day(house, RACE)
    projection.refresh(house, SLUG)
    with house.store.write() as tx:
        number = setup.event_number(tx, SLUG)
        stamp = results.read_stamp(tx, number)
        (row,) = results.load_results(tx, number, "race", "final")[:1]
        results.write_results(tx, number, stamp, [row._replace(document={"place": 1})])
    assert not current(house)
    house.live.forget(SLUG)
    assert sheets.print_sheet(house, SLUG, "results", Wanted()).pages == 1
