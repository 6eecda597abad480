"""The check-in desk: who is here, what is missing, and never one number on two people."""

from threading import Barrier, Thread

import pytest
from msgspec.structs import replace

from tests.services.days import SLUG, run_day
from timing.core.refusal import Refusal
from timing.services.entrants import checkin
from timing.store import roster, setup


def entrants(house, *names, requires=()):
    """Enter people in the race; entry ids count from 1, bibs from 101."""
    told = run_day(house, " | ".join(f"{101 + n} start 0:01" for n in range(len(names))))
    contest = replace(told.event.contests[0], requires=requires)
    with house.store.write() as tx:
        event = setup.save_event(tx, replace(told.event, contests=(contest,)))
        kept = roster.load_roster(tx, event)
        named = [replace(each, name=name) for each, name in zip(kept.entries, names, strict=True)]
        roster.save_entries(tx, event, named)
    return [entry.id for entry in named]


def names(found):
    return [person.name for person in found]


def test_somebody_is_found_by_bib_by_name_without_accents_and_with_a_slip(house):
    entrants(house, "Małgorzata Śliwiński", "Jürgen Groß", "Nguyễn Thị Ánh Tuyết")
    assert names(checkin.find(house, SLUG, "102")) == ["Jürgen Groß"]
    assert names(checkin.find(house, SLUG, "sliwinski")) == ["Małgorzata Śliwiński"]
    assert names(checkin.find(house, SLUG, "nguyen tuyet")) == ["Nguyễn Thị Ánh Tuyết"]
    assert names(checkin.find(house, SLUG, "jurgn gros")) == ["Jürgen Groß"]
    assert checkin.find(house, SLUG, "   ") == []
    assert checkin.find(house, SLUG, "qqqq") == []


def test_checking_in_says_when_and_by_whom(house, clock):
    [ada, _] = entrants(house, "Ada", "Bea")
    card = checkin.check_in(house, SLUG, ada, by="desk one")
    assert card.here.at == clock()
    assert card.here.station.endswith("/desk one")
    assert card.ready
    assert [(line.what, line.who) for line in card.history] == [("check_in", "desk one")]
    assert checkin.counters(house, SLUG) == (2, 1, 1, 1)


def test_who_is_here_already_is_told_so(house):
    [ada] = entrants(house, "Ada")
    checkin.check_in(house, SLUG, ada, by="one")
    with pytest.raises(Refusal, match="Ada is here already"):
        checkin.check_in(house, SLUG, ada, by="two")


def test_a_check_in_can_be_taken_back_and_made_again(house):
    [ada] = entrants(house, "Ada")
    checkin.check_in(house, SLUG, ada, by="one")
    assert checkin.check_out(house, SLUG, ada, by="one").here is None
    assert checkin.check_in(house, SLUG, ada, by="two").here is not None


def test_what_the_contest_asks_for_must_be_seen(house):
    [ada] = entrants(house, "Ada", requires=("photo_id", "briefing"))
    card = checkin.check_in(house, SLUG, ada, by="one")
    assert (card.missing, card.ready) == (("photo_id", "briefing"), False)
    card = checkin.confirm(house, SLUG, ada, ["photo_id"], by="one")
    assert card.missing == ("briefing",)
    assert checkin.confirm(house, SLUG, ada, ["photo_id", "briefing"], by="one").ready
    with pytest.raises(Refusal, match="nothing that a desk asks for"):
        checkin.confirm(house, SLUG, ada, ["passport"], by="one")


def test_nobody_checks_in_without_a_bib(house):
    [ada] = entrants(house, "Ada")
    with house.store.write() as tx:
        event = setup.find_event(tx, SLUG)
        roster.save_entries(tx, event, [replace(roster.load_entry(tx, event, ada), bib="")])
    assert checkin.card(house, SLUG, ada).missing == ("bib",)
    with pytest.raises(Refusal, match="hand one out first"):
        checkin.check_in(house, SLUG, ada, by="one")
    assert checkin.hand_out(house, SLUG, ada, " a7 ", by="one").person.bib == "A7"
    assert checkin.check_in(house, SLUG, ada, by="one").ready


def test_one_number_is_never_given_to_two_people(house):
    [ada, bea] = entrants(house, "Ada", "Bea")
    with pytest.raises(Refusal):
        checkin.hand_out(house, SLUG, bea, "101", by="one")
    assert checkin.card(house, SLUG, bea).person.bib == "102"
    assert checkin.card(house, SLUG, ada).person.bib == "101"


@pytest.mark.parametrize("bib", ["", "  ", "1" * 13, "七"])
def test_what_is_no_bib_is_refused(house, bib):
    [ada] = entrants(house, "Ada")
    with pytest.raises(Refusal, match="is no bib"):
        checkin.hand_out(house, SLUG, ada, bib, by="one")


def test_the_call_room_sees_who_is_not_here(house):
    [ada, _] = entrants(house, "Ada", "Bea")
    checkin.check_in(house, SLUG, ada, by="one")
    assert [card.person.name for card in checkin.absent(house, SLUG)] == ["Bea"]
    assert checkin.absent(house, SLUG, "another-contest") == []


def test_a_stranger_has_no_card(house):
    entrants(house, "Ada")
    assert checkin.card(house, SLUG, 99) is None
    with pytest.raises(Refusal, match="no entry 99"):
        checkin.check_in(house, SLUG, 99, by="one")
    with pytest.raises(Refusal, match="no event"):
        checkin.find(house, "nowhere", "Ada")
    with pytest.raises(Refusal, match="no event"):
        checkin.counters(house, "nowhere")
    with pytest.raises(Refusal, match="no event"):
        checkin.absent(house, "nowhere")


def test_two_desks_take_the_same_person_and_one_succeeds(house):
    [ada] = entrants(house, "Ada")
    gate, outcomes = Barrier(4), []

    def desk(name):
        gate.wait(10)
        try:
            checkin.check_in(house, SLUG, ada, by=name)
            outcomes.append("in")
        except Refusal:
            outcomes.append("told")

    desks = [Thread(target=desk, args=(f"desk {n}",)) for n in range(4)]
    for each in desks:
        each.start()
    for each in desks:
        each.join(60)
    assert sorted(outcomes) == ["in", "told", "told", "told"]
    assert len(checkin.card(house, SLUG, ada).history) == 1
