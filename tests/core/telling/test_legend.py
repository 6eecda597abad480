"""A legend explains exactly the codes of a list, and names the body of every record."""

from __future__ import annotations

from pathlib import Path

import pytest

from timing.core.rulebook.codes import decode_codes
from timing.core.telling.legend import legend_of

FILE = Path(__file__).parents[3] / "config" / "rules" / "codes.toml"
CODES = decode_codes(FILE.read_text(encoding="utf-8"))


def told(*notes: str, language: str = "en", **own: str) -> dict[str, str]:
    return dict(legend_of(notes, CODES, language, own))


def test_a_list_without_codes_has_no_legend():
    assert told() == {}


def test_codes_stand_in_the_order_of_the_vocabulary_whatever_came_first():
    assert list(told("REC?", "PB", "Q", "+10 (R 7)", "=", "DQ")) == [
        "=", "+", "DQ", "Q", "PB", "REC?",
    ]  # fmt: skip


def test_a_code_stands_once_and_a_penalty_by_its_sign():
    assert told("+10", "+20 (R 7)", "DNF", "DNF") == {
        "DNF": "did not finish", "+": "time penalty, contained in the time",
    }  # fmt: skip


def test_what_is_equalled_is_explained_as_equalled():
    assert told("=PB", "PB", "=REC?") == {
        "=PB": "personal best equalled", "PB": "personal best",
        "=REC?": "record possibly equalled, not ratified",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("note", "shown", "meaning"),
    [
        ("WR (Guinness)", "WR", "world record (Guinness)"),
        ("=NR (DLV)", "=NR", "national record equalled (DLV)"),
        ("WR M40 (WMA)", "WR M40", "world record (WMA)"),
        ("KR (Club (old))", "KR", "record of the county (Club (old))"),
    ],
)
def test_a_record_is_explained_with_the_body_that_lists_it(note, shown, meaning):
    assert told(note, KR="record of the county") == {shown: meaning}


def test_one_code_of_several_bodies_names_them_all():
    found = told("WR (Guinness)", "WR (RecordSetter)", "WR (Guinness)")
    assert found == {"WR": "world record (Guinness, RecordSetter)"}


def test_the_language_of_the_reader_is_spoken_and_english_where_it_is_unknown():
    assert told("=SB", "DNS", language="de") == {
        "=SB": "Saisonbestleistung eingestellt", "DNS": "nicht am Start",
    }  # fmt: skip
    assert told("DNS", language="tlh") == {"DNS": "did not start"}


def test_what_nobody_knows_is_left_out():
    assert told("turn", "ZR (nobody)", "") == {}


def test_codes_of_a_book_come_behind_those_of_the_house():
    assert list(told("KR (Club)", "CR (IRR)", KR="record of the county")) == ["CR", "KR"]


def test_a_body_that_is_only_described_is_told_in_words():
    words = {"press": "Presse"}
    told = legend_of(
        ["WB (press)", "WB (Guinness)"], CODES, "de", {}, lambda name: words.get(name, name)
    )
    assert [meaning.rpartition(" (")[2] for _, meaning in told] == ["Presse, Guinness)"]


def test_the_rule_behind_a_status_is_told_after_the_status():
    words = {"TR16.8": "false start", "IRR 2": "the back goes first"}
    notes = ["DQ (TR16.8)", "DNF", "DQ (IRR 2)", "DQ (cut the course)", "DQ", "SB"]
    told = legend_of(notes, CODES, "en", {}, ruled=lambda rule: words.get(rule, ""))
    assert told == [
        ("DNF", "did not finish"), ("DQ", "disqualified"), ("IRR 2", "the back goes first"),
        ("TR16.8", "false start"), ("SB", "season best"),
    ]  # fmt: skip
