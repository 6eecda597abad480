"""What an official marked as a record stands on paper, and the legend names who lists it."""

from __future__ import annotations

from tests.services.days import SLUG, run_day
from tests.services.paper.test_content import words_of
from timing.core.clock import MINUTE
from timing.services.house import House
from timing.services.publications import publishing
from timing.services.publications.publishing import Order

DAY = (
    "gun 0:00 | 101 finish 6:45 | 102 finish 6:50 | close | "
    "record 101 =NR DLV M40 | record 101 WR Guinness"
)


def test_results_show_the_code_and_the_legend_the_body(house: House):
    run_day(house, DAY)
    text = words_of(house, "results", SLUG)
    assert "=NR M40, WR" in text
    assert "national record equalled (DLV)" in text
    assert "world record (Guinness)" in text
    assert "nationaler" not in text
    german = words_of(house, "results", SLUG, language="de")
    assert "Weltrekord (Guinness)" in german
    assert "Landesrekord eingestellt (DLV)" in german


def test_the_incident_report_says_what_was_marked(house: House):
    run_day(house, DAY)
    text = words_of(house, "incidents", SLUG)
    assert "Record: =NR (DLV) M40" in text
    assert "Record: WR (Guinness)" in text
    assert "False" not in text


def test_a_kept_list_prints_the_same_after_it_was_published(house: House, clock):
    run_day(house, DAY)
    publishing.publish(house, SLUG, "race", Order("Ref"))
    clock.advance(MINUTE)
    text = words_of(house, "results", SLUG)
    assert "=NR M40, WR" in text
    assert "world record (Guinness)" in text
