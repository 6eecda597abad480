"""The laws of the fold, over random races with nonsense in them."""

from __future__ import annotations

from hypothesis import assume, given, strategies as st
from msgspec.structs import replace

from tests.core.journals import (
    acts,
    altered,
    events,
    handed_out,
    meaning,
    moved,
    races,
    rosters,
    set_times,
    standings,
)
from timing.core.clock import Instant
from timing.core.fold.effort import RULED, index_of
from timing.core.fold.settling import settle
from timing.core.fold.whole import anomalies_of, fold, refit, refold
from timing.core.journal import rulings as act
from timing.core.journal.lines import Journal, Read, Ruling


@given(races(), st.randoms(use_true_random=False))
def test_lines_in_any_order_have_the_same_meaning(race, chance):
    setup, roster, journal = race
    shuffled = [list(journal.reads), list(journal.rulings)]
    for lines in shuffled:
        chance.shuffle(lines)
    other = Journal(tuple(shuffled[0]), tuple(shuffled[1]), journal.seq)
    assert meaning(fold(setup, roster, other)) == meaning(fold(setup, roster, journal))


@given(races())
def test_a_journal_sent_twice_means_what_it_meant(race):
    setup, roster, journal = race
    twice = Journal(journal.reads * 2, journal.rulings * 2, journal.seq)
    assert meaning(fold(setup, roster, twice)) == meaning(fold(setup, roster, journal))


@given(races(), acts)
def test_a_ruling_that_is_withdrawn_leaves_no_trace(race, made):
    setup, roster, journal = race
    ruling = Ruling("jury", 1, Instant(2), made)
    taken_back = Ruling("jury", 2, Instant(0), act.Withdraw(line=ruling.id))
    undone = journal._replace(rulings=(*journal.rulings, ruling, taken_back))
    assert meaning(fold(setup, roster, undone)) == meaning(fold(setup, roster, journal))


@given(races(), acts)
def test_undoing_the_undo_is_a_redo(race, made):
    setup, roster, journal = race
    ruling = Ruling("jury", 1, Instant(2), made)
    undo = Ruling("jury", 2, Instant(0), act.Withdraw(line=ruling.id))
    redo = Ruling("jury", 3, Instant(0), act.Withdraw(line=undo.id))
    once = journal._replace(rulings=(*journal.rulings, ruling))
    again = journal._replace(rulings=(*journal.rulings, ruling, undo, redo))
    assert meaning(fold(setup, roster, again)) == meaning(fold(setup, roster, once))


@given(races(), st.data())
def test_refolding_what_changed_is_folding_everything(race, data):
    setup, roster, journal = race
    lines = data.draw(st.permutations([*journal.reads, *journal.rulings]))
    state = fold(setup, roster, Journal())
    while lines:
        cut = data.draw(st.integers(1, len(lines)))
        arrived, lines = lines[:cut], lines[cut:]
        before = dict(state.results)
        touched = refold(
            state,
            [line for line in arrived if isinstance(line, Read)],
            [line for line in arrived if isinstance(line, Ruling)],
            state.seq + cut,
        )
        changed = {
            key
            for key in before.keys() | state.results.keys()
            if before.get(key) != state.results.get(key)
        }
        assert changed <= touched
    whole = fold(setup, roster, journal)
    assert meaning(state) == meaning(whole)
    assert state.seq == whole.seq


@given(races(), st.lists(st.one_of(handed_out, moved), min_size=1, max_size=6), st.data())
def test_numbers_chips_and_starts_may_change_at_any_moment(race, decided, data):
    """Bound, taken back and withdrawn, between and after the reads that they concern."""
    setup, roster, journal = race
    ruled = [Ruling("desk", 100 + n, Instant(n), each) for n, each in enumerate(decided)]
    undone = data.draw(st.lists(st.sampled_from(ruled), unique=True))
    back = [
        Ruling("desk", 200 + n, Instant(0), act.Withdraw(line=each.id))
        for n, each in enumerate(undone)
    ]
    state = fold(setup, roster, journal._replace(reads=()))
    for line in data.draw(st.permutations([*journal.reads, *ruled, *back])):
        read = isinstance(line, Read)
        refold(state, [line] if read else [], [] if read else [line], state.seq)
    whole = journal._replace(rulings=(*journal.rulings, *ruled, *back))
    assert meaning(state) == meaning(fold(setup, roster, whole))


def cut(journal, data):
    """What was written before a moment, and what comes later."""
    reads = data.draw(st.integers(0, len(journal.reads)))
    rulings = data.draw(st.integers(0, len(journal.rulings)))
    early = Journal(journal.reads[:reads], journal.rulings[:rulings])
    return early, Journal(journal.reads[reads:], journal.rulings[rulings:], journal.seq)


@given(races(), st.data())
def test_another_roster_is_taken_over_as_if_it_had_always_been_this_one(race, data):
    setup, roster, journal = race
    early, late = cut(journal, data)
    state = fold(setup, roster, early)
    before = standings(state)
    other = data.draw(st.one_of(rosters(setup), altered(setup, roster)))
    touched = refit(state, setup, other, late)
    assert touched is not None
    assert meaning(state) == meaning(fold(setup, other, journal))
    for old, new in zip(before, standings(state), strict=True):
        if not any((row.entry.id, new.round) in touched for row in (*old.rows, *new.rows)):
            assert old == new


@given(races(), st.data())
def test_another_setup_is_taken_over_as_if_it_had_always_been_this_one(race, data):
    setup, roster, journal = race
    early, late = cut(journal, data)
    state = fold(setup, roster, early)
    other = data.draw(events())
    touched = refit(state, other, roster, late)
    assert (touched is None) == (other != setup)
    assert meaning(state) == meaning(fold(other, roster, journal))


@given(races(), acts)
def test_whoever_is_not_touched_by_a_ruling_has_the_same_line_in_the_list(race, made):
    setup, roster, journal = race
    state = fold(setup, roster, journal)
    before = standings(state)
    touched = refold(state, [], [Ruling("jury", 1, Instant(2), made)], journal.seq + 1)
    for old, new in zip(before, standings(state), strict=True):
        if not any((row.entry.id, new.round) in touched for row in (*old.rows, *new.rows)):
            assert old == new


@given(races())
def test_no_journal_makes_the_fold_raise_and_all_anomalies_can_be_said(race):
    state = fold(*race)
    for anomaly in anomalies_of(state):
        assert anomaly.sentence
        assert anomaly.severity in ("error", "warning", "info")
    for each in standings(state):
        ids = [row.entry.id for row in each.rows]
        assert len(ids) == len(set(ids))


@given(races())
def test_the_short_way_gives_what_the_long_way_gives(race):
    state = fold(*race)
    results = dict(state.results)
    for bib in list(state.known.wearers):
        settle(state, bib)
    assert state.results == results


@given(races(), set_times, st.data())
def test_what_an_official_set_always_counts(race, made, data):
    setup, roster, journal = race
    others = [each for each in journal.rulings if not isinstance(each.act, act.SetTime)]
    starts = fold(setup, roster, journal._replace(rulings=tuple(others))).targets
    assume(starts)
    entry, code = data.draw(st.sampled_from(sorted(starts)))
    made = replace(made, entry=entry, round=code)
    index = index_of(starts[entry, code].plan, made)
    assume(index is not None and made.elapsed >= min(index, 1))
    ruling = Ruling("jury", 1, Instant(2), made)
    result = fold(setup, roster, journal._replace(rulings=(*others, ruling))).results[entry, code]
    assert [read.id for read in result.reads if read.source == RULED] == [ruling.id]
    assert index in result.positions
