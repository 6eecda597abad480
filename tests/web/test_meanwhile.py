"""Two tabs with the same form: what one keeps is not undone by the other, and a clash is told."""

from __future__ import annotations

import re
from html import unescape

import pytest
from msgspec.structs import replace

from tests.services.days import SLUG, run_day
from tests.web.desks import send, sign_in, token
from timing.core.setup.event import Wave
from timing.services.entrants.entry_facts import facts_of
from timing.services.office import setting_up
from timing.store import setup

ENTRY = f"/staff/{SLUG}/entries/101"
CARD = f"/staff/{SLUG}/checkin/101"


@pytest.fixture
def staff(app, house, client):
    run_day(house, "101 start 0:01")
    sign_in(app, client)
    return client


def tab(staff, address, form=0):
    """Open a page in a tab of its own: what its form carries besides what is typed."""
    page = staff.get(address)
    carried = re.findall(r'name="shown" value="([^"]*)"', page.text)
    return {"csrf_token": token(page), "shown": unescape(carried[form])}


def carried_by(page):
    return {"csrf_token": token(page), "shown": unescape(
        re.findall(r'name="shown" value="([^"]*)"', page.text)[0])}  # fmt: skip


def entry_of(house):
    return facts_of(house, SLUG).entries[101]


TYPED = {"name": "Runner 101", "contest": "race", "family": "", "club": "", "nation": ""}


def test_what_another_tab_kept_in_another_field_stays(house, staff):
    first, second = tab(staff, ENTRY), tab(staff, ENTRY)
    assert staff.post(ENTRY, data={**first, **TYPED, "club": "Reds"}).status_code == 302
    assert staff.post(ENTRY, data={**second, **TYPED, "nation": "ITA"}).status_code == 302
    assert (entry_of(house).club, entry_of(house).nation) == ("Reds", "ITA")


def test_a_clash_in_one_field_is_told_and_a_second_press_writes_ours(house, staff):
    first, second = tab(staff, ENTRY), tab(staff, ENTRY)
    staff.post(ENTRY, data={**first, **TYPED, "club": "Reds", "note": "vegan"})
    page = staff.post(ENTRY, data={**second, **TYPED, "club": "Blues"})
    assert page.status_code == 422
    assert "somebody else wrote &#39;Reds&#39; here meanwhile, and you &#39;Blues&#39;" in page.text
    assert 'value="vegan"' in page.text
    assert entry_of(house).club == "Reds"
    again = {**carried_by(page), **TYPED, "club": "Blues", "note": "vegan"}
    assert staff.post(ENTRY, data=again).status_code == 302
    assert (entry_of(house).club, entry_of(house).note) == ("Blues", "vegan")


def test_boxes_that_another_tab_ticked_stay_ticked_and_can_be_cleared(house, staff):
    first, second = tab(staff, ENTRY), tab(staff, ENTRY)
    staff.post(ENTRY, data={**first, **TYPED, "hidden": "yes"})
    staff.post(ENTRY, data={**second, **TYPED, "club": "Reds"})
    assert entry_of(house).hidden
    staff.post(ENTRY, data={**tab(staff, ENTRY), **TYPED, "club": "Reds"})
    assert not entry_of(house).hidden


def test_the_page_that_comes_back_after_a_save_changes_nothing_else(house, staff):
    """Browser: Back shows the old page with what was typed; its key is pressed again."""
    before = tab(staff, ENTRY)
    for _ in range(2):
        done = staff.post(ENTRY, data={**before, **TYPED, "club": "Reds"})
        assert done.status_code == 302
    assert entry_of(house).club == "Reds"
    assert staff.get(ENTRY).text.count("changed from") == 1


def test_what_a_browser_or_somebody_writes_there_instead_counts_as_nothing_carried(house, staff):
    for shown in ("", "[1]", "{", "null"):
        form = {**TYPED, "club": f"Club {shown}", "shown": shown}
        assert send(staff, ENTRY, ENTRY, **form).status_code == 302
    assert entry_of(house).club == "Club null"


def test_two_desks_change_different_things_on_one_card(house, staff):
    first, second = tab(staff, CARD), tab(staff, CARD)
    typed = {"do": "change", "name": "Runner 101", "club": "", "contest-101": "race", "reason": "w"}
    assert staff.post(CARD, data={**first, **typed, "club": "Reds"}).status_code == 302
    assert staff.post(CARD, data={**second, **typed, "name": "Ada Alm"}).status_code == 302
    assert (entry_of(house).club, entry_of(house).name) == ("Reds", "Ada Alm")
    clash = staff.post(CARD, data={**second, **typed, "club": "Blues"})
    assert clash.status_code == 422
    assert "somebody else wrote &#39;Reds&#39;" in clash.text
    assert 'name="name" value="Ada Alm"' in clash.text


def fields_of(page, form=0):
    """Everything that a browser would send of a form, as it stands on the page."""
    text = re.findall(r'<form method="post".*?</form>', page.text, re.DOTALL)[1 + form]
    fields = dict(re.findall(r'<input[^>]* name="([^"]+)"[^>]* value="([^"]*)"', text))
    ticked = re.findall(r'<input type="checkbox" name="([^"]+)" value="([^"]+)" checked', text)
    boxes = set(re.findall(r'type="checkbox" name="([^"]+)"', text))
    chosen = {}
    for name, options in re.findall(
        r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', text, re.DOTALL
    ):
        values = re.findall(r'<option value="([^"]*)"( selected)?', options)
        chosen[name] = next((v for v, mark in values if mark), values[0][0] if values else "")
    plain = {name: value for name, value in fields.items() if name not in boxes}
    return {name: unescape(value) for name, value in (plain | dict(ticked) | chosen).items()}


def test_two_tabs_change_different_things_of_one_contest(house, staff):
    address = f"/staff/{SLUG}/setup/contest/race"
    first, second = (fields_of(staff.get(address)) for _ in range(2))
    assert staff.post(address, data={**first, "bibs": "1-99"}).status_code == 302
    assert staff.post(address, data={**second, "note": "hilly"}).status_code == 302
    contest = setting_up.loaded(house, SLUG).contest("race")
    assert (contest.bibs, contest.note) == ("1-99", "hilly")
    clash = staff.post(address, data={**second, "bibs": "100-199"})
    assert clash.status_code == 422
    assert "somebody else wrote &#39;1-99&#39; here meanwhile" in clash.text


def test_two_tabs_change_different_facts_of_the_event(house, staff):
    with house.store.write() as tx:
        event = setup.load_event(tx, SLUG)
        setup.save_event(tx, replace(event, waves=(*event.waves, Wave(code="w", name="W"))))
    address = f"/staff/{SLUG}/setup"
    first, second = (fields_of(staff.get(address)) for _ in range(2))
    assert staff.post(address, data={**first, "place": "Bologna"}).status_code == 302
    assert staff.post(address, data={**second, "organiser": "Gamberi"}).status_code == 302
    event = setting_up.loaded(house, SLUG)
    assert (event.place, event.organiser) == ("Bologna", "Gamberi")
