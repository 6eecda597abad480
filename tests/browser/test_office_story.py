"""From an empty database to entrants with bibs who are checked in: only the pages, only keys."""

import pytest

from tests.machines.waiting import until
from timing.services.entrants import checkin
from timing.services.entrants.entry_facts import facts_of
from timing.services.office import accounts

SLUG = "backward-mile"
FIRST = ("Ada", "Bob", "Cleo", "Dan", "Eve", "Finn", "Gil", "Hana", "Ivo", "Jana")
LAST = ("Alm", "Berg", "Cruz", "Dahl", "Egger", "Frei", "Gallo", "Huber", "Iversen", "Jensen",
        "Keller", "Lopez", "Moser", "Novak", "Olsen", "Petit", "Quist", "Rossi", "Sand",
        "Toth")  # fmt: skip
COUNT = 200
CHECKED = 20


@pytest.fixture
def list_file(tmp_path):
    path = tmp_path / "entrants.csv"
    rows = [
        f"{n + 1};{FIRST[n % 10]} {LAST[n // 10]};{1950 + n % 50};{'WM'[n % 2]};Club {n % 7};ITA"
        for n in range(COUNT)
    ]
    path.write_text("Id;Name;Jahrgang;Geschlecht;Verein;Nation\n" + "\n".join(rows) + "\n")
    return path


def opened(page):
    """Wait until the page has put the cursor where it belongs."""
    until(page, "document.activeElement !== document.body")


def key_to(page, selector):
    """Walk to a field with the Tab key alone."""
    for _ in range(150):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no Tab leads to {selector}")


def fill(page, selector, text):
    key_to(page, selector)
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def press(page, selector):
    key_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def sign_in(page, url, name, password):
    page.goto(f"{url}/staff/")
    opened(page)
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type(password)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def set_up(page):
    press(page, "a[href$='/staff/new']")
    opened(page)
    page.keyboard.type("Backward Mile")
    fill(page, "#date", "")
    page.keyboard.type("05302026")
    fill(page, "#timezone", "Europe/Rome")
    key_to(page, "#place")
    page.keyboard.type("Bologna")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    press(page, "a[href$='/setup/contest']")
    opened(page)
    page.keyboard.type("Mile")
    fill(page, "#distance", "1 mi")
    fill(page, "#laps", "4")
    fill(page, "#bibs", "1-300")
    press(page, ".stick button")


def bring_list(page, list_file):
    press(page, "a[href$='/entries/import/']")
    page.set_input_files("#file", list_file)
    press(page, "main form button")
    page.wait_for_selector("text=Enter 200 rows")
    opened(page)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.wait_for_selector("text=200 entered")


def number_all(page):
    press(page, "a[href$='/bibs/']")
    press(page, "main form[action$='/numbers'] button")
    page.wait_for_selector("text=200 get a number: 1-200")
    opened(page)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.wait_for_selector("text=200 bibs given out.")


def check_in(page, count):
    press(page, f"a[href$='/staff/{SLUG}/']")
    press(page, f"a[href$='/staff/{SLUG}/checkin/']")
    for bib in range(1, count + 1):
        opened(page)
        page.keyboard.type(str(bib))
        with page.expect_navigation():
            page.keyboard.press("Enter")
        opened(page)
        with page.expect_navigation():
            page.keyboard.press("Enter")
        opened(page)
        assert page.evaluate("document.activeElement.id") == "q"


def make_desk(page, url):
    """The administrator makes an account for a desk and reads its password off the page."""
    page.goto(f"{url}/staff/")
    press(page, "a[href$='/staff/accounts']")
    fill(page, "#name", "Desk 1")
    press(page, "button[value=add]")
    password = page.inner_text(".secret")
    press(page, "header button")
    return password


@pytest.mark.parametrize("width", [1280, 390])
def test_from_nothing_to_entrants_with_bibs_who_are_here(house, live_url, page, list_file, width):
    password = accounts.first(house)
    page.set_viewport_size({"width": width, "height": 800})
    sign_in(page, live_url, "admin", password)
    set_up(page)
    bring_list(page, list_file)
    number_all(page)
    sign_in(page, live_url, "Desk 1", make_desk(page, live_url))
    check_in(page, CHECKED)
    bibs = sorted(map(int, facts_of(house, SLUG).bibs.values()))
    assert bibs == list(range(1, COUNT + 1))
    assert checkin.counters(house, SLUG) == (COUNT, CHECKED, COUNT - CHECKED, CHECKED)
