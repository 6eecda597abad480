"""Bibs and chips of a race: by rule, by hand, swapped, lost; check-ins follow their people."""

import pytest

from tests.services.days import SLUG, run_day
from timing.core.refusal import Refusal
from timing.services.entrants import checkin, giving_out, numbering
from timing.services.entrants.entries import enter_one
from timing.services.entrants.entry_facts import facts_of
from timing.services.entrants.giving_out import Wish


@pytest.fixture
def three(house):
    """Three entrants without a bib beside 101, in a contest that has the numbers 1 to 3."""
    run_day(house, "101 start 0:01")
    numbering.set_ranges(house, SLUG, {"race": "1 - 3"})
    born = {"Cleo": "1999", "Ada": "1998", "Bob": "1997"}
    for name, year in born.items():
        enter_one(house, SLUG, {"name": name, "born": year}, {}, author="Ada")
    return house


def worn(house):
    facts = facts_of(house, SLUG)
    return {facts.entries[number].name: bib for number, bib in facts.bibs.items()}


def number_of(house, name):
    return next(e.id for e in facts_of(house, SLUG).entries.values() if e.name == name)


def test_numbers_are_given_by_rule_and_kept(three):
    assert len(giving_out.propose(three, SLUG, Wish("race", "alphabet")).bibs) == 3
    assert worn(three)["Ada"] == ""
    giving_out.assign(three, SLUG, Wish("race", "alphabet"), by="Ada")
    assert [worn(three)[name] for name in ("Ada", "Bob", "Cleo")] == ["1", "2", "3"]
    [row] = numbering.board(three, SLUG).rows
    assert (row.numbered, row.waiting, row.left) == (4, 0, 0)
    assert giving_out.assign(three, SLUG, Wish("race", "alphabet"), by="Ada").bibs == {}


def test_reserved_and_lost_numbers_are_not_given_out(three):
    numbering.keep(three, SLUG, "1", "reserved")
    numbering.keep(three, SLUG, "2", "lost")
    given = giving_out.assign(three, SLUG, Wish("race", "entry"), by="Ada")
    assert (list(given.bibs.values()), len(given.short)) == (["3"], 2)
    with pytest.raises(Refusal, match="noted as lost"):
        checkin.hand_out(three, SLUG, number_of(three, "Bob"), "2", by="Ada")
    assert numbering.keep(three, SLUG, "2", "") == 1
    checkin.hand_out(three, SLUG, number_of(three, "Bob"), "2", by="Ada")
    with pytest.raises(Refusal, match="expected reserved or lost"):
        numbering.keep(three, SLUG, "2", "stolen")


def test_wrong_ranges_and_orders_are_refused(three):
    with pytest.raises(Refusal, match="goes down"):
        numbering.set_ranges(three, SLUG, {"race": "9-1"})
    with pytest.raises(Refusal, match="no range of bibs"):
        numbering.keep(three, SLUG, "?", "lost")
    with pytest.raises(Refusal, match="choose a contest"):
        giving_out.propose(three, SLUG, Wish("race", "beauty"))
    numbering.set_ranges(three, SLUG, {"race": ""})
    with pytest.raises(Refusal, match="set one first"):
        giving_out.propose(three, SLUG, Wish("race", "entry"))


def test_a_swap_is_one_step_and_check_ins_follow(three):
    giving_out.assign(three, SLUG, Wish("race", "alphabet"), by="Ada")
    ada, bob = number_of(three, "Ada"), number_of(three, "Bob")
    checkin.check_in(three, SLUG, ada, by="desk")
    numbering.swap(three, SLUG, "1", "2", reason="wrong envelopes", by="Ada")
    assert (worn(three)["Ada"], worn(three)["Bob"]) == ("2", "1")
    assert checkin.card(three, SLUG, ada).here
    assert checkin.card(three, SLUG, bob).here is None
    with pytest.raises(Refusal, match="nobody wears bib '77'"):
        numbering.swap(three, SLUG, "1", "77", reason="", by="Ada")


def test_another_bib_at_the_desk_takes_the_check_in_along(three):
    giving_out.assign(three, SLUG, Wish("race", "alphabet"), by="Ada")
    ada = number_of(three, "Ada")
    checkin.check_in(three, SLUG, ada, by="desk")
    assert checkin.hand_out(three, SLUG, ada, "A9", by="desk").here


def test_times_of_swapped_bibs_change_hands(house):
    run_day(house, "gun 0:00 | 101 start 0:00 | 102 start 0:00 | 101 finish 8:00")
    before = {bib: number for number, bib in facts_of(house, SLUG).bibs.items()}
    numbering.swap(house, SLUG, "101", "102", reason="seen", by="ref")
    [first, *_] = house.live.snapshot(SLUG, fresh=True).standings["race", "final"].rows
    assert (first.bib, first.entry.id) == ("101", before["102"])


def test_a_chip_is_bound_late_and_by_file(three, tmp_path):
    giving_out.assign(three, SLUG, Wish("race", "alphabet"), by="Ada")
    numbering.bind_chip(three, SLUG, "E200", "1", by="Ada")
    with pytest.raises(Refusal, match="nobody wears"):
        numbering.bind_chip(three, SLUG, "E201", "999", by="Ada")
    with pytest.raises(Refusal, match="no chip"):
        numbering.bind_chip(three, SLUG, " ", "1", by="Ada")
    path = tmp_path / "chips.csv"
    path.write_text("Startnr;Transponder\n1;E200\n2;E202\n3;E202\n;E203\n")
    done = numbering.bind_chips(three, SLUG, path, "chips.csv", by="Ada")
    assert (done.bound, done.known) == (1, 1)
    assert [problem.line for problem in done.problems] == [4, 5]
    assert numbering.board(three, SLUG).chips == 2
    path.write_text("a,b\n1,2\n")
    with pytest.raises(Refusal, match="no column for the bib"):
        numbering.bind_chips(three, SLUG, path, "chips.csv", by="Ada")
