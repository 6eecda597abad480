"""Record books that an organiser makes: a table or a file, chosen by contests, used everywhere."""

import pytest
from msgspec.structs import replace

from tests.core.story import contest, course, event
from tests.services.days import SLUG, run_day
from timing.core.refusal import Refusal
from timing.core.setup.roster import Entry, Sex
from timing.files.rulebook import book_at, books_of, known_records, record_book
from timing.services.office import own_schemes, setting_up
from timing.services.office.contest_words import words_of
from timing.services.office.own_schemes import RECORDS, table_of, text_of_table
from timing.services.public import recordbook
from timing.services.public.circumstances import circumstances_of
from timing.services.raceday.repair import queue

MILE = replace(
    contest(course=course("start 0 | finish 1609.344")), discipline="club-mile",
)  # fmt: skip
ADA = Entry(
    id=101, bib="101", contest="race", name="Ada", sex=Sex.WOMEN, nation="GER", category="W40"
)
DAY = "gun 0:00 | 101 finish 6:00"
HEAD = {"title": "Club records", "body": "Our club", "code": "MR", "margin": "20"}
ROW = {
    "discipline": "club-mile", "sex": "W", "mark": "6:10", "holders": "Bea / Cyd",
    "nation": "GER", "date": "2019-06", "place": "Home", "status": "listed",
}  # fmt: skip


def table(*rows, **head):
    fields = {**HEAD, **head}
    for number, row in enumerate(rows):
        fields |= {f"row-{number}-{name}": value for name, value in {**ROW, **row}.items()}
    return fields


def keep(house, fields, name="ours"):
    text = text_of_table(fields, RECORDS)
    change = own_schemes.scheme_change(house, SLUG, RECORDS, name, text)
    setting_up.save(house, SLUG, change, reason="our book", by="Ada")


def use(house, *names):
    found = setting_up.loaded(house, SLUG)
    words = words_of(found, found.contests[0])
    words = {key: word for key, word in words.items() if not key.startswith("records-")}
    words |= {f"records-{name}": "yes" for name in ("asked", *names)}
    change = setting_up.contest_change(house, SLUG, "race", words)
    setting_up.save(house, SLUG, change, reason="as agreed", by="Ada")
    return setting_up.loaded(house, SLUG)


@pytest.fixture
def day(house):
    run_day(house, DAY, entered=[ADA], of=event([MILE]))
    return house


def told(house):
    found = recordbook.records_of(house, house.live.snapshot(SLUG, fresh=True))
    return [(each.record.code, each.record.body) for one in found.attacks
            for each in one.judgements]  # fmt: skip


def test_a_table_becomes_a_book_that_a_contest_uses_beside_that_of_the_house(day):
    keep(day, table({}))
    assert told(day) == []
    found = use(day, "backward", "ours")
    assert found.contests[0].rules.records == ("ours", "backward")
    assert told(day) == [("MR", "Our club")]
    [case] = [each for each in queue(day, SLUG).cases if each.anomaly.code == "possible_record"]
    assert case.anomaly.params["holder"] == "Bea, Cyd"
    standings = day.live.snapshot(SLUG).standings["race", "final"]
    around = circumstances_of(found, standings, "en")
    assert [(fact.label, fact.value) for fact in around.records] == [
        ("MR Women (Our club)", "6:10 Bea / Cyd GER 2019"),
    ]  # fmt: skip


def test_a_contest_may_be_held_against_no_book(day):
    keep(day, table({}))
    assert use(day).contests[0].rules.records == ()
    assert use(day, "ours").contests[0].rules.records == ("ours",)


def test_a_form_that_does_not_ask_for_books_keeps_them(day):
    found = setting_up.loaded(day, SLUG)
    words = words_of(found, found.contests[0])
    del words["records-asked"]
    change = setting_up.contest_change(day, SLUG, "race", words)
    assert change.event.contests[0].rules.records == ("backward",)


def test_several_books_apply_and_a_class_has_its_own_record(day):
    keep(day, table({}))
    keep(day, table({"mark": "6:30", "category": "W40"}, code="NR", nations="ger, aut"), "nation")
    use(day, "ours", "nation")
    assert sorted(told(day)) == [("MR", "Our club"), ("NR", "Our club")]
    assert books_of(setting_up.loaded(day, SLUG), MILE) == (record_book("backward"),)


def test_it_comes_back_as_the_same_table(day):
    keep(day, table({}, {"sex": "M", "mark": "5:00", "surface": "road"}, nations="GER AUT"))
    found = table_of(setting_up.loaded(day, SLUG), RECORDS, "ours")
    assert found.plain
    assert found.title == "Club records"
    assert found.head == {
        "body": "Our club", "code": "MR", "meaning": "", "nations": "GER, AUT", "margin": "20",
        "source": "the organiser",
    }  # fmt: skip
    assert [(row["mark"], row["surface"], row["holders"]) for row in found.rows] == [
        ("6:10", "", "Bea / Cyd"), ("5:00", "road", "Bea / Cyd"),
    ]  # fmt: skip


def test_a_code_of_ones_own_brings_its_meaning(day):
    keep(day, table({}, code="VR", meaning="record of the village"))
    found = use(day, "ours")
    assert known_records(found)["VR"] == "record of the village"
    assert known_records(found)["NR"] == ""
    standings = day.live.snapshot(SLUG).standings["race", "final"]
    assert circumstances_of(found, standings, "de").codes == {"VR": "record of the village"}


@pytest.mark.parametrize(
    ("rows", "head", "sentence"),
    [
        ([{"mark": "fast"}], {}, "row 1 of record .club-mile.: 'fast' is not a time"),
        ([{}, {"date": "June"}], {}, "row 2 of record .club-mile.: date 'June'"),
        ([{}, {"sex": "Q"}], {}, "row 2 .club-mile.: 'Q' is no sex"),
        ([{"holders": " / "}], {}, "row 1 of record .club-mile.: no holder"),
        ([{}], {"code": "VR"}, "row 1 of record .club-mile.: code 'VR' has no meaning"),
        ([{}], {"body": ""}, "does not say who lists its records"),
        ([{}], {"margin": "many"}, "margin is 'many'"),
        ([], {}, "no row"),
    ],
)
def test_a_wrong_cell_is_told_with_its_row_and_nothing_is_kept(day, rows, head, sentence):
    with pytest.raises(Refusal, match=sentence):
        keep(day, table(*rows, **head))
    assert setting_up.loaded(day, SLUG).schemes == {}


def test_a_book_in_use_stays_and_an_unused_one_goes(day):
    keep(day, table({}))
    use(day, "ours")
    with pytest.raises(Refusal, match="uses this scheme"):
        own_schemes.without_scheme(day, SLUG, RECORDS, "ours")
    use(day, "backward")
    change = own_schemes.without_scheme(day, SLUG, RECORDS, "ours")
    setting_up.save(day, SLUG, change, reason="gone", by="Ada")
    assert book_at(setting_up.loaded(day, SLUG), "ours") is None


def test_what_a_table_cannot_show_is_changed_as_text(day):
    text = text_of_table(table({}), RECORDS).replace("[[record]]", '[[record]]\nnote = "windy"')
    change = own_schemes.scheme_change(day, SLUG, RECORDS, "ours", text)
    setting_up.save(day, SLUG, change, reason="our book", by="Ada")
    found = setting_up.loaded(day, SLUG)
    assert not table_of(found, RECORDS, "ours").plain
    assert not table_of(found, RECORDS, "backward").plain
    assert table_of(found, RECORDS, "nobody") is None
    empty = 'margin = 10\ncode = "NR"\nrecord = []\n'
    change = own_schemes.scheme_change(day, SLUG, RECORDS, "none", empty)
    assert table_of(change.event, RECORDS, "none").head["body"] == ""
