import json
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from timing.core.clock import SECOND, parse_duration
from timing.core.refusal import Refusal
from timing.core.rulebook.agegrade import (
    Grade,
    decode_table,
    factor_between,
    factor_of,
    grade,
    grade_in,
    log_share,
)
from timing.core.rulebook.rounding import half_up

TABLE = {
    "ages": [35, 36, 37],
    "m": [["5k", 5, 771, 0.98, None, 0.96], ["mile", 1.609344, 223.13, 1]],
    "f": [["5K", 5, 834, 0.99, 0.985, 0.97]],
}


@pytest.mark.parametrize(
    ("time", "standard", "factor", "age_standard", "percent", "graded"),
    [
        ("20:00", 769, "0.8775", "876.35", "73.03", "1053.00"),
        ("1:45:00", 3772, "0.7718", "4887.28", "77.58", "4862.34"),
        ("55:00", 1584, "0.6301", "2513.89", "76.18", "2079.33"),
    ],
)
def test_a_time_is_graded_by_formula(time, standard, factor, age_standard, percent, graded):
    result = grade(parse_duration(time), Decimal(standard), Decimal(factor))
    assert str(half_up(result.standard, 2)) == age_standard
    assert str(half_up(result.share * 100, 2)) == percent
    assert str(half_up(result.graded, 2)) == graded


def test_a_grade_is_exact():
    assert grade(3 * SECOND, Decimal(2), Decimal("0.5")) == Grade(4, Fraction(4, 3), Fraction(3, 2))


@given(st.integers(1, 10**12), st.integers(1, 9_999))
def test_the_age_graded_time_has_the_same_share_in_the_open_class(time, factor):
    result = grade(time, Decimal(769), Fraction(factor, 10_000))
    assert Fraction(769) / result.graded == result.share


def test_a_distance_lies_between_two_others_by_its_logarithm():
    assert str(half_up(log_share(6, 5, 10), 3)) == "0.263"
    assert log_share(5, 5, 10) == 0
    assert log_share(10, 5, 10) == 1


@pytest.mark.parametrize(
    ("short", "long", "factor"), [("0.8775", "0.8886", "0.8804"), ("0.6847", "0.6928", "0.6868")]
)
def test_factors_are_interpolated_in_log_distance(short, long, factor):
    found = factor_between(6_000, (5_000, Decimal(short)), (10_000, Decimal(long)))
    assert str(half_up(found, 4)) == factor


def table(**changes):
    return decode_table(json.dumps({**TABLE, **changes}), "wma.json")


def test_a_table_is_read_as_it_is_written():
    read = table()
    assert read.first_age == 35
    row = read.rows["M", "MILE"]
    assert (row.event, row.distance, row.standard) == ("MILE", 1_609_344, Decimal("223.13"))
    assert read.rows["W", "5K"].factors == (Decimal("0.99"), Decimal("0.985"), Decimal("0.97"))


@pytest.mark.parametrize(
    ("sex", "age", "event", "factor"),
    [
        ("M", 35, "5K", "0.98"),
        ("M", 35, "5k", "0.98"),
        ("M", 37, "5k", "0.96"),
        ("W", 37, "5K", "0.97"),
        ("M", 36, "5K", None),
        ("M", 34, "5K", None),
        ("M", 38, "5K", None),
        ("M", 36, "mile", None),
        ("M", 35, "10K", None),
        ("", 35, "5K", None),
    ],
)
def test_a_factor_is_found_by_sex_age_and_event(sex, age, event, factor):
    found = factor_of(table(), sex, age, event)
    assert found == (None if factor is None else Decimal(factor))


def test_a_time_is_graded_by_a_table():
    result = grade_in(table(), "W", 36, "5k", parse_duration("20:00"))
    assert result == grade(parse_duration("20:00"), Decimal(834), Decimal("0.985"))
    assert grade_in(table(), "W", 60, "5k", parse_duration("20:00")) is None


def test_an_event_without_distance_or_standard_is_read_as_nothing():
    row = table(m=[["HJ", None, None]]).rows["M", "HJ"]
    assert (row.distance, row.standard, row.factors) == (0, 0, ())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        json.dumps({**TABLE, "ages": []}),
        json.dumps({**TABLE, "m": [["5K", 5]]}),
        json.dumps({**TABLE, "f": [[["5K"], 5, 6]]}),
    ],
)
def test_what_is_no_table_is_refused(text):
    with pytest.raises(Refusal) as caught:
        decode_table(text, "wma.json")
    [problem] = caught.value.problems
    assert (problem.code, problem.file) == ("bad-table", "wma.json")
    assert problem.sentence.startswith("no age grading table: ")
