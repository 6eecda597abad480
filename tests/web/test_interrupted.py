"""A session that ended while a form was filled in: nothing is written, nothing typed is lost."""

from __future__ import annotations

import io
import re
from html import unescape

import pytest

from tests.services.days import SLUG, run_day
from tests.web.desks import PASSWORD, send, sign_in, token
from timing.core.clock import MINUTE
from timing.services.entrants.entry_facts import facts_of
from timing.services.office import accounts

NEW = f"/staff/{SLUG}/entries/new"
HERE = {"Origin": "http://localhost", "Referer": f"http://localhost{NEW}"}
FORM = {"name": "Cleo <b>Neu", "born": "1999", "contest": "race", "note": "one\ntwo"}


@pytest.fixture
def staff(app, house, client):
    run_day(house, "101 start 0:01")
    sign_in(app, client, "desk")
    return client


def names(house):
    return sorted(entry.name for entry in facts_of(house, SLUG).entries.values())


def carried(page):
    """The hidden fields of a page, as a browser would send them."""
    hidden = re.findall(r'<textarea name="([^"]+)" hidden>\n(.*?)</textarea>', page.text, re.DOTALL)
    return {unescape(name): unescape(value) for name, value in hidden}


def sent(client, address=NEW, headers=HERE, **fields):
    return client.post(address, data=fields, headers=headers)


@pytest.fixture
def ended(house, staff):
    """What is shown when the form is sent and the account was signed out everywhere meanwhile."""
    typed = {**FORM, "csrf_token": token(staff.get(NEW))}
    accounts.sign_out_everywhere(house, "desk")
    return sent(staff, **typed)


def test_what_was_typed_is_kept_until_somebody_signs_in_and_sends_it(house, staff, ended):
    assert ended.status_code == 401
    assert "What you typed is kept" in ended.text
    assert names(house) == ["Runner 101"]
    signed = {**carried(ended), "csrf_token": token(ended), "name": "desk", "password": PASSWORD}
    again = sent(staff, "/staff/sign-in", **signed)
    assert "Cleo &lt;b&gt;Neu" in again.text
    assert f'action="{NEW}"' in again.text
    assert names(house) == ["Runner 101"]
    done = sent(staff, **carried(again), csrf_token=token(again))
    assert done.status_code == 302
    assert names(house) == ["Cleo <b>Neu", "Runner 101"]


def test_of_a_form_that_was_filled_before_only_what_was_typed_is_shown_again(house, staff):
    entry = f"/staff/{SLUG}/entries/101"
    page = staff.get(entry)
    shown = unescape(re.search(r'name="shown" value="([^"]*)"', page.text)[1])
    form = {"name": "Runner 101", "contest": "race", "club": "Reds", "do": "keep", "shown": shown}
    again = sent(staff, entry, **form, csrf_token="of the last session")
    listed = re.search(r'<ul class="plainlist">(.*?)</ul>', again.text, re.DOTALL)[1]
    assert re.findall("<li>(.*?)</li>", listed) == ["Reds"]
    assert carried(again)["shown"] == shown
    pressed = sent(staff, entry, do="keep", csrf_token="of the last session")
    assert "plainlist" not in pressed.text


def test_a_wrong_password_loses_nothing(staff, ended):
    signed = {**carried(ended), "csrf_token": token(ended), "name": "desk", "password": "no"}
    again = sent(staff, "/staff/sign-in", **signed)
    assert again.status_code == 401
    assert "Name or password is not right." in again.text
    assert carried(again) == carried(ended)
    assert carried(again)["kept:note"] == "one\ntwo"


def test_a_form_of_another_session_of_the_same_person_is_sent_again_with_one_key(house, staff):
    page = sent(staff, **FORM, csrf_token="of the last session")
    assert page.status_code == 409
    assert "nothing was changed yet" in page.text
    assert f'href="{NEW}"' in page.text
    assert names(house) == ["Runner 101"]
    assert sent(staff, **carried(page), csrf_token=token(page)).status_code == 302
    assert len(names(house)) == 2


def test_a_page_may_lie_open_all_day(house, staff, clock):
    early = token(staff.get(NEW))
    clock.advance(600 * MINUTE)
    assert sent(staff, **FORM, csrf_token=early).status_code == 302
    assert staff.application.config["WTF_CSRF_TIME_LIMIT"] is None


@pytest.mark.parametrize("headers", [
    {}, {"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"},
])  # fmt: skip
def test_what_another_site_sent_is_never_kept(app, house, staff, headers):
    answer = sent(app.test_client(), headers=headers, **FORM)
    assert answer.status_code == 401
    assert "Please sign in; nothing was changed." in answer.text
    assert "Cleo" not in answer.text
    assert "Cleo" not in sent(staff, headers=headers, **FORM).text


def test_a_form_is_carried_to_addresses_of_the_office_only(staff, ended):
    signed = {"csrf_token": token(ended), "name": "desk", "password": PASSWORD,
              "kept-address": "//elsewhere.example", "kept-page": "https://elsewhere.example",
              "kept:name": "Cleo"}  # fmt: skip
    again = sent(staff, "/staff/sign-in", **signed)
    assert again.status_code == 302
    assert "elsewhere" not in again.headers["Location"]


def test_a_file_has_to_be_chosen_again(house, staff):
    data = {"do": "chips", "csrf_token": "old", "file": (io.BytesIO(b"bib,chip\n"), "chips.csv")}
    page = staff.post(
        f"/staff/{SLUG}/bibs/", data=data, headers=HERE, content_type="multipart/form-data"
    )
    assert "A file cannot be kept" in page.text
    assert "Send it now" not in page.text


def test_a_sign_in_page_that_is_too_old_asks_once_more_and_keeps_no_password(app, house, staff):
    page = sent(app.test_client(), "/staff/sign-in", name="desk", password=PASSWORD)
    assert page.status_code == 401
    assert "Please sign in once more." in page.text
    assert 'value="desk"' in page.text
    assert PASSWORD not in page.text


def test_signing_out_twice_ends_at_the_sign_in(staff):
    send(staff, NEW, "/staff/sign-out")
    again = sent(staff, "/staff/sign-out", csrf_token="old")
    assert again.status_code == 401
    assert "kept" not in again.text
