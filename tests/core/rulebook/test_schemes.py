from datetime import date, timedelta

import pytest

from timing.core.refusal import Refusal
from timing.core.rulebook.categories import category_of, classify
from timing.core.rulebook.schemes import _competition_days, _people, decode_scheme

HEAD = 'name = "Club"\nsource = "club rules"\n[age.day]\ncounted = "day"\n'


def scheme(*rows, head=HEAD):
    return head + "".join(f"[[category]]\n{row}\n" for row in rows)


def row(code, first, last, extra=""):
    return f'code = "{code}"\nages = {{ day = [{first}, {last}] }}\n{extra}'


def refused(text):
    with pytest.raises(Refusal) as caught:
        decode_scheme(text, "club.toml")
    assert {problem.file for problem in caught.value.problems} == {"club.toml"}
    return [(problem.code, problem.sentence) for problem in caught.value.problems]


def test_a_scheme_without_gap_or_overlap_is_read():
    read = decode_scheme(scheme(row("young", 0, 39), row("old", 40, 150)))
    assert [category.code for category in read.category] == ["young", "old"]


def test_a_row_without_a_name_is_called_by_its_code():
    read = decode_scheme(scheme(row("a", 0, 39), row("b", 40, 150, 'name = "From {from}"')))
    assert [category.name for category in read.category] == ["a", "From 40"]


def test_a_repeated_row_is_written_out_with_its_ages():
    read = decode_scheme(scheme(row("{from}-{to}", 20, 42, "every = { day = 10 }")))
    assert [(c.code, c.ages["day"], c.every) for c in read.category] == [
        ("20-29", (20, 29), {}),
        ("30-39", (30, 39), {}),
        ("40-42", (40, 42), {}),
    ]


def test_a_row_that_names_the_sex_is_written_out_for_each():
    read = decode_scheme(scheme(row("{sex}{from}", 35, 150, 'sexes = ["M", "W"]\nname = "{sex}"')))
    assert [(c.code, c.name, c.sexes) for c in read.category] == [
        ("M35", "M", ("M",)),
        ("W35", "W", ("W",)),
    ]


def test_a_row_for_some_sexes_that_names_none_stays_one_row():
    read = decode_scheme(scheme(row("open", 20, 150, 'sexes = ["M", "N"]')))
    assert [(c.code, c.sexes) for c in read.category] == [("open", ("M", "N"))]


def test_an_overlap_is_refused_and_names_the_rows():
    assert refused(scheme(row("open", 18, 50), row("master", 50, 60))) == [
        ("category-overlap", "open and master overlap: age 50 by day, any sex")
    ]


def test_each_overlap_is_told_once():
    found = refused(scheme(row("a", 18, 50), row("b", 49, 60), row("c", 60, 70)))
    assert found == [
        ("category-overlap", "a and b overlap: age 49 by day, any sex"),
        ("category-overlap", "b and c overlap: age 60 by day, any sex"),
    ]


def test_a_gap_is_refused_and_names_the_rows_beside_it():
    assert refused(scheme(row("a", 18, 39), row("b", 41, 60))) == [
        ("category-gap", "nothing between a and b: age 40 by day, any sex")
    ]


def test_a_long_gap_is_told_once_and_by_its_youngest():
    assert refused(scheme(row("a", 18, 39), row("b", 51, 60))) == [
        ("category-gap", "nothing between a and b: age 40 by day, any sex")
    ]


def test_the_youngest_and_the_oldest_need_no_category():
    read = decode_scheme(scheme(row("a", 35, 39), row("b", 40, 44)))
    assert len(read.category) == 2


def test_a_gap_of_one_sex_alone_is_found():
    men, women = 'sexes = ["M"]', 'sexes = ["W"]'
    text = scheme(row("M20", 20, 29, men), row("M30", 30, 39, men)) + scheme(
        row("W20", 20, 29, women), row("W31", 31, 39, women), head=""
    )
    assert refused(text) == [("category-gap", "nothing between W20 and W31: age 30 by day, W")]


def test_rows_for_everybody_and_for_one_sex_overlap():
    text = scheme(row("all", 20, 29), row("W20", 20, 29, 'sexes = ["W"]'))
    assert refused(text) == [("category-overlap", "all and W20 overlap: age 20 by day, W")]


MIXED = HEAD + '[age.year]\ncounted = "year"\n'


def mixed(code, ages):
    return f'code = "{code}"\nages = {{ {ages} }}'


def test_two_ways_of_counting_that_leave_somebody_out_are_refused():
    rows = mixed("U20", "year = [0, 19]"), mixed("SEN", "day = [20, 150]")
    assert refused(scheme(*rows, head=MIXED)) == [
        ("category-gap", "nothing between U20 and SEN: age 19 by day, age 20 by year, any sex")
    ]


def test_two_ways_of_counting_that_take_somebody_twice_are_refused():
    rows = mixed("SEN", "year = [20, 35]"), mixed("Master", "day = [35, 150]")
    assert refused(scheme(*rows, head=MIXED)) == [
        ("category-overlap", "SEN and Master overlap: age 35 by day, age 35 by year, any sex")
    ]


def test_two_ways_of_counting_that_meet_are_read():
    rows = mixed("SEN", "year = [20, 150], day = [0, 34]"), mixed("Master", "day = [35, 150]")
    assert len(decode_scheme(scheme(*rows, head=MIXED)).category) == 2


CUT = HEAD + '[age.cut]\ncounted = "{}"\nmonth = 8\nday = 31\nbegins = 10\n'


@pytest.mark.parametrize("counted", ["on", "last", "season"])
def test_a_cut_in_the_year_is_tried_on_both_sides(counted):
    head = CUT.format(counted)
    rows = mixed("U13", "cut = [0, 12]"), mixed("U15", "day = [13, 150]")
    [(problem, _)] = refused(scheme(*rows, head=head))
    assert problem in ("category-gap", "category-overlap")
    rows = mixed("U13", "cut = [0, 12]"), mixed("U15", "cut = [13, 150]")
    assert len(decode_scheme(scheme(*rows, head=head)).category) == 2


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (scheme(row("a", 40, 39)), "row 1 of category (a): ages 40 to 39 by day;"),
        (scheme(row("a", -1, 39)), "row 1 of category (a): ages -1 to 39 by day;"),
        (scheme(row("a", 0, 151)), "row 1 of category (a): ages 0 to 151 by day;"),
        (
            scheme(row("a", 0, 39), 'code = "b"\nages = { year = [40, 50] }'),
            "row 2 of category (b): no way of counting is called year; expected day",
        ),
        (scheme('code = "a"\nages = {}'), "row 1 of category (a): no ages"),
        (
            scheme(row("a", 0, 39, "every = { day = 0 }")),
            "row 1 of category (a): cannot be repeated every 0 years by day",
        ),
        (
            scheme(row("a", 0, 39, "every = { week = 5 }")),
            "row 1 of category (a): cannot be repeated every 5 years by week",
        ),
        (
            scheme(row("{sex}1", 0, 39)),
            "row 1 of category ({sex}1): the code names the sex; expected sexes",
        ),
        (
            scheme(row("a", 0, 39), head=HEAD + '[age.cut]\ncounted = "on"\nmonth = 2\nday = 29\n'),
            "age cut: there is no day 29 in month 2 of every year",
        ),
        (
            scheme(row("a", 0, 39), head=HEAD + '[age.cut]\ncounted = "season"\nbegins = 13\n'),
            "age cut: the season begins in month 13; expected 1 to 12",
        ),
        (
            scheme(row("a", 0, 39), head=HEAD + '[age.cut]\ncounted = "season"\nbegins = 0\n'),
            "age cut: the season begins in month 0; expected 1 to 12",
        ),
    ],
)
def test_a_row_that_cannot_be_is_refused_and_named(text, sentence):
    [(code, found)] = refused(text)
    assert code == "bad-category"
    assert found.startswith(sentence)


def test_a_row_cannot_be_repeated_by_two_ways_of_counting():
    found = refused(
        scheme(
            mixed("a", "day = [0, 39], year = [0, 39]") + "\nevery = { day = 5, year = 5 }",
            head=MIXED,
        )
    )
    assert len(found) == 2


def test_what_cannot_be_read_is_refused():
    [(code, sentence)] = refused(scheme('code = "a"\nages = { day = [1] }'))
    assert code == "bad-rules"
    assert "row 1 of category" in sentence


@pytest.mark.parametrize(("first", "last"), [(0, 0), (0, 150), (150, 150)])
def test_ages_from_0_to_150_can_be_written(first, last):
    assert len(decode_scheme(scheme(row("a", first, last))).category) == 1


@pytest.mark.parametrize("begins", [1, 12])
def test_a_season_may_begin_in_any_month(begins):
    head = HEAD + f'[age.cut]\ncounted = "season"\nbegins = {begins}\n'
    assert len(decode_scheme(scheme(row("a", 0, 39), head=head)).category) == 1


def cut_scheme():
    head = HEAD + '[age.year]\ncounted = "year"\n' + CUT.format("season").removeprefix(HEAD)
    return decode_scheme(scheme(row("a", 0, 150), head=head))


def test_competitions_are_tried_on_both_sides_of_every_cut():
    assert _competition_days(cut_scheme()) == [
        date(2024, 1, 1),
        date(2024, 2, 29),
        date(2024, 8, 31),
        date(2024, 9, 1),
        date(2024, 10, 1),
        date(2024, 12, 31),
    ]
    plain = decode_scheme(scheme(row("a", 0, 150)))
    assert _competition_days(plain) == [date(2024, 1, 1), date(2024, 2, 29), date(2024, 12, 31)]


def test_a_cut_at_the_end_of_the_year_is_tried_in_that_year():
    text = scheme(row("a", 0, 150), head=HEAD + '[age.cut]\ncounted = "on"\n')
    assert max(_competition_days(decode_scheme(text))) == date(2024, 12, 31)


@pytest.mark.parametrize("on", [date(2024, 2, 29), date(2024, 8, 31), date(2024, 12, 31)])
def test_somebody_of_every_age_that_can_be_is_tried_the_youngest_first(on):
    asked = cut_scheme()
    births = [on - timedelta(days=n) for n in range(30 * 365)]
    ages = list(dict.fromkeys(tuple(a.measure(b, on) for a in asked.age.values()) for b in births))
    tried = [tuple(person.ages.values()) for person in _people(asked, on)]
    assert tried[: len(ages)] == ages


def test_everybody_up_to_an_age_nobody_reached_is_tried():
    people = _people(cut_scheme(), date(2024, 12, 31))
    assert str(people[0].words) == "age 0 by day, age 0 by year, age 0 by cut"
    assert people[-1].ages["day"] == 125


def test_a_row_may_be_repeated_every_year():
    read = decode_scheme(scheme(row("{from}", 20, 22, "every = { day = 1 }")))
    assert [category.code for category in read.category] == ["20", "21", "22"]


def test_a_row_that_is_no_longer_than_its_repeat_stays_one():
    read = decode_scheme(scheme(row("{from}-{to}", 20, 29, "every = { day = 10 }")))
    assert [category.code for category in read.category] == ["20-29"]


def test_all_known_ways_of_counting_are_told():
    [(_, sentence)] = refused(scheme('code = "a"\nages = { week = [0, 1] }', head=MIXED))
    assert sentence.endswith("no way of counting is called week; expected day, year")


def test_a_name_without_a_sex_says_none():
    read = decode_scheme(scheme(row("a", 0, 150, 'name = "All {sex}"')))
    assert read.category[0].name == "All "


def test_categories_that_are_chosen_may_leave_gaps_and_nobody_is_put_into_one():
    text = """
name = "Juniors"
source = "x"
chosen = true
age.day.counted = "day"
category = [
  { code = "A", ages.day = [8, 9] }, { code = "B", ages.day = [11, 14] },
  { code = "C", ages.day = [13, 14] },
]
"""
    scheme = decode_scheme(text)
    assert [row.code for row in scheme.category] == ["A", "B", "C"]
    assert classify(scheme, "W", date(2017, 1, 1), date(2026, 1, 1)) is None
    assert category_of(scheme, age=9, on=date(2026, 1, 1)) is None
    with pytest.raises(Refusal):
        decode_scheme(text.replace("chosen = true", ""))
