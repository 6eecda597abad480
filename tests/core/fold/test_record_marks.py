"""An official marks a result as a record: it stands beside the time and changes no place."""

from __future__ import annotations

import pytest

from tests.core.story import story
from timing.core.fold.results import Mark
from timing.core.journal.rulings import SetRecord, decode_act, encode_act
from timing.core.telling.listing import brief, lines_of

DASH = "gun 0:00 | 101 finish 0:13.9 | 102 finish 0:14.2"


def notes(told):
    return {line.bib: line.notes for line in lines_of(told.standings())}


def test_a_record_is_a_mark_beside_the_time():
    told = story(f"{DASH} | record 101 WR Guinness")
    [mark] = told.result("101").marks
    assert mark == Mark("record", "WR", rule="Guinness", reason=mark.reason)
    assert mark.reason
    assert told.sheet() == story(DASH).sheet()
    assert notes(told) == {"101": ("WR (Guinness)",), "102": ()}


@pytest.mark.parametrize(
    ("ruled", "note", "short"),
    [
        ("NR DLV", "NR (DLV)", "NR"),
        ("=CR IRR", "=CR (IRR)", "=CR"),
        ("WR IRR M40", "WR M40 (IRR)", "WR M40"),
    ],
)
def test_a_record_never_stands_without_its_body_unless_the_legend_names_it(ruled, note, short):
    assert notes(story(f"{DASH} | record 101 {ruled}"))["101"] == (note,)
    assert brief(note) == short


def test_other_notes_are_brief_already():
    assert [brief(note) for note in ("+10 (R 7)", "qR", "=PB")] == ["+10 (R 7)", "qR", "=PB"]


def test_one_result_may_be_several_records_and_each_stands_once():
    told = story(f"{DASH} | record 101 NR DLV | record 101 CR IRR | record 101 NR DLV")
    assert notes(told)["101"] == ("NR (DLV)", "CR (IRR)")


def test_taking_the_ruling_back_takes_the_record_back():
    told = story(f"{DASH} | it: record 101 WR Guinness | withdraw it")
    assert notes(told)["101"] == ()


def test_who_is_disqualified_has_no_record():
    told = story(f"{DASH} | record 101 WR Guinness | caution 101 turn | dq 101 TR16.8")
    assert notes(told)["101"] == ("turn",)


def test_the_journal_keeps_what_was_marked():
    made = SetRecord(entry=101, round="final", code="WR", body="Guinness", equalled=True)
    kind, data = encode_act(made)
    assert kind == "set_record"
    assert decode_act(kind, data) == made
    short = {"entry": 101, "round": "final", "code": "WR", "body": "Guinness"}
    assert decode_act(kind, short) == SetRecord(
        entry=101, round="final", code="WR", body="Guinness"
    )
