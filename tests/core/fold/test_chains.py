"""The largest set of readings that can all be true, against every set there is."""

from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given, strategies as st

from timing.core.fold.chains import Node, follows, largest_chain


def nodes_of(readings: list[tuple[int, int, int]]) -> list[Node]:
    """(step, moment, earliest) in the order of the clock; a node each."""
    ordered = sorted(readings, key=lambda each: each[1])
    return [Node(step, at - least, place) for place, (step, at, least) in enumerate(ordered)]


def consistent(nodes: list[Node]) -> list[tuple[Node, ...]]:
    """Every set of readings that can all be true, found by trying all."""
    return [
        chosen
        for size in range(len(nodes) + 1)
        for chosen in combinations(sorted(nodes), size)
        if all(follows(before, after) for before, after in pairwise(chosen))
    ]


readings = st.lists(
    st.tuples(st.integers(0, 4), st.integers(-50, 600), st.integers(0, 300)), max_size=8
)


@given(readings)
def test_no_set_that_can_be_true_is_larger_than_the_one_chosen(found):
    nodes = nodes_of(found)
    chosen = largest_chain(nodes)
    sets = consistent(nodes)
    assert tuple(chosen) in sets
    assert len(chosen) == max(map(len, sets))


@given(readings)
def test_of_equally_large_sets_it_ends_with_the_earliest_reading(found):
    nodes = nodes_of(found)
    chosen = largest_chain(nodes)
    if chosen:
        ends = [each[-1].position for each in consistent(nodes) if len(each) == len(chosen)]
        assert chosen[-1].position == min(ends)


def test_one_wrong_early_reading_throws_no_doubt_on_what_follows():
    nodes = nodes_of([(0, 0, 0), (1, 900, 100), (2, 400, 200), (3, 600, 300), (4, 850, 400)])
    assert [node.step for node in largest_chain(nodes)] == [0, 2, 3, 4]


def test_of_two_readings_at_one_point_the_one_that_fits_is_kept():
    nodes = nodes_of([(3, 600, 300), (2, 650, 200), (2, 400, 200), (1, 200, 100)])
    assert [(node.step, node.position) for node in largest_chain(nodes)] == [(1, 0), (2, 1), (3, 2)]


def test_no_readings_are_consistent():
    assert largest_chain([]) == []


nodes = st.lists(
    st.builds(Node, st.integers(0, 4), st.integers(0, 3), st.integers(0, 3)),
    min_size=1, max_size=8, unique=True,
)  # fmt: skip


@given(nodes)
def test_one_reading_is_the_passing_of_one_point_only(several):
    """On laps a reading stands in several nodes, and so close together that the pace allows all."""
    chain = largest_chain(several)
    assert tuple(chain) in consistent(several)
    assert len({(node.slack, node.position) for node in chain}) == len(chain)
    assert not follows(chain[0], chain[0]._replace(step=chain[0].step + 1))
