"""Personal data: what is never shown, what may be kept back, what can be erased."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from msgspec.structs import replace

from tests.web import race
from tests.web.test_announcing import signed_in
from timing.core.refusal import Refusal
from timing.core.rulebook.rules import ContestRules
from timing.core.setup.event import Minors
from timing.services.house import UnknownEventError
from timing.services.office import privacy
from timing.services.public import enquiries
from timing.services.publications import exchange, publishing
from timing.services.publications.exchange import PUBLIC_FORMATS
from timing.services.publications.publishing import Order

PAGES = (
    "/mile/five", "/mile/five?view=splits", "/mile/five.csv", "/mile/five.json", "/mile/bib/102",
    "/mile/five/prizes", "/mile/find?q=bob", "/mile/find?q=102", "/mile/bib/101?with=102",
)  # fmt: skip


def young(house, minors):
    event = race.race(minors=minors)
    race.hold(house, event, race.field(3, n2={"born": "2012-05-06"}), race.times([1, 2, 3]))


@pytest.mark.parametrize(("minors", "shown"), [(Minors.INITIALS, "B. Ł."), (Minors.HIDDEN, "—")])
def test_minors_are_shown_as_the_event_chooses_and_keep_their_place(house, client, minors, shown):
    young(house, minors)
    for address in PAGES:
        assert "Łukasz" not in client.get(address).text, address
    page = client.get("/mile/five").text
    assert re.findall(r'data-bib="(\d+)"', page) == ["101", "102", "103"]
    assert f"<bdi>{shown}</bdi>" in page
    assert "Åse Ødegård" in page


FEEDS = (
    "events/mile/contests/five/standings", "events/mile/contests/five/standings.csv",
    "events/mile/runners/102", "events/mile/entries", "events/mile/entries.csv",
    "events/mile/records", "events/mile/contests/five/publications/1",
    "events/mile/contests/five/publications/1/changes",
    *(f"events/mile/results.{form}" for form in PUBLIC_FORMATS),
)  # fmt: skip


@pytest.mark.parametrize("minors", [Minors.INITIALS, Minors.HIDDEN])
def test_programs_are_told_no_more_of_minors_than_the_pages_show(house, client, minors):
    young(house, Minors.FULL)
    publishing.publish(house, "mile", "five", Order("ref"))
    privacy.show(house, "mile", minors, robots=True)
    house.live.forget("mile")
    for address in (*(f"/api/v1/{each}" for each in FEEDS), "/mile/five/versions"):
        answer = client.get(address)
        assert answer.status_code == 200, address
        for text in readable(answer.data):
            assert "ukasz" not in text, address
            assert "Bob" not in text, address
            assert "2012-05" not in text, address
    whole = exchange.export_results(house, "mile", "csv").decode()
    assert "Łukasz" in whole  # the organiser's own file


def readable(content):
    """The texts of an answer; of a zipped one those of its files."""
    if not content.startswith(b"PK"):
        return [content.decode()]
    with zipfile.ZipFile(io.BytesIO(content)) as bundle:
        return [bundle.read(name).decode("utf-8", "replace") for name in bundle.namelist()]


def test_the_veil_is_lifted_with_the_setting_and_follows_new_results(house, client):
    young(house, Minors.INITIALS)
    assert "Łukasz" not in client.get("/mile/five").text
    race.more(house, "mile", race.passing(3, "line", 999, 90))
    house.live.forget("mile")
    assert "Łukasz" not in client.get("/mile/five").text
    privacy.show(house, "mile", "full", robots=True)
    house.live.forget("mile")
    assert "Łukasz" in client.get("/mile/five").text


def test_a_full_date_of_birth_is_on_no_public_page(house, client):
    race.hold(house, race.race(), race.field(3, n2={"born": "1988-05-06"}), race.times([1, 2, 3]))
    for address in PAGES:
        text = client.get(address).text
        assert "1988-05-06" not in text, address
        assert "05-06" not in text, address


def test_erasing_a_person_leaves_the_standings_as_they_were(house, client):
    event = race.race()
    rules = ContestRules(categories="retro-2018")
    event = replace(event, contests=(replace(event.contests[0], rules=rules),))
    race.hold(house, event, race.field(6), race.times(range(1, 7)))
    enquiries.ask(house, "mile", "102", "I am Bob Łukasz", "bob@example.org")

    def places():
        standings = house.live.snapshot("mile", fresh=True).standings["five", "final"]
        return [
            (row.place, row.bib, row.category, row.category_place, row.sex_place, row.gap,
             row.result.official)
            for row in standings.rows
        ]  # fmt: skip

    before = places()
    assert privacy.erase(house, "mile", 2) == [2]
    assert places() == before
    for address in PAGES[:-3]:
        assert "Łukasz" not in client.get(address).text
    assert "—" in client.get("/mile/bib/102").text
    assert enquiries.everything(house, "mile")[0].contact == ""


def test_what_cannot_be_erased_or_chosen_is_refused(five):
    with pytest.raises(Refusal, match="no entry 99"):
        privacy.erase(five, "mile", 99)
    with pytest.raises(Refusal, match="expected full, initials, hidden"):
        privacy.show(five, "mile", "blurred", robots=True)
    with pytest.raises(UnknownEventError):
        privacy.erase(five, "nowhere", 1)
    with pytest.raises(UnknownEventError):
        privacy.wearer(five, "nowhere", "101")


def test_search_engines_are_told_what_they_may_keep(five, client):
    assert "X-Robots-Tag" not in client.get("/mile/five").headers
    assert "Disallow: /mile" not in client.get("/robots.txt").text
    privacy.show(five, "mile", "full", robots=False)
    five.live.forget("mile")
    assert client.get("/mile/five").headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "Disallow: /mile\n" in client.get("/robots.txt").text
    assert "Disallow: /staff/" in client.get("/robots.txt").text


def csrf(client):
    page = client.get("/staff/mile/privacy").text
    return re.search(r'name="csrf_token" value="([^"]+)"', page)[1]


def test_the_organiser_chooses_and_erases_with_the_bib_typed_twice(five, client):
    signed_in(client, five, "organiser")
    token = csrf(client)
    form = {"csrf_token": token, "minors": "hidden"}
    assert client.post("/staff/mile/privacy", data=form).status_code == 302
    assert five.live.snapshot("mile", fresh=True).event.minors is Minors.HIDDEN
    assert "Bob Łukasz" in client.get("/staff/mile/privacy?bib=102").text
    wrong = {"csrf_token": token, "bib": "102", "entry": "2", "again": "101"}
    client.post("/staff/mile/privacy/erase", data=wrong)
    assert "Bob Łukasz" in client.get("/staff/mile/privacy?bib=102").text
    client.post("/staff/mile/privacy/erase", data=wrong | {"again": "102"})
    assert "Bob Łukasz" not in client.get("/staff/mile/privacy?bib=102").text


@pytest.mark.parametrize("role", ["timer", "desk", "judge", "announcer"])
def test_nobody_else_touches_personal_data_here(five, client, role):
    signed_in(client, five, role)
    assert client.get("/staff/mile/privacy").status_code == 403
