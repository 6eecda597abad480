"""Ranges of bibs, and who gets which number next."""

import pytest
from hypothesis import given, strategies as st

from timing.core.clock import Duration
from timing.core.setup.numbering import (
    ORDERS,
    Field,
    Stock,
    free_numbers,
    give_out,
    holder_of,
    overlaps,
    read_ranges,
    spans,
)
from timing.core.setup.roster import Entry


def entry(number, name, contest="mile", **more):
    return Entry(id=number, contest=contest, name=name, **more)


def share(people, order, ranges, stock=None):
    """What one contest gets."""
    [found] = give_out([Field("mile", read_ranges(ranges), tuple(people))], order, stock or FRESH)
    return found


FRESH = Stock({})


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
    assert list(share(people, order, "1-9").bibs) == ids


def test_taken_numbers_are_passed_over_and_who_gets_none_is_told():
    people = [entry(1, "A"), entry(2, "B"), entry(3, "C")]
    given_out = share(people, "entry", "1-3", Stock({}, taken={"2"}))
    assert given_out.bibs == {1: "1", 2: "3"}
    assert given_out.short == (3,)
    assert given_out.free == ()


def test_one_person_gets_one_number():
    people = [entry(1, "A", person=5), entry(2, "A", person=5)]
    assert share(people, "entry", "1-3").bibs == {1: "1", 2: "1"}


RANGES = st.sampled_from(["", "1-5", "4-9", "8-30", "1-3, 2-6", "A1-A4", "07-12", "20"])


@st.composite
def events(draw):
    """Contests with ranges that may meet, people in several of them, numbers worn and kept."""
    contests = draw(st.lists(RANGES, min_size=1, max_size=4))
    entries = [
        entry(number, f"N{number}", contest, person=draw(st.none() | st.integers(1, 6)))
        for number, contest in enumerate(
            draw(st.lists(st.sampled_from(range(len(contests))), max_size=30)), 1
        )
    ]
    holders = sorted({holder_of(each) for each in entries})
    numbers = st.sampled_from([str(n) for n in range(1, 32)] + ["A1", "A2", "07", "08"])
    bibs = draw(st.lists(numbers, unique=True, max_size=len(holders)))
    worn = dict(zip(draw(st.permutations(holders)), bibs, strict=False))
    waiting = [each for each in entries if holder_of(each) not in worn or draw(st.booleans())]
    fields = [
        Field(code, read_ranges(text), tuple(each for each in waiting if each.contest == code))
        for code, text in enumerate(contests)
    ]
    stock = Stock(worn, set(bibs), draw(st.sets(numbers, max_size=5)), draw(st.booleans()))
    return fields, stock


@given(events(), st.sampled_from(sorted(ORDERS)))
def test_no_number_is_on_two_people_and_nobodys_changes(event, order):
    fields, stock = event
    wearers = {bib: holder for holder, bib in stock.worn.items()}
    for field, found in zip(fields, give_out(fields, order, stock), strict=True):
        for each in field.waiting:
            bib = found.bibs.get(each.id, "")
            assert bib or each.id in found.short
            assert not bib or wearers.setdefault(bib, holder_of(each)) == holder_of(each)
            assert stock.worn.get(holder_of(each), bib) == bib
        assert found.bibs.keys().isdisjoint(found.short)


@given(events(), st.sampled_from(sorted(ORDERS)))
def test_a_fresh_number_is_one_of_the_contest_that_was_free(event, order):
    fields, stock = event
    shares = give_out(fields, order, stock)
    given_out = [bib for each in shares for bib in each.fresh.values()]
    assert len(set(given_out)) == len(given_out)
    for field, found in zip(fields, shares, strict=True):
        own = {bib for each in field.ranges for bib in each.numbers()}
        assert own >= {*found.fresh.values(), *found.free}
        assert not {*found.fresh.values()} & {*stock.taken, *stock.kept}
        assert not {*found.free} & {*stock.taken, *stock.kept, *given_out}


@given(events(), st.sampled_from(sorted(ORDERS)))
def test_nobody_stays_without_while_a_contest_of_theirs_has_a_free_number(event, order):
    fields, stock = event
    for found in give_out(fields, order, stock._replace(gaps=True)):
        assert not (found.short and found.free)


@given(events(), st.sampled_from(sorted(ORDERS)))
def test_where_gaps_stay_every_fresh_number_is_behind_all_worn_ones(event, order):
    fields, stock = event
    for field, found in zip(
        fields, give_out(fields, order, stock._replace(gaps=False)), strict=True
    ):
        for bib in found.fresh.values():
            assert any(
                bib in each and int(bib.removeprefix(each.letters)) >= each.behind(stock.taken)
                for each in field.ranges
            )


def test_a_person_of_two_contests_wears_the_number_of_the_first():
    ada = entry(1, "Ada", person=5), entry(2, "Ada", "five", person=5)
    bob = entry(3, "Bob", "five")
    mile, five = (
        Field("mile", read_ranges("1-9"), ada[:1]),
        Field("five", read_ranges("10-19"), (ada[1], bob)),
    )
    first, second = give_out([mile, five], "alphabet", FRESH)
    assert (first.fresh, first.same) == ({1: "1"}, {})
    assert (second.fresh, second.same) == ({3: "10"}, {2: "1"})


def test_who_finds_the_first_range_used_up_wears_the_number_of_the_other_contest():
    ada = entry(1, "Ada", person=5), entry(2, "Ada", "five", person=5)
    fields = [Field("mile", (), ada[:1]), Field("five", read_ranges("10-19"), ada[1:])]
    first, second = give_out(fields, "entry", FRESH)
    assert (first.same, first.short) == ({1: "10"}, ())
    assert second.fresh == {2: "10"}


def test_numbers_go_on_behind_the_highest_worn_one_and_the_gaps_stay():
    people = [entry(1, "A"), entry(2, "B")]
    stock = Stock({}, taken={"2", "5", "A9"}, kept={"6"}, gaps=False)
    found = share(people, "entry", "1-9", stock)
    assert found.fresh == {1: "7", 2: "8"}
    assert found.free == ("1", "3", "4", "9")


def test_ranges_of_one_contest_that_meet_give_each_number_once():
    people = [entry(number, f"N{number}") for number in range(1, 8)]
    found = share(people, "entry", "1-3, 2-4")
    assert list(found.fresh.values()) == ["1", "2", "3", "4"]
    assert found.short == (5, 6, 7)
    assert list(free_numbers(read_ranges("1-3, 2-4"), FRESH, {"3"})) == ["1", "2", "4"]
    assert overlaps({"Mile": read_ranges("1-3, 2-4")}) == []


def test_numbers_are_written_as_people_write_them():
    assert spans(["1", "2", "3", "7", "A9", "A10", "B1"]) == "1-3, 7, A9-A10, B1"
    assert spans(["099", "100", "8", "9", "10", "elite", "elite"]) == "099-100, 8-10, elite, elite"
    assert spans([]) == ""


LETTERED = st.tuples(st.sampled_from(["", "A", "BC"]), st.integers(0, 120), st.sampled_from([0, 3]))


@given(st.lists(LETTERED.map(lambda parts: f"{parts[0]}{parts[1]:0{parts[2]}d}"), max_size=30))
def test_what_is_written_is_read_as_the_same_numbers(bibs):
    assert numbers(spans(bibs)) == bibs


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
    assert list(share(people, "alphabet", "1-9").bibs) == [3, 2, 1]


def test_a_seed_of_nothing_goes_before_every_other():
    people = [entry(1, "A", seed=Duration(1)), entry(2, "B", seed=Duration(0)), entry(3, "C")]
    assert list(share(people, "seed", "1-9").bibs) == [2, 1, 3]


def test_a_person_with_the_number_of_an_entry_is_not_that_entry():
    people = [entry(5, "A"), entry(6, "B", person=5)]
    assert share(people, "entry", "1-3").bibs == {5: "1", 6: "2"}
