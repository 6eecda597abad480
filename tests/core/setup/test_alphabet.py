"""The order of names in a list."""

from __future__ import annotations

import pytest

from tests.core.story import entry
from timing.core.setup.alphabet import alphabetical, bare


def someone(number: int, name: str, family: str = ""):
    return entry(str(number), id=number, name=name, family=family)


def test_a_letter_with_a_mark_stands_by_the_letter_itself():
    names = ["Zimmer", "Čapek", "Łoś", "Dunn", "Øre", "Abel", "Émile", "Lob"]
    listed = sorted((someone(n, name) for n, name in enumerate(names)), key=alphabetical)
    assert [each.name for each in listed] == [
        "Abel", "Čapek", "Dunn", "Émile", "Lob", "Łoś", "Øre", "Zimmer",
    ]  # fmt: skip


def test_the_family_name_goes_before_the_rest_and_the_entry_decides_between_equals():
    ada, bea = someone(2, "Ada Żak", "Żak"), someone(1, "Bea Zak", "Zak")
    carl = someone(3, "Carl Abel", "Abel")
    again = someone(9, "Ada Żak", "Żak")
    assert sorted((again, bea, ada, carl), key=alphabetical) == [carl, ada, again, bea]


@pytest.mark.parametrize(
    ("text", "plain"), [("STRASSE", "strasse"), ("Straße", "strasse"), ("İnce", "ince"), ("", "")]
)
def test_a_bare_text_has_no_case_and_no_marks(text, plain):
    assert bare(text) == plain
    assert bare(bare(text)) == plain
