"""The page of timing boxes: how they are doing, what was not used, how to start one."""

from __future__ import annotations

import io
import zipfile

import pytest

from tests.services.days import SLUG, run_day
from tests.web.desks import send, sign_in
from timing.core.clock import Duration, Instant
from timing.readers.delivery import Batch
from timing.readers.sighting import Refused, Sighting
from timing.services.office import stations
from timing.services.raceday import capture
from timing.services.readers.boxes import Order, enrol
from timing.services.readers.reading import Diary
from timing.services.readers.running import Crew

PAGE = f"/staff/{SLUG}/readers/"


@pytest.fixture
def staff(app, house, client):
    run_day(house, "gun 0:00 | 101 start 0:01")
    sign_in(app, client, "timer")
    return client


def test_without_a_box_the_page_says_how_to_start_one(staff):
    page = staff.get(PAGE).text
    assert "No box has been read yet." in page
    assert "<pre>" not in page
    page = staff.get(PAGE + "?format=ipico&where=10.0.0.9&point=finish&wave=race&name=Mat 1").text
    assert (
        f"timing reader ipico 10.0.0.9 --event {SLUG} --point finish --wave race"
        " --name &#39;Mat 1&#39;" in page
    )


def test_a_box_is_shown_with_its_counts_and_every_line_that_was_not_used(house, staff, clock):
    diary = Diary(house, enrol(house, Order(SLUG, "ipico", "10.0.0.9", "finish", name="Mat 1")))
    bad = Refused(2, "<b>aa?</b>", "checksum", "the checksum does not fit")
    seen = Sighting("a", "aa1", Instant(clock()), chip="0A")
    diary.commit(Batch([seen], [bad], [(clock(), Duration(2_500_000))], {}, clock()))
    page = staff.get(PAGE).text
    assert "Mat 1" in page
    assert "alive" in page
    assert "clock -2.5 s off, corrected" in page
    assert "<code>&lt;b&gt;aa?&lt;/b&gt;</code>" in page
    assert "the checksum does not fit" in page


def test_a_box_is_started_and_stopped_from_the_page(app, house, staff):
    def nothing(_house, _order, host, _ready):
        host.stop.wait(10)

    app.extensions["readers"] = crew = Crew(house, nothing)
    form = {"format": "ipico", "where": "10.0.0.9", "point": "finish", "name": "Mat 1"}
    shown = send(staff, PAGE, PAGE, **form, step="show")
    assert "timing reader ipico 10.0.0.9" in shown.text
    assert send(staff, PAGE, PAGE, **form, step="start").status_code == 302
    assert crew.runs(SLUG, "Mat 1")
    page = staff.get(PAGE).text
    assert "Mat 1 is read by this server." in page
    assert send(staff, PAGE, f"{PAGE}stop", name="Mat 1").status_code == 302
    assert not crew.runs(SLUG, "Mat 1")
    assert "Read again" in staff.get(PAGE).text


def test_start_lists_for_finishlynx_are_handed_out_where_boxes_are_set_up(house, staff):
    page = staff.get(PAGE).text
    assert "Start lists for FinishLynx" in page
    assert '<option value="race">' in page
    whole = staff.get(f"{PAGE}lynx.zip?races=&encoding=utf-8")
    assert whole.mimetype == "application/zip"
    assert whole.headers["Content-Disposition"].endswith(f'"{SLUG}-lynx.zip"')
    packed = zipfile.ZipFile(io.BytesIO(whole.data))
    assert packed.namelist() == ["lynx.ppl", "lynx.evt", "lynx.sch"]
    assert b",101," in packed.read("lynx.evt")
    one = staff.get(f"{PAGE}lynx.zip?races=race/final&encoding=utf-16")
    assert zipfile.ZipFile(io.BytesIO(one.data)).read("lynx.sch") == "1,1,1\r\n".encode("utf-16")
    refused = staff.get(f"{PAGE}lynx.zip?races=moon")
    assert refused.status_code == 422
    assert "no contest" in refused.text


def test_start_lists_are_for_who_looks_after_boxes(app, house, client):
    run_day(house, "", entered="101")
    sign_in(app, client, "judge")
    assert client.get(f"{PAGE}lynx.zip").status_code == 403


def test_no_file_of_the_server_is_opened_from_the_page(staff):
    form = {"format": "csv", "where": "/etc/passwd", "point": "finish", "step": "start"}
    refused = send(staff, PAGE, PAGE, **form)
    assert refused.status_code == 422
    assert "expected the command timing reader" in refused.text
    assert "/etc/passwd" in refused.text  # what was typed is kept


def test_the_stations_page_says_how_many_lines_are_here(house, staff):
    permit = stations.permit(house, stations.make_link(house, SLUG, "F", "Ada", point="finish"))
    lines = [{"n": n, "bib": "101", "at": house.clock()} for n in (1, 2, 5)]
    capture.take(house, permit, capture.Batch(station="phone-0001", lines=lines))
    assert "3 of 5" in staff.get(f"/staff/{SLUG}/stations/").text
