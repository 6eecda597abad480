from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from timing.core.refusal import Refusal
from timing.core.rulebook.codes import (
    Code,
    check_code,
    decode_codes,
    list_order,
    over_limit,
    render_code,
    render_record,
    status_of,
)
from timing.core.rulebook.wa_format import ENUMS
from timing.core.status import Status

FILE = Path(__file__).parents[3] / "config" / "rules" / "codes.toml"
CODES = decode_codes(FILE.read_text(encoding="utf-8"))
UNRANKED = ("DNF", "DQ", "DNS")


def test_the_codes_of_rule_25_are_known():
    listed = ["DNS", "DNF", "DQ", "NM", "Q", "q", "qR", "qJ", "qD", "YC", "YRC", "RC", "L", "P"]
    assert all(CODES[code].cr25 for code in [*listed, "r", "O", "X", "-", ">", "~"])


def test_codes_of_practice_are_known_and_not_in_rule_25():
    local = ["OTL", "LAP", "HC", "EXH", "DSQ", "NH", "NP", "WD", "OOC"]
    assert not any(CODES[code].cr25 for code in local)


def test_what_is_exported_is_a_word_of_the_import():
    known = {*ENUMS["Fault"], *ENUMS["IndividualResult.qualified"], ""}
    assert {code.export for code in CODES.values()} <= known
    assert CODES["DSQ"].export == "DQ"


def test_every_status_that_the_results_know_is_a_code():
    shown = set(Status) - {Status.OK, Status.READY, Status.RUN}
    assert all(CODES[status].kind == "status" for status in shown)


def test_every_code_says_what_it_means():
    languages = {"en", "de", "it", "fr", "es"}
    assert all(code.meaning.keys() == languages for code in CODES.values())
    assert all(all(code.meaning.values()) for code in CODES.values())
    kinds = {code.kind for code in CODES.values()}
    assert kinds == {
        "status", "sign", "qualified", "note", "record", "best", "possible", "mark",
    }  # fmt: skip


def test_a_code_twice_is_refused_with_its_row():
    row = '[[code]]\ncode = "DNS"\nkind = "status"\nmeaning = {en = "x"}\n'
    with pytest.raises(Refusal) as caught:
        decode_codes(row + row, "codes.toml")
    problem = caught.value.problems[0]
    assert problem == (
        "duplicate-code",
        "row 2 of code: DNS stands there twice",
        "codes.toml",
        None,
    )


def test_a_code_without_an_english_meaning_is_refused_with_its_row():
    row = '[[code]]\ncode = "DNS"\nkind = "status"\nmeaning = {de = "x"}\n'
    with pytest.raises(Refusal) as caught:
        decode_codes(row, "codes.toml")
    sentence = "row 1 of code: DNS has no meaning in English"
    assert caught.value.problems == (("no-meaning", sentence, "codes.toml", None),)


def test_a_disqualification_shows_its_rule():
    assert render_code("DQ", "TR16.8") == "DQ (TR16.8)"
    assert render_code("DQ") == "DQ"
    assert render_code("DNS", "") == "DNS"


@pytest.mark.parametrize("rule", [None, "", "  "])
@pytest.mark.parametrize("code", ["DQ", "YC", "YRC", "RC"])
def test_a_disqualification_or_card_without_its_rule_is_incomplete(code, rule):
    problem = check_code(CODES, code, rule)
    assert problem is not None
    assert problem.code == "rule-missing"
    assert problem.sentence == f"{code} needs the number of the rule, such as {code} (TR16.8)"


def test_what_is_complete_has_no_problem():
    assert check_code(CODES, "DQ", "TR16.8") is None
    assert check_code(CODES, "DNF") is None
    assert check_code(CODES, "L", "TR17.3") is None


def test_a_code_that_is_not_in_the_list_is_a_problem():
    problem = check_code(CODES, "LOST")
    assert (problem.code, problem.sentence) == ("unknown-code", "there is no code 'LOST'")


def test_an_equalled_record_has_its_sign():
    assert render_record("WR") == "WR"
    assert render_record("WR", equalled=True) == "=WR"


def test_the_status_follows_from_call_room_start_and_finish():
    assert status_of() == Status.OK
    assert status_of(reported=False) == Status.DNS
    assert status_of(started=False) == Status.DNS
    assert status_of(finished=False) == Status.DNF
    assert status_of(started=False, finished=False) == Status.DNS
    assert status_of(reported=False, finished=False) == Status.DNS


def test_exactly_the_limit_is_in_time():
    assert not over_limit(100, 100)
    assert over_limit(101, 100)
    assert not over_limit(101, None)


def test_the_ranked_come_by_time_and_the_others_in_the_order_that_is_set():
    statuses = ["DNS", "OK", "DQ", "DNF", "OK", "DNF"]
    times = [None, 910, 5, None, 902, 1]
    assert list_order(statuses, times, UNRANKED) == [4, 1, 3, 5, 2, 0]
    assert list_order(statuses, times, ("DNS", "DQ", "DNF")) == [4, 1, 0, 2, 3, 5]


def test_a_status_without_a_place_in_the_order_comes_last():
    assert list_order(["OTL", "DNS", "DNF"], [None] * 3, UNRANKED) == [2, 1, 0]
    assert list_order(["OTL", "DNS"], [None] * 2, ()) == [0, 1]


def test_equal_times_keep_the_order_in_which_they_came():
    assert list_order(["OK", "OK"], [7, 7], UNRANKED) == [0, 1]


def test_a_ranked_row_without_a_time_stands_first():
    assert list_order(["OK", "OK"], [7, None], UNRANKED) == [1, 0]


@given(st.lists(st.sampled_from(["OK", "DNF", "DQ", "DNS", "OTL"]), max_size=8))
def test_nobody_is_lost_and_no_unranked_stands_before_a_ranked(statuses):
    order = list_order(statuses, [1] * len(statuses), UNRANKED)
    assert sorted(order) == list(range(len(statuses)))
    ranked = [statuses[row] == "OK" for row in order]
    assert ranked == sorted(ranked, reverse=True)


def test_a_code_is_read_with_all_that_belongs_to_it():
    text = '[[code]]\ncode = "DQ"\nkind = "status"\nmeaning = {en = "out"}\nrule = true\n'
    assert decode_codes(text) == {
        "DQ": Code(
            code="DQ", kind="status", meaning={"en": "out"}, cr25=False, rule=True, export=""
        )
    }


def test_codes_that_cannot_be_read_are_refused_with_their_file():
    with pytest.raises(Refusal) as caught:
        decode_codes("", "codes.toml")
    assert [problem.file for problem in caught.value.problems] == ["codes.toml"]


def test_a_time_of_nothing_stands_with_a_row_without_a_time():
    assert list_order(["OK", "OK", "OK"], [1, None, 0], UNRANKED) == [1, 2, 0]
