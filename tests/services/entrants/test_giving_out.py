"""The whole event is numbered in one go: what is shown is given, and nobody's bib changes."""

from random import Random

import pytest
from msgspec.structs import replace

from tests.services.days import SLUG, run_day
from timing.core.refusal import Refusal
from timing.core.setup.numbering import ORDERS, holder_of, read_ranges
from timing.core.setup.roster import Entry
from timing.services.entrants import checkin, giving_out, numbering
from timing.services.entrants.entries import enter_one
from timing.services.entrants.entry_facts import facts_of
from timing.services.entrants.giving_out import Wish
from timing.store import journal, roster, setup

RANGES = {"race": "1-20", "mile": "15-40", "five": "A01-A09"}
WHOLE = Wish()


def hold(house, entries=(), story="102 start 0:01"):
    """An event of three contests with these entrants; 102 runs in the first one."""
    run_day(house, story)
    with house.store.write() as tx:
        event = setup.load_event(tx, SLUG)
        more = (replace(event.contests[0], code=code, name=code.title()) for code in RANGES)
        setup.save_event(tx, replace(event, contests=tuple(more)))
        roster.save_entries(tx, setup.event_number(tx, SLUG), list(entries))
    numbering.set_ranges(house, SLUG, RANGES)
    return house


def by_lot(seed):
    """People in one, two or three contests; some wear a number already, in all of theirs."""
    lot = Random(seed)
    worn = iter(lot.sample([str(n) for n in range(1, 45)], 12))
    for person in range(1, 41):
        bib = next(worn, "") if lot.random() < 0.3 else ""
        for contest in lot.sample(sorted(RANGES), lot.choice((1, 1, 2, 3))):
            number = person * 10 + sorted(RANGES).index(contest)
            name = f"{lot.choice('ABCDE')}. Runner {person}"
            yield Entry(id=number, contest=contest, name=name, person=person, bib=bib)


def worn_of(house):
    return {entry: bib for entry, bib in facts_of(house, SLUG).bibs.items() if bib}


@pytest.mark.parametrize("seed", range(4))
def test_whoever_is_numbered_no_bib_is_there_twice_and_nobodys_changes(house, seed):
    story = "gun 0:00 | 102 start 0:01" if seed % 2 else "102 start 0:01"
    hold(house, by_lot(seed), story)
    numbering.keep(house, SLUG, "3, 17-18", "lost")
    before = worn_of(house)
    order = sorted(ORDERS)[seed]
    offer = giving_out.propose(house, SLUG, Wish("", order))
    assert worn_of(house) == before
    given = giving_out.assign(house, SLUG, Wish("", order), seen=offer.mark, by="Ada")
    after = worn_of(house)
    facts = facts_of(house, SLUG)
    assert given.bibs == offer.bibs
    assert after == before | offer.bibs
    assert facts.entries.keys() == after.keys() | set(offer.short)
    wearers = {}
    for entry, bib in after.items():
        wearers.setdefault(bib, set()).add(holder_of(facts.entries[entry]))
    assert {len(each) for each in wearers.values()} == {1}
    for part in given.parts:
        own = {bib for each in read_ranges(part.contest.bibs) for bib in each.numbers()}
        assert own >= set(part.share.fresh.values())
        assert not {"3", "17", "18"} & set(part.share.fresh.values())
    assert {e.id: e.bib for e in facts.entries.values() if e.bib} == after
    again = giving_out.assign(house, SLUG, Wish("", order), by="Ada")
    assert (again.bibs, again.short) == ({}, offer.short)


def test_what_each_contest_gets_is_told_before(house):
    people = [
        Entry(id=1, contest="race", name="Ada", person=1),
        Entry(id=2, contest="five", name="Ada", person=1),
        Entry(id=3, contest="mile", name="Bob", person=2, bib="16"),
        Entry(id=4, contest="mile", name="Cleo", person=3),
        Entry(id=5, contest="five", name="Bob", person=2),
        Entry(id=6, contest="five", name="Dan", person=4, guide=True),
    ]
    offer = giving_out.propose(hold(house, people), SLUG, WHOLE)
    race, mile, five = offer.parts
    assert (race.share.fresh, race.numbered) == ({1: "1"}, 1)
    assert (mile.share.fresh, mile.numbered) == ({4: "15"}, 1)
    assert (five.share.fresh, five.share.same, five.numbered) == ({}, {2: "1", 5: "16"}, 0)
    assert offer.clashes == (("Race", "Mile"),)
    assert offer.short == ()


def test_gaps_stay_where_that_is_wished(house):
    people = [
        Entry(id=1, contest="five", name="Ada", bib="A04"),
        Entry(id=2, contest="five", name="Bob"),
    ]
    hold(house, people)
    [_race, _mile, five] = giving_out.propose(house, SLUG, WHOLE._replace(gaps=False)).parts
    assert five.share.fresh == {2: "A05"}
    assert five.share.free[:3] == ("A01", "A02", "A03")
    given = giving_out.assign(house, SLUG, WHOLE, by="Ada")
    assert given.bibs == {2: "A01"}


def test_what_changed_since_it_was_looked_at_is_shown_again_and_not_given(house):
    hold(house, [Entry(id=1, contest="race", name="Cleo")])
    seen = giving_out.propose(house, SLUG, WHOLE).mark
    enter_one(house, SLUG, {"name": "Ada", "contest": "race"}, {}, author="Ada")
    with pytest.raises(Refusal, match="look at the numbers again"):
        giving_out.assign(house, SLUG, WHOLE, seen=seen, by="Ada")
    assert len(worn_of(house)) == 1


def test_pressing_twice_gives_once_and_refuses_nothing(house):
    hold(house, [Entry(id=1, contest="race", name="Cleo")])
    seen = giving_out.propose(house, SLUG, WHOLE).mark
    assert giving_out.assign(house, SLUG, WHOLE, seen=seen, by="Ada").bibs == {1: "1"}
    assert giving_out.assign(house, SLUG, WHOLE, seen=seen, by="Ada").bibs == {}


def test_a_number_that_is_given_after_the_gun_stands_in_the_journal(house):
    hold(house, [Entry(id=1, contest="race", name="Cleo")], "gun 0:00 | 102 start 0:01")
    giving_out.assign(house, SLUG, WHOLE, by="Ada")
    with house.store.read() as tx:
        rulings = journal.load_journal(tx, setup.event_number(tx, SLUG)).rulings
    assert [(each.act.bib, each.author) for each in rulings if hasattr(each.act, "bib")] == [
        ("1", "Ada")
    ]
    assert checkin.card(house, SLUG, 1).person.bib == "1"


def test_an_event_without_a_range_says_so(house):
    hold(house)
    numbering.set_ranges(house, SLUG, dict.fromkeys(RANGES, ""))
    with pytest.raises(Refusal, match="no contest has a range of bibs; set one first"):
        giving_out.propose(house, SLUG, WHOLE)
    with pytest.raises(Refusal, match="choose a contest"):
        giving_out.propose(house, SLUG, Wish("swim"))


def test_a_contest_without_a_range_leaves_its_people_waiting(house):
    hold(house, [Entry(id=1, contest="race", name="Cleo"), Entry(id=2, contest="mile", name="Dan")])
    numbering.set_ranges(house, SLUG, {"race": ""})
    given = giving_out.assign(house, SLUG, WHOLE, by="Ada")
    assert (given.bibs, given.short) == ({2: "15"}, (1,))
    [row, *_] = numbering.board(house, SLUG).rows
    assert (row.waiting, row.left) == (1, None)
