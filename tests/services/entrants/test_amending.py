"""What a desk changes of an entrant: with a reason, in one step, and readable afterwards."""

import pytest
from msgspec.structs import replace

from tests.services.days import SLUG, run_day
from timing.core.refusal import Refusal
from timing.core.setup.event import Wave
from timing.core.setup.roster import Entry
from timing.services.entrants import amending, checkin
from timing.services.entrants.entries import enter_one, import_entries
from timing.services.entrants.entry_facts import facts_of
from timing.services.entrants.incoming import Source
from timing.store import setup

PEOPLE = [
    Entry(id=1, bib="101", contest="race", name="Åse Ødegård", family="Ødegård", person=1,
          external="7"),
    Entry(id=2, bib="102", contest="race", name="Bob Łukasz", person=2),
]  # fmt: skip


@pytest.fixture
def day(house):
    """Two runners of a race; there is a mile, too, and a late wave."""
    told = run_day(house, "101 start 0:01", entered=PEOPLE)
    race = told.event.contests[0]
    mile = replace(race, code="mile", name="Backward Mile")
    waves = (*told.event.waves, Wave(code="late", name="Late wave"))
    with house.store.write() as tx:
        setup.save_event(tx, replace(told.event, contests=(race, mile), waves=waves))
    return house


def change(house, fields, reason="wish of the entrant", entry=1):
    return amending.amend_at_desk(house, SLUG, {entry: fields}, reason=reason, author="Desk 2")


def now(house, entry=1):
    return facts_of(house, SLUG).entries[entry]


def test_name_club_and_contest_change_together_and_the_history_says_from_what_to_what(day):
    assert change(day, {"name": "Åse Berg", "club": "Reds", "contest": "mile"})
    entry = now(day)
    assert (entry.name, entry.family, entry.club, entry.contest) == (
        "Åse Berg", "Berg", "Reds", "mile",
    )  # fmt: skip
    lines = {
        line.data["field"]: (line.data["old"], line.data["new"], line.reason, line.who)
        for line in checkin.card(day, SLUG, 1).history
        if line.what == "amend"
    }
    assert lines["name"] == ("Åse Ødegård", "Åse Berg", "wish of the entrant", "Desk 2")
    assert lines["contest"] == ("race", "mile", "wish of the entrant", "Desk 2")


def test_without_a_reason_nothing_changes_and_without_a_change_no_reason_is_needed(day):
    with pytest.raises(Refusal, match="say why"):
        change(day, {"club": "Reds"}, reason="")
    assert now(day).club == ""
    assert not change(day, {"name": "Åse Ødegård", "club": ""}, reason="")


def test_another_wave_is_a_ruling_and_the_card_says_so(day):
    assert facts_of(day, SLUG).wave(1) != "late"
    change(day, {"wave": "late"})
    assert facts_of(day, SLUG).wave(1) == "late"
    card = checkin.card(day, SLUG, 1)
    assert card.parts[0].wave.name == "Late wave"
    assert [line.what for line in card.history] == ["move"]
    assert not change(day, {"wave": "late"})
    with pytest.raises(Refusal, match="no wave 'early'"):
        change(day, {"wave": "early"})


def test_who_was_moved_once_starts_with_the_wave_of_the_new_contest(day):
    own = facts_of(day, SLUG).wave(1)
    change(day, {"wave": "late"})
    change(day, {"contest": "mile"})
    assert facts_of(day, SLUG).wave(1) == own
    change(day, {"contest": "race", "wave": "late"})
    assert facts_of(day, SLUG).wave(1) == "late"


def test_a_check_in_stays_when_the_contest_changes(day):
    checkin.check_in(day, SLUG, 1, by="Desk 1")
    change(day, {"contest": "mile"})
    assert checkin.card(day, SLUG, 1).here
    assert checkin.counters(day, SLUG).here == 1


def test_nobody_is_put_into_one_contest_twice(day):
    with pytest.raises(Refusal, match="there is no entry 99"):
        change(day, {"club": "X"}, entry=99)
    twin = {"name": "Åse Ødegård", "contest": "mile", "external": "7"}
    second = enter_one(day, SLUG, twin, {"1:moved": "other"}, author="Ada")
    assert now(day, second).person == 1
    with pytest.raises(Refusal, match="is entered in race already"):
        change(day, {"contest": "race"}, entry=second)


def test_a_newer_list_moves_into_the_wave_that_it_names(day, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("Id,Name,Contest,Wave\n7,Åse Ødegård,race,Late wave\n", encoding="utf-8")
    done = import_entries(day, SLUG, Source(path, "list.csv"), {}, author="Ada")
    assert (done.changed, facts_of(day, SLUG).wave(1)) == (1, "late")
    again = import_entries(day, SLUG, Source(path, "list.csv"), {}, author="Ada")
    assert (again.changed, again.same) == (0, 1)


def test_a_check_in_that_was_taken_back_is_told_with_who_did_it(day):
    checkin.check_in(day, SLUG, 1, by="Desk 1")
    checkin.check_out(day, SLUG, 1, by="Desk 2")
    checkin.check_in(day, SLUG, 1, by="Desk 3")
    told = [(line.what, line.who, line.gone) for line in checkin.card(day, SLUG, 1).history]
    assert sorted(told) == [
        ("check_in", "Desk 1", True), ("check_in", "Desk 3", False), ("void", "Desk 2", False),
    ]  # fmt: skip
