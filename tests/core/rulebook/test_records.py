import json
from datetime import date
from fractions import Fraction
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, strategies as st

from timing.core.clock import format_duration, parse_duration
from timing.core.refusal import Refusal
from timing.core.rulebook.codes import decode_codes
from timing.core.rulebook.records import (
    Record,
    RecordBook,
    Run,
    Verdict,
    decode_book,
    judge,
    standing,
    standing_in,
)

FILE = Path(__file__).parents[3] / "config" / "rules" / "records" / "backward.toml"
VOCABULARY = decode_codes((FILE.parents[1] / "codes.toml").read_text(encoding="utf-8"))
BACKWARD = decode_book(FILE.read_text(encoding="utf-8"), FILE.name)


def record(mark, **fields):
    known = {
        "discipline": "backward-mile",
        "distance": 1_609_344,
        "sex": "M",
        "mark": mark,
        "holders": ("Somebody",),
        "body": "list",
        "status": "ratified",
        "source": "a page",
        "date": "2010-05-05",
    }
    return Record(**{**known, **fields})


def run(time, on="2020-06-01", **fields):
    return Run("backward-mile", "M", parse_duration(time), date.fromisoformat(on), **fields)


def marks(records, new, **asked):
    return [row.mark for row in standing(records, new, **asked)]


def test_the_best_of_each_body_stands():
    book = [
        record("6:02", body="list"),
        record("5:54", body="list"),
        record("5:46", body="press"),
        record("5:58", body="press"),
    ]
    assert marks(book, run("9:00")) == ["5:54", "5:46"]
    assert marks(book, run("9:00"), body="list") == ["5:54"]
    assert marks(book, run("9:00"), body="nobody") == []


def test_two_who_share_a_record_both_stand():
    book = [record("13.6", date="1991-07-25"), record("13.6", date="2007-08-04"), record("14")]
    assert marks(book, run("9:00")) == ["13.6", "13.6"]


@pytest.mark.parametrize(
    ("set_on", "run_on", "stands"),
    [
        ("2018-07-14", "2018-07-14", False),
        ("2018-07-14", "2018-07-15", True),
        ("2018-07", "2018-07-31", False),
        ("2018-07", "2018-08-01", True),
        ("2018-02", "2018-03-01", True),
        ("2018", "2018-12-31", False),
        ("2018", "2019-01-01", True),
        ("", "1900-01-01", True),
    ],
)
def test_a_record_stands_from_the_day_after_it_was_set(set_on, run_on, stands):
    assert bool(standing([record("6:00", date=set_on)], run("9:00", run_on))) == stands


@pytest.mark.parametrize(
    ("known", "asked", "stands"),
    [
        ("track", "track", True),
        ("track", "road", False),
        ("straight road", "road", False),
        ("", "road", True),
        ("track", "", True),
    ],
)
def test_a_surface_that_is_not_stated_is_any(known, asked, stands):
    found = standing([record("6:00", surface=known)], run("9:00", surface=asked))
    assert bool(found) == stands


@pytest.mark.parametrize(
    "other", [{"sex": "W"}, {"discipline": "backward-100m"}, {"category": "T43"}]
)
def test_another_discipline_sex_or_class_has_its_own_record(other):
    assert standing([record("6:00", **other)], run("9:00")) == []


def test_a_class_is_asked_for_by_name():
    book = [record("28.89", category="T43"), record("13.17")]
    assert marks(book, run("9:00", category="T43")) == ["28.89"]


def test_only_some_statuses_may_be_asked_for():
    book = [record("5:46", status="claimed"), record("5:54", status="ratified")]
    assert marks(book, run("9:00"), statuses=("ratified",)) == ["5:54"]
    assert marks(book, run("9:00")) == ["5:46"]


def book(*records, margin=10):
    return RecordBook(margin=margin, record=records)


def verdicts(book_, new):
    return [(row.verdict, row.record.mark) for row in judge([book_], new)]


@pytest.mark.parametrize(
    ("time", "verdict"),
    [
        ("5:00.01", None),
        ("5:00", Verdict.EQUALLED),
        ("4:59.99", Verdict.POSSIBLE),
        ("4:30", Verdict.POSSIBLE),  # better by exactly ten per cent
        ("4:29.999999", Verdict.IMPLAUSIBLE),
    ],
)
def test_a_new_time_is_judged_against_the_record(time, verdict):
    expected = [] if verdict is None else [(verdict, "5:00")]
    assert verdicts(book(record("5:00")), run(time)) == expected


def test_the_margin_belongs_to_the_book():
    assert verdicts(book(record("5:00"), margin=5), run("4:40")) == [(Verdict.IMPLAUSIBLE, "5:00")]
    assert verdicts(book(record("5:00"), margin=7), run("4:40")) == [(Verdict.POSSIBLE, "5:00")]


def test_a_time_is_doubted_against_the_fastest_of_all_bodies_only():
    both = book(record("6:00", body="old list"), record("5:00", body="list"))
    assert verdicts(both, run("4:50")) == [(Verdict.POSSIBLE, "6:00"), (Verdict.POSSIBLE, "5:00")]
    assert verdicts(both, run("5:20")) == [(Verdict.POSSIBLE, "6:00")]
    assert {verdict for verdict, _ in verdicts(both, run("4:20"))} == {Verdict.IMPLAUSIBLE}


def test_the_share_by_which_it_is_better_is_told():
    [judgement] = judge([book(record("5:00"))], run("4:45"))
    assert judgement.better == 5
    [judgement] = judge([book(record("3.0"))], run("2.99"))
    assert judgement.better == Fraction(1, 3)


def test_without_a_record_there_is_nothing_to_say():
    assert judge([book()], run("4:00")) == []


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_a_faster_time_is_never_judged_milder(one, other):
    severity = [None, Verdict.EQUALLED, Verdict.POSSIBLE, Verdict.IMPLAUSIBLE]

    def judged(time):
        found = judge([book(record("5:00"))], run("0:01")._replace(time=time))
        return severity.index(found[0].verdict if found else None)

    assert judged(min(one, other)) >= judged(max(one, other))


def test_every_backward_record_names_its_source_body_and_a_time():
    assert len(BACKWARD.record) == 70
    for row in BACKWARD.record:
        assert row.source.startswith("http")
        assert row.body
        assert parse_duration(format_duration(row.time)) == row.time


def test_the_progression_is_kept():
    before = Run("backward-200m", "M", 1, date(2005, 1, 1))
    assert [r.mark for r in standing(BACKWARD.record, before)] == ["32.38"]
    today = Run("backward-200m", "M", 1, date(2026, 1, 1))
    assert [r.mark for r in standing(BACKWARD.record, today)] == ["30.33"]


def test_two_hold_the_100_m_record_of_13_6():
    shared = standing(BACKWARD.record, Run("backward-100m", "M", 1, date(2010, 1, 1)))
    assert [holder for row in shared for holder in row.holders] == [
        "Ferdie Ato Adoboe",
        "Roland Wegner",
    ]


def test_the_track_mile_and_the_mile_on_a_straight_road_are_two_records():
    def mile(surface):
        new = Run("backward-mile", "M", 1, date(2026, 1, 1), surface=surface)
        found = standing(BACKWARD.record, new, body="Guinness")
        return [row.mark for row in found]

    assert mile("track") == ["5:54.25"]
    new = Run("backward-mile", "M", 1, date(2026, 1, 1), surface="straight road")
    assert "5:30" in [row.mark for row in standing(BACKWARD.record, new)]


def test_a_misprint_four_minutes_under_the_record_is_doubted():
    new = Run("backward-5000m", "M", parse_duration("15:16"), date(2018, 8, 1), surface="track")
    found = judge([BACKWARD], new)
    assert {row.verdict for row in found} == {Verdict.IMPLAUSIBLE}
    assert {row.record.mark for row in found} == {"19:16.99"}


def toml(**changes):
    fields = msgspec.to_builtins(record("6:00"))
    fields.update(changes)
    lines = "\n".join(f"{key} = {json.dumps(value)}" for key, value in fields.items())
    return f"margin = 10\n[[record]]\n{lines}"


@pytest.mark.parametrize("day", ["", "2018", "2018-07", "2018-07-14", "2020-02-29"])
def test_a_date_may_be_shortened(day):
    assert decode_book(toml(date=day)).record[0].date == day


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (toml(mark="fast"), "'fast' is not a time"),
        (toml(mark="0"), "'0' is not a time"),
        (
            toml(status="sure"),
            "status 'sure'; expected one of claimed, pending, listed, ratified",
        ),
        (
            toml(date="2018-13"),
            "date '2018-13'; expected YYYY, YYYY-MM, YYYY-MM-DD or nothing",
        ),
        (
            toml(date="July"),
            "date 'July'; expected YYYY, YYYY-MM, YYYY-MM-DD or nothing",
        ),
        (
            toml(date="201807"),
            "date '201807'; expected YYYY, YYYY-MM, YYYY-MM-DD or nothing",
        ),
        (
            toml(date="2019-02-29"),
            "date '2019-02-29'; expected YYYY, YYYY-MM, YYYY-MM-DD or nothing",
        ),
        (toml(holders=[]), "no holder or no source"),
        (toml(source=""), "no holder or no source"),
    ],
)
def test_a_record_that_cannot_be_is_refused_with_its_row(text, sentence):
    with pytest.raises(Refusal) as caught:
        decode_book(text, "b.toml")
    [problem] = caught.value.problems
    assert problem.code == "bad-record"
    assert problem.sentence == f"row 1 of record (backward-mile): {sentence}"
    assert problem.file == "b.toml"


@pytest.mark.parametrize("margin", [0, -1])
def test_a_margin_is_at_least_one_per_cent(margin):
    with pytest.raises(Refusal, match=rf"margin {margin}; expected 1 per cent or more"):
        decode_book(toml().replace("margin = 10", f"margin = {margin}"))
    assert decode_book(toml().replace("margin = 10", "margin = 1")).margin == 1


def test_what_cannot_be_read_is_refused_with_its_file():
    with pytest.raises(Refusal) as caught:
        decode_book("margin = 10", "b.toml")
    assert [problem.file for problem in caught.value.problems] == ["b.toml"]


def test_the_shortest_time_is_a_time():
    assert decode_book(toml(mark="0.000001")).record[0].time == 1


def coded(**changes):
    return RecordBook(margin=10, record=(record("5:00"),), code="WR", **changes)


def test_a_row_has_the_code_and_the_margin_of_its_book_unless_it_says_others():
    own = record("5:00", body="old list", code="CR", margin=50)
    both = RecordBook(margin=10, code="WR", record=(record("5:00"), own))
    found = standing_in([both], run("9:00"))
    assert [(row.code, row.margin) for row in found] == [("WR", 10), ("CR", 50)]
    assert {row.verdict for row in judge([both], run("3:00"))} == {Verdict.POSSIBLE}
    assert {row.verdict for row in judge([both], run("2:00"))} == {Verdict.IMPLAUSIBLE}


def test_one_body_may_have_records_of_several_codes():
    rows = (record("5:00", code="WR"), record("6:00", code="CR"))
    assert marks(rows, run("9:00")) == ["5:00", "6:00"]


def test_of_two_books_with_the_same_record_the_better_one_stands_once():
    worse = RecordBook(margin=10, code="WR", record=(record("5:30"),))
    assert [row.mark for row in standing_in([coded(), worse, coded()], run("9:00"))] == ["5:00"]


@pytest.mark.parametrize(
    ("nation", "stands"), [("GER", True), ("AUT", True), ("ITA", False), ("", False), (None, True)]
)
def test_a_book_may_be_for_some_nations(nation, stands):
    national = coded(nations=("GER", "AUT"))
    assert bool(standing_in([national], run("9:00")._replace(nation=nation))) == stands
    assert bool(standing_in([coded()], run("9:00")._replace(nation=nation)))


def test_a_code_is_one_of_the_house_or_has_its_meaning_in_the_book():
    known = {"NR", "WR"}
    for head in ('code = "NR"', 'code = "KR"\ncodes = {KR = "record of the county"}'):
        assert decode_book(f"{head}\n{toml()}", known=known).code == head[8:10]
    assert decode_book(toml(code="WR"), known=known).record[0].code == "WR"
    assert decode_book(toml()).code == ""


@pytest.mark.parametrize("code", ["", "KR"])
def test_a_code_that_nobody_can_read_is_refused_with_its_row(code):
    with pytest.raises(Refusal) as caught:
        decode_book(toml(code=code), known={"WR", "NR"})
    assert [problem.sentence for problem in caught.value.problems] == [
        (
            f"row 1 of record (backward-mile): code {code!r} has no meaning; "
            "expected one of NR, WR or one of the book's own codes"
        )
    ]


def test_the_book_of_the_house_tells_a_world_record_from_a_world_best():
    known = {code for code, row in VOCABULARY.items() if row.kind == "record"}
    assert decode_book(FILE.read_text(encoding="utf-8"), known=known).code == "WB"
    ratifies = {row.body for row in BACKWARD.record if row.code == "WR"}
    assert ratifies == {"Guinness", "Book of Alternative Records", "RecordSetter"}
    assert not [row for row in BACKWARD.record if row.body in ratifies and row.code != "WR"]
