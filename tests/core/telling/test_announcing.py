"""What an announcer may say: careful rather than quick."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st
from msgspec.structs import replace

from tests.core.lists import result, row
from tests.store.races import backwards_mile
from timing.core.clock import MINUTE, SECOND, Instant
from timing.core.journal.anomalies import about_entry
from timing.core.rulebook.rules import Basis, ContestRules
from timing.core.setup.event import Course, CoursePoint, Leg
from timing.core.status import Status
from timing.core.telling.announcing import Safety, lapped, podium_of

MILE = replace(backwards_mile().contests[0], rules=ContestRules())
POINTS = len(MILE.course.points) - 1


def home(number, place, minutes):
    """A finisher: even splits of a mile."""
    ways = tuple(int(minutes * MINUTE) * n // POINTS for n in range(1, POINTS + 1))
    return row(id=number, place=place, elapsed=ways)


def out(number, passed=0, minutes=0.0, status=Status.RUN):
    """Somebody on the course, so many points passed, the last after so many minutes."""
    ways = tuple(int(minutes * MINUTE) * n // max(passed, 1) for n in range(1, passed + 1))
    return row(id=number, elapsed=ways, status=status)


def at(minutes):
    return Instant(int(minutes * MINUTE))


THREE = [home(1, 1, 7), home(2, 2, 7.5), home(3, 3, 8)]


def test_with_everybody_home_a_podium_is_safe():
    podium = podium_of(MILE, THREE, at(9))
    assert podium.safety is Safety.SAFE
    assert [one.entry.id for one in podium.winners] == [1, 2, 3]


def test_who_is_out_can_still_beat_the_third_until_its_time_is_over():
    rows = [*THREE, out(4, 2, 5)]
    early = podium_of(MILE, rows, at(7.9))
    assert early.safety is Safety.WAIT
    assert [threat.row.entry.id for threat in early.threats] == [4]
    assert early.until == at(8)
    assert podium_of(MILE, rows, at(8.1)).safety is Safety.SAFE


def test_who_arrives_at_the_very_same_time_would_share_the_place():
    assert podium_of(MILE, [*THREE, out(4)], at(8)).safety is Safety.WAIT
    assert podium_of(MILE, [*THREE, out(4)], Instant(at(8) + 1)).safety is Safety.SAFE


def test_who_cannot_run_that_fast_from_the_last_point_is_no_threat():
    late = out(4, 1, 7.5)
    assert podium_of(MILE, [*THREE, late], at(7.6)).safety is Safety.SAFE


def test_who_has_not_started_on_a_net_time_is_a_threat_without_an_end():
    net = replace(MILE, rules=ContestRules(basis=Basis.NET))
    podium = podium_of(net, [*THREE, out(4, status=Status.READY)], at(60))
    assert podium.safety is Safety.WAIT
    assert podium.until is None


def test_a_podium_with_open_places_is_not_called_while_somebody_is_out():
    podium = podium_of(MILE, [*THREE[:2], out(4)], at(60))
    assert podium.safety is Safety.SHORT
    assert podium_of(MILE, THREE[:2], at(60)).safety is Safety.SAFE
    assert podium_of(MILE, [], at(60)).safety is Safety.SHORT


def test_who_ties_for_the_last_place_stands_on_the_podium_too():
    rows = [*THREE, home(4, 3, 8), home(5, 5, 9)]
    assert [one.entry.id for one in podium_of(MILE, rows, at(10)).winners] == [1, 2, 3, 4]


def test_a_doubted_result_is_not_called_safe():
    doubt = about_entry("unclassified", 2, "final", bib="102")
    second = THREE[1]._replace(result=THREE[1].result._replace(anomalies=(doubt,)))
    assert podium_of(MILE, [THREE[0], second, THREE[2]], at(9)).safety is Safety.UNSURE


def test_who_runs_out_of_competition_threatens_nobody():
    guest = row(id=9, status=Status.RUN, out_of_competition=True)
    assert podium_of(MILE, [*THREE, guest], at(7)).safety is Safety.SAFE


@given(st.floats(6, 20), st.integers(0, 3), st.floats(0.5, 6))
def test_nobody_who_is_called_safe_is_ever_beaten(now, passed, minutes):
    """Whoever is out arrives now at the earliest; a safe podium is slower than that for nobody."""
    minutes = min(minutes, now)
    podium = podium_of(MILE, [*THREE, out(4, passed, minutes)], at(now))
    if podium.safety is Safety.SAFE and passed == 0:
        assert at(now) > THREE[2].result.official


def over(*lines):
    """A race past these timing points, 400 m from one to the next."""
    points = tuple(
        CoursePoint(code=str(n), name=str(n), point=line, distance=400_000 * n)
        for n, line in enumerate(lines)
    )
    return replace(MILE, course=Course(points=points, legs=(Leg(),) * (len(lines) - 1)))


@pytest.mark.parametrize(("passed", "behind"), [(4, 0), (3, 1), (1, 3)])
def test_on_laps_who_is_behind_by_whole_laps_is_lapped(passed, behind):
    contest = over(*["line"] * 6)
    first = row(id=1, elapsed=tuple(90 * SECOND * n for n in range(1, 5)), status=Status.RUN)
    last = row(id=2, elapsed=tuple(99 * SECOND * n for n in range(1, passed + 1)),
               status=Status.RUN)  # fmt: skip
    assert lapped(contest, [first, last]) == [(last, behind)] * (behind > 0)


@pytest.mark.parametrize(
    ("lines", "count"),
    [("line line line line", 1), ("start line line line", 1), ("line line line", 0), ("a", 0),
     ("line a b c d", 0), ("line line line a", 0)],
)  # fmt: skip
def test_nobody_is_lapped_but_on_three_laps_of_one_line_or_more(lines, count):
    rows = [row(id=n, elapsed=(90 * SECOND,) * n, status=Status.RUN) for n in (1, 2)]
    assert len(lapped(over(*lines.split()), rows)) == count


def test_a_net_time_runs_from_the_start_line():
    net = replace(MILE, rules=ContestRules(basis=Basis.NET))
    starter = row(id=4, status=Status.RUN)
    on_mat = result(4, Status.RUN, (30 * SECOND,), (0,))
    crossed = starter._replace(result=on_mat)
    podium = podium_of(net, [*THREE, crossed], at(8.2))
    assert podium.safety is Safety.WAIT
    assert podium.until == Instant(at(8) + 30 * SECOND)


def test_a_third_without_an_official_time_is_no_bound():
    third = THREE[2]._replace(result=THREE[2].result._replace(official=None))
    podium = podium_of(MILE, [*THREE[:2], third, out(4)], at(60))
    assert podium.safety is not Safety.SAFE
    assert podium.until is None
    assert [threat.row.entry.id for threat in podium.threats] == [4]


def test_where_no_speed_is_impossible_whoever_was_seen_anywhere_is_a_threat():
    wheels = replace(MILE, course=replace(MILE.course, fastest=0))
    podium = podium_of(wheels, [*THREE, out(4, 1, 7.5)], at(7.6))
    assert (podium.safety, podium.until) == (Safety.WAIT, at(8))
