"""What a new line touches: one runner where it can, everybody where it must."""

from __future__ import annotations

import gc

import pytest
from msgspec.structs import replace

from tests.core.journals import meaning
from tests.core.story import Teller, contest, course, entry, start, story
from timing.core.clock import Duration, Instant
from timing.core.fold.whole import fold, refit, refold
from timing.core.journal import rulings as act
from timing.core.journal.lines import Journal, Ruling
from timing.core.setup.roster import Roster
from timing.core.status import Status

NOTHING = Journal()
RACE = "gun 0:00 | 101 finish 6:45 | 102 finish 6:46 | 103 finish 6:47"


def then(told, more):
    """Add lines to a story that was told; returns the bibs that they touched."""
    teller = Teller()
    teller.order = [line.id for line in (*told.journal.reads, *told.journal.rulings)]
    teller.names = {"it": teller.order[0]}
    for line in more.split("|"):
        teller.tell(line)
    seq = told.state.seq + len(teller.reads) + len(teller.rulings)
    touched = refold(told.state, teller.reads, teller.rulings, seq)
    whole = Journal(
        (*told.journal.reads, *teller.reads), (*told.journal.rulings, *teller.rulings), seq
    )
    assert meaning(told.state) == meaning(fold(told.event, told.roster, whole))
    told.journal = whole
    return sorted(key[0] for key in touched)


@pytest.mark.parametrize(
    ("line", "touched"),
    [
        ("104 finish 6:50", [104]),
        ("101 finish 9:00", [101]),
        ("101 start 0:03", [101]),
        ("999 finish 6:50", []),
        ("chip=A7 finish 6:50", [104]),
        ("@hall 104 desk 0:00 desk", [104]),
        ("dq 101 TR16.8", [101]),
        ("set 104 6:30", [104]),
        ("penalty 101 0:05", [101]),
        ("caution 101 turned", [101]),
        ("qualify 101 qR", [101]),
        ("void it", [101]),
        ("retime it 6:50", [101]),
        ("attribute it 104", [101, 104]),
        ("repoint it moon", [101]),
        ("attribute it 999", [101]),
        ("void nowhere", []),
        ("dns 999", []),
        ("note it seen", []),
        ("clear unknown_bib:finish:9", []),
        ("amend 101", []),
        ("photo 102 101", [101, 102]),
        ("dead-heat 101 102", [101, 102]),
        ("dns 105", [105]),
    ],
)
def test_a_line_about_single_entries_touches_only_these(line, touched):
    told = story(
        RACE, entered=["101", "102", "103", entry("104", chips=("A7",)), entry("", id=105)]
    )
    results = told.state.results
    assert then(told, line) == touched
    assert told.state.results is results, "nothing else was folded again"
    if line.startswith(("dq", "set", "penalty", "caution", "void", "retime", "attribute", "dns 1")):
        assert then(told, "withdraw last") == touched


@pytest.mark.parametrize(
    ("line", "touched"),
    [
        ("gun 0:01", [101, 102, 103, 104]),
        ("gun 0:01 moon", []),
        ("clock finish 0:01", [101, 102, 103]),
        ("clock hut 0:01 | photo 102 101", [101, 102]),
        ("close", [104]),
        ("offset 101 0:01", [101]),
        ("move 101 race 2", [101]),
        ("bib 104 44", [104]),
        ("bib 104 101", [101, 104]),
        ("bib 101 77", [101]),
        ("chip B1 103", []),
        ("- finish 6:50", []),
        ("104 finish -", []),
        ("- finish 6:50 | 104 finish -", [104]),
        ("attribute it", [101]),
        ("retime it -", [101]),
        ("blank it", []),
        ("chip=lost finish 6:50", []),
    ],
)
def test_a_line_that_reaches_further_tells_whom_it_changed(line, touched):
    told = story(RACE, entered="101 102 103 104")
    results = told.state.results
    assert then(told, line) == touched
    again = told.state.results is not results
    assert again == line.startswith("clock"), "only the clock of a mat concerns everybody"


def test_a_chip_that_is_bound_late_brings_what_it_was_seen_at():
    told = story(f"{RACE} | chip=B1 finish 6:50", entered="101 102 103 104")
    assert told.status("104") == "READY"
    assert then(told, "chip B1 104") == [104]
    assert told.time("104") == "6:50"
    assert then(told, "chip B1 103") == [103, 104]
    assert then(told, "withdraw last") == [103, 104]
    assert told.time("104") == "6:50"


def test_a_chip_that_is_given_back_takes_its_reads_along():
    told = story(f"{RACE} | chip B1 104 | chip=B1 finish 6:50", entered="101 102 103 104")
    assert told.time("104") == "6:50"
    assert then(told, "chip B1") == [104]
    assert told.status("104") == "READY"


def test_who_gets_a_bib_in_the_moment_of_a_penalty_gets_both_and_what_was_seen():
    told = story(f"{RACE} | 77 finish 6:50", entered=["101", "102", "103", entry("", id=105)])
    assert then(told, "penalty 105 0:05 | bib 105 77") == [105]
    assert told.sheet().endswith("4 77 6:55")


def test_a_late_entry_is_taken_over_with_what_was_seen_of_its_bib():
    told = story(f"{RACE} | 105 finish 7:10", entered="101 102 103")
    assert "unknown_bib" in told.doubts()
    late = Roster(
        entries=(*told.roster.entries, entry("105")), starts=(*told.roster.starts, start("105"))
    )
    results = told.state.results
    assert refit(told.state, told.event, late, NOTHING) == {(105, "final")}
    assert told.state.results is results
    assert (told.time("105"), told.doubts()) == ("7:10", [])
    assert refit(told.state, told.event, told.roster, NOTHING) == {(105, "final")}
    assert "unknown_bib" in told.doubts()


def test_another_name_touches_whose_it_is():
    told = story(RACE)
    first, *others = told.roster.entries
    married = Roster(entries=(replace(first, name="New"), *others), starts=told.roster.starts)
    assert refit(told.state, told.event, married, NOTHING) == {(101, "final")}
    assert told.standings().rows[0].entry.name == "New"


def test_who_was_checked_in_by_mistake_is_not_there_any_more():
    told = story("gun 0:00 | @hall 104 desk -0:30 desk | 101 finish 6:45")
    assert told.status("104") == "RUN"
    assert then(told, "void it") == [104]
    assert told.status("104") == "READY"


def test_a_line_that_comes_again_touches_nobody():
    told = story(RACE)
    journal = told.journal
    assert refold(told.state, journal.reads, journal.rulings, journal.seq) == set()
    assert meaning(told.state) == meaning(fold(told.event, told.roster, journal))


def test_a_read_may_come_after_the_ruling_about_it():
    told = story("gun 0:00 | 101 finish 6:45 | dq 102 | void nowhere")
    void = told.journal.rulings[-1]
    ahead = void._replace(n=9, act=act.Void(line=("finish", 2)))
    assert refold(told.state, [], [ahead], 5) == set()
    told.journal = told.journal._replace(rulings=(*told.journal.rulings, ahead))
    assert then(told, "101 finish 7:30") == []
    assert told.unused("101") == []


def test_a_line_of_a_station_whose_clock_is_corrected_comes_corrected():
    told = story("gun 0:00 | 101 finish 6:45 | clock finish 0:10", entered="101 102")
    assert then(told, "102 finish 6:50") == [102]
    assert told.time("102") == "7:00"


def test_two_rulings_of_one_identity_are_settled_in_one_way():
    told = story(f"{RACE} | dq 101 TR16.8")
    ruling = told.journal.rulings[-1]
    clash = ruling._replace(act=ruling.act.__class__(entry=102, round="final", status=Status.DNF))
    one = fold(told.event, told.roster, Journal(told.journal.reads, (*told.journal.rulings, clash)))
    other = fold(
        told.event, told.roster, Journal(told.journal.reads, (clash, *told.journal.rulings))
    )
    assert meaning(one) == meaning(other)
    for first, second in ((ruling, clash), (clash, ruling)):
        before = (*told.journal.rulings[:-1], first)
        state = fold(told.event, told.roster, Journal(told.journal.reads, before))
        refold(state, [], [second], 9)
        assert meaning(state) == meaning(one)


def test_the_collector_runs_again_after_a_fold_and_stays_off_where_it_was_off():
    story(RACE).standings()
    assert gc.isenabled()
    gc.disable()
    try:
        story(RACE).standings()
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_a_state_knows_every_line_that_was_written():
    told = story(f"{RACE} | dq 101")
    state = told.state
    assert state.read(("finish", 2)) == told.journal.reads[1]
    assert state.read(("finish", 99)) is None
    assert state.has_line(("office", 2))
    assert not state.has_line(("office", 99))
    then(told, "104 finish 6:50")
    assert state.read(("finish", 4)).bib == "104"


def test_everything_of_a_course_changes_with_its_gun():
    laps = contest(course=course("start 0 | half 800 | finish 1600"))
    told = story("101 half 3:00 | 101 finish 6:00", of=laps)
    assert then(told, "gun 0:00") == [101]
    assert told.splits("101") == "1 3:00 | 2 6:00"


@pytest.mark.parametrize("verb", ["photo", "dead-heat"])
def test_two_orders_ruled_in_one_batch_are_both_told(verb):
    told = story(f"{RACE} | 104 finish 6:47")
    assert then(told, f"{verb} 101 102 | {verb} 103 104") == [101, 102, 103, 104]


def test_a_reaction_touches_only_who_reacted():
    told = story(RACE)
    assert then(told, "reaction 101 0.145") == [101]
    assert then(told, "withdraw last") == [101]


def test_a_blank_shifts_the_times_below_it_and_its_withdrawal_shifts_them_back():
    told = story("gun 0:00 | - finish 6:45 | - finish 6:50 | 101 finish - | 102 finish -")
    assert (told.time("101"), told.time("102")) == ("6:45", "6:50")
    assert then(told, "blank it") == [101, 102]
    assert (told.status("101"), told.time("102")) == ("READY", "6:45")
    assert then(told, "withdraw last") == [101, 102]
    assert (told.time("101"), told.time("102")) == ("6:45", "6:50")


def test_another_name_is_told_also_where_a_clock_is_corrected_in_the_same_moment():
    told = story(RACE)
    first, *others = told.roster.entries
    married = Roster(entries=(replace(first, name="New"), *others), starts=told.roster.starts)
    clock = Ruling("jury", 1, Instant(2), act.SetClock(station="nowhere", offset=Duration(1)))
    new = Journal(rulings=(clock,), seq=told.journal.seq + 1)
    assert refit(told.state, told.event, married, new) == {(101, "final")}
