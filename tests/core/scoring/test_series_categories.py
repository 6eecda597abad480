from __future__ import annotations

from timing.core.scoring.series_categories import AgeClass, Change, Entered, series_category

CLASSES = {
    "FU20": AgeClass("F", 13, 19),
    "FS": AgeClass("F", 20, 39),
    "F40": AgeClass("F", 40, 49),
    "F50": AgeClass("F", 50, 59),
    "MS": AgeClass("M", 20, 39),
    "NBV": AgeClass("F", 42, 79),
}


def follow(*categories: str):
    entered = [Entered(f"race {k}", code) for k, code in enumerate(categories, start=1)]
    return series_category("Ana", entered, CLASSES)


def sentences(*categories: str) -> list[str]:
    return [problem.sentence for problem in follow(*categories).problems]


def test_a_runner_stays_in_the_category_of_the_first_race():
    assert follow("FS", "FS") == ("FS", (), ())
    assert follow("FS", "F40", "F40") == ("FS", (Change("race 2", "FS", "F40"),), ())


def test_a_category_that_is_not_known_is_passed_over():
    assert follow("", "FS", "", "F40").category == "FS"
    assert follow("", "FS", "", "F40").changes == (Change("race 4", "FS", "F40"),)
    assert follow("", "") == ("", (), ())
    assert follow() == ("", (), ())


def test_nobody_gets_younger():
    assert sentences("F40", "FS") == [
        "Ana: F40 became FS at race 2; expected the next age at most",
    ]


def test_back_and_forth_is_found_in_the_race_where_it_goes_back():
    assert sentences("FS", "F40", "FS") == [
        "Ana: F40 became FS at race 3; expected the next age at most"
    ]


def test_nobody_changes_sex_on_the_way():
    assert sentences("FS", "MS") == ["Ana: FS became MS at race 2; expected the next age at most"]
    assert [p.code for p in follow("FS", "MS").problems] == ["category-change"]


def test_two_age_steps_are_too_many():
    assert sentences("FS", "F50") == [
        "Ana: FS became F50 during the series; expected one step at most"
    ]
    assert sentences("FS", "F40", "F50") == sentences("FS", "F50")
    assert [p.code for p in follow("FS", "F50").problems] == ["category-steps"]


def test_a_category_that_starts_later_than_the_next_age_is_a_step_too_many():
    assert sentences("FS", "F40") == []
    assert sentences("FS", "NBV") == [
        "Ana: FS became NBV during the series; expected one step at most"
    ]


def test_a_category_that_the_scheme_does_not_know_is_named():
    assert sentences("FS", "F45", "F45") == ["Ana: no category 'F45' in the scheme"]


def test_a_category_with_the_same_first_age_is_not_younger():
    classes = {"F40": AgeClass("F", 40, 49), "FV": AgeClass("F", 40, 79)}
    entered = [Entered("race 1", "F40"), Entered("race 2", "FV")]
    assert series_category("Ana", entered, classes).problems == ()


def test_the_age_after_the_last_is_the_next_step_and_no_later_one():
    entered = [Entered("race 1", "A"), Entered("race 2", "B")]
    for youngest, sound in ((40, True), (41, False)):
        classes = {"A": AgeClass("F", 20, 39), "B": AgeClass("F", youngest, 49)}
        assert (series_category("Ana", entered, classes).problems == ()) is sound


def test_an_unknown_category_has_a_code():
    assert [problem.code for problem in follow("F45", "F46").problems] == ["unknown-category"] * 2
