"""Makes the pictures of docs/img from the demonstration events: ``make pictures``.

Every page that the README and the guide show is a row of PAGES, every sheet a row of SHEETS.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin

import msgspec
import pypdfium2
from playwright.sync_api import Browser, Page

from tests.machines import browsers
from tests.machines.clocks import StandingClock
from tests.machines.served import served
from timing import resources
from timing.app import create_app
from timing.core.clock import Instant
from timing.services.demo.loading import load_demos
from timing.services.house import House
from timing.services.office import accounts, stations, tray
from timing.services.office.tray import Upload
from timing.services.paper import sheets
from timing.services.paper.sheets import Wanted
from timing.settings import CONFIG_VARIABLE, load_settings
from timing.store import migrate

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "img"
WIDE, PHONE = (1280, 800), (390, 844)
NOON = Instant(1_780_159_500_000_000)
"""2026-05-30 18:45 in Berlin: the mile is being run."""


class Shot(NamedTuple):
    """A picture of a page. full: down to its end.

    path: ``{station}`` and the like stand for links, ``{upload}`` for a list that is looked at.
    """

    name: str
    path: str
    size: tuple[int, int] = WIDE
    dark: bool = False
    staff: bool = False
    keys: str = ""
    full: bool = False


def both(name: str, path: str) -> tuple[Shot, Shot]:
    """A page of the office on a wide screen, and on a phone down to its end."""
    wide = Shot(name, path, staff=True, full=True)
    return wide, Shot(f"{name}-phone", path, PHONE, staff=True, full=True)


OFFICE = (
    *both("events", "/staff/"),
    *both("new-event", "/staff/new"),
    *both("event-setup", "/staff/backwards-mile/setup"),
    *both("contest-setup", "/staff/retro-worlds/setup/contest/100m-men"),
    *both("own-categories", "/staff/backwards-mile/setup/schemes/categories/?like=retro-2018"),
    *both("entries", "/staff/backwards-mile/entries/?q=a"),
    *both("entry", "/staff/retro-worlds/entries/5"),
    *both("new-entry", "/staff/retro-worlds/entries/new"),
    *both("import", "/staff/retro-worlds/entries/import/{upload}"),
    *both("bibs", "/staff/backwards-mile/bibs/"),
    *both("same-person", "/staff/retro-worlds/people/"),
    *both("personal-data", "/staff/retro-worlds/privacy"),
    *both("draw", "/staff/retro-worlds/rounds"),
    *both("stations", "/staff/retro-worlds/stations/"),
    *both("accounts", "/staff/accounts"),
)
"""Every page of the race office."""

ONLINE = (
    Shot("prizes", "/retro-worlds/half-marathon/prizes"),
    Shot("medals", "/retro-worlds/medals", PHONE),
    Shot("records", "/retro-worlds/records", dark=True),
    Shot("splits-phone", "/retro-worlds/half-marathon?view=splits", PHONE),
    Shot("compare-phone", "/backwards-mile/bib/55?with=4", PHONE, full=True),
    Shot("announcer", "/s/{announcer}/announcer"),
    Shot("big-screen", "/s/{screen}/screen"),
    Shot("kiosk", "/s/{screen}/kiosk?bib=55"),
    Shot("other-systems", "/staff/backwards-mile/webhooks/", staff=True),
)
"""What everybody sees, the announcer and the hall."""

LIST = """Id;Name;Born;Sex;Nation;Contest
1;Åse Ødegård;1984-05-30;W;NOR;Half marathon
2;Bob Łukasz;soon;M;POL;Half marathon
3;Carla d'Ornano;1991;W;Narnia;Half marathon
4;Dan O'Neill;1990;M;IRL;Half marathon
"""
"""A list with a bad row and an unknown nation."""

PAGES = (
    Shot("results-page", "/backwards-mile/mile"),
    Shot("results-phone", "/retro-worlds/100m-men", PHONE, dark=True),
    Shot("event-page", "/retro-worlds"),
    Shot("runner-page", "/retro-worlds/bib/199"),
    Shot("station", "/s/{station}", PHONE, keys="55"),
    Shot("office", "/staff/retro-worlds/", staff=True),
    Shot("check-in", "/staff/retro-worlds/checkin/?q=107", staff=True),
    Shot("check-in-phone", "/staff/retro-worlds/checkin/?q=159", PHONE, staff=True),
    Shot("not-here", "/staff/retro-worlds/checkin/absent", staff=True),
    Shot("call-room", "/staff/retro-worlds/checkin/absent?who=unready", PHONE, staff=True),
    Shot("check-in-desk", "/staff/retro-worlds/checkin/?q=ma", PHONE, staff=True),
    Shot("check-in-link", "/s/{desk}/checkin", PHONE, dark=True),
    *OFFICE,
    *ONLINE,
    Shot("start-control", "/staff/retro-worlds/start", staff=True),
    Shot("officials", "/staff/backwards-mile/officials", staff=True),
    Shot("officials-bib", "/staff/backwards-mile/officials/bib?bib=55", staff=True),
    Shot("on-course", "/staff/backwards-mile/officials/on-course", staff=True),
    Shot("publishing", "/staff/backwards-mile/publish", staff=True),
    Shot("grids", "/staff/retro-worlds/grids", staff=True),
    Shot("print-room", "/staff/retro-worlds/print/?kind=start&contest=100m-men", staff=True),
)


class Printed(NamedTuple):
    """A picture of the first page of a sheet."""

    name: str
    event: str
    kind: str
    wanted: Wanted


SHEETS = (
    Printed("results-sheet", "retro-worlds", "results", Wanted(contest="1500m-men")),
    Printed("start-list", "retro-worlds", "start", Wanted(contest="100m-men")),
    Printed("lap-sheet", "retro-worlds", "laps", Wanted(contest="1500m-women")),
    Printed("by-category", "retro-worlds", "results-by-category", Wanted(contest="half-marathon")),
)


def main(only: list[str]) -> None:
    """Make all pictures, or those that are named."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    executable = browsers.find_chromium()
    if executable is None:
        sys.exit(f"there is no Chromium; {browsers.INSTALL}")
    with demonstration() as (house, address), browsers.chromium(executable) as browser:
        password = accounts.add(house, "Ada", "administrator")
        places = addresses(house)
        for shot in PAGES:
            if not only or shot.name in only:
                take(browser, shot, f"{address}{shot.path.format(**places)}", password)
        for sheet in SHEETS:
            if not only or sheet.name in only:
                draw(house, sheet)


def addresses(house: House) -> dict[str, str]:
    """Make what some addresses need: links, and a list on the tray."""
    upload = Upload(name="list.csv", slug="retro-worlds", owner="Ada", at=house.clock())
    return {
        "station": stations.make_link(house, "backwards-mile", "Finish", "Ada", point="line"),
        "desk": stations.make_link(house, "retro-worlds", "Desk 2", "Ada", desk="check-in"),
        "announcer": stations.make_link(house, "backwards-mile", "Mike", "Ada", desk="announcer"),
        "screen": stations.make_link(house, "backwards-mile", "Hall", "Ada", desk="screen"),
        "upload": tray.put(LIST.encode(), upload),
    }


@contextmanager
def demonstration() -> Iterator[tuple[House, str]]:
    """Serve the demonstration events from a database of their own."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/pictures.db"
        testing = str(resources.folder("config") / "testing.toml")
        chosen = load_settings({CONFIG_VARIABLE: testing, "TIMING_DATABASE_URL": url})
        migrate.upgrade(chosen.database_url)
        settings = msgspec.structs.replace(chosen, data_dir=folder)
        app = create_app(settings, StandingClock(NOON), ticks=None)
        house = app.extensions["house"]
        load_demos(house)
        with served(app) as address:
            yield house, address
        house.store.close()


def take(browser: Browser, shot: Shot, address: str, password: str) -> None:
    """Take one picture of a page."""
    width, height = shot.size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if shot.dark else "light",
        locale="en-GB",
    )
    page = context.new_page()
    if shot.staff:
        sign_in(page, address, password)
    answer = page.goto(address)
    if answer is None or not answer.ok:
        sys.exit(f"{shot.name}: {address} answered {answer.status if answer else 'nothing'}")
    if shot.keys:
        page.wait_for_selector("[data-ready=yes]")
        page.keyboard.type(shot.keys)
        page.keyboard.press("Enter")
        page.wait_for_selector("#unsent[data-mood=good]")
    page.wait_for_load_state("networkidle")
    page.screenshot(path=IMAGES / f"{shot.name}.png", full_page=shot.full)
    context.close()
    sys.stdout.write(f"{shot.name}\n")


def sign_in(page: Page, address: str, password: str) -> None:
    """Sign in, so that staff pages open."""
    page.goto(urljoin(address, "/staff/sign-in"))
    page.fill("#name", "Ada")
    page.fill("#password", password)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def draw(house: House, sheet: Printed) -> None:
    """Draw one sheet and take a picture of its first page."""
    drawn = sheets.print_sheet(house, sheet.event, sheet.kind, sheet.wanted)
    document = pypdfium2.PdfDocument(drawn.pdf)
    page = document[0]
    page.render(scale=1.3).to_pil().save(IMAGES / f"{sheet.name}.png", "PNG", optimize=True)
    page.close()
    document.close()
    sys.stdout.write(f"{sheet.name}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
