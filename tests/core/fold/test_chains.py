"""The largest set of readings that can all be true, against trying every set there is."""

from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given, strategies as st

from timing.core.fold.chains import Node, follows, largest_chain

nodes = st.lists(
    st.builds(Node, st.integers(0, 4), st.integers(0, 3), st.integers(0, 3)),
    min_size=1, max_size=8, unique=True,
)  # fmt: skip


def possible(chain):
    return all(follows(before, after) for before, after in pairwise(chain))


@given(nodes)
def test_no_other_set_of_readings_that_can_be_true_is_larger(readings):
    chain = largest_chain(readings)
    assert possible(chain)
    every = (
        sets
        for size in range(len(chain), len(readings) + 1)
        for sets in combinations(sorted(readings), size)
        if possible(sets)
    )
    assert max(map(len, every)) == len(chain)


@given(nodes)
def test_one_reading_is_the_passing_of_one_point_only(readings):
    chain = largest_chain(readings)
    assert len({(node.slack, node.position) for node in chain}) == len(chain)
    assert not follows(chain[0], chain[0]._replace(step=chain[0].step + 1))
