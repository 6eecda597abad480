"""Schemes of categories and prizes that an organiser makes: a table or a file, without a hole."""

import pytest

from tests.services.days import SLUG, run_day
from timing.core.refusal import Refusal
from timing.core.setup.roster import Entry, Sex
from timing.files.rulebook import prizes_at, scheme_at, scheme_names
from timing.services.office import own_schemes, setting_up
from timing.services.office.contest_words import words_of
from timing.services.office.own_schemes import table_of, text_of_table
from timing.services.public.honours import honours

PEOPLE = [
    Entry(id=101, bib="101", contest="race", name="Ada", sex=Sex.WOMEN, born="2010"),
    Entry(id=102, bib="102", contest="race", name="Bea", sex=Sex.WOMEN, born="1980"),
]
DAY = "gun 0:00 | 101 finish 6:00 | 102 finish 6:30"


def table(*rows, title="Our classes", **more):
    """A form of a scheme: rows of ``code|sex|from|to``."""
    fields = {"title": title, **more}
    for number, row in enumerate(rows):
        values = dict(zip(("code", "sex", "from", "to", "number"), row.split("|"), strict=False))
        fields |= {f"row-{number}-{column}": value for column, value in values.items()}
    return fields


TWO = table("Kids||0|17", "Grown||18|", counted="year")


def keep(house, kind, name, fields, reason=""):
    text = text_of_table(fields, kind)
    change = own_schemes.scheme_change(house, SLUG, kind, name, text)
    setting_up.save(house, SLUG, change, reason=reason, by="Ada")
    return change


def use(house, **chosen):
    event = setting_up.loaded(house, SLUG)
    words = words_of(event, event.contests[0]) | chosen
    change = setting_up.contest_change(house, SLUG, "race", words)
    setting_up.save(house, SLUG, change, reason="as printed", by="Ada")
    return change


def test_a_table_becomes_a_scheme_that_a_contest_uses_and_everybody_is_in(house):
    run_day(house, DAY, entered=PEOPLE)
    keep(house, "categories", "ours", TWO, reason="our own")
    change = use(house, categories="ours")
    rows = house.live.snapshot(SLUG, fresh=True).standings["race", "final"].rows
    assert [(row.bib, row.category, row.category_place) for row in rows] == [
        ("101", "Kids", 1), ("102", "Grown", 1),
    ]  # fmt: skip
    told = {move.bib: (move.before.category, move.after.category) for move in change.preview.moves}
    assert told == {"101": ("", "1 Kids"), "102": ("", "1 Grown")}
    assert change.preview.places == 2


def test_it_comes_back_as_the_same_table(house):
    run_day(house, DAY, entered=PEOPLE)
    keep(house, "categories", "ours", TWO, reason="our own")
    event = setting_up.loaded(house, SLUG)
    found = table_of(event, "categories", "ours")
    assert (found.title, found.counted, found.plain) == ("Our classes", "year", True)
    assert [(row["code"], row["from"], row["to"]) for row in found.rows] == [
        ("Kids", "0", "17"), ("Grown", "18", ""),
    ]  # fmt: skip
    assert scheme_names(event, "categories")[0] == "ours"
    assert scheme_at(event, "ours").name == "Our classes"


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (("A||0|17", "B||17|"), "A"),
        (("A||0|17", "B||20|"), "18"),
        (("A||30|20",), "rising"),
        (("A||x|20",), "row 1 .A.: from is 'x'"),
        (("A|Z|0|20",), "'Z' is no sex"),
        ((), "no row"),
    ],
)
def test_a_gap_an_overlap_and_a_wrong_cell_are_told_and_nothing_is_kept(house, rows, sentence):
    run_day(house, DAY, entered=PEOPLE)
    with pytest.raises(Refusal, match=sentence):
        keep(house, "categories", "ours", table(*rows), reason="our own")
    assert setting_up.loaded(house, SLUG).schemes == {}


@pytest.mark.parametrize(
    ("name", "sentence"), [("wma", "the house has a scheme"), ("Ours!", "no name"), ("", "no name")]
)
def test_a_name_is_short_and_none_of_the_house(house, name, sentence):
    run_day(house, DAY, entered=PEOPLE)
    with pytest.raises(Refusal, match=sentence):
        keep(house, "categories", name, TWO)


def test_own_prizes_are_given(house):
    run_day(house, DAY, entered=PEOPLE)
    keep(house, "categories", "ours", TWO, reason="our own")
    prizes = table("first||||1", "old||18||1", title="Cups")
    keep(house, "prizes", "cups", prizes, reason="given by the mayor")
    use(house, categories="ours", prizes="cups")
    found = honours(house, SLUG, "race")
    assert found.scheme == "Cups"
    winners = {group.name: [each.line.bib for each in group.winners] for group in found.groups}
    assert winners == {"first": ["101"], "old": ["102"]}
    assert table_of(setting_up.loaded(house, SLUG), "prizes", "cups").rows[1]["from"] == "18"


def test_a_scheme_in_use_stays_and_an_unused_one_goes(house):
    run_day(house, "101 start 0:01", entered=PEOPLE)
    keep(house, "categories", "ours", TWO)
    use(house, categories="ours")
    with pytest.raises(Refusal, match="uses this scheme"):
        own_schemes.without_scheme(house, SLUG, "categories", "ours")
    use(house, categories="")
    change = own_schemes.without_scheme(house, SLUG, "categories", "ours")
    setting_up.save(house, SLUG, change, reason="", by="Ada")
    assert setting_up.loaded(house, SLUG).schemes == {}


def test_schemes_of_the_house_are_shown_as_tables_or_as_texts(house):
    run_day(house, "101 start 0:01", entered=PEOPLE)
    event = setting_up.loaded(house, SLUG)
    shown = {}
    for kind in own_schemes.KINDS:
        for name in scheme_names(event, kind):
            found = table_of(event, kind, name)
            shown[found.plain] = shown.get(found.plain, 0) + 1
            assert bool(found.rows) == found.plain
            assert own_schemes.text_of(event, kind, name)
    assert set(shown) == {True, False}
    assert table_of(event, "categories", "nobody") is None
    assert prizes_at(event, "nobody") is None


def test_a_copy_of_last_year_brings_its_schemes(house):
    run_day(house, "101 start 0:01", entered=PEOPLE)
    keep(house, "categories", "ours", TWO)
    fields = {"name": "Next", "slug": "next", "date": "2027-05-29", "timezone": "Europe/Berlin"}
    slug, _ = setting_up.create(house, fields, copy_of=SLUG)
    assert "categories/ours" in setting_up.loaded(house, slug).schemes
