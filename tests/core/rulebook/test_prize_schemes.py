"""A prize scheme is read and checked row by row."""

from pathlib import Path

import pytest

from timing.core.refusal import Refusal
from timing.core.rulebook.prizes import (
    Contender,
    Prize,
    PrizeScheme,
    check_prizes,
    decode_prizes,
    give_prizes,
    report_groups,
    stands_in,
)

FOLDER = Path(__file__).parents[3] / "config" / "rules" / "prizes"


def prize(code, **fields):
    return Prize(code=code, name=code, **fields)


ROW = '[[prize]]\ncode = "{}"\nname = "x"\nages = [{}, {}]\nnumber = {}\n'
HEAD = 'name = "x"\nsource = "x"\n'


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([("a", 0, 9, 1), ("a", 10, 19, 1)], "row 2 of prize (a): row 1 has the code already"),
        ([("a", 9, 8, 1)], "row 1 of prize (a): ages 9 to 8; expected 0 to 150, rising"),
        ([("a", -1, 8, 1)], "row 1 of prize (a): ages -1 to 8; expected 0 to 150, rising"),
        ([("a", 0, 151, 1)], "row 1 of prize (a): ages 0 to 151; expected 0 to 150, rising"),
        ([("a", 0, 9, 0)], "row 1 of prize (a): 0 prizes; expected 1 or more"),
        (
            [("a", 0, 9, 1), ("b", 9, 19, 1)],
            "row 2 of prize (b): its ages overlap row 1 (a) in part",
        ),
        (
            [("a", 9, 19, 1), ("b", 0, 9, 1)],
            "row 2 of prize (b): its ages overlap row 1 (a) in part",
        ),
    ],
)
def test_a_row_that_cannot_be_is_refused_and_named(rows, sentence):
    with pytest.raises(Refusal) as caught:
        decode_prizes(HEAD + "".join(ROW.format(*row) for row in rows), "prizes.toml")
    [problem] = caught.value.problems
    assert (problem.code, problem.sentence, problem.file) == ("bad-prize", sentence, "prizes.toml")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"ages": (0, 9)}, {"ages": (10, 19)}),
        ({"ages": (0, 19)}, {"ages": (10, 19)}),
        ({"ages": (0, 19)}, {"ages": (0, 9)}),
        ({"ages": (0, 19)}, {"ages": (0, 19)}),
        ({"ages": (0, 19)}, {"ages": (5, 10)}),
        ({"ages": (0, 10), "sexes": ("W",)}, {"ages": (5, 19), "sexes": ("M", "N")}),
        ({"ages": (0, 10), "exclusive": False}, {"ages": (5, 19)}),
        ({"ages": (0, 10)}, {"ages": (5, 19), "exclusive": False}),
        ({"ages": (0, 10), "group": "a"}, {"ages": (5, 19), "group": "b"}),
        ({"ages": (0, 0)}, {"ages": (150, 150)}),
    ],
)
def test_prizes_that_do_not_cross_are_accepted(one, other):
    assert list(check_prizes([prize("a", **one), prize("b", **other)])) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({}, {"sexes": ("W",)}),
        ({"sexes": ("M", "W")}, {"sexes": ("W",)}),
        ({"sexes": ("M",)}, {}),
    ],
)
def test_prizes_for_a_common_sex_cross(one, other):
    rows = [prize("a", ages=(0, 10), **one), prize("b", ages=(5, 19), **other)]
    assert len(list(check_prizes(rows))) == 1


def test_the_first_row_with_a_code_is_named_for_every_later_one():
    rows = [prize("a", ages=(n, n)) for n in range(3)]
    assert [str(said).split("; ")[0] for said in check_prizes(rows)] == [
        "row 2 of prize (a): row 1 has the code already",
        "row 3 of prize (a): row 1 has the code already",
    ]


def test_a_scheme_that_cannot_be_read_is_refused_with_its_file():
    with pytest.raises(Refusal) as caught:
        decode_prizes("", "prizes.toml")
    assert [problem.file for problem in caught.value.problems] == ["prizes.toml"]


def test_prizes_that_begin_at_one_age_do_not_cross():
    rows = [prize("a", ages=(0, 10)), prize("b", ages=(0, 19))]
    assert list(check_prizes(rows)) == []
    assert list(check_prizes(rows[::-1])) == []


@pytest.mark.parametrize("general_first", [True, False])
def test_of_two_prizes_that_cross_the_first_row_is_given_first_where_rows_decide(general_first):
    young, old = prize("young", ages=(20, 49)), prize("old", ages=(40, 99))
    both = [Contender("a", 1, "W", 40, 49), Contender("b", 2, "W", 40, 49)]
    for rows, first in ((young, old), "young"), ((old, young), "old"):
        assert list(check_prizes(rows, rows_decide=True)) == []
        scheme = PrizeScheme(
            name="x", source="x", prize=rows, rows_decide=True, general_first=general_first
        )
        given = {award.entry: award.prize for award in give_prizes(scheme, {"": both})}
        assert given["a"] == first


def test_a_scheme_may_say_that_its_rows_decide():
    text = HEAD + "rows_decide = true\n" + ROW.format("a", 0, 9, 1) + ROW.format("b", 9, 19, 1)
    assert decode_prizes(text).rows_decide


def test_a_list_is_divided_into_the_groups_of_its_prizes():
    rows = (
        prize("w", sexes=("W",), group="Women"),
        prize("club", clubs=("Fife AC",), group="Club"),
        prize("w40", sexes=("W",), ages=(40, 49), group="Women"),
    )
    scheme = PrizeScheme(name="x", source="x", prize=rows)
    assert report_groups(scheme) == ("Women", "Club")
    ann = Contender("ann", 1, "W", 20, 39, "Dundee RR")
    bob = Contender("bob", 2, "M", 20, 39, "Fife AC")
    assert [stands_in(scheme, group, ann) for group in ("Women", "Club")] == [True, False]
    assert [stands_in(scheme, group, bob) for group in ("Women", "Club")] == [False, True]


def test_one_group_divides_nothing():
    scheme = PrizeScheme(name="x", source="x", prize=(prize("a", group="All"),))
    assert report_groups(scheme) == ()


PRESETS = {path.stem: path for path in sorted(FOLDER.glob("*.toml"))}


@pytest.mark.parametrize("name", PRESETS)
def test_the_presets_are_read_and_tell_their_source(name):
    read = decode_prizes(PRESETS[name].read_text(encoding="utf-8"), name)
    assert read.source
    assert read.prize


def test_there_is_a_preset_for_each_way_of_giving():
    assert len(PRESETS) == 4
