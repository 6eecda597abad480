"""A runner is found by what people type: without accents, case, order or whole words."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.store.races import field
from timing.core.setup.roster import Entry
from timing.store.folding import fold_text
from timing.store.roster import save_entries
from timing.store.search import find_entries


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("odegard", [1, 3]),
        ("Ødegård åse", [1, 3]),
        ("LUK", [2]),
        ("łukasz b", [2]),
        ("unal", [3, 4]),
        ("101", [1, 3]),
        (" 102 ", [2]),
        ("degard", []),
        ("%", []),
        ("_", []),
        ("", []),
        ("nobody", []),
    ],
)
def test_what_people_type_finds_who_is_meant(store, event, typed, found):
    with store.read() as tx:
        assert sorted(find_entries(tx, event, typed)) == found


def test_the_new_name_is_found_once_it_is_changed(store, event):
    with store.write() as tx:
        save_entries(tx, event, [replace(field().entries[1], name="Bob Żółć")])
        assert find_entries(tx, event, "zolc") == [2]
        assert find_entries(tx, event, "lukasz") == []


def test_as_many_are_found_as_are_asked_for_in_the_order_of_names(store, event):
    many = [Entry(id=n, contest="mile", name=f"Kim {99 - n}") for n in range(10, 60)]
    with store.write() as tx:
        save_entries(tx, event, many)
        assert find_entries(tx, event, "kim", limit=3) == [59, 58, 57]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Łukasz O'Néill", " lukasz o neill"),
        ("GROẞ Straße", " gross strasse"),
        ("İSTANBUL ışık", " istanbul isik"),
        ("Αθανάσιος", " αθανασιοσ"),
        ("Ærøskøbing-Þórr", " aeroskobing thorr"),
        ("山田 太郎", " 山田 太郎"),
        ("-_.", ""),
    ],
)
def test_words_are_folded_without_accents_and_case(text, folded):
    assert fold_text(text) == folded
    assert fold_text(folded) == folded
