"""What judges write down, and what the referee makes of it."""

from __future__ import annotations

import pytest

from tests.core.story import moment
from tests.machines.clocks import StandingClock
from tests.services.days import SLUG, places, run_day
from timing.core.clock import HOUR, SECOND, Instant
from timing.core.journal import rulings as act
from timing.core.refusal import Refusal
from timing.core.status import Status
from timing.services.house import House, UnknownEventError
from timing.services.raceday import judging, ready
from timing.services.raceday.judging import Report, Sent
from timing.services.rulings import rule

RACE = "gun 0:00 | 101 finish 6:45 | 102 finish 6:46 | 103 start 0:02"


def open_bibs(house: House) -> list[str]:
    return [entry.bib for entry in judging.log(house, SLUG).open]


def test_a_caution_counts_at_once_and_waits_for_nobody(house: House):
    run_day(house, RACE)
    judging.report(house, SLUG, Report("101", "ran-forward", "bend 2", "ten metres"), "Judge")
    [entry] = judging.log(house, SLUG).entries
    assert (entry.bib, entry.post, entry.open, entry.ruling.reason) == (
        "101", "bend 2", False, "ten metres",
    )  # fmt: skip
    assert places(house).startswith("1 101")


def test_a_disqualification_is_a_proposal_until_the_referee_confirms_it(house: House):
    run_day(house, RACE)
    judging.report(house, SLUG, Report("101", "left-lane"), "Judge")
    assert open_bibs(house) == ["101"]
    assert places(house).startswith("1 101")
    assert "open" not in [each.code for each in ready.readiness(house, SLUG, "race").blocking]
    assert "dq_proposed" in [each.code for each in ready.readiness(house, SLUG, "race").blocking]
    dq = act.SetStatus(entry=101, round="final", status=Status.DQ, rule="IRR 2016, 3")
    rule(house, SLUG, [dq], reason="seen", author="Referee")
    assert open_bibs(house) == []
    assert "DQ 101" in places(house)


def test_a_proposal_may_stay_a_caution(house: House):
    run_day(house, RACE)
    [line] = judging.report(house, SLUG, Report("101", "left-lane"), "Judge")
    clear = act.Clear(anomaly=judging.proposal_key(line))
    rule(house, SLUG, [clear], reason="was pushed", author="Referee")
    assert open_bibs(house) == []
    assert len(judging.log(house, SLUG).entries) == 1


def test_a_fall_is_a_remark_on_the_last_reading_or_on_the_gun(house: House):
    run_day(house, RACE + " | gun 0:00", entered="101 102 103 104")
    judging.report(house, SLUG, Report("101", "fall", "bend 2"), "Judge")
    judging.report(house, SLUG, Report("104", "fall"), "Judge")
    notes = house.live.ask(SLUG, lambda s: [r.act for r in s.live if isinstance(r.act, act.Note)])
    assert sorted((note.text, note.line[0]) for note in notes or ()) == [
        ("101 Fell bend 2", "finish"), ("104 Fell", "office"),
    ]  # fmt: skip
    assert judging.log(house, SLUG).entries == ()


def test_a_judge_takes_back_only_what_is_the_judges_own(house: House, clock: StandingClock):
    run_day(house, RACE)
    [line] = judging.report(house, SLUG, Report("101", "left-lane"), "Judge")
    clock.advance(SECOND)
    with pytest.raises(Refusal, match="of your own"):
        judging.take_back(house, SLUG, line, "Somebody else")
    judging.take_back(house, SLUG, line, "Judge")
    assert judging.log(house, SLUG).entries == ()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (Report("999", "fall"), "bib 999 starts nowhere"),
        (Report("", "fall"), "starts nowhere"),
        (Report("101", "dancing"), "is no infraction"),
    ],
)
def test_what_cannot_be_written_down_says_why(house: House, said: Report, sentence: str):
    run_day(house, RACE)
    with pytest.raises(Refusal, match=sentence):
        judging.report(house, SLUG, said, "Judge")


def test_an_event_that_is_not_there_is_named(house: House):
    with pytest.raises(UnknownEventError):
        judging.log(house, "nowhere")
    with pytest.raises(UnknownEventError):
        judging.report(house, "nowhere", Report("1", "fall"), "Judge")


PHONE = "judge-0123456789abcdef01234567"
FALL, CAUTION = Report("101", "fall"), Report("101", "ran-forward", "bend 2")


@pytest.mark.parametrize("said", [FALL, CAUTION])
def test_a_report_that_a_phone_sends_twice_is_written_once(house: House, said: Report):
    run_day(house, RACE, until="8:00")
    sent = Sent((PHONE, 1), moment("6:30"))
    for _time in range(2):
        assert judging.report(house, SLUG, said, "Judge", sent) == [(PHONE, 1)]
    told = house.live.ask(SLUG, lambda state: [each for each in state.live if each.author])
    assert [(each.id, each.at) for each in told or ()] == [((PHONE, 1), moment("6:30"))]


@pytest.mark.parametrize("off", [None, HOUR, -13 * HOUR])
def test_a_report_of_a_clock_that_is_far_off_has_the_moment_of_the_server(house: House, off):
    run_day(house, RACE, until="8:00")
    now = house.clock()
    at = None if off is None else Instant(now + off)
    judging.report(house, SLUG, CAUTION, "Judge", Sent((PHONE, 1), at))
    [entry] = judging.log(house, SLUG).entries
    assert entry.ruling.at == now


def test_a_judge_takes_back_what_a_phone_sent(house: House):
    run_day(house, RACE, until="8:00")
    [line] = judging.report(house, SLUG, CAUTION, "Judge", Sent((PHONE, 1), None))
    judging.take_back(house, SLUG, line, "Judge")
    assert judging.log(house, SLUG).entries == ()
