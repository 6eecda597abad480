"""An organiser connects another system: adds it, tries it, reads the answer, switches it off."""

from __future__ import annotations

import pytest

from tests.machines.eyes import flaws
from tests.web import race
from tests.web.desks import PASSWORD, house_of
from timing.services.office import accounts, telling, webhooks


@pytest.fixture
def house(app):
    house = house_of(app)
    race.hold(house, race.race(), race.field(3), race.times([1, 2]))
    accounts.add(house, "Ada", "organiser", PASSWORD)
    return house


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_another_system_is_added_tried_and_switched_off(
    house, live_url, browser, width, scheme, monkeypatch
):
    monkeypatch.setattr(telling, "post", lambda _call: 204)
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(f"{live_url}/staff/sign-in")
    page.fill("#name", "Ada")
    page.fill("#password", PASSWORD)
    page.click("main button")
    page.goto(f"{live_url}/staff/mile/")
    page.click("text=Other systems")
    page.fill("#url", "https://federation.example/hook")
    page.press("#url", "Enter")
    (hook,) = webhooks.listed(house, "mile")
    assert page.inner_text("code.secret") == hook.secret
    page.click("text=Try it")
    page.wait_for_selector("text=It works.")
    assert "✓ 204" in page.inner_text("main table")
    page.click("text=Switch off")
    page.wait_for_selector(".card >> text=switched off")
    assert list(flaws(page)) == []
    small = page.evaluate(
        "[...document.querySelectorAll('main button')]"
        ".filter(each => each.getBoundingClientRect().height < 44).length"
    )
    assert small == 0
    context.close()
