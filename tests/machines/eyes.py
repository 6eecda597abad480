"""A page looked at as axe does, and by whoever has to scroll sideways."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def flaws(page: Page, within: dict[str, Any] | None = None) -> Iterator[tuple[Any, ...]]:
    """What somebody would stumble over. within: the parts of the page that axe looks at."""
    for each in Axe().run(page, context=within).response["violations"]:
        yield each["id"], [node["html"][:120] for node in each["nodes"][:3]]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        yield ("wider than the screen",)


def flaws_day_and_night(page: Page) -> Iterator[tuple[Any, ...]]:
    """The same of a page that is open, by light and in the dark."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for each in flaws(page):
            yield scheme, *each
