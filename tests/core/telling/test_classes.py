"""What the codes of categories stand for."""

from __future__ import annotations

from timing.core.telling.classes import AgeClass, classes_of
from timing.files.rulebook import rule_files, scheme


def told(name: str, *codes: str) -> list[tuple]:
    return [tuple(each) for each in classes_of(scheme(name), codes)]


def test_a_category_is_told_by_its_sex_and_its_ages_in_the_order_of_the_scheme():
    assert told("dlv", "W40", "M35", "Männer") == [
        ("Männer", ("M",), 20, 29), ("M35", ("M",), 35, 39), ("W40", ("W",), 40, 44),
    ]  # fmt: skip


def test_a_category_for_everybody_has_no_sex_and_an_open_one_no_bound():
    assert told("retro-2018", "U18", "O70", "Open") == [
        ("U18", (), None, 17), ("Open", (), 18, 39), ("O70", (), 70, None),
    ]  # fmt: skip


def test_a_category_of_one_sex_says_the_sex_itself():
    found = classes_of(scheme("dlv"), {"Frauen", "M40", "U20"})
    assert [(each.code, each.of_one_sex) for each in found] == [
        ("U20", False), ("Frauen", True), ("M40", True),
    ]  # fmt: skip


def test_what_the_scheme_does_not_have_is_left_out():
    assert told("retro-2018", "guests", "") == []
    assert classes_of(None, ["M40"]) == []


def test_every_category_of_every_scheme_of_the_house_can_be_told_once():
    for name in rule_files("categories"):
        found = classes_of(scheme(name), {row.code for row in scheme(name).category})
        codes = [each.code for each in found]
        assert len(codes) == len(set(codes))
        for each in found:
            assert isinstance(each, AgeClass)
            assert each.first is None or each.last is None or each.first <= each.last
