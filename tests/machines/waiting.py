"""Waiting for a state of a page. Its own rules forbid it to evaluate words, so that Playwright's
``wait_for_function``, which does so at every look but the first, fails there.
"""

from __future__ import annotations

from playwright.sync_api import Error, Page

PATIENCE = 10_000  # milliseconds
_UNTIL = """async () => {
  const since = performance.now();
  while (!(await (%s))) {
    if (performance.now() - since > %d) return false;
    await new Promise((done) => setTimeout(done, 20));
  }
  return true;
}"""
_GONE = "Execution context was destroyed"


def until(page: Page, condition: str) -> None:
    """Wait until an expression of the page holds, also over a reload; it may be a promise."""
    for _page in range(3):
        try:
            assert page.evaluate(_UNTIL % (condition, PATIENCE)), f"not within 10 s: {condition}"
        except Error as error:
            if _GONE not in error.message:
                raise
            page.wait_for_load_state()
        else:
            return
    raise AssertionError(f"the page came again and again: {condition}")
