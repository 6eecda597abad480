"""Every page of the office, light and dark, wide and narrow: axe finds nothing."""

import tempfile

import pytest
from msgspec.structs import replace

from tests.machines.eyes import flaws_day_and_night
from tests.web import race
from tests.web.desks import PASSWORD
from timing.services.entrants import checkin, numbering
from timing.services.entrants.entries import enter_one
from timing.services.office import accounts, stations, tray
from timing.services.office.tray import Upload
from timing.store import setup
from timing.web.staff.desk_link import own_address

LIST = "Name;Born;Nation;Contest\nAda;1990;Narnia;five\nBob;soon;ITA;five\nCleo;1991;ITA;ten\n"
AGES = 'name = "O"\nsource = "us"\n[age.d]\ncounted = "day"\n[[category]]\n'
SCHEMES = {
    "categories/ours": f'{AGES}code = "A"\nages = {{ d = [0, 150] }}\n',
    "prizes/odd": 'name = "O"\nsource = "us"\ngeneral_first = false\n[[prize]]\ncode = "a"\n'
    'name = "A"\n',
}
PAGES = (
    "", "new", "accounts", "mile/", "mile/setup", "mile/setup/contest", "mile/setup/contest/five",
    "mile/entries/", "mile/entries/?q=zzz", "mile/entries/new", "mile/entries/1",
    "mile/entries/import/", "mile/bibs/", "mile/bibs/numbers", "mile/bibs/?entry=1",
    "mile/people/", "mile/stations/", "mile/checkin/", "mile/checkin/?q=a", "mile/checkin/?q=zzz",
    "mile/checkin/1", "mile/checkin/5", "mile/checkin/7", "mile/checkin/absent",
    "mile/checkin/absent?who=unready",
    "mile/setup/schemes/categories/", "mile/setup/schemes/prizes/", "mile/privacy",
    "mile/privacy?bib=101", "mile/setup/schemes/categories/ours", "mile/setup/schemes/prizes/odd",
    "mile/setup/schemes/categories/?like=dlv",
)  # fmt: skip


@pytest.fixture
def addresses(app, tmp_path, monkeypatch):
    """An event with people, lost bibs and a list that is looked at; all addresses of the office."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))  # a tray that no other run tidies
    house = app.extensions["house"]
    event = race.race()
    contest = replace(event.contests[0], requires=("photo_id", "briefing"), bibs="1-9, 100-199")
    event = replace(event, contests=(contest,), self_checkin=True, schemes=SCHEMES)
    race.hold(house, event, race.field(6), race.times(range(1, 4)))
    with house.store.write() as tx:
        setup.save_event(tx, event)
    numbering.keep(house, "mile", "7-8", "lost")
    checkin.check_in(house, "mile", 5, by="ada")
    twin = {"name": "Åse Ødegard", "contest": "five"}
    enter_one(house, "mile", twin, {"1:same_person": "other"}, author="ada")
    accounts.add(house, "ada", "administrator", PASSWORD)
    token = stations.make_link(house, "mile", "Desk 2", "ada", desk="check-in")
    upload = Upload(name="list.csv", slug="mile", owner="ada", at=house.clock())
    word = tray.put(LIST.encode(), upload)
    with app.test_request_context():
        own = own_address("mile", 1).removeprefix("http://localhost")
    staff = [f"/staff/{page}" for page in (*PAGES, f"mile/entries/import/{word}")]
    yield [*staff, f"/s/{token}/checkin", own]
    tray.drop(tray.get(word, "mile", "ada"))


def sign_in(page, url):
    page.goto(f"{url}/staff/sign-in")
    assert list(flaws_day_and_night(page)) == []
    page.fill("#name", "ada")
    page.fill("#password", PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_and_no_page_is_wider_than_the_screen(
    addresses, live_url, browser, width
):
    context = browser.new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    sign_in(page, live_url)
    found = []
    for address in addresses:
        page.goto(live_url + address)
        found += [(address, *each) for each in flaws_day_and_night(page)]
    context.close()
    assert found == []
