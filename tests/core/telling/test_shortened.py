"""Times at a point of a race that was stopped are of a part of the course: no record, no best."""

from __future__ import annotations

from pathlib import Path

from tests.core.story import contest, course, entry, story
from timing.core.clock import MINUTE, Duration
from timing.core.rulebook.plausibility import decode_limits
from timing.core.rulebook.records import Record, RecordBook
from timing.core.telling.bests import best_of
from timing.core.telling.intermediate import whole_pace
from timing.core.telling.pace_doubts import pace_doubts
from timing.core.telling.record_doubts import attacks

FILE = Path(__file__).parents[3] / "config" / "rules" / "plausibility.toml"
TRAIL = contest(course=course("start 0 | bridge 4000 | finish 10000"))
RAN = "gun 0:00 | 101 bridge 15:00 | 101 finish 40:00"
STOPPED = f"{RAN} | stop 50:00 bridge"
BOOK = RecordBook(
    margin=10,
    record=(
        Record(
            discipline="race", distance=10_000_000, sex="", mark="41:00", holders=("A. Holder",),
            body="IRR", status="listed", source="x",
        ),
    ),
)  # fmt: skip


def told(text: str):
    return story(text, of=TRAIL, entered=[entry("101", pb=Duration(41 * MINUTE))])


def test_a_time_at_a_point_is_marked_and_one_of_the_whole_course_is_not():
    assert told(STOPPED).result("101").shortened
    assert not told(f"{RAN} | stop 50:00").result("101").shortened
    assert not told(RAN).result("101").shortened


def test_it_is_no_personal_best():
    whole, part = told(RAN), told(STOPPED)
    someone = whole.roster.entries[0]
    assert best_of(TRAIL.rules, someone, whole.result("101")) == "PB"
    assert best_of(TRAIL.rules, someone, part.result("101")) == ""


def test_it_has_no_pace_over_the_whole_course():
    assert whole_pace(TRAIL, told(RAN).result("101")) is not None
    assert whole_pace(TRAIL, told(STOPPED).result("101")) is None


def test_it_is_no_record_and_not_faster_than_anybody_runs():
    whole, part = told(RAN), told(STOPPED)
    assert len(list(attacks(whole.standings(), whole.event, [BOOK]))) == 1
    assert list(attacks(part.standings(), part.event, [BOOK])) == []
    limits = decode_limits(FILE.read_text(encoding="utf-8"))
    assert list(pace_doubts(part.standings(), limits)) == []
