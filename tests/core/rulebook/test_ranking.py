from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from timing.core.clock import parse_duration
from timing.core.rulebook.ranking import (
    Finish,
    Method,
    awarded,
    by_basis,
    finish_order,
    places,
    places_within,
    tie_groups,
)
from timing.core.rulebook.rules import Basis, Ties

SCORES = [44, 42, 42, 41, 41, 41, 39]
times = st.lists(st.integers(0, 8), max_size=12).map(sorted)
finishes = st.lists(
    st.builds(
        Finish,
        time=st.integers(0, 4),
        then=st.integers(0, 1),
        photo=st.integers(0, 1),
        dead_heat=st.booleans(),
    ),
    max_size=10,
).map(lambda rows: [row._replace(recorded=number) for number, row in enumerate(rows)])


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        (Method.STANDARD, [1, 2, 2, 4, 4, 4, 7]),
        (Method.MODIFIED, [1, 3, 3, 6, 6, 6, 7]),
        (Method.DENSE, [1, 2, 2, 3, 3, 3, 4]),
        (Method.ORDINAL, [1, 2, 3, 4, 5, 6, 7]),
        (Method.FRACTIONAL, [1, Fraction(5, 2), Fraction(5, 2), 5, 5, 5, 7]),
    ],
)
def test_equal_results_share_places_as_the_method_says(method, expected):
    assert places(SCORES, method) == expected


def test_results_share_places_in_the_standard_way_when_nothing_is_said():
    assert places(SCORES) == [1, 2, 2, 4, 4, 4, 7]


def test_nobody_has_no_places():
    assert places([]) == []


@given(times)
def test_a_place_counts_who_is_better(keys):
    better = [sum(other < key for other in keys) for key in keys]
    not_worse = [sum(other <= key for other in keys) for key in keys]
    assert places(keys, Method.STANDARD) == [count + 1 for count in better]
    assert places(keys, Method.MODIFIED) == not_worse
    assert places(keys, Method.DENSE) == [len({o for o in keys if o < key}) + 1 for key in keys]
    assert places(keys, Method.ORDINAL) == list(range(1, len(keys) + 1))
    assert places(keys, Method.FRACTIONAL) == [
        Fraction(low + 1 + high, 2) for low, high in zip(better, not_worse, strict=True)
    ]


@given(times, st.sampled_from(Method))
def test_adding_a_slower_runner_never_worsens_a_place(keys, method):
    slower = [*keys, max(keys, default=0) + 1]
    assert places(slower, method)[:-1] == places(keys, method)


@given(finishes, st.sampled_from(Ties))
def test_adding_a_later_finish_never_worsens_a_place_whatever_ties(rows, ties):
    def placed(field):
        order = finish_order(field)
        ranks = places(tie_groups([field[n] for n in order], ties))
        return dict(zip(order, ranks, strict=True))

    late = Finish(9, recorded=len(rows))
    assert placed([*rows, late]).items() >= placed(rows).items()


@given(times.flatmap(lambda keys: st.tuples(st.just(keys), _labels(len(keys)))))
def test_places_in_a_scope_are_the_places_of_its_members_alone(drawn):
    keys, scopes = drawn
    ranked = places_within(keys, scopes)
    for scope in set(scopes) - {None}:
        members = [n for n, own in enumerate(scopes) if own == scope]
        assert [ranked[n] for n in members] == places([keys[n] for n in members])
    assert all(ranked[n] is None for n, own in enumerate(scopes) if own is None)


def _labels(size):
    return st.lists(st.sampled_from(["W", "M", None]), min_size=size, max_size=size)


def test_women_and_men_of_one_race_are_ranked_apart():
    finish = [("A", "M"), ("B", "W"), ("C", "M"), ("D", "W"), ("E", "W")]
    assert places_within(range(5), [sex for _, sex in finish]) == [1, 1, 2, 2, 3]


def test_a_tie_in_a_scope_skips_the_next_place_of_that_scope_only():
    keys = [10, 10, 10, 11, 12]
    assert places_within(keys, ["M", "W", "M", "W", "M"]) == [1, 1, 1, 2, 3]


def test_a_first_key_of_nothing_is_a_key_like_any_other():
    assert places_within([None, None, 1], "MMM") == [1, 1, 3]


def test_who_has_no_scope_has_no_place():
    assert places_within([1, 2, 3], ["M40", None, "M40"]) == [1, None, 2]


def test_a_scope_for_every_key_is_expected():
    with pytest.raises(ValueError, match="longer"):
        places_within([1, 2], ["M"])
    with pytest.raises(ValueError, match="shorter"):
        places_within([1], ["M", "W"])


def test_gun_decides_or_net_or_net_and_then_gun():
    assert by_basis(Basis.GUN, 30, 20) == (30, 0)
    assert by_basis(Basis.NET, 30, 20) == (20, 0)
    assert by_basis(Basis.NET_THEN_GUN, 30, 20) == (20, 30)
    assert by_basis(Basis.LAPS, 30, 20) == (30, 0)


def test_the_gun_time_only_separates_equal_net_times():
    clocks = {"A": ("40:00", "40:20"), "B": ("40:00", "40:05"), "C": ("39:59", "41:00")}
    field = [
        Finish(*by_basis(Basis.NET_THEN_GUN, parse_duration(gun), parse_duration(net)))
        for net, gun in clocks.values()
    ]
    assert [list(clocks)[n] for n in finish_order(field)] == ["C", "B", "A"]


def test_the_order_is_by_time_then_by_photo_then_as_recorded():
    field = [
        Finish(10, recorded=1),
        Finish(9, photo=2, recorded=2),
        Finish(9, photo=1, recorded=3),
        Finish(9, then=1, recorded=0),
        Finish(10, recorded=0, dead_heat=True),
    ]
    assert finish_order(field) == [2, 1, 3, 4, 0]


def test_a_declared_dead_heat_changes_no_order():
    assert finish_order([Finish(9, dead_heat=True), Finish(9, recorded=1)]) == [0, 1]


def test_equal_times_share_the_place_where_the_rule_shares():
    field = [Finish(9, recorded=1), Finish(9, recorded=2), Finish(10, recorded=3)]
    assert tie_groups(field, Ties.SHARED) == [1, 1, 2]


def test_the_photo_finish_separates_equal_times():
    field = [Finish(9, photo=1), Finish(9, photo=2), Finish(9, photo=2)]
    assert tie_groups(field, Ties.SHARED) == [1, 2, 2]


def test_equal_net_times_with_other_gun_times_do_not_tie():
    assert tie_groups([Finish(9, then=1), Finish(9, then=2)], Ties.SHARED) == [1, 2]


def test_recorded_order_decides_equal_times_without_a_dead_heat():
    field = [Finish(9, recorded=1), Finish(9, recorded=2), Finish(9, recorded=3)]
    assert tie_groups(field, Ties.RECORDED) == [1, 2, 3]


@pytest.mark.parametrize("declared", [(True, False), (False, True), (True, True)])
def test_one_of_two_neighbours_declared_is_enough_for_a_dead_heat(declared):
    field = [Finish(9, recorded=n, dead_heat=mark) for n, mark in enumerate(declared)]
    assert tie_groups(field, Ties.RECORDED) == [1, 1]


def test_a_dead_heat_needs_equal_times():
    field = [Finish(9, dead_heat=True), Finish(10, dead_heat=True)]
    assert tie_groups(field, Ties.RECORDED) == [1, 2]


def test_nobody_ties_with_nobody():
    assert tie_groups([], Ties.SHARED) == []


def test_two_firsts_take_two_golds_and_no_silver():
    assert awarded([1, 1, 3, 4], ("gold", "silver", "bronze")) == ["gold", "gold", "bronze", None]


def test_two_thirds_take_two_bronzes():
    medals = ("gold", "silver", "bronze")
    assert awarded([1, 2, 3, 3], medals) == ["gold", "silver", "bronze", "bronze"]


def test_no_place_earns_nothing():
    assert awarded([None, 1], ("gold",)) == [None, "gold"]
