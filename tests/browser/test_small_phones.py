"""A runner's old phone: the narrowest screen, and the longest words."""

from __future__ import annotations

import pytest

from timing.services.demo.loading import load_demos

PAGES = (
    "/", "/retro-worlds", "/retro-worlds/100m-men", "/retro-worlds/half-marathon",
    "/retro-worlds/4x100m", "/retro-worlds/bib/199", "/retro-worlds/medals",
    "/retro-worlds/records", "/retro-worlds/on-course", "/backwards-mile/mile",
)  # fmt: skip


@pytest.fixture
def engine_name() -> str:
    return "sqlite"  # the browser is what is tested here; services run on both engines


@pytest.mark.browser
@pytest.mark.parametrize("language", ["de", "es"])
def test_no_page_for_everybody_is_wider_than_the_screen(app, live_url, browser, language):
    load_demos(app.extensions["house"])
    page = browser.new_page(viewport={"width": 320, "height": 600})
    wide = []
    for address in PAGES:
        page.goto(f"{live_url}{address}?lang={language}")
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > page.evaluate("document.documentElement.clientWidth"):
            wide.append((address, width))
    page.close()
    assert wide == []
