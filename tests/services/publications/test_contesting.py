"""Until when a result may be contested, and whether a question came in time."""

from __future__ import annotations

import pytest

from tests.services.days import SLUG, run_day, set_clock
from tests.services.publications.test_publishing import CLEAN, OFFICIAL, TIMER
from timing.core.clock import MINUTE
from timing.core.journal.rulings import SetStatus
from timing.core.status import Status
from timing.services.house import House, UnknownEventError
from timing.services.public import enquiries
from timing.services.publications import publishing
from timing.services.publications.contesting import terms
from timing.services.rulings import rule


def asked(house: House, at: str, bib: str = "101"):
    set_clock(house, at)
    enquiry = enquiries.ask(house, SLUG, bib, "why?")
    return terms(house, SLUG, [enquiry]).get(enquiry.number)


def test_before_anything_is_announced_there_is_no_term(house: House):
    run_day(house, CLEAN)
    assert asked(house, "20:00") is None
    assert asked(house, "20:00", bib="999") is None


def test_a_protest_has_half_an_hour_from_the_announcement_and_the_last_moment_counts(house: House):
    run_day(house, CLEAN, until="20:00")
    told = publishing.publish(house, SLUG, "race", TIMER)
    for at, kept in (("20:00", True), ("50:00", True), ("50:00.001", False)):
        term = asked(house, at, bib={"20:00": "101", "50:00": "102"}.get(at, "103"))
        assert term == (told.published_at + 30 * MINUTE, kept, False)


def test_an_official_result_is_announced_anew_and_an_amended_one_is_appealed(house: House):
    run_day(house, CLEAN, until="20:00")
    publishing.publish(house, SLUG, "race", TIMER)
    set_clock(house, "40:00")
    official = publishing.publish(house, SLUG, "race", OFFICIAL)
    assert asked(house, "60:00") == (official.published_at + 30 * MINUTE, True, False)
    dq = SetStatus(entry=101, round="final", status=Status.DQ, rule="TR16.8")
    rule(house, SLUG, [dq], reason="false start", author="Ref")
    set_clock(house, "65:00")
    amended = publishing.publish(house, SLUG, "race", OFFICIAL)
    assert asked(house, "94:00") == (amended.published_at + 30 * MINUTE, True, True)
    assert asked(house, "96:00", bib="102") == (amended.published_at + 30 * MINUTE, False, True)


def test_an_event_that_is_not_there_has_no_terms(house: House):
    with pytest.raises(UnknownEventError):
        terms(house, "nowhere", [])
