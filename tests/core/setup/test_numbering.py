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


def test_a_range_holds_its_ends_and_its_letters():
    [range_] = read_ranges("A10-A20")
    assert [bib in range_ for bib in ("A10", "A20", "A9", "A21", "10", "a10", "A1x")] == [
        True, True, False, False, False, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize(("text", "width"), [("01-10", 2), ("1-10", 0), ("10-20", 0), ("0-9", 1)])
def test_numbers_are_padded_where_the_first_begins_with_nought(text, width):
    assert read_ranges(text)[0].width == width


def test_a_range_may_have_a_hundred_thousand_numbers_and_no_more():
    assert read_ranges("100000-199999")[0].last == 199_999
    with pytest.raises(ValueError, match="'100000-200000' has more than 100000 numbers"):
        read_ranges("100000-200000")


def test_a_long_text_that_is_no_range_is_shown_by_its_beginning():
    with pytest.raises(ValueError, match=f"'{'X' * 30}' is no range"):
        read_ranges("x" * 31)


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [("1-5", "5-9", True), ("1-5", "6-9", False), ("5-9", "1-5", True), ("A1-A5", "5", False)],
)
def test_ranges_share_a_number_at_their_ends_too(one, other, shared):
    found = overlaps({"Mile": read_ranges(one), "Five": read_ranges(other)})
    assert found == [("Mile", "Five")] * shared


def test_a_family_without_a_name_of_its_own_is_sorted_by_the_whole_name():
    people = [entry(1, "Carl"), entry(2, "Zoe", family="Berg"), entry(3, "Ada")]
    assert list(give_out(people, "alphabet", read_ranges("1-9"), ()).bibs) == [3, 2, 1]


def test_a_seed_of_nothing_goes_before_every_other():
    people = [entry(1, "A", seed=Duration(1)), entry(2, "B", seed=Duration(0)), entry(3, "C")]
    assert list(give_out(people, "seed", read_ranges("1-9"), ()).bibs) == [2, 1, 3]


def test_a_person_with_the_number_of_an_entry_is_not_that_entry():
    people = [entry(5, "A"), entry(6, "B", person=5)]
    assert give_out(people, "entry", read_ranges("1-3"), ()).bibs == {5: "1", 6: "2"}
