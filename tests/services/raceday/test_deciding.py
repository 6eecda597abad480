"""Forms of officials become rulings."""

from __future__ import annotations

import pytest

from tests.core.story import contest, moment
from tests.services.days import SLUG, places, run_day
from timing.core.clock import SECOND
from timing.core.journal import rulings as act
from timing.core.refusal import Refusal
from timing.core.rulebook.rules import Ties
from timing.services.house import House, UnknownEventError
from timing.services.raceday.deciding import DECISIONS, acts_of
from timing.services.rulings import rule

RACE = "gun 0:00 | 101 finish 6:45 | 102 finish 6:46 | 103 finish 6:50 | note finish:1 seen"


def decide(house: House, kind: str, **fields: str) -> list[act.Act]:
    acts = acts_of(house, SLUG, {"kind": kind, **fields})
    rule(house, SLUG, acts, reason="as seen", author="Ref")
    return acts


@pytest.mark.parametrize(
    ("kind", "fields", "after"),
    [
        ("void", {"line": "finish:1"}, "1 102 | 2 103 | READY 101"),
        ("attribute", {"line": "finish:1", "bib": "103"}, "1 103 | 2 102 | READY 101"),
        ("retime", {"line": "finish:1", "time": "8:06:48"}, "1 102 | 2 101 | 3 103"),
        ("retime", {"line": "finish:1", "bib": "101", "after": "7:00"}, "1 102 | 2 103 | 3 101"),
        ("swap", {"bib": "101", "other": "103"}, "1 103 | 2 102 | 3 101"),
        ("swap", {"bib": "101", "other": "103", "point": "finish"}, "1 103 | 2 102 | 3 101"),
        ("set_time", {"bib": "101", "time": "6:48"}, "1 102 | 2 101 | 3 103"),
        ("status", {"bib": "101", "status": "DQ", "rule": "TR16.8"}, "1 102 | 2 103 | DQ 101"),
        ("status", {"bib": "101", "status": "DNF"}, "1 102 | 2 103 | DNF 101"),
        ("penalty", {"bib": "101", "time": "3"}, "1 102 | 2 101 | 3 103"),
        ("caution", {"bib": "101", "code": "ran-forward", "post": "3"}, "1 101 | 2 102 | 3 103"),
        ("record", {"bib": "101", "code": "NR", "body": "DLV"}, "1 101 | 2 102 | 3 103"),
        ("close", {"contest": "race", "round": "final"}, "1 101 | 2 102 | 3 103"),
        ("clear", {"anomaly": "podium_tie:race:final:1"}, "1 101 | 2 102 | 3 103"),
        ("note", {"line": "finish:1", "text": "clearly"}, "1 101 | 2 102 | 3 103"),
        ("set_clock", {"station": "finish", "time": "-1"}, "1 101 | 2 102 | 3 103"),
        ("bind_bib", {"bib": "101", "other": "777"}, "1 102 | 2 103 | READY 777"),
    ],
)  # fmt: skip
def test_a_form_becomes_a_ruling(house: House, kind: str, fields: dict[str, str], after: str):
    run_day(house, RACE)
    decide(house, kind, **fields)
    assert places(house) == after


def test_readings_of_one_bib_move_to_another_from_a_time_on(house: House):
    run_day(house, "gun 0:00 | 101 start 0:02 | 101 finish 6:45 | 102 start 0:03")
    acts = decide(house, "move_reads", bib="101", other="102", after="1:00")
    assert acts == [act.Attribute(line=("finish", 1), bib="102")]
    assert places(house).startswith("1 102")
    with pytest.raises(Refusal, match="no such readings"):
        acts_of(house, SLUG, {"kind": "move_reads", "bib": "102", "other": "101", "point": "x"})


def test_a_photo_finish_separates_equal_times(house: House):
    run_day(house, "gun 0:00 | 101 finish 6:45 | 102 finish 6:45")
    decide(house, "photo_finish", bibs="102 101")
    assert places(house) == "1 102 | 2 101"


def test_a_dead_heat_shares_the_place(house: House):
    race = contest(ties=Ties.RECORDED)
    run_day(house, "gun 0:00 | 101 finish 6:45 | 102 finish 6:45", of=race)
    assert places(house) == "1 101 | 2 102"
    decide(house, "dead_heat", bibs="101, 102")
    assert places(house) == "1 101 | 1 102"


def test_two_streams_are_paired_and_shifted(house: House):
    run_day(house, "gun 0:00 | - finish 6:45 | 101 finish - | 102 finish -")
    [pair] = decide(house, "pair", time="finish:1", bib="finish:3")
    assert pair == act.Pair(time=("finish", 1), bib=("finish", 3))
    [blank] = decide(house, "blank", line="finish:2")
    assert blank == act.Blank(line=("finish", 2))


def test_a_start_moves_into_another_wave(house: House):
    run_day(house, RACE)
    [move] = decide(house, "move_start", bib="101", wave="race", heat="2", lane="4")
    assert (move.heat, move.lane, move.round) == (2, 4, "final")


def test_a_bib_means_the_round_that_has_begun_unless_one_is_named(house: House):
    told = contest(rounds="heats final")
    run_day(house, "gun 0:00 | 101 finish 6:45", of=told)
    [dq] = acts_of(house, SLUG, {"kind": "status", "bib": "101", "status": "DNS"})
    assert dq.round == "final"
    with pytest.raises(Refusal, match="starts nowhere"):
        acts_of(house, SLUG, {"kind": "status", "bib": "101", "status": "DNS", "round": "heats"})


def test_a_ruling_is_withdrawn_by_its_line(house: House):
    run_day(house, RACE + " | dq 101 TR16.8")
    decide(house, "withdraw", line="office:3")
    assert places(house) == "1 101 | 2 102 | 3 103"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"kind": "dance"}, "is no decision"),
        ({"kind": "void", "line": "finish:99"}, "there is no line 'finish:99'"),
        ({"kind": "void", "line": "finish"}, "there is no line"),
        ({"kind": "void"}, "line is empty"),
        ({"kind": "attribute", "line": "finish:1", "bib": "999"}, "belongs to nobody"),
        ({"kind": "retime", "line": "finish:1", "time": "late"}, "no time of day"),
        ({"kind": "set_time", "bib": "101", "time": "fast"}, "is not a time"),
        ({"kind": "set_time", "bib": "999", "time": "6:00"}, "starts nowhere"),
        ({"kind": "status", "bib": "101", "status": "DQ"}, "needs the number of the rule"),
        ({"kind": "status", "bib": "101", "status": "TIRED"}, "is no status"),
        ({"kind": "dead_heat", "bibs": "101"}, "two bibs or more"),
        ({"kind": "move_start", "bib": "101", "wave": "x"}, "no wave 'x'"),
        ({"kind": "move_start", "bib": "101", "wave": "race", "lane": "a"}, "are numbers"),
        ({"kind": "repoint", "line": "finish:1", "point": "x"}, "no timing point 'x'"),
        ({"kind": "close", "contest": "race", "round": "x"}, "no round 'x'"),
        ({"kind": "close", "contest": "x", "round": "x"}, "no round 'x'"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_a_sentence(
    house: House, fields: dict[str, str], sentence: str
):
    run_day(house, RACE)
    with pytest.raises(Refusal, match=sentence):
        acts_of(house, SLUG, fields)


def test_a_time_after_the_start_needs_a_start(house: House):
    run_day(house, "101 finish 6:45")
    with pytest.raises(Refusal, match="has no start"):
        acts_of(house, SLUG, {"kind": "retime", "line": "finish:1", "bib": "101", "after": "7:00"})


def test_a_reading_moves_to_another_point(house: House):
    run_day(house, RACE)
    [there] = decide(house, "repoint", line="finish:1", point="start")
    assert there == act.Repoint(line=("finish", 1), point="start")


def test_the_moment_of_a_reading_is_a_time_of_day_at_the_event(house: House):
    run_day(house, RACE)
    [fixed] = decide(house, "retime", line="finish:1", time="8:06:48")
    assert fixed.at == moment("6:48")
    assert fixed.at % SECOND == 0


def test_an_event_that_is_not_there_is_named(house: House):
    with pytest.raises(UnknownEventError):
        acts_of(house, "nowhere", {"kind": "void", "line": "a:1"})


def test_every_decision_has_a_name_of_its_own():
    assert len(DECISIONS) == 22


def test_a_record_is_marked_with_its_body_its_class_and_as_equalled(house: House):
    run_day(house, RACE)
    full = {"bib": "101", "body": " Guinness ", "category": "M40"}
    [made] = decide(house, "record", code="=WR", **full)
    expected = act.SetRecord(
        entry=101, round="final", code="WR", body="Guinness", category="M40", equalled=True
    )
    assert made == expected
    assert decide(house, "record", code="WR", equalled="yes", **full) == [expected]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"code": "QR", "body": "DLV"}, "'QR' is no record; expected one of WR, OR, AR, NR"),
        ({"code": "PB", "body": "DLV"}, "'PB' is no record"),
        ({"code": "NR", "body": " "}, "body is empty"),
        ({"code": "", "body": "DLV"}, "code is empty"),
    ],
)
def test_a_record_needs_a_code_that_is_known_and_a_body(house: House, fields, sentence: str):
    run_day(house, RACE)
    with pytest.raises(Refusal, match=sentence):
        decide(house, "record", bib="101", **fields)
