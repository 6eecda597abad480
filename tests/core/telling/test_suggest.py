"""Which bib was meant when nobody wears the one that was typed."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, strategies as st

from timing.core.clock import SECOND, Duration
from timing.core.telling.suggest import NEIGHBOURS, Clue, suggest, who_comes

HERE = Clue(gap=Duration(0), spread=Duration(20 * SECOND))
LATER = Clue(gap=Duration(300 * SECOND), spread=Duration(20 * SECOND))


def first(typed: str, *bibs: str, **more: Clue) -> str:
    clues = dict.fromkeys(bibs, Clue()) | {name.removeprefix("b"): c for name, c in more.items()}
    return suggest(typed, clues)[0].bib


@pytest.mark.parametrize(
    ("typed", "meant", "slip"),
    [
        ("132", "123", "swapped"),
        ("12", "123", "missing"),
        ("1223", "123", "doubled"),
        ("153", "123", "neighbour"),
        ("193", "123", "wrong"),
        ("1273", "123", "extra"),
        ("1?3", "123", "wildcard"),
    ],
)
def test_a_slip_of_the_finger_is_named(typed: str, meant: str, slip: str):
    [found] = suggest(typed, {meant: Clue(), "999": Clue()})
    assert (found.bib, found.slips) == (meant, (slip,))


def test_nobody_is_suggested_who_does_not_exist():
    assert suggest("123", {}) == []
    assert suggest("123", {"98765": Clue()}) == []


def test_two_slips_are_tried_where_one_finds_nobody():
    [found] = suggest("3210", {"1230": Clue()})
    assert len(found.slips) == 2


@pytest.mark.parametrize(("meant", "other"), [("123", "832"), ("312", "102")])
def test_two_digits_that_changed_places_come_before_a_digit_hit_wrong(meant, other):
    assert first("132", meant, other) == meant


def test_who_is_expected_here_now_comes_first():
    assert first("13", b103=LATER, b113=HERE, b130=LATER) == "113"
    [found, *_] = suggest("13", {"113": HERE, "103": LATER})
    assert found.expected
    assert not found.agrees


def test_who_has_passed_already_comes_behind_who_has_not():
    taken = HERE._replace(taken=True)
    assert first("13", b103=taken, b113=LATER) == "113"
    assert not suggest("13", {"103": taken})[0].expected


def test_who_is_not_on_the_course_comes_last():
    assert first("13", b103=Clue(out=True), b113=LATER) == "113"


def test_what_another_source_read_comes_first_however_different_it_is():
    assert first("13", b870=Clue(agrees=True), b113=LATER) == "870"


def test_half_read_bibs_match_only_what_fits_if_anything_does():
    assert [each.bib for each in suggest("1?4", dict.fromkeys(("104", "114", "14"), Clue()))] == [
        "104", "114",
    ]  # fmt: skip


def test_a_half_read_bib_that_fits_nobody_may_hold_a_slip_too():
    [found] = suggest("1?5", {"1234": Clue(), "514": Clue(), "194": Clue()})[:1]
    assert found.bib == "194"
    assert found.slips[0] == "wildcard"


def test_a_bib_of_which_nothing_was_read_suggests_nobody():
    assert suggest("????", {"1234": Clue()}) == []


def test_letters_of_bibs_are_slips_too():
    assert first("A1", "B1", "C22") == "B1"


def test_the_keys_beside_a_digit_are_those_of_pad_and_row():
    assert NEIGHBOURS["5"] == frozenset("24684")
    assert NEIGHBOURS["0"] == frozenset("89")


def test_without_any_digit_the_moment_and_other_sources_decide():
    clues = {
        "1": LATER, "2": HERE, "3": HERE._replace(taken=True), "4": Clue(out=True),
        "5": Clue(agrees=True), "6": Clue(),
    }  # fmt: skip
    assert [each.bib for each in who_comes(clues)] == ["5", "2", "6", "1"]


@given(st.text("0123456789?A", max_size=6), st.sets(st.text("0123456789", max_size=4), max_size=20))
def test_only_bibs_that_exist_are_suggested_and_never_twice(typed: str, bibs: set[str]):
    found = [each.bib for each in suggest(typed, dict.fromkeys(bibs, Clue()))]
    assert set(found) <= bibs
    assert len(found) == len(set(found)) <= 5


# The measure: one slip, in a field whose runners come about when their splits say they should.


def slip(lot: Random, bib: str) -> str:
    """Make one slip: each kind is equally likely."""
    place = lot.randrange(len(bib))
    match lot.randrange(5):
        case 0 if place + 1 < len(bib):
            return bib[:place] + bib[place + 1] + bib[place] + bib[place + 2 :]
        case 1:
            return bib[:place] + bib[place + 1 :]
        case 2:
            return bib[:place] + lot.choice(sorted(NEIGHBOURS[bib[place]])) + bib[place + 1 :]
        case 3:
            return bib[:place] + lot.choice("0123456789") + bib[place + 1 :]
        case _:
            return bib[:place] + bib[place] + bib[place:]


def right_first(lot: Random, *, numbers: range, field: int, later: int, slips: int = 400) -> float:
    """How often the right bib comes first. A finish every two seconds; the slip is looked at when
    so many others have come in after it."""
    bibs = [str(number) for number in lot.sample(numbers, field)]
    worn, hits, tried = set(bibs), 0, 0
    while tried < slips:
        place = lot.randrange(field)
        typed = slip(lot, bibs[place])
        if typed in worn or not typed:
            continue
        tried += 1
        hits += suggest(typed, clues_at(lot, bibs, place, later), 1)[0].bib == bibs[place]
    return hits / tried


def clues_at(lot: Random, bibs: list[str], slipped: int, later: int) -> dict[str, Clue]:
    return {
        bib: Clue(
            gap=Duration(round((2 * (place - slipped) + lot.gauss(0, 12)) * SECOND)),
            spread=Duration(20 * SECOND),
            taken=place <= slipped + later and place != slipped,
        )
        for place, bib in enumerate(bibs)
    }


def lot() -> Random:
    """The same lot every time: the measure must not change by luck."""
    return Random(5)


FIELDS = [(range(1, 1000), 300), (range(1, 10_000), 1000), (range(1, 501), 500)]


@pytest.mark.parametrize(("numbers", "field"), FIELDS)
def test_half_a_minute_later_the_right_number_is_first_for_95_in_100_slips(
    numbers: range, field: int
):
    assert right_first(lot(), numbers=numbers, field=field, later=15) >= 0.95


@pytest.mark.parametrize(("numbers", "field"), FIELDS)
def test_even_at_once_it_is_first_for_90_in_100(numbers: range, field: int):
    assert right_first(lot(), numbers=numbers, field=field, later=0) >= 0.90


def test_at_most_five_are_suggested_when_nothing_is_said():
    bibs = {str(number): Clue() for number in range(120, 130)}
    assert len(suggest("12?", bibs)) == 5
    assert len(suggest("12?", bibs, most=7)) == 7
    assert len(who_comes(bibs)) == 5


def test_three_wildcards_are_filled_and_four_are_not():
    bibs = {"1234": Clue()}
    assert [each.bib for each in suggest("1???", bibs)] == ["1234"]
    assert suggest("????", bibs) == []


def test_costs_are_whole_numbers():
    clues = {
        "123": Clue(agrees=True), "456": Clue(gap=Duration(7), spread=Duration(3)), "129": Clue(),
    }  # fmt: skip
    for each in suggest("12?", clues) + suggest("999", clues) + who_comes(clues):
        assert isinstance(each.cost, int)


def test_within_twice_the_spread_somebody_is_expected():
    clues = {
        bib: Clue(gap=Duration(gap), spread=Duration(10))
        for bib, gap in (("1", 20), ("2", -20), ("3", 21))
    }
    assert {each.bib: each.expected for each in who_comes(clues)} == {
        "1": True, "2": True, "3": False,
    }  # fmt: skip


@pytest.mark.parametrize("gone", [Clue(taken=True), Clue(out=True)])
def test_one_slip_that_finds_only_who_is_home_or_out_lets_two_slips_be_looked_at(gone: Clue):
    assert {each.bib for each in suggest("123", {"124": gone, "155": Clue()})} == {"124", "155"}
    assert [each.bib for each in suggest("123", {"124": Clue(), "155": Clue()})] == ["124"]
