"""Phones at a finish line in a real browser, in a time that the test moves on."""

from __future__ import annotations

from playwright.sync_api import Browser, Page

TIME = """
let now = %d, flying = 0, gate = null, open = () => {};
Date.now = () => now;
Object.defineProperty(Event.prototype, "timeStamp", { get: () => 0 });
const send = window.fetch.bind(window);
window.fetch = async (...what) => {
  while (gate) await gate;
  flying += 1;
  try {
    const answer = await send(...what);
    const { status, headers } = answer;
    return new Response(await answer.text(), { status, headers });
  } finally {
    setTimeout(() => { flying -= 1; }, 5);
  }
};
window.hold = async () => {
  gate ??= new Promise((go) => { open = go; });
  while (flying) await new Promise((go) => setTimeout(go, 1));
};
window.go = (time) => { now = time; gate = null; open(); };
"""
"""No question about the time is on its way while the time is moved: a clock that jumps between
question and answer would be a wrong clock, which is another story."""
READY = "[data-ready=yes]"


class Device:
    """A phone with the page of a station. now: microseconds of the simulated time."""

    def __init__(self, browser: Browser, address: str, now: int) -> None:
        self.context = browser.new_context(viewport={"width": 390, "height": 844})
        self.address, self.now = address, now
        self.faults: list[object] = []
        self.page = self._open()

    def _open(self) -> Page:
        page = self.context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", self._note)
        page.add_init_script(TIME % (self.now // 1000))
        page.goto(self.address)
        page.wait_for_selector(READY)
        return page

    def _note(self, fault: object) -> None:
        self.faults.append(fault)

    def kept_for_later(self) -> None:
        """Wait until the page opens without a network, too."""
        self.page.evaluate(
            "async () => { await navigator.serviceWorker.ready;"
            " while ((await (await caches.open('station-1')).keys()).length < 5)"
            " await new Promise((go) => setTimeout(go, 20)); }"
        )

    def hold(self) -> None:
        self.page.evaluate("hold()")

    def go(self, now: int) -> None:
        self.now = now
        self.page.evaluate("time => go(time)", now // 1000)

    def key(self, bib: str) -> None:
        self.page.keyboard.type(bib)
        self.page.keyboard.press("Enter")

    def network(self, *, on: bool) -> None:
        self.context.set_offline(not on)

    def reopen(self) -> None:
        """Open the station in another tab, then close the one that was there."""
        old = self.page
        self.page = self._open()
        old.close()

    def all_sent(self) -> None:
        self.page.wait_for_selector("#unsent[data-mood=good]")

    def count(self) -> str:
        """The line about what is not sent yet."""
        return self.page.locator("#unsent").inner_text()

    def close(self) -> None:
        self.context.close()
        assert not self.faults, f"errors in the page's scripts: {self.faults}"
