"""A tour through every page of the route map, on a phone in the dark.

No page complains, none is wider than the screen, axe finds nothing, and an event without contests
has pages, too. A page that is new is on the tour by itself; it says here what its address wants.
"""

from __future__ import annotations

import re
import tempfile

import pytest
from flask import url_for
from msgspec.structs import replace

from tests.machines.eyes import flaws
from tests.web.desks import PASSWORD, sign_in
from timing.services.demo.loading import demo_files, load_demos, rehearsal
from timing.services.office import stations, tray
from timing.services.office.tray import Upload
from timing.services.paper import batches
from timing.services.paper.wanted import Wanted
from timing.services.publications import publishing
from timing.services.publications.publishing import Order
from timing.store import roster, setup
from timing.web.staff.desk_link import own_address

DEMO, MORNING, EMPTY = "retro-worlds", "morning", "empty"
LIST = "Name;Born;Nation;Contest\nAda;1990;Narnia;Half marathon\nBob;soon;ITA;Half marathon\n"
GIVEN = {
    "slug": DEMO, "contest": "half-marathon", "bib": "199", "entry": 5, "heat": 1,
    "version": 2, "round_code": "final", "code": "heats", "kind": "results",
    "point": "line", "token": "v1", "name": "ours",
}  # fmt: skip
"""What stands in an address where nothing else is said."""
WANTED = {
    "advancing.look": {"slug": MORNING, "contest": "100m-men"},
    "advancing.following": {"contest": "100m-men"},
    "own_schemes.scheme": {"kind": "categories", "name": "ours"},
    "setting_up.contest": {"code": "100m-men"},
}
"""What an address wants instead."""
MORE = (
    f"/{DEMO}/half-marathon?view=splits", f"/{DEMO}/100m-men?view=heats", f"/{DEMO}/find?q=zzz",
    f"/{DEMO}/bib/199?with=107", f"/{DEMO}/half-marathon?q=zzz", f"/{MORNING}/half-marathon",
    f"/staff/{DEMO}/officials/bib?bib=199", f"/staff/{DEMO}/checkin/?q=ma",
    f"/staff/{DEMO}/print/?kind=start&contest=100m-men", f"/staff/{MORNING}/start",
)  # fmt: skip
"""Pages as somebody asks for them."""


LINKS = {
    "capture.station": {"point": "line"},
    "desk_link.page": {"desk": "check-in"},
    "announcing.announcer": {"desk": "announcer"},
    "announcing.screen": {"desk": "screen"},
    "announcing.kiosk": {"desk": "screen"},
}
"""Pages that are opened by a link of their own."""
NO_PAGE = re.compile(r"/api/|/static/|\.[a-z<>]+$|/healthz|/metrics|/state$|/news$|/file$")
"""Addresses for programs: files, and what scripts ask for."""
WALKS = 5
"""The tour is walked in parts: each takes a few seconds."""
COMPLAINTS = ("error", "warning")
BEGINNING = {"exclude": [["tbody tr:nth-child(n+5)"], ["main li:nth-child(n+9)"]]}
"""Of long lists axe looks at the first rows; the others are made alike."""
TOKEN = re.compile(r'name="token" value="([^"]+)"')


@pytest.fixture
def house(app, tmp_path, monkeypatch):
    """A race day that is over, the morning of another, and an event without contests."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))  # a tray that no other run tidies
    house = app.extensions["house"]
    load_demos(house)
    scheme = 'name = "O"\nsource = "us"\n[age.d]\ncounted = "day"\n[[category]]\ncode = "A"\n'
    scheme += "ages = { d = [0, 150] }\n"
    [path] = [each for each in demo_files() if each.stem == DEMO]
    day = rehearsal(path)
    with house.store.write() as tx:
        shown = replace(day.event, self_checkin=True, schemes={"categories/ours": scheme})
        setup.save_event(tx, shown)
        number = setup.save_event(tx, replace(day.event, slug=MORNING, name="Morning"))
        roster.save_roster(tx, number, day.roster)
        setup.save_event(tx, replace(day.event, slug=EMPTY, contests=(), points=(), waves=()))
    publishing.publish(house, DEMO, "half-marathon", Order("ada"))
    again = Order("ada", official=True, force=True, reason="again")
    publishing.publish(house, DEMO, "half-marathon", again)
    return house


@pytest.fixture
def addresses(app, house, client):
    """Every address of the route map that is asked for by GET; links of a day are made."""
    sign_in(app, client)
    made = {view: {"token": stations.make_link(house, DEMO, "Here", "ada", **kind)}
            for view, kind in LINKS.items()}  # fmt: skip
    upload = Upload(name="list.csv", slug=DEMO, owner="administrator", at=house.clock())
    word = tray.put(LIST.encode(), upload)
    run = batches.start(house, DEMO, "bibs", Wanted(contest="half-marathon"))
    run.thread.join()
    with app.test_request_context():
        own = own_address(DEMO, 5).rpartition("/s/")[2].removesuffix("/me")
        made |= {
            "entry_import.look": {"word": word},
            "runners.answer": {"key": _asked(client)},
            "desk_link.oneself": {"key": own},
            "entries.line_up": {"entry": _team(house)},
            "printroom.run": {"number": run.id},
        }
        rules = [rule for rule in app.url_map.iter_rules() if _is_page(rule)]
        empty = [rule for rule in rules if rule.arguments == {"slug"}]
        yield [
            *(_address(rule, made) for rule in rules),
            *(url_for(rule.endpoint, slug=EMPTY) for rule in empty),
            *MORE,
        ]
    tray.drop(tray.get(word, DEMO, "administrator"))


def _asked(client):
    """Ask a question as a runner; give the end of the address where its answer will stand."""
    address = f"/{DEMO}/bib/199/enquiry"
    said = {"token": TOKEN.search(client.get(address).text)[1], "text": "I was faster"}
    return client.post(address, data=said).location.rpartition("/")[2]


def _is_page(rule):
    return "GET" in rule.methods and not NO_PAGE.search(rule.rule)


def _team(house):
    entries = house.live.snapshot(DEMO, fresh=True).roster.entries
    return next(each.id for each in entries if each.contest == "4x100m")


def _address(rule, made):
    wanted = GIVEN | WANTED.get(rule.endpoint, {}) | made.get(rule.endpoint, {})
    return url_for(rule.endpoint, **{name: wanted[name] for name in rule.arguments})


@pytest.mark.parametrize("walk", range(WALKS))
def test_every_page_of_the_route_map_opens_and_none_complains(walk, addresses, live_url, browser):
    context = browser.new_context(
        color_scheme="dark", viewport={"width": 390, "height": 844}, reduced_motion="reduce"
    )
    page, found = context.new_page(), []
    page.on("console", lambda said: said.type in COMPLAINTS and found.append((page.url, said.text)))
    page.on("pageerror", lambda fault: found.append((page.url, str(fault))))
    _sign_in(page, live_url)
    for address in addresses[walk::WALKS]:
        answer = page.goto(live_url + address)
        assert answer.ok, (address, answer.status)
        found += [(address, *each) for each in flaws(page, BEGINNING)]
    context.close()
    assert found == []


def _sign_in(page, url):
    page.goto(f"{url}/staff/sign-in")
    page.fill("#name", "administrator")
    page.fill("#password", PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
