"""The box of lines on a device with a link: what is on its disk, and what the server has named.

The screen follows the box a moment later, so whoever waits for lines asks the box itself.
"""

from __future__ import annotations

from playwright.sync_api import Page

from tests.machines.waiting import until

_BOX = """async () => {
    const found = (request) => new Promise((done, failed) => {
        request.onsuccess = () => done(request.result);
        request.onerror = () => failed(request.error);
    });
    const box = await found(indexedDB.open("timing-station"));
    const lines = await found(box.transaction("lines").objectStore("lines").getAll());
    box.close();
    const unsent = lines.filter(line => line.state === "saved" || line.state === "sent");
    return %s;
}"""
_NOW = f"({_BOX})()"


def key_in(page: Page, bib: str) -> None:
    """Key in a bib, or nothing for a time alone, and wait until its line is on the disk."""
    before = page.evaluate(_BOX % "lines.length")
    page.keyboard.type(bib)
    page.keyboard.press("Enter")
    until(page, _NOW % f"lines.length > {before}")


def all_sent(page: Page) -> None:
    """Wait until the server has named every line of the box and the screen says so."""
    until(page, _NOW % "unsent.length === 0")
    page.wait_for_selector("#unsent[data-mood=good]")
