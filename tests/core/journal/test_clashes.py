"""Two different lines under one number are both kept, and the officials are told."""

from tests.core.story import story
from timing.core.clock import Instant
from timing.core.fold.results import recorded_order
from timing.core.fold.whole import anomalies_of, fold, refold
from timing.core.journal.lines import CLASH_BITS, Journal, Read, Ruling, claimed
from timing.core.journal.rulings import Note, Void

SECOND = -(7 << CLASH_BITS | 1)
READ = Read("phone", SECOND, "finish", "102", None, Instant(9), "typed")


def clashes(state):
    return [each for each in anomalies_of(state) if each.code == "clash"]


def test_a_line_that_came_under_the_number_of_another_one_is_told():
    told = story("gun 0:00 | 101 finish 6:45")
    journal = told.journal._replace(reads=(*told.journal.reads, READ, READ))
    [found] = clashes(fold(told.event, told.roster, journal))
    assert found.sentence.startswith("Line 7 of station phone came twice")
    assert (found.line, found.severity) == (READ.id, "warning")


def test_a_clash_that_comes_later_is_told_as_well():
    told = story("gun 0:00 | 101 finish 6:45")
    state = fold(told.event, told.roster, told.journal)
    assert not clashes(state)
    note = Ruling("phone", SECOND - 1, Instant(1), Note(line=READ.id, text="fell"))
    refold(state, [READ], [note], told.journal.seq + 2)
    assert len(clashes(state)) == 2
    again = Journal((*told.journal.reads, READ), (*told.journal.rulings, note), state.seq)
    assert clashes(state) == clashes(fold(told.event, told.roster, again))


def test_a_line_claims_its_own_number_or_that_of_the_other():
    assert [claimed(n) for n in (0, 7, SECOND, SECOND - 5)] == [0, 7, 7, 7]


def test_lines_are_numbered_from_nought_on():
    told = story("gun 0:00 | 101 finish 6:45")
    first = Read("phone", 0, "finish", "102", None, Instant(9), "typed")
    note = Ruling("phone", 0, Instant(1), Note(line=first.id, text="fell"))
    whole = Journal((*told.journal.reads, first), (*told.journal.rulings, note), 4)
    assert not clashes(fold(told.event, told.roster, whole))
    state = fold(told.event, told.roster, told.journal)
    refold(state, [first], [note], 4)
    assert not clashes(state)


def test_a_clash_in_a_clean_effort_and_one_that_is_voided_are_told():
    told = story("gun 0:00 | 101 finish 6:45")
    [clean] = told.journal.reads
    odd = clean._replace(n=SECOND)
    seen = told.journal._replace(reads=(odd,))
    assert [each.line for each in clashes(fold(told.event, told.roster, seen))] == [odd.id]
    void = Ruling("jury", 1, Instant(1), Void(line=odd.id))
    ruled = seen._replace(rulings=(*seen.rulings, void))
    assert [each.line for each in clashes(fold(told.event, told.roster, ruled))] == [odd.id]


def test_a_clash_in_a_burst_is_told():
    told = story("gun 0:00 | 101 finish 6:45 chip | 101 finish 6:46 chip | 101 finish 6:47 chip")
    first, second, third = told.journal.reads
    odd = second._replace(n=SECOND)
    seen = told.journal._replace(reads=(first, odd, third))
    state = fold(told.event, told.roster, seen)
    assert [each.line for each in clashes(state)] == [odd.id]
    assert state.results[101, "final"].gun == told.result("101").gun


def test_a_clash_is_ordered_by_the_number_that_it_claims():
    assert recorded_order(9, SECOND) == recorded_order(9, 7)
