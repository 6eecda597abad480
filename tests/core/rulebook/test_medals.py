from __future__ import annotations

from hypothesis import given, strategies as st

from timing.core.rulebook.medals import MedalRow, Medals, count_medals, medal_table


def ranked(*medals: Medals) -> list[tuple[int, str]]:
    return [(row.rank, row.medals.team) for row in medal_table(medals)]


def test_one_gold_beats_any_number_of_silvers():
    assert ranked(Medals("A", 0, 9, 9), Medals("B", 1)) == [(1, "B"), (2, "A")]


def test_equal_gold_is_decided_by_silver_then_by_bronze():
    medals = [Medals("A", 3, 5, 9), Medals("B", 3, 5, 10), Medals("C", 3, 4, 99)]
    assert ranked(*medals) == [(1, "B"), (2, "A"), (3, "C")]


def test_equal_medals_share_the_rank_in_order_of_name_and_the_next_is_skipped():
    medals = [Medals("c", 1, 1), Medals("A", 1, 1), Medals("B", 1, 1, 1), Medals("D", 0, 1)]
    assert ranked(*medals) == [(1, "B"), (2, "A"), (2, "c"), (4, "D")]


def test_a_delegation_without_medals_is_not_listed():
    assert ranked(Medals("A"), Medals("B", 0, 0, 1)) == [(1, "B")]
    assert medal_table([]) == ()


def test_rows_of_one_delegation_are_added_up():
    table = medal_table([Medals("CAT", 1, 0, 2), Medals("ESP", 1, 1), Medals("CAT", 0, 1, 1)])
    assert table == (MedalRow(1, Medals("CAT", 1, 1, 3)), MedalRow(2, Medals("ESP", 1, 1, 0)))


def test_the_total_counts_all_three_colours():
    assert Medals("A", 1, 2, 4).total == 7


def test_two_firsts_are_two_golds_and_no_silver():
    won = count_medals([[("ITA", 1), ("CAT", 1), ("GER", 3), ("ITA", 4)]])
    assert won == (Medals("ITA", 1), Medals("CAT", 1), Medals("GER", 0, 0, 1))


def test_two_thirds_are_two_bronzes_and_a_fourth_is_none():
    won = count_medals([[("A", 1), ("B", 2), ("C", 3), ("D", 3), ("E", 5)]])
    assert [team.bronze for team in won] == [0, 0, 1, 1, 0]
    assert won[1] == Medals("B", 0, 1)


def test_who_has_no_place_wins_nothing():
    assert count_medals([[("A", None), ("B", 1)]]) == (Medals("A"), Medals("B", 1))


def test_one_run_that_counts_for_two_titles_counts_twice():
    overall, masters = [("GER", 1), ("ITA", 2), ("SUI", 3)], [("ITA", 1), ("SUI", 2)]
    table = medal_table(count_medals([overall, masters]))
    assert table[0] == MedalRow(1, Medals("ITA", 1, 1))
    assert table[1] == MedalRow(2, Medals("GER", 1))


few = st.integers(0, 3)
rows = st.lists(st.builds(Medals, st.sampled_from("ABCDEFG"), few, few, few))


@given(rows)
def test_the_order_is_by_gold_silver_bronze_and_no_medal_is_lost(medals):
    table = medal_table(medals)
    keys = [row.medals[1:] for row in table]
    assert keys == sorted(keys, reverse=True)
    assert [row.rank for row in table] == [1 + sum(k > key for k in keys) for key in keys]
    assert sum(row.medals.total for row in table) == sum(row.total for row in medals)


@given(rows, st.sampled_from("ABCDEFG"))
def test_one_more_gold_never_costs_a_rank(medals, team):
    before = {row.medals.team: row.rank for row in medal_table(medals)}
    after = {row.medals.team: row.rank for row in medal_table([*medals, Medals(team, 1)])}
    assert after[team] <= before.get(team, 99)


def test_several_medals_of_one_colour_add_up():
    won = count_medals([[("A", 1), ("B", 2)], [("A", 1), ("B", 2)], [("A", 1), ("C", 2)]])
    assert won == (Medals("A", 3), Medals("B", 0, 2), Medals("C", 0, 1))
    assert medal_table(won)[0] == MedalRow(1, Medals("A", 3))
