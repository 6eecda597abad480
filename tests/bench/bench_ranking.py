"""Places of a big field: many rankings from one sorted list, against plain loops by hand."""

from __future__ import annotations

import random

from timing.core.rulebook.ranking import Finish, finish_order, places_within, tie_groups
from timing.core.rulebook.rules import Ties

SEXES = ("M", "W")
GROUPS = 9


def field(size):
    """Times of a road race in whole seconds (many tie), with a sex and an age group for each."""
    drawn = random.Random(1874)
    times = [drawn.randrange(2_400, 7_200) * 1_000_000 for _ in range(size)]
    sexes = [drawn.choice(SEXES) for _ in range(size)]
    groups = [f"{sex}{drawn.randrange(GROUPS)}" for sex in sexes]
    return times, sexes, groups


def by_hand(times):
    """Sort and count places 1-2-2-4 as one would write it on the spot."""
    placed, place, last = [], 0, None
    for seen, time in enumerate(sorted(times), 1):
        if time != last:
            place, last = seen, time
        placed.append(place)
    return placed


def six_by_hand(times, columns):
    """The same for several rankings at once, each with its own counters."""
    keys = sorted(times)
    ranked = []
    for column in columns:
        seen, last, place, placed = {}, {}, {}, []
        for scope, time in zip(column, keys, strict=True):
            number = seen[scope] = seen.get(scope, 0) + 1
            if last.get(scope) != time:
                last[scope], place[scope] = time, number
            placed.append(place[scope])
        ranked.append(placed)
    return ranked


def ours(times, columns):
    keys = sorted(times)
    return [places_within(keys, column) for column in columns]


def test_fifty_thousand_in_21_scopes_cost_little_more_than_one(bench):
    times, sexes, groups = field(50_000)
    everybody = ["all"] * len(times)
    bench.compare(
        "50,000 entries, 21 scopes",
        lambda: ours(times, (everybody, sexes, groups)),
        "one scope by hand",
        lambda: by_hand(times),
        at_most=3.5,
        runs=9,
    )


def test_ten_thousand_in_six_scopes_cost_what_plain_loops_cost(bench):
    times, sexes, groups = field(10_000)
    everybody = ["all"] * len(times)
    columns = (everybody, sexes, groups, everybody, sexes, groups)
    assert ours(times, columns) == six_by_hand(times, columns)
    bench.compare(
        "10,000 entries, 6 rankings",
        lambda: ours(times, columns),
        "six loops by hand",
        lambda: six_by_hand(times, columns),
        at_most=1.2,
        runs=9,
    )


def test_ordering_and_ties_cost_little_more_than_sorting_by_hand(bench):
    times, _, _ = field(50_000)
    finishes = [Finish(time, recorded=number) for number, time in enumerate(times)]

    def ranked():
        order = finish_order(finishes)
        return tie_groups([finishes[number] for number in order], Ties.SHARED)

    def plain():
        groups, group, last = [], 0, None
        for number in sorted(range(len(finishes)), key=lambda n: finishes[n].time):
            time = finishes[number].time
            if time != last:
                group, last = group + 1, time
            groups.append(group)
        return groups

    assert ranked() == plain()
    bench.compare("order and ties of 50,000", ranked, "by hand", plain, at_most=4.0, runs=9)
