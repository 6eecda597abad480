"""What readers are told in words around a list: state, start, sexes, members, wind, records."""

from __future__ import annotations

import re
from html import unescape

from msgspec.structs import replace

from tests.web import race
from timing.core.clock import MINUTE
from timing.core.journal.lines import Ruling
from timing.core.journal.rulings import SetStatus
from timing.core.setup.event import Conditions, Heat, Round, Wave
from timing.core.setup.roster import Member, Start
from timing.core.status import Status
from timing.services.demo.loading import load_demos
from timing.services.publications import publishing
from timing.services.publications.publishing import Order

SURE = Order("ref", official=True, force=True, reason="checked")


def dns(number: int) -> Ruling:
    act = SetStatus(entry=number, round="final", status=Status.DNS)
    return Ruling("office", number, race.GUN, act, "absent", "ref")


def words(text: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def row(text: str, bib: str) -> str:
    return words(text.partition(f'data-bib="{bib}"')[2].partition("</tr>")[0].partition(">")[2])


def test_official_results_that_are_published_again_are_called_amended(five, client):
    race.more(five, "mile", race.passing(5, "line", 22 * MINUTE, 99))
    publishing.publish(five, "mile", "five", SURE)
    assert ">Official<" in client.get("/mile/five").text
    publishing.publish(five, "mile", "five", SURE)
    assert ">Official, amended<" in client.get("/mile/five").text
    assert ">Offiziell, berichtigt<" in client.get("/mile/five?lang=de").text
    assert "Official, amended, version 2" in words(client.get("/mile/five/versions").text)


def test_what_changed_after_it_was_official_is_not_called_official(five, client, clock):
    publishing.publish(five, "mile", "five", SURE)
    race.more(five, "mile", race.passing(5, "line", 22 * MINUTE, 99))
    clock.advance(2_000_000)
    text = client.get("/mile/five").text
    assert ">Official<" not in text
    assert "Provisional Changed since version 1 of" in words(text)


def test_before_the_start_it_is_a_start_list_with_the_day_and_the_hour(house, client):
    with house.store.write() as tx:
        number = race.setup.save_event(tx, race.race("soon"))
        race.roster.save_roster(tx, number, race.field(3))
    page = words(client.get("/soon/five").text)
    assert "Saturday, 5 July 2025, 09:00 · Ålesund · 5000 m forward" in page
    assert "3 on the start list" in page
    assert "Provisional" not in page
    assert "READY" not in page
    runner = words(client.get("/soon/bib/101").text)
    assert "Time Not started" in runner
    assert "not seen yet" not in runner
    assert "Zeit Nicht gestartet" in words(client.get("/soon/bib/101?lang=de").text)


def test_after_the_gun_a_race_without_a_reading_is_started_and_no_start_list(house, client):
    race.hold(house, race.race("gone"), race.field(3), [])
    assert "Five kilometres Started 0 of 3 finished" in words(client.get("/gone").text)
    assert "Start list" not in words(client.get("/gone/five").text)


def test_a_race_is_finished_when_nobody_is_waited_for(house, client, clock):
    reads = race.times(range(1, 3))
    race.hold(house, race.race("gone"), race.field(3), reads)
    page = words(client.get("/gone").text)
    assert "2 of 3 finished" in page
    assert "Finished" not in page
    race.more(house, "gone", dns(3))
    clock.advance(2_000_000)
    assert "Finished 2 of 3 finished" in words(client.get("/gone").text)


def test_who_waits_while_others_run_is_not_seen_yet(five, client):
    assert "Time not seen yet" in words(client.get("/mile/bib/106").text)


def test_who_is_on_the_way_is_told_so_in_words(five, client):
    assert row(client.get("/mile/five").text, "105").endswith("on the way Turn 9:00")
    assert row(client.get("/mile/five?lang=de").text, "105").endswith("unterwegs Turn 9:00")
    assert row(client.get("/mile/five").text, "106").endswith("not seen yet")
    assert "RUN" not in words(client.get("/mile/five").text)
    assert "RUN" not in words(client.get("/mile/five?view=splits").text)


def test_a_list_of_both_sexes_tells_the_place_in_each(five, client):
    text = client.get("/mile/five").text
    assert "W (2)" in row(text, "103")
    assert "M (2)" in row(text, "104")
    women = client.get("/mile/five?sex=W").text
    assert "W (2)" in row(women, "103")


def test_a_contest_of_one_sex_has_no_column_for_it(house, client):
    women = race.field(2, n2={"sex": race.Sex.WOMEN})
    race.hold(house, race.race(), women, race.times([1, 2]))
    assert '<th class="wide" scope="col">Sex</th>' not in client.get("/mile/five").text


def test_a_team_is_listed_with_its_members_leg_by_leg(house, client):
    event = race.race()
    relay = replace(event, contests=(replace(event.contests[0], legs_of=2),))
    members = (
        Member(name="Second", leg=2), Member(name="First", leg=1), Member(name="Substitute"),
    )  # fmt: skip
    teams = race.field(2, n1={"name": "Reds", "members": members}, n2={"members": members,
                                                                       "hidden": True})  # fmt: skip
    race.hold(house, relay, teams, race.times([1, 2]))
    text = client.get("/mile/five").text
    assert "Reds First, Second" in row(text, "101").replace(" ,", ",")
    assert "First" not in row(text, "102")
    assert "Substitute" not in text


def test_heats_are_shown_with_their_wind_and_lanes_and_without_a_gap_to_another_heat(house, client):
    heats = tuple(Heat(number=n, wave=w, lanes=8) for n, w in ((1, "a"), (2, "b")))
    event = race.race()
    contest = replace(event.contests[0], rounds=(Round(code="final", name="Final", heats=heats),))
    event = replace(
        event, contests=(contest,), waves=(*event.waves, Wave(code="b", name="B")),
        conditions=Conditions(weather="sunny", wind={"five/final/2": "+1.4"}),
    )  # fmt: skip
    starts = (
        Start(entry=1, round="final", heat=1, wave="a", lane=3),
        Start(entry=2, round="final", heat=2, wave="b", lane=4),
    )
    who = replace(race.field(2), starts=starts)
    race.hold(house, event, who, race.times([1]))
    text = client.get("/mile/five?view=heats").text
    assert "sunny" in words(text)
    assert "Heat 2 wind +1.4 m/s" in words(text)
    assert row(text, "101").endswith("3 20:00")
    assert ">Gap<" not in text
    assert ">Lane<" in text
    assert ">Lane<" not in client.get("/mile/five").text


def test_a_page_of_an_event_leads_back_to_all_events(five, client):
    assert '<a class="home no-print" href="/">All events</a>' in client.get("/mile").text


def test_who_lists_a_record_is_told_in_the_language_of_the_reader(five, client):
    load_demos(five)
    text = words(client.get("/retro-worlds/records?lang=de").text)
    assert "Presse (nicht anerkannt)" in text
    assert "07.05.2004, Weiz AUT" in text
    assert "press " not in text


def test_the_winners_of_a_relay_stand_with_their_members_under_the_name_of_the_contest(
    house, client
):
    load_demos(house)
    text = words(client.get("/retro-worlds/4x100m/prizes").text)
    assert "4 x 100 m 1 POL Świętosława Dąbrowska, Zbigniew Brzęczyszczykiewicz" in (
        text.replace("Place Name Time ", "").replace("4 x 100 m 4 x 100 m", "4 x 100 m")
    )
    assert "POL POL" not in text


def test_a_medal_table_names_the_nations_in_the_language_of_the_reader(house, client):
    load_demos(house)
    assert "1 CZE Tschechien" in words(client.get("/retro-worlds/medals?lang=de").text)
    assert "CAT 1" in words(client.get("/retro-worlds/medals").text)


def test_a_team_that_is_found_by_a_member_says_who_runs_for_it(house, client):
    load_demos(house)
    found = words(client.get("/retro-worlds/find?q=zdenek+riha").text)
    assert "CZE Bib CZE" in found
    assert "Jiří Říha, Růžena Dvořáček, Zdeněk Říha" in found


def test_the_links_to_other_languages_ask_for_nothing_else(five, client):
    assert 'href="/mile/five?lang=de"' in client.get("/mile/five").text
    assert "page=1&amp;lang=de" in client.get("/mile/five?page=1").text


def test_the_list_of_events_tells_which_are_today(house, client, clock):
    for slug, day in (("old", "2025-06-01"), ("now", "2025-07-05"), ("soon", "2025-07-06")):
        race.hold(house, race.race(slug, name=slug.title(), date=day), race.field(1), [])
    page = words(client.get("/").text)
    assert "Today Now " in page
    assert page.index("Upcoming Soon ") < page.index("Past Old ")
    assert "Heute Now " in words(client.get("/?lang=de").text)
    clock.advance(24 * 3_600_000_000)
    page = words(client.get("/").text)
    assert "Today Soon " in page
    assert "Upcoming" not in page
    assert page.index("Past Now ") < page.index("Old ")
