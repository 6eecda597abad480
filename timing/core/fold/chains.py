"""The largest set of readings that can all be true: in the order of the course and of the clock.

Looks at the whole effort, so that one wrong early time does not spoil the later ones.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Node(NamedTuple):
    """A reading taken for the passing of one course point.

    step: the index of the course point. slack: the moment less the time in which the fastest
    gets there; of two passings that can both be true the later has no less of it. position: of
    the reading in the order of the clock; a reading may stand in several nodes.
    """

    step: int
    slack: int
    position: int


def follows(before: Node, after: Node) -> bool:
    """Whether both can be true, one after the other."""
    return before.step < after.step and before[1:] < after[1:]


def largest_chain(nodes: Iterable[Node]) -> list[Node]:
    """Choose the longest chain; of equally long ones that with the earlier readings.

    Takes n log n steps, because a chip beside a mat all day must not stop the results.
    """
    shortest: list[tuple[int, int]] = []  # for each length the least end of such a chain
    levels: list[list[Node]] = []  # the nodes that end a longest chain of that length
    for node in sorted(nodes, key=lambda each: (each.step, -each.slack, -each.position)):
        end = (node.slack, node.position)
        level = bisect_left(shortest, end)
        if level == len(levels):
            shortest.append(end)
            levels.append([])
        shortest[level] = end
        levels[level].append(node)
    return _walk_back(levels)


def _walk_back(levels: Sequence[Sequence[Node]]) -> list[Node]:
    chain: list[Node] = []
    for level in reversed(levels):
        fitting = [node for node in level if not chain or follows(node, chain[-1])]
        chain.append(min(fitting, key=lambda each: (each.position, each.step)))
    return chain[::-1]
