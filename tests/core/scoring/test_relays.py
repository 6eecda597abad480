from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from timing.core.clock import SECOND, Duration
from timing.core.scoring.relay_records import Record, collate
from timing.core.scoring.relays import (
    Leg,
    LegStart,
    MassStart,
    Placed,
    RelayRules,
    check_relay,
    rank_leg,
    rank_relay,
    run_relay,
)


def s(seconds: int) -> Duration:
    return Duration(seconds * SECOND)


def race(text: str, **rules):
    """``"1@10 2@12"``: bib at second, in the order of the line; two legs if nothing else said."""
    setup = RelayRules(**{"legs": 2, **rules})
    records = []
    for word in text.split():
        bib, at = word.split("@")
        time, _, leg = at.partition("/")
        records.append(Record(bib, None if time == "?" else s(int(time)), int(leg or 0)))
    return run_relay(collate(records, (), setup.legs), setup)


def ranking(rows) -> list[tuple[str, str]]:
    shown = []
    for row in rows:
        place = "-" if row.place is None else f"{row.place}{'=' if row.tied else ''}"
        shown.append((place, row.bib))
    return shown


def times(team) -> list[int | None]:
    return [None if leg.time is None else leg.time // SECOND for leg in team.legs]


def splits(team) -> list[int | None]:
    return [None if split is None else split // SECOND for split in team.splits]


def test_a_leg_runs_from_the_finish_before_to_its_own():
    (team,) = race("1@10 1@25")
    assert team.legs == (
        Leg(1, s(0), s(10), s(10), 0, False, 1),
        Leg(2, s(10), s(25), s(15), 0, False, 2),
    )
    assert splits(team) == [10, 25]
    assert team.total == s(25)


def test_teams_come_in_the_order_of_their_first_records():
    assert [team.bib for team in race("2@10 1@11 1@20 2@21")] == ["2", "1"]


def test_the_first_leg_starts_when_the_race_does_and_not_the_clock():
    (team,) = race("1@10 1@25", start=s(3))
    assert times(team) == [7, 15]
    assert team.total == s(22)


def test_a_leg_with_a_start_of_its_own_runs_from_there():
    (team,) = race("1@10 1@25", leg_starts=(LegStart(bib="1", leg=2, at=s(12)),))
    assert times(team) == [10, 13]
    assert splits(team) == [10, 23]


def test_a_start_of_its_own_on_the_first_leg_counts_from_the_start_of_the_race():
    starts = (LegStart(bib="1", leg=1, at=s(2)), LegStart(bib="2", leg=1, at=s(4)))
    (team,) = race("1@10 1@25", leg_starts=starts, start=s(3))
    assert times(team) == [5, 15]


def test_a_start_of_its_own_on_a_later_leg_counts_from_the_start_of_the_race_too():
    (team,) = race("1@10 1@25", leg_starts=(LegStart(bib="1", leg=2, at=s(12)),), start=s(3))
    assert times(team) == [7, 10]


def test_a_mass_start_is_told_since_the_start_of_the_race_and_not_of_the_clock():
    early, late = race("1@22 2@24 1@40 2@40", mass_starts=(MassStart(leg=2, at=s(20)),), start=s(3))
    assert times(early) == [19, 18]
    assert times(late) == [21, 17]
    assert [team.legs[1].mass_start for team in (early, late)] == [0, 2]


MASS = (MassStart(leg=2, at=s(20)),)


def test_who_still_waits_goes_with_the_mass_start():
    early, late = race("1@10 2@30 1@40 2@50", mass_starts=MASS)
    assert times(early) == [10, 30]
    assert times(late) == [30, 30]
    assert [leg.mass_start for leg in late.legs] == [0, 2]
    assert late.legs[1].start == s(20)
    assert late.total == s(60)


@pytest.mark.parametrize(("finish", "sent"), [(19, 0), (20, 0), (21, 2)])
def test_who_comes_in_at_the_mass_start_has_started_alone(finish, sent):
    (team,) = race(f"1@{finish} 1@40", mass_starts=MASS)
    assert team.legs[1].mass_start == sent


def test_a_start_of_its_own_comes_before_a_mass_start():
    (team,) = race("1@30 1@50", mass_starts=MASS, leg_starts=(LegStart(bib="1", leg=2, at=s(33)),))
    assert times(team) == [30, 17]
    assert team.legs[1].mass_start == 0


def test_the_first_leg_is_in_no_mass_start():
    (team,) = race("1@30 1@50", mass_starts=MASS)
    assert team.legs[0].mass_start == 0


def test_who_waits_for_an_earlier_leg_goes_with_the_next_mass_start():
    mass = (MassStart(leg=4, at=s(60)), MassStart(leg=3, at=s(40)))
    (team,) = race("1@50 1@55 1@70 1@80", legs=4, mass_starts=mass)
    assert [leg.mass_start for leg in team.legs] == [0, 3, 3, 4]
    assert times(team) == [50, 15, 30, 20]


def test_a_mass_start_of_an_earlier_leg_does_not_send_off_a_later_one():
    (team,) = race("1@10 1@30 1@50", legs=3, mass_starts=MASS)
    assert [leg.mass_start for leg in team.legs] == [0, 0, 0]


def test_a_leg_that_did_not_finish_leaves_the_team_without_a_total():
    (team,) = race("1@10 1@25 1@45", legs=3, unfinished=(("1", 2),))
    assert times(team) == [10, None, 20]
    assert splits(team) == [10, None, None]
    assert team.total is None


def test_a_team_that_is_not_in_yet_has_no_total():
    (team,) = race("1@10")
    assert times(team) == [10, None]
    assert team.legs[1] == Leg(2, s(10))
    assert team.total is None


def test_after_a_missing_finish_only_a_mass_start_gives_the_next_leg_a_time():
    (team,) = race("1@10 1@45/3", legs=3)
    assert times(team) == [10, None, None]
    assert team.legs[2] == Leg(3, None, s(45), None, 0, False, 2)
    (team,) = race("1@10 1@45/3", legs=3, mass_starts=(MassStart(leg=3, at=s(30)),))
    assert times(team) == [10, None, 15]
    assert team.legs[2].mass_start == 3


def test_a_record_of_nobody_and_one_too_many_belong_to_no_leg():
    teams = race("1@10 1@20 1@30")
    assert times(teams[0]) == [10, 10]
    setup = RelayRules(legs=1)
    records = (Record("", s(5)), Record("1", s(6)), Record("1", s(7)))
    (team,) = run_relay(collate(records, (), 1), setup)
    assert times(team) == [6]
    assert team.legs[0].record == 2


def test_equal_times_of_the_first_leg_keep_the_order_recorded():
    teams = race("2@10 1@10 3@11 1@25 2@25 3@30")
    assert ranking(rank_leg(teams, 1)) == [("1", "2"), ("2", "1"), ("3", "3")]


def test_equal_times_of_a_later_leg_tie():
    teams = race("2@10 1@11 3@12 2@25 1@26 3@30")
    assert ranking(rank_leg(teams, 2)) == [("1=", "2"), ("1=", "1"), ("3", "3")]
    assert rank_leg(teams, 2)[2] == Placed(3, False, "3", s(18))


def test_who_did_not_finish_a_leg_is_listed_last_without_a_place():
    teams = race("1@10 2@11 1@25 2@26", unfinished=(("1", 2),))
    assert ranking(rank_leg(teams, 2)) == [("1", "2"), ("-", "1")]
    assert rank_leg(teams, 2)[1] == Placed(None, False, "1", None)


def test_equal_totals_are_separated_by_the_order_of_the_last_finish():
    teams = race("1@10 2@11 2@25 1@25")
    assert ranking(rank_relay(teams)) == [("1", "2"), ("2", "1")]


def test_equal_totals_tie_when_one_of_them_rests_on_a_mass_start():
    # 2 waits for the mass start at 20: 30 + 10 = 40; 1 and 3 run 40 alone.
    teams = race("1@10 3@11 2@30 2@30 1@40 3@40 4@12 4@52", mass_starts=MASS)
    assert ranking(rank_relay(teams)) == [("1=", "2"), ("1=", "1"), ("1=", "3"), ("4", "4")]
    assert rank_relay(teams)[3] == Placed(4, False, "4", s(52))


def test_equal_totals_tie_when_one_of_them_rests_on_an_unknown_time():
    teams = race("1@10 2@11 1@25 2@? 3@?", legs=2)
    assert teams[1].legs[1].open_end
    assert teams[1].total == s(26)
    three = race("1@10 2@11 3@12 1@25 2@? 3@?")
    assert ranking(rank_relay(three)) == [("1", "1"), ("2=", "2"), ("2=", "3")]


def test_a_mass_start_elsewhere_makes_no_tie():
    teams = race("1@10 2@11 3@30 2@40 1@40 3@60", mass_starts=MASS)
    assert ranking(rank_relay(teams)) == [("1", "2"), ("2", "1"), ("3", "3")]


def test_who_did_not_finish_comes_last():
    teams = race("1@10 2@11 2@25")
    assert ranking(rank_relay(teams)) == [("1", "2"), ("-", "1")]


def test_a_relay_without_records_has_no_teams():
    assert race("") == ()
    assert rank_relay(()) == ()


@given(st.lists(st.integers(1, 3), min_size=1, max_size=12), st.integers(1, 3))
def test_the_total_is_the_sum_of_the_legs_and_without_mass_starts_the_last_finish(bibs, legs):
    text = " ".join(f"{bib}@{10 * k}" for k, bib in enumerate(bibs, start=1))
    for team in race(text, legs=legs):
        if team.total is not None:
            assert team.total == team.legs[-1].finish
            assert team.total == sum(leg.time for leg in team.legs)


@given(st.integers(1, 99), st.lists(st.integers(1, 99), min_size=2, max_size=6))
def test_a_slower_team_never_changes_the_place_of_the_others(slack, finishes):
    text = " ".join(f"{k}@{time}" for k, time in enumerate(sorted(finishes)))
    before = rank_relay(race(text, legs=1))
    after = rank_relay(race(f"{text} late@{max(finishes) + slack}", legs=1))
    assert after[:-1] == before
    assert after[-1].place == len(before) + 1


def sentences(**rules) -> list[str]:
    return [problem.sentence for problem in check_relay(RelayRules(**{"legs": 4, **rules}))]


def test_a_sound_relay_has_no_problem():
    assert (
        sentences(
            paired=(1, 4),
            mass_starts=(MassStart(leg=4, at=s(9)), MassStart(leg=2, at=s(9))),
            leg_starts=(LegStart(bib="1", leg=1, at=s(1)), LegStart(bib="1", leg=4, at=s(1))),
            unfinished=(("1", 1), ("1", 4)),
        )
        == []
    )
    assert sentences(legs=1) == []


BAD = [
    ({"legs": 0}, "0 legs; expected 1 to 99"),
    ({"legs": 100}, "100 legs; expected 1 to 99"),
    ({"paired": (5,)}, "paired leg 5; expected 1 to 4"),
    ({"paired": (0,)}, "paired leg 0; expected 1 to 4"),
    ({"mass_starts": (MassStart(leg=1, at=s(1)),)}, "mass start of leg 1; expected 2 to 4"),
    (
        {"leg_starts": (LegStart(bib="7", leg=5, at=s(1)),)},
        "start of bib 7 in leg 5; expected 1 to 4",
    ),
    ({"unfinished": (("7", 0),)}, "unfinished leg of bib 7: 0; expected 1 to 4"),
    (
        {"mass_starts": (MassStart(leg=3, at=s(1)), MassStart(leg=3, at=s(2)))},
        "two mass starts of leg 3; expected one",
    ),
    (
        {"mass_starts": (MassStart(leg=4, at=s(60)), MassStart(leg=3, at=s(61)))},
        "mass start of leg 4 at 1:00 is before that of leg 3 at 1:01",
    ),
    (
        {"leg_starts": (LegStart(bib="7", leg=2, at=s(1)),) * 2},
        "bib 7, leg 2: 2 starts; expected one",
    ),
]


@pytest.mark.parametrize(("rules", "sentence"), BAD)
def test_a_relay_that_cannot_be_run_is_refused(rules, sentence):
    assert sentences(**rules) == [sentence]


def test_every_refusal_of_a_relay_has_a_code():
    problems = [check_relay(RelayRules(**{"legs": 4, **rules}))[0] for rules, _ in BAD]
    assert {problem.code for problem in problems} == {
        "relay-legs",
        "relay-leg",
        "mass-start-twice",
        "mass-start-order",
        "leg-start-twice",
    }


def test_a_time_by_decision_stands_for_what_was_recorded_and_gives_the_next_leg_its_start():
    (team,) = race("1@10 1@40/3", legs=3, times=(("1", 2, s(12)),))
    assert times(team) == [10, 12, 18]


def test_penalties_are_added_to_the_leg_and_so_to_the_total():
    (team,) = race("1@10 1@25", penalties=(("1", 1, s(2)), ("1", 1, s(3)), ("2", 1, s(9))))
    assert times(team) == [15, 15]
    assert team.total == s(30)


def test_a_leg_that_ends_before_it_starts_has_no_time():
    (team,) = race("1@10 1@25", leg_starts=(LegStart(bib="1", leg=2, at=s(30)),))
    assert [leg.early for leg in team.legs] == [False, True]
    assert (times(team), team.total) == ([10, None], None)


def test_a_team_that_is_out_keeps_its_leg_times_and_has_no_place():
    teams = race("1@10 2@11 1@25 2@26", out=("1",))
    assert ranking(rank_relay(teams)) == [("1", "2"), ("-", "1")]
    assert ranking(rank_leg(teams, 1)) == [("1", "2"), ("-", "1")]
    assert times(teams[0]) == [10, 15]


def test_a_declared_dead_heat_ties_equal_totals_and_no_others():
    teams = race("1@10 2@11 3@12 1@25 2@25 3@26")
    assert ranking(rank_relay(teams)) == [("1", "1"), ("2", "2"), ("3", "3")]
    assert ranking(rank_relay(teams, ["2", "3"])) == [("1=", "1"), ("1=", "2"), ("3", "3")]
