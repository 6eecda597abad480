"""The short way of clean efforts gives what the long way gives."""

from __future__ import annotations

from hypothesis import event, given, settings, strategies as st

from tests.core.journals import COURSES
from tests.core.story import ZERO, contest, story
from timing.core.clock import DAY, SECOND, Instant
from timing.core.fold.clean import clean_result
from timing.core.fold.effort import Effort
from timing.core.fold.judging import result_of
from timing.core.fold.settling import settle_cleanly
from timing.core.fold.whole import anomalies_of, fold
from timing.core.journal.lines import CLASH_BITS, Read
from timing.core.rulebook.rules import Basis
from timing.core.setup.course import Plan, plan_of
from timing.core.setup.event import Choice, TimingPoint
from timing.core.status import Status

SOURCES = (*["chip"] * 12, "watch", "photo", "desk")
GAPS = (90, 90, 90, 90, 100, 200, 40, 31, 20, 3, 1, 0, -5)
BURSTS = ((0,), (0,), (0,), (0, 1, 2), (0, 0), (0, 19), (0, 20), (0, 21), (0, 15, 30), (), (0, 70))


@st.composite
def plans(draw) -> Plan:
    choose = draw(st.sampled_from([Choice.FIRST, Choice.FIRST, Choice.FIRST, *Choice]))
    setup = contest(
        course=draw(st.sampled_from(list(COURSES.values()))),
        basis=draw(st.sampled_from(list(Basis))),
    )
    stops = {stop.point for stop in setup.course.points}
    return plan_of(
        setup, {stop: TimingPoint(code=stop, name=stop, choose=choose) for stop in stops}
    )


@st.composite
def efforts(draw, plan: Plan) -> list[Read]:
    """Mostly one read at each point in order, sometimes bursts, gaps, other sources and orders."""
    often = draw(st.integers(0, 3)) == 3
    bursts = draw(st.sampled_from([((0,),), ((0,), (0, 1, 2)), BURSTS]))
    at = (
        ZERO
        + draw(
            st.sampled_from(
                [0, 0, 0, 0, 1, 1, 3, 3, 70, -4, -90 * DAY // SECOND, -200 * DAY // SECOND]
            )
        )
        * SECOND
    )
    source = draw(st.sampled_from(SOURCES))
    reads: list[Read] = []
    for point in plan.pattern[draw(st.integers(0, 1)) :]:
        for late in draw(st.sampled_from(bursts)):
            moment = Instant(at + late * SECOND)
            reads.append(Read("mat", len(reads) + 1, point, "1", None, moment, source))
        at += draw(st.sampled_from(GAPS)) * SECOND if often else 90 * SECOND
        source = draw(st.sampled_from(SOURCES)) if often and not draw(st.integers(0, 5)) else source
    if reads and draw(st.integers(0, 9)) == 9:
        reads[-1] = reads[-1]._replace(at=None)
    return draw(st.permutations(reads))


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_the_short_way_agrees_with_the_long_way(data):
    plan = data.draw(plans())
    reads = data.draw(efforts(plan))
    short = clean_result(1, "final", plan, ZERO, reads)
    event("short" if short else "long")
    if short is not None:
        effort = Effort(1, "final", "1", plan, ZERO, seen=False, closed=False, rulings=())
        assert short == result_of(effort, reads)


def test_an_effort_without_a_flaw_takes_the_short_way():
    plan = plan_of(contest(course=COURSES["splits"]), {})
    reads = [
        Read("mat", n, point, "1", None, Instant(ZERO + at * SECOND), "chip")
        for n, (point, at) in enumerate(
            [("start", 2), ("a", 90), ("a", 91), ("b", 200), ("finish", 400), ("start", -5)]
        )
    ]
    short = clean_result(1, "final", plan, ZERO, reads)
    assert short is not None
    assert [each.code for each in short.unused] == ["early_start_read", "burst"]


def test_an_effort_as_fast_as_possible_takes_the_short_way_and_a_faster_one_the_long_one():
    told = story("gun 0:00", of=contest(course=COURSES["splits"]), entered="1")
    plan = told.state.targets[1, "final"].plan
    for late, short in ((0, True), (1, False)):
        reads = [
            Read("mat", n, point, "1", None, Instant(ZERO + at * SECOND + late), "chip")
            for n, (point, at) in enumerate([("start", 1), ("a", 50), ("b", 82), ("finish", 146)])
        ]
        reads[-1] = reads[-1]._replace(at=Instant(ZERO + 146 * SECOND))
        assert bool(clean_result(1, "final", plan, ZERO, reads)) == short


def test_who_has_checked_in_takes_the_short_way_too():
    told = story("gun 0:00 | @hall 101 hall -0:30 desk | 101 start 0:02 | 101 finish 6:45")
    assert settle_cleanly(told.state, "101")
    assert told.state.checked_in["101"].point == "hall"
    assert told.net("101") == "6:43"


def test_a_check_in_that_clashes_is_told_beside_a_clean_effort():
    told = story("gun 0:00 | @hall 101 hall -0:30 desk | 101 start 0:02 | 101 finish 6:45")
    desk, *passing = told.journal.reads
    odd = desk._replace(n=-(1 << CLASH_BITS))
    state = fold(told.event, told.roster, told.journal._replace(reads=(odd, *passing)))
    assert not settle_cleanly(state, "101")
    assert [each.line for each in anomalies_of(state) if each.code == "clash"] == [odd.id]


def test_a_disqualified_clean_effort_takes_the_short_way_and_a_set_time_the_long_one():
    told = story("gun 0:00 | 101 finish 6:45 | dq 101 TR16.8 | penalty 101 0:05")
    assert settle_cleanly(told.state, "101")
    assert told.result("101").status is Status.DQ
    told = story("gun 0:00 | 101 finish 6:45 | set 101 6:40")
    assert not settle_cleanly(told.state, "101")


def test_what_was_seen_before_the_gun_elsewhere_than_at_the_start_takes_the_long_way():
    told = story("gun 0:00 | 101 finish -0:30 | 101 start 0:02 | 101 finish 6:45")
    assert not settle_cleanly(told.state, "101")
    assert told.unused("101") == ["before_start"]
