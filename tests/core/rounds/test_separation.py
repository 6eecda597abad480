from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

import pytest
from hypothesis import example, given, settings, strategies as st

from timing.core.rounds.heats import zigzag
from timing.core.rounds.separation import Exchange, Seeded, Separated, clashes, separate


def seeded(teams: str, heats: int) -> tuple[tuple[Seeded, ...], ...]:
    """One letter a team in the order of the ranks, ``.`` for nobody's mate."""
    athletes = [
        Seeded(f"{rank}{team}", rank, team.strip(".")) for rank, team in enumerate(teams, start=1)
    ]
    return zigzag(athletes, heats)


def names(heats) -> list[list[str]]:
    return [[athlete.name for athlete in heat] for heat in heats]


@pytest.mark.parametrize(
    ("heats", "pairs"),
    [
        ([], 0),
        ([[]], 0),
        ([["A", "A"]], 1),
        ([["A", "A", "A"]], 3),
        ([["A"], ["A"]], 0),
        ([["", ""]], 0),
        ([["A", "A", "B", "B"], ["B", "B"]], 3),
    ],
)
def test_a_clash_is_a_pair_of_team_mates_in_one_heat(heats, pairs):
    assert clashes([[Seeded("x", 1, team) for team in heat] for heat in heats]) == pairs


def test_heats_without_team_mates_stay_as_seeded():
    heats = seeded("ABCD", 2)
    assert separate(heats) == Separated(heats, ())


def test_nobody_is_the_mate_of_nobody():
    heats = seeded("....", 2)
    assert separate(heats) == Separated(heats, ())


def test_a_mate_changes_with_the_neighbour_in_the_same_row_of_the_seeding():
    # Heats 1 4 and 2 3: ranks 1 and 4 are mates.
    separated = separate(seeded("ABCA", 2))
    assert names(separated.heats) == [["1A", "3C"], ["2B", "4A"]]
    assert separated.exchanges == (Exchange("4A", "3C", "A"),)


def test_the_lower_ranked_of_two_mates_moves_when_all_else_is_equal():
    # Heat 1 is 1 4 5 8, heat 2 is 2 3 6 7; mates 4 and 5 could part with 3 or with 6.
    separated = separate(seeded("ABCDDEFG", 2))
    assert separated.exchanges == (Exchange("5D", "6E", "D"),)


def test_the_best_of_each_heat_never_moves():
    # Ranks 1 and 2 lead their heats and could only part by moving a leader.
    separated = separate((seeded("AA", 1)[0], (Seeded("3B", 3, "B"),)))
    assert names(separated.heats) == [["1A", "2A"], ["3B"]]
    assert separated.exchanges == ()


def test_an_exchange_that_joins_as_many_as_it_parts_is_not_made():
    heats = (
        (Seeded("1A", 1, "A"), Seeded("4A", 4, "A")),
        (Seeded("2A", 2, "A"), Seeded("3B", 3, "B")),
    )
    assert separate(heats).exchanges == ()


@pytest.mark.parametrize(("teams", "count"), [("BAABA", 3), ("CAAABAC", 4)])
def test_mates_whom_no_two_exchanges_part_stay_where_they_are(teams, count):
    heats = seeded(teams, count)
    assert clashes(heats) == 1
    assert separate(heats) == Separated(heats, ())


def test_an_exchange_between_rows_is_made_when_none_in_the_row_parts_anyone():
    # 4A for 3B would part the As and join the Bs.
    separated = separate(seeded("AC" + "BA" + "BD", 2))
    assert separated.exchanges == (Exchange("4A", "6D", "A"),)
    assert names(separated.heats) == [["1A", "6D", "5B"], ["2C", "3B", "4A"]]


def test_the_exchange_that_parts_two_pairs_at_once_comes_first():
    heats = (
        (Seeded("1A", 1, "A"), Seeded("6A", 6, "A"), Seeded("7X", 7)),
        (Seeded("2B", 2, "B"), Seeded("5C", 5, "C"), Seeded("8Y", 8)),
        (Seeded("3D", 3, "D"), Seeded("4D", 4, "D"), Seeded("9Z", 9)),
    )
    assert separate(heats).exchanges == (Exchange("6A", "4D", "A"),)


def test_the_smaller_step_in_rank_is_taken():
    heats = (
        (Seeded("1A", 1, "A"), Seeded("6A", 6, "A")),
        (Seeded("2B", 2, "B"), Seeded("4E", 4, "E")),
        (Seeded("3D", 3, "D"), Seeded("5C", 5, "C")),
    )
    assert separate(heats).exchanges == (Exchange("6A", "5C", "A"),)


@given(st.text(alphabet="ABC.", max_size=24), st.integers(1, 5))
@example("ABCACBB", 3)  # two exchanges that part one pair together
def test_separation_keeps_everybody_and_the_leaders_and_never_makes_it_worse(teams, heats):
    before = seeded(teams, heats)
    after = separate(before)
    assert sorted(a for heat in after.heats for a in heat) == sorted(a for h in before for a in h)
    assert [len(heat) for heat in after.heats] == [len(heat) for heat in before]
    assert [heat[:1] for heat in after.heats] == [heat[:1] for heat in before]
    steps = (len(after.exchanges) + 1) // 2  # at least: each is one exchange or two
    assert clashes(after.heats) <= clashes(before) - steps


@given(st.integers(2, 5), st.integers(1, 8))
def test_pairs_of_mates_are_always_parted_when_there_is_another_heat(heats, size):
    pairs = "".join(chr(ord("A") + k // 2) for k in range(heats * size))
    assert clashes(separate(seeded(pairs, heats)).heats) == 0


def test_who_comes_in_exchange_must_not_meet_a_mate():
    # 4A for 3B parts the As and joins two Bs; 4A for 6C parts them and joins nobody.
    heats = (
        (Seeded("1A", 1, "A"), Seeded("4A", 4, "A"), Seeded("5B", 5, "B")),
        (Seeded("2C", 2, "C"), Seeded("3B", 3, "B"), Seeded("6D", 6, "D")),
    )
    assert separate(heats).exchanges == (Exchange("4A", "6D", "A"),)


def test_an_exchange_that_parts_two_others_as_well_is_better_than_one_that_parts_only_mates():
    heats = (
        (Seeded("1A", 1, "A"), Seeded("5A", 5, "A")),
        (Seeded("2B", 2, "B"), Seeded("4C", 4, "C")),
        (Seeded("3D", 3, "D"), Seeded("6D", 6, "D")),
    )
    assert separate(heats).exchanges == (Exchange("6D", "5A", "D"),)


def test_nobodys_mates_do_not_make_an_exchange_better():
    heats = (
        (Seeded("1A", 1, "A"), Seeded("6A", 6, "A"), Seeded("7", 7)),
        (Seeded("2", 2), Seeded("5", 5), Seeded("8", 8)),
        (Seeded("3B", 3, "B"), Seeded("4C", 4, "C"), Seeded("9", 9)),
    )
    assert separate(heats).exchanges == (Exchange("6A", "5", "A"),)


def fewest(heats: Sequence[Sequence[Seeded]]) -> int:
    """The fewest pairs of team mates that any seating leaves, the best of each heat in place."""
    rest = [athlete.team for heat in heats for athlete in heat[1:]]
    found = []
    for order in set(permutations(rest)):
        waiting = iter(order)
        seats = [
            [heat[0], *(Seeded("", 0, next(waiting)) for _ in heat[1:])] if heat else []
            for heat in heats
        ]
        found.append(clashes(seats))
    return min(found)


TANGLED = (("C", "", "A"), ("A", "A", "B"), ("", "B"))
"""No single exchange parts the second heat; two together do."""


def test_two_exchanges_part_where_none_alone_does():
    heats = [
        [Seeded(f"{n}{place}", 3 * place + n, team) for place, team in enumerate(row)]
        for n, row in enumerate(TANGLED)
    ]
    found = separate(heats)
    assert clashes(found.heats) == fewest(heats) == 0
    assert len(found.exchanges) == 2


@settings(max_examples=60)
@given(st.lists(st.sampled_from(["", "A", "B", "C"]), min_size=2, max_size=7), st.integers(2, 3))
def test_no_seating_leaves_fewer_team_mates_together(teams, count):
    field = [Seeded(str(rank), rank, team) for rank, team in enumerate(teams, start=1)]
    heats = zigzag(field, count)
    assert clashes(separate(heats).heats) == fewest(heats)
