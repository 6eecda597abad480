"""Ranges of bibs, and who gets which number next."""

import pytest
from hypothesis import given, strategies as st

from timing.core.clock import Duration
from timing.core.setup.numbering import ORDERS, give_out, overlaps, read_ranges
from timing.core.setup.roster import Entry


def entry(number, name, **more):
    return Entry(id=number, contest="mile", name=name, **more)


def numbers(text):
    return [bib for each in read_ranges(text) for bib in each.numbers()]


def test_a_range_is_written_as_people_write_it():
    assert numbers("1-3, 7") == ["1", "2", "3", "7"]
    assert numbers("a1 - a3") == ["A1", "A2", "A3"]
    assert numbers("008-010") == ["008", "009", "010"]
    assert numbers("") == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("x", "no range"), ("9-1", "goes down"), ("A1-B9", "expected the same"),
     ("1-999999", "more than")],
)  # fmt: skip
def test_what_is_no_range_is_named(text, sentence):
    with pytest.raises(ValueError, match=sentence):
        read_ranges(text)


def test_contests_that_share_numbers_are_told():
    ranges = {"Mile": read_ranges("1-99"), "Five": read_ranges("99-150"), "Ten": read_ranges("A1")}
    assert overlaps(ranges) == [("Mile", "Five")]
    assert "99" in ranges["Mile"][0]
    assert "A99" not in ranges["Mile"][0]


@pytest.mark.parametrize(
    ("order", "ids"), [("alphabet", [2, 3, 1]), ("club", [3, 1, 2]), ("seed", [1, 2, 3]),
                       ("entry", [1, 2, 3])]
)  # fmt: skip
def test_numbers_follow_the_chosen_order(order, ids):
    people = [
        entry(1, "Zoe", family="Zed", club="Reds", seed=Duration(1)),
        entry(2, "Ada", family="Abel", seed=Duration(2)),
        entry(3, "Bob", family="Berg", club="Blues"),
    ]
    assert list(give_out(people, order, read_ranges("1-9"), ()).bibs) == ids


def test_taken_numbers_are_passed_over_and_who_gets_none_is_told():
    people = [entry(1, "A"), entry(2, "B"), entry(3, "C")]
    given_out = give_out(people, "entry", read_ranges("1-3"), {"2"})
    assert given_out.bibs == {1: "1", 2: "3"}
    assert given_out.short == (3,)


def test_one_person_gets_one_number():
    people = [entry(1, "A", person=5), entry(2, "A", person=5)]
    assert give_out(people, "entry", read_ranges("1-3"), ()).bibs == {1: "1", 2: "1"}


@given(st.integers(0, 40), st.sets(st.integers(1, 30)), st.sampled_from(sorted(ORDERS)))
def test_no_number_is_given_twice_and_none_that_is_taken(count, taken, order):
    people = [entry(number, f"N{number}") for number in range(1, count + 1)]
    worn = {str(number) for number in taken}
    found = give_out(people, order, read_ranges("1-30"), worn)
    assert len(set(found.bibs.values())) == len(found.bibs)
    assert not worn & set(found.bibs.values())
    assert len(found.bibs) + len(found.short) == count
