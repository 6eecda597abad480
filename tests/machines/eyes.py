"""A page looked at as axe does, and by whoever has to scroll sideways."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

_LOOK = """within => axe.run(within ?? document, {resultTypes: ["violations"]})
    .then(found => found.violations.map(each => [
        each.id, each.nodes.slice(0, 3).map(node => node.html.slice(0, 120))]))"""


def violations(page: Page, within: dict[str, Any] | None = None) -> list[tuple[str, list[str]]]:
    """Give the rules of axe that a page breaks, with the first places.

    within: the parts of the page that axe looks at. Axe is a large script, so a page is handed it
    once, and of what axe finds only that comes back which is looked at.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return [(rule, places) for rule, places in page.evaluate(_LOOK, within)]


def flaws(page: Page, within: dict[str, Any] | None = None) -> Iterator[tuple[Any, ...]]:
    """What somebody would stumble over. within: the parts of the page that axe looks at."""
    yield from violations(page, within)
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        yield ("wider than the screen",)


def flaws_day_and_night(page: Page) -> Iterator[tuple[Any, ...]]:
    """The same of a page that is open, by light and in the dark."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for each in flaws(page):
            yield scheme, *each
