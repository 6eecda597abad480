"""Two entrants who may be one: somebody decides once, and it is remembered and can be undone."""

import pytest
from msgspec.structs import replace

from tests.services.days import SLUG, run_day
from timing.core.journal.rulings import Clear
from timing.core.refusal import Refusal
from timing.core.setup.roster import Entry
from timing.services.entrants import checkin, people
from timing.services.entrants.entries import enter_one, import_entries
from timing.services.entrants.entry_facts import facts_of
from timing.services.entrants.incoming import Source
from timing.services.rulings import withdraw
from timing.store import setup

PEOPLE = [
    Entry(id=1, bib="101", contest="race", name="Cleo Nova", born="1999", person=1, chips=("E1",)),
    Entry(id=2, bib="102", contest="race", name="Bob Berg", born="1980", person=2),
]


@pytest.fixture
def day(house):
    """A race and a mile; Cleo and Bob run the race."""
    told = run_day(house, "101 start 0:01 | 102 start 0:01", entered=PEOPLE)
    race = told.event.contests[0]
    mile = replace(race, code="mile", name="Backward Mile")
    with house.store.write() as tx:
        setup.save_event(tx, replace(told.event, contests=(race, mile)))
    return house


def enter(house, name, contest, **fields):
    return enter_one(house, SLUG, {"name": name, "contest": contest, **fields}, {}, author="Ada")


def person(house, entry):
    return facts_of(house, SLUG).entries[entry].person


def test_who_is_joined_wears_one_bib_and_is_here_once(day):
    second = enter(day, "Cleo Novà", "mile", bib="77")
    checkin.check_in(day, SLUG, second, by="Desk 1")
    [pair] = people.alike(day, SLUG)
    assert {pair.one[0].name, pair.other[0].name} == {"Cleo Nova", "Cleo Novà"}
    people.join(day, SLUG, person(day, 1), person(day, second), by="Ada")
    assert people.alike(day, SLUG) == []
    assert person(day, second) == person(day, 1)
    assert {facts_of(day, SLUG).bibs[entry] for entry in (1, second)} == {"101"}
    card = checkin.card(day, SLUG, 1)
    assert [part.contest.code for part in card.parts] == ["race", "mile"]
    assert card.here
    assert checkin.counters(day, SLUG)[:2] == (2, 1)


def test_the_first_without_a_bib_takes_that_of_the_second(day):
    third = enter(day, "Dora Nova", "race")
    fourth = enter(day, "Dora Nova", "mile", born="2001", bib="88")
    people.join(day, SLUG, person(day, third), person(day, fourth), by="Ada")
    assert checkin.card(day, SLUG, third).person.bib == "88"


def test_two_in_one_contest_and_somebody_who_left_are_not_joined(day):
    with pytest.raises(Refusal, match="both are entered in race"):
        people.join(day, SLUG, 1, 2, by="Ada")
    with pytest.raises(Refusal, match="not entered any more"):
        people.join(day, SLUG, 1, 999, by="Ada")


def test_not_the_same_person_is_remembered_until_it_is_taken_back(day):
    second = enter(day, "Cleo Novà", "mile")
    people.part(day, SLUG, person(day, 1), person(day, second), by="Ada")
    assert people.alike(day, SLUG) == []
    ruling = next(
        each
        for each in day.live.ask(SLUG, lambda state: list(state.live))
        if isinstance(each.act, Clear)
    )
    withdraw(day, SLUG, ruling.id, reason="they are one", author="Ada")
    assert len(people.alike(day, SLUG)) == 1


def test_what_was_decided_at_an_import_is_not_asked_again(day, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("Name,Contest\nCleo Novà,race\n", encoding="utf-8")
    source = Source(path, "list.csv")
    with pytest.raises(Refusal, match="may be Cleo Nova"):
        import_entries(day, SLUG, source, {}, author="Ada")
    done = import_entries(day, SLUG, source, {"2:same_person": "other"}, author="Ada")
    assert done.new == 1
    assert people.alike(day, SLUG) == []


def test_different_births_or_sexes_are_two_without_a_question(day):
    enter(day, "Cleo Nova", "mile", born="1970")
    assert people.alike(day, SLUG) == []
