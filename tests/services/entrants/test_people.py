"""Two entrants who may be one: somebody decides once, and it is remembered and can be undone."""

from itertools import combinations

import pytest
from hypothesis import given, strategies as st
from msgspec.structs import replace
from rapidfuzz import fuzz

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
from timing.store.folding import fold_text

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


def test_nobody_else_waits_while_names_are_compared(day, monkeypatch):
    def compared(found):
        assert not any(watch.lock.locked() for watch in day.live._watches.values())
        return iter(())

    enter(day, "Cleo Novà", "mile")
    monkeypatch.setattr(people, "_pairs", compared)
    assert people.alike(day, SLUG) == []


def test_names_are_compared_once_a_roster_and_what_is_decided_is_left_out(day, monkeypatch):
    second = enter(day, "Cleo Novà", "mile")
    assert len(people.alike(day, SLUG)) == 1
    monkeypatch.setattr(people, "_pairs", None)
    people.part(day, SLUG, person(day, 1), person(day, second), by="Ada")
    assert people.alike(day, SLUG) == []


NAMES = st.lists(st.sampled_from(["ann", "anna", "berg", "bergh", "li", "Ånn", "o"]), min_size=1,
                 max_size=3).map(" ".join)  # fmt: skip
BIRTHS = st.sampled_from(["", "1990", "1990-05-01", "1990-06-01", "1991"])


@given(st.lists(st.tuples(NAMES, BIRTHS, st.sampled_from(["W", "M", ""])), max_size=6))
def test_every_two_whose_names_and_births_agree_are_found_and_no_others(drawn):
    everybody = {
        number: [Entry(id=number, contest="c", name=name, born=born, sex=sex, person=number)]
        for number, (name, born, sex) in enumerate(drawn, 1)
    }
    wanted = {
        people.key_of(one, other)
        for one, other in combinations(everybody, 2)
        if people._may_be_one(everybody[one][0], everybody[other][0])
        and fuzz.token_sort_ratio(
            *(fold_text(everybody[each][0].name) for each in (one, other)), processor=None
        )
        >= people._ALIKE
    }
    found = [pair.key for pair in people._pairs(everybody)]
    assert len(found) == len(set(found))
    assert set(found) == wanted
