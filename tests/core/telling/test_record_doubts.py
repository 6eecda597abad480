"""Every new time is held against the records that stood on the day."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from tests.core.story import contest, course, event, story
from timing.core.rulebook.record_conditions import RecordConditions
from timing.core.rulebook.records import Record, RecordBook
from timing.core.rulebook.rules import Basis
from timing.core.setup.event import Conditions
from timing.core.setup.roster import Sex
from timing.core.telling.record_doubts import CODES, attacks, doubt_about, record_doubts

DASH = contest(course=course("start 0 | finish 100"))
OPEN = RecordConditions(body="IRR", source="x")
WIND = replace(OPEN, wind_up_to=200_000, wind_limit=Decimal("2.0"))


def record(mark: str, sex: str = "", body: str = "IRR", **more: str) -> Record:
    return Record(
        discipline="race", distance=100_000, sex=sex, mark=mark, holders=("A. Holder",), body=body,
        status="listed", source="x", **more,
    )  # fmt: skip


def book(*records: Record) -> RecordBook:
    return RecordBook(margin=10, record=records)


def told(words: str, records: RecordBook, rules: RecordConditions = OPEN, wind: str = "", **rest):
    found = doubts(words, [records], rules, wind, **rest)
    return [(each.code, each.params["bib"], each.params["mark"]) for each in found]


def doubts(words: str, books, rules: RecordConditions = OPEN, wind: str = "", **rest):
    of = event([replace(DASH, **rest)])
    race = story(words, of=of)
    weather = Conditions(wind={"race/final/1": wind} if wind else {})
    return list(
        record_doubts(race.standings(), replace(of, conditions=weather), books, {rules.body: rules})
    )


@pytest.mark.parametrize(
    ("time", "code"),
    [
        ("0:13.9", "possible_record"),
        ("0:14.0", "record_equalled"),
        ("0:12.6", "possible_record"),
        ("0:12.5", "implausible_record"),
    ],
)
def test_a_time_is_told_for_what_it_is_against_the_record(time, code):
    assert told(f"gun 0:00 | 101 finish {time}", book(record("14.0"))) == [(code, "101", "14")]


def test_a_slower_time_is_nothing():
    assert told("gun 0:00 | 101 finish 0:14.1", book(record("14.0"))) == []


def test_not_only_the_winner_is_looked_at():
    found = told("gun 0:00 | 101 finish 0:13.5 | 102 finish 0:13.8", book(record("14.0")))
    assert [bib for _, bib, _ in found] == ["101", "102"]


def test_every_body_is_named_and_other_sexes_are_others():
    records = book(record("14.0"), record("15.0", body="Guinness"), record("16.0", sex="W"))
    found = told("gun 0:00 | 101 finish 0:13.9", records)
    assert [mark for *_, mark in found] == ["14", "15"]


@pytest.mark.parametrize(
    ("wind", "code"),
    [
        ("+2.0", "possible_record"),
        ("2,1", "record_without_conditions"),
        ("", "possible_record"),
        ("NWI", "possible_record"),
    ],
)
def test_with_too_much_wind_it_cannot_be_a_record(wind, code):
    found = told("gun 0:00 | 101 finish 0:13.9", book(record("14.0")), WIND, wind)
    assert [each for each, *_ in found] == [code]


def test_what_is_not_believed_is_told_whatever_the_wind():
    found = told("gun 0:00 | 101 finish 0:10", book(record("14.0")), WIND, "+3.0")
    assert [code for code, *_ in found] == ["implausible_record"]


def test_hand_times_and_small_fields_are_what_the_body_says():
    asks = replace(OPEN, fat_up_to=800_000, competitors=3)
    for timing, code in (("hand", "record_without_conditions"), ("fat", "possible_record")):
        found = told(
            "gun 0:00 | 101 finish 0:13.9 | 102 finish 0:20 | 103 finish 0:21",
            book(record("14.0")), asks, timing=timing,
        )  # fmt: skip
        assert found[0][0] == code
    few = told("gun 0:00 | 101 finish 0:13.9", book(record("14.0")), asks, timing="fat")
    assert few[0][0] == "record_without_conditions"


def test_the_penalty_is_part_of_the_time_and_who_is_disqualified_has_none():
    words = "gun 0:00 | 101 finish 0:13.9 | penalty 101 0:01"
    assert told(words, book(record("14.0"))) == []
    assert told("gun 0:00 | 101 finish 0:13.9 | dq 101 TR16", book(record("14.0"))) == []


def test_laps_are_no_time():
    laps = replace(DASH, rules=replace(DASH.rules, basis=Basis.LAPS))
    race = story("gun 0:00 | 101 finish 0:13.9", of=event([laps]))
    assert list(record_doubts(race.standings(), event([laps]), [book(record("14.0"))], {})) == []


def test_a_record_of_a_class_is_for_that_class():
    race = story("gun 0:00 | 101 finish 0:13.9")
    standings = race.standings()
    [row, *_] = standings.rows
    entry = replace(row.entry, sex=Sex.WOMEN)
    listed = standings._replace(rows=(row._replace(entry=entry, category="W40"),))
    records = book(record("14.0", "W", category="W40"), record("13.0", "W"))
    [found] = record_doubts(listed, race.state.event, [records], {})
    assert found.code == "possible_record"
    assert found.sentence.endswith("A. Holder (IRR): a possible record.")
    assert found.code in CODES


def test_who_has_a_class_runs_for_the_records_of_everybody_too():
    race = story("gun 0:00 | 101 finish 0:13.9")
    [row] = race.standings().rows
    listed = race.standings()._replace(rows=(row._replace(category="W40"),))
    records = book(record("14.1", category="W40"), record("14.0"))
    found = record_doubts(listed, race.state.event, [records], {})
    assert [each.params["category"] for each in found] == ["", "W40"]


@pytest.mark.parametrize(
    ("time", "rules", "sentence"),
    [
        ("0:13.9", OPEN, "beats the record 14 of {} (IRR): a possible record."),
        ("0:14", OPEN, "equals the record 14 of {} (IRR)."),
        (
            "0:10",
            OPEN,
            "beats the record 14 of {} (IRR) by 28.6 per cent; more than 10 is not believed.",
        ),
        (
            "0:13.9",
            replace(WIND, competitors=3),
            "is not slower than the record 14 (IRR), which needs: competitors, legal wind.",
        ),
    ],
)
def test_a_record_is_spoken_of_in_whole_sentences(time, rules, sentence):
    two = replace(record("14.0"), holders=("A. Holder", "B. Second"))
    [found] = doubts(f"gun 0:00 | 101 finish {time}", [book(two)], rules, "+3.0")
    assert found.sentence == f"Bib 101 {sentence.format('A. Holder, B. Second')}"


def test_a_place_without_a_time_is_no_record():
    race = story("gun 0:00 | 101 finish 0:13.9")
    standings = race.standings()
    [row] = standings.rows
    untimed = standings._replace(rows=(row._replace(result=row.result._replace(gun=None)),))
    assert list(record_doubts(untimed, race.state.event, [book(record("14.0"))], {})) == []


NATIONAL = RecordBook(
    margin=30, code="NR", nations=("GER",), record=(record("16.0", body="DLV"),), name="Germany"
)
WORLD = RecordBook(margin=10, code="WR", record=(record("14.0"),), name="World")


def codes(found) -> list[tuple[str, str, str]]:
    return [(each.code, each.params["record"], each.params["body"]) for each in found]


def test_several_books_apply_and_each_says_what_its_record_is_called():
    found = doubts("gun 0:00 | 101 finish 0:13.9", [WORLD, replace(NATIONAL, nations=())])
    assert codes(found) == [("possible_record", "WR", "IRR"), ("possible_record", "NR", "DLV")]
    assert len({each.key for each in found}) == 2


def test_a_national_record_is_for_those_of_the_nation():
    race = story("gun 0:00 | 101 finish 0:15")
    [row] = race.standings().rows
    for nation, delegation, expected in (
        ("GER", "", ["NR"]), ("", "GER", ["NR"]), ("AUT", "GER", []), ("", "", []),
    ):  # fmt: skip
        entry = replace(row.entry, nation=nation, delegation=delegation)
        listed = race.standings()._replace(rows=(row._replace(entry=entry),))
        found = record_doubts(listed, race.state.event, [NATIONAL], {})
        assert [each.params["record"] for each in found] == expected


def test_what_an_official_marked_as_the_record_is_no_doubt_any_more():
    words = "gun 0:00 | 101 finish 0:13.9 | record 101 {}"
    both = [WORLD, replace(NATIONAL, nations=())]
    left = codes(doubts(words.format("WR IRR"), both))
    assert left == [("possible_record", "NR", "DLV")]
    assert codes(doubts(words.format("=NR DLV"), both)) == [("possible_record", "WR", "IRR")]
    assert len(doubts(words.format("WR Guinness"), both)) == 2
    assert len(doubts(words.format("CR IRR"), both)) == 2
    assert len(doubts(words.format("WR IRR M40"), both)) == 2


def test_an_equalled_record_is_offered_as_one():
    [equal] = doubts("gun 0:00 | 101 finish 0:14", [WORLD])
    [better] = doubts("gun 0:00 | 101 finish 0:13.9", [WORLD])
    assert (equal.params["equalled"], better.params["equalled"]) == ("=", "")
    where = [equal.params[name] for name in ("contest", "round", "category")]
    assert where == ["race", "final", ""]


def test_the_best_record_of_all_nations_bounds_who_is_looked_at():
    """A first runner of another nation must not hide a record of the next one."""
    race = story("gun 0:00 | 101 finish 0:15 | 102 finish 0:15.5")
    first, second = race.standings().rows
    rows = (
        first._replace(entry=replace(first.entry, nation="AUT")),
        second._replace(entry=replace(second.entry, nation="GER")),
    )
    found = record_doubts(race.standings()._replace(rows=rows), race.state.event, [NATIONAL], {})
    assert [each.params["bib"] for each in found] == [second.bib]


def test_a_book_of_other_disciplines_says_nothing():
    other = RecordBook(margin=10, record=(replace(record("14.0"), discipline="mile"),))
    assert doubts("gun 0:00 | 101 finish 0:13.9", [other]) == []
    assert doubts("gun 0:00 | 101 finish 0:13.9", []) == []


def test_the_doubt_about_a_time_is_known_by_its_key():
    race = story("gun 0:00 | 101 finish 0:13.9")
    [found] = record_doubts(race.standings(), race.state.event, [WORLD], {})
    [(row, _, [judged])] = attacks(race.standings(), race.state.event, [WORLD])
    assert doubt_about(judged, row, "final") == found.key == "possible_record:101:final:IRR::WR"
