from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from timing.core.clock import SECOND, Duration
from timing.core.scoring.relay_records import (
    SENTENCES,
    Collation,
    Correction,
    Guess,
    Inference,
    Record,
    check_corrections,
    collate,
)


def records(text: str) -> list[Record]:
    """``"1@10 2@? ?@30 4@40/3"``: bib at second, ``/3`` the leg that was written down."""
    found = []
    for word in text.split():
        bib, at = word.split("@")
        time, _, leg = at.partition("/")
        moment = None if time == "?" else Duration(int(float(time) * SECOND))
        found.append(Record("" if bib == "?" else bib, moment, int(leg or 0)))
    return found


def seconds(collation: Collation) -> list[float | None]:
    return [None if r.time is None else r.time / SECOND for r in collation.records]


def filled(text: str, legs: int = 9) -> list[float | None]:
    return seconds(collate(records(text), (), legs))


def told(collation: Collation, *, legs: bool = False) -> list[tuple[str, int]]:
    return [
        (str(one.code), one.position)
        for one in collation.inferences
        if legs or one.code is not Guess.LEG_BY_ORDER
    ]


def test_a_whole_list_is_kept_as_written():
    collation = collate(records("1@10 2@12 1@20 2@22"), (), 2)
    assert seconds(collation) == [10, 12, 20, 22]
    assert told(collation) == []
    assert [r.leg for r in collation.records] == [1, 1, 2, 2]


def test_a_gap_is_filled_in_equal_steps_by_record():
    collation = collate(records("3@2700 4@? 5@? 1@? 2@6300"), (), 9)
    assert seconds(collation) == [2700, 3600, 4500, 5400, 6300]
    assert [one for one in collation.inferences if one.position == 3] == [
        Inference(Guess.TIME_INTERPOLATED, 3, {"before": 1, "after": 5}),
        Inference(Guess.LEG_BY_ORDER, 3, {"bib": "5", "leg": 1}),
    ]


@pytest.mark.parametrize(
    ("start", "end", "middle"),
    [(10, 13, 12), (10, 12, 11), (10, 12.9, 11), (10, 13.1, 12), (0, 1, 1), (10, 10, 10)],
)
def test_an_interpolated_time_goes_to_the_nearest_second_half_up(start, end, middle):
    assert filled(f"1@{start} 2@? 3@{end}")[1] == middle


def test_thirds_are_rounded_one_by_one_and_not_added_up():
    assert filled("1@0 2@? 3@? 4@4") == [0, 1, 3, 4]


def test_two_gaps_are_filled_each_from_its_own_neighbours():
    assert filled("1@0 2@? 3@10 4@? 5@30") == [0, 5, 10, 20, 30]


def test_before_the_first_known_time_that_time_is_set():
    collation = collate(records("1@? 2@? 3@45"), (), 9)
    assert seconds(collation) == [45, 45, 45]
    assert collation.inferences[0] == Inference(Guess.TIME_SET_TO_FIRST, 1, {"after": 3})
    assert told(collation) == [("time_set_to_first", 1), ("time_set_to_first", 2)]


def test_after_the_last_known_time_it_is_a_second_later_and_stays_a_guess():
    collation = collate(records("3@45.5 4@? 5@?"), (), 9)
    assert seconds(collation) == [45.5, 46.5, 46.5]
    assert [r.open_end for r in collation.records] == [False, True, True]
    assert collation.inferences[1] == Inference(Guess.TIME_SET_TO_LAST, 2, {"before": 1})


def test_a_list_without_any_time_stays_without():
    collation = collate(records("1@? 2@?"), (), 9)
    assert seconds(collation) == [None, None]
    assert told(collation) == [("time_unknown", 1), ("time_unknown", 2)]


@given(st.lists(st.none() | st.integers(0, 9999), min_size=1, max_size=12))
def test_filling_keeps_what_was_known_and_the_order_of_an_ordered_list(times):
    known = sorted(time for time in times if time is not None)
    ordered = [None if time is None else known.pop(0) for time in times]
    text = " ".join(f"{k}@{'?' if time is None else time}" for k, time in enumerate(ordered))
    found = filled(text)
    for before, after in zip(ordered, found, strict=True):
        assert before is None or before == after
    if any(time is not None for time in times):
        assert None not in found
        assert found == sorted(found)


def test_a_missing_bib_is_the_team_with_the_fewest_finishes_so_far():
    collation = collate(records("1@1 2@2 1@3 ?@4"), (), 2)
    assert [r.bib for r in collation.records] == ["1", "2", "1", "2"]
    assert collation.inferences[-2] == Inference(
        Guess.BIB_GUESSED, 4, {"bib": "2", "so_far": 1, "later": 0}
    )


def test_then_it_is_the_team_with_the_fewest_later_finishes():
    # Both have one finish so far; team 2 has only one to come, team 1 has two.
    collation = collate(records("1@1 2@2 ?@3 1@4 2@5 1@6"), (), 3)
    assert [r.bib for r in collation.records] == ["1", "2", "2", "1", "2", "1"]


def test_then_it_is_the_team_with_the_earliest_next_finish():
    collation = collate(records("1@1 2@2 ?@3 ?@4 2@5 1@6"), (), 3)
    assert [r.bib for r in collation.records][2:4] == ["2", "1"]


def test_then_it_is_the_team_that_finished_first_before():
    collation = collate(records("1@1 2@2 2@3 1@4 ?@5 ?@6"), (), 3)
    assert [r.bib for r in collation.records][4:] == ["2", "1"]


def test_equals_in_all_go_to_the_team_that_was_seen_first():
    collation = collate(records("?@0 ?@0 1@9 2@9"), (), 2)
    assert [r.bib for r in collation.records][:2] == ["1", "2"]


def test_bibs_are_guessed_only_when_every_finish_is_there():
    collation = collate(records("1@1 2@2 ?@3"), (), 2)
    assert [r.bib for r in collation.records] == ["1", "2", ""]
    assert collation.inferences[-1] == Inference(Guess.BIB_UNKNOWN, 3, {"teams": 2, "legs": 2})
    assert collation.records[2].leg == 0


def test_a_finish_too_many_is_as_bad_as_one_too_few():
    collation = collate(records("1@1 1@2 ?@3"), (), 2)
    assert told(collation) == [("bib_unknown", 3)]


def test_the_next_finish_may_be_one_whose_time_was_filled_in():
    collation = collate(records("1@1 2@2 ?@3 ?@4 2@? 1@6"), (), 3)
    assert [r.bib for r in collation.records][2:4] == ["2", "1"]


def test_the_nth_record_of_a_team_is_its_nth_leg():
    collation = collate(records("1@1 2@2 1@3 1@4 2@5"), (), 3)
    assert [r.leg for r in collation.records] == [1, 1, 2, 3, 2]
    assert collation.inferences[4] == Inference(Guess.LEG_BY_ORDER, 5, {"bib": "2", "leg": 2})


def test_a_leg_that_was_written_down_is_kept_and_the_others_fill_what_is_left():
    collation = collate(records("1@1 1@2/4 1@3 1@4"), (), 4)
    assert [r.leg for r in collation.records] == [1, 4, 2, 3]
    assert told(collation, legs=True) == [
        ("leg_by_order", 1),
        ("leg_by_order", 3),
        ("leg_by_order", 4),
    ]


def test_a_leg_of_one_team_leaves_the_same_leg_of_another_free():
    collation = collate(records("1@1/1 2@2 2@3 1@4"), (), 2)
    assert [r.leg for r in collation.records] == [1, 1, 2, 2]


def test_a_leg_written_down_twice_belongs_to_the_first():
    collation = collate(records("1@1/2 1@2/2 1@3"), (), 3)
    assert [r.leg for r in collation.records] == [2, 0, 1]
    assert collation.inferences[0] == Inference(Guess.LEG_CLASH, 2, {"bib": "1", "leg": 2})


@pytest.mark.parametrize("leg", [-1, 3])
def test_a_leg_that_does_not_exist_is_not_used(leg):
    collation = collate(records(f"1@1/{leg} 1@2/2"), (), 2)
    assert [r.leg for r in collation.records] == [0, 2]
    assert told(collation) == [("leg_clash", 1)]


def test_a_leg_of_nobody_is_left_alone():
    collation = collate([Record("", Duration(1), 2), Record("1", Duration(2), 2)], (), 3)
    assert [r.leg for r in collation.records] == [2, 2]
    assert told(collation) == [("bib_unknown", 1)]


def test_a_record_more_than_there_are_legs_is_not_used():
    collation = collate(records("1@1 1@2 1@3"), (), 2)
    assert [r.leg for r in collation.records] == [1, 2, 0]
    assert collation.inferences[-1] == Inference(Guess.RECORD_SURPLUS, 3, {"bib": "1", "leg": 0})


def test_a_correction_changes_what_it_names_and_keeps_the_rest():
    corrections = [Correction(1, bib="7"), Correction(2, time=Duration(5 * SECOND))]
    collation = collate(records("1@1 2@2"), corrections, 1)
    assert [r.bib for r in collation.records] == ["7", "2"]
    assert seconds(collation) == [1, 5]
    assert collation.inferences[0] == Inference(Guess.BIB_CORRECTED, 1, {"was": "1", "is": "7"})
    assert collation.inferences[2] == Inference(
        Guess.TIME_CORRECTED, 2, {"was": 2 * SECOND, "is": 5 * SECOND}
    )


def test_a_correction_to_what_is_there_is_none():
    corrections = [Correction(1, "1", Duration(SECOND))]
    assert told(collate(records("1@1"), corrections, 1)) == []


def test_a_correction_fills_a_gap_before_it_is_guessed():
    collation = collate(records("1@1 2@?"), [Correction(2, "3", Duration(9 * SECOND))], 1)
    assert seconds(collation) == [1, 9]
    assert told(collation) == [("bib_corrected", 2), ("time_corrected", 2)]
    assert collation.inferences[2].detail == {"was": "", "is": 9 * SECOND}


def test_records_from_the_paper_sheet_are_marked():
    collation = collate([*records("1@1"), Record("2", Duration(2), paper=True)], (), 1)
    assert told(collation) == [("paper_record", 2)]
    assert collation.remarks(2) == (Guess.PAPER_RECORD, Guess.LEG_BY_ORDER)
    assert collation.remarks(3) == ()


@pytest.mark.parametrize(("position", "found"), [(0, True), (1, False), (3, False), (4, True)])
def test_a_correction_of_a_record_that_is_not_there_is_refused(position, found):
    problems = check_corrections([Correction(position)], 3)
    sentence = f"correction of record {position}; there are 1 to 3"
    assert [p.sentence for p in problems] == ([sentence] if found else [])
    assert all(p.code == "no-such-record" for p in problems)


@pytest.mark.parametrize(
    ("text", "legs", "sentence"),
    [
        ("1@0 2@? 3@9", 1, "Record 2 had no time; it lies between 1 and 3."),
        ("1@? 2@? 3@9", 1, "Record 2 had no time; it is that of record 3."),
        ("1@9 2@?", 1, "Record 2 had no time; it is a second after record 1."),
        ("1@? 2@?", 1, "Record 2 has no time, and no other record has one."),
        ("1@1 ?@2", 2, "Record 2 had no bib; team 1 lacks this finish."),
        ("1@1 ?@2", 3, "Record 2 has no bib; too many finishes are missing to tell whose."),
        ("1@1 1@2", 2, "Record 2 is leg 2 of team 1 by order."),
        ("1@1/1 1@2/1", 2, "Record 2 says leg 1 of team 1, which cannot be; not used."),
        ("1@1 1@2", 1, "Record 2 is one more than team 1 has legs; not used."),
    ],
)
def test_every_inference_is_a_sentence(text, legs, sentence):
    found = [one for one in collate(records(text), (), legs).inferences if one.position == 2]
    assert found[0].sentence == sentence


def test_corrections_and_paper_are_sentences_too():
    paper = [Record("1", Duration(1), paper=True)]
    found = collate(paper, [Correction(1, "2", Duration(3))], 1).inferences
    assert [one.sentence for one in found] == [
        "Record 1 is from the paper sheet.",
        "Record 1 was corrected from bib 1 to 2.",
        "Record 1 was corrected to another time.",
        "Record 1 is leg 1 of team 2 by order.",
    ]
    assert set(SENTENCES) == set(Guess)


def test_what_nothing_is_told_about_has_no_detail():
    paper = collate([Record("1", None, paper=True)], (), 1).inferences
    assert [dict(one.detail) for one in paper[:2]] == [{}, {}]


def test_a_time_of_zero_is_known():
    assert filled("1@0 2@? 3@0") == [0, 0, 0]
    assert filled("1@0 2@?") == [0, 1]


def test_every_bib_that_cannot_be_guessed_is_told():
    collation = collate(records("?@1 1@2 ?@3"), (), 1)
    assert told(collation) == [("bib_unknown", 1), ("bib_unknown", 3)]


def test_the_very_next_record_is_a_later_finish():
    # Team 1 has both its finishes still to come; team 2 lacks this one.
    collation = collate(records("?@1 1@2 1@3 2@4"), (), 2)
    assert collation.records[0].bib == "2"


def test_a_void_record_is_passed_over_and_keeps_its_place() -> None:
    records = [
        Record("1", Duration(10 * SECOND)),
        Record("2", Duration(11 * SECOND), void=True),
        Record("2"),
        Record("1", Duration(20 * SECOND)),
        Record("2", Duration(21 * SECOND)),
    ]
    found = collate(records, [], legs=2)
    assert found.records[1] == records[1]
    assert [(one.bib, one.leg) for one in found.records if not one.void] == [
        ("1", 1), ("2", 1), ("1", 2), ("2", 2),
    ]  # fmt: skip
    assert found.records[2].time == 15 * SECOND
    assert found.remarks(2) == (Guess.RECORD_VOID,)
    (told,) = [one for one in found.inferences if one.code is Guess.TIME_INTERPOLATED]
    assert (told.position, dict(told.detail)) == (3, {"before": 1, "after": 4})


def test_no_time_is_concluded_for_a_team_that_stopped() -> None:
    records = [Record("1", Duration(10 * SECOND)), Record("1", stopped=True), Record("1")]
    found = collate(records, [], legs=3)
    assert [(one.leg, one.time) for one in found.records] == [
        (1, 10 * SECOND), (2, None), (3, 11 * SECOND),
    ]  # fmt: skip


def test_bibs_of_many_records_are_guessed_one_after_the_other() -> None:
    teams = [str(number) for number in range(1, 301)]
    records = [
        Record(
            "" if number % 7 == 3 and leg == 2 else team, Duration((leg * 1000 + number) * SECOND)
        )
        for leg in (1, 2, 3)
        for number, team in enumerate(teams)
    ]
    found = collate(records, [], legs=3)
    assert [one.bib for one in found.records] == teams * 3
