"""Many reads of one crossing, and the one that counts."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings, strategies as st

from timing.core.clock import SECOND, Duration, Instant
from timing.readers.bursts import reduce_bursts
from timing.readers.sighting import Sighting

WINDOW = Duration(3 * SECOND)


def read(seconds: float, chip: str | None = "A", rssi: int | None = None, **more) -> Sighting:
    return Sighting(f"{chip}{seconds}", "", Instant(int(seconds * SECOND)), chip, rssi=rssi, **more)


def moments(sightings: list[Sighting]) -> list[float]:
    return [s.at / SECOND for s in sightings]


CROSSING = [read(10.0, rssi=-70), read(10.4, rssi=-50), read(11.1, rssi=-64), read(75.0, rssi=-80)]


@pytest.mark.parametrize(
    ("choose", "expected"), [("first", [10, 75]), ("last", [11.1, 75]), ("strongest", [10.4, 75])]
)
def test_one_read_of_each_crossing_counts(choose, expected):
    assert moments(reduce_bursts(CROSSING, WINDOW, choose)) == expected


def test_a_chip_that_lies_beside_the_mat_is_one_burst():
    lying = [read(n) for n in range(600)]
    assert moments(reduce_bursts(lying, WINDOW, "first")) == [0]


def test_two_runners_who_cross_together_are_two():
    together = [read(10, "A"), read(10.1, "B"), read(10.2, "A"), read(10.3, "B")]
    assert moments(reduce_bursts(together, WINDOW, "last")) == [10.2, 10.3]


def test_guns_markers_and_reads_without_a_name_or_a_time_pass_as_they_are():
    gun, nobody = read(10, None, kind="gun"), read(10.1, None)
    timeless = Sighting("t", "", None, bib="7")
    told = [gun, nobody, read(10.2), timeless, read(10.3), nobody]
    assert reduce_bursts(told, WINDOW, "first") == [gun, nobody, read(10.2), timeless, nobody]


def test_a_bib_without_a_chip_makes_bursts_too():
    typed = [read(10, None, bib="7"), read(10.5, None, bib="7")]
    assert moments(reduce_bursts(typed, WINDOW, "first")) == [10]


def test_a_read_without_a_strength_is_the_weakest():
    mixed = [read(10), read(10.2, rssi=-90), read(10.4)]
    assert moments(reduce_bursts(mixed, WINDOW, "strongest")) == [10.2]
    assert moments(reduce_bursts([read(10), read(10.2)], WINDOW, "strongest")) == [10]


def test_reads_that_come_late_belong_to_their_moment():
    late = [read(10), read(70), read(10.5)]
    assert moments(reduce_bursts(late, WINDOW, "last")) == [70, 10.5]


reads = st.builds(
    read,
    st.integers(0, 60),
    st.sampled_from(["A", "B", "C"]),
    st.one_of(st.none(), st.integers(-90, -30)),
)


@given(st.lists(reads, max_size=40), st.sampled_from(["first", "last", "strongest"]))
@settings(deadline=None)
def test_every_chip_keeps_a_read_and_none_is_made_up(sightings, choose):
    kept = reduce_bursts(sightings, WINDOW, choose)
    assert {s.chip for s in kept} == {s.chip for s in sightings}
    assert all(s in sightings for s in kept)


@given(st.lists(reads, max_size=40))
@settings(deadline=None)
def test_what_was_reduced_to_the_first_is_reduced_no_further(sightings):
    once = reduce_bursts(sightings, WINDOW, "first")
    again = reduce_bursts(once, WINDOW, "first")
    assert set(again) == set(once)


@given(st.lists(reads, min_size=1, max_size=40))
@settings(deadline=None)
def test_the_kept_reads_of_a_chip_lie_further_apart_than_the_window(sightings):
    kept = sorted(s.at for s in reduce_bursts(sightings, WINDOW, "first") if s.chip == "A")
    assert all(b - a > WINDOW for a, b in pairwise(kept))
