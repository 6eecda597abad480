"""Winners, medals, records, who is still out, versions."""

from __future__ import annotations

import re

from msgspec.structs import replace

from tests.web import race
from tests.web.desks import send, sign_in
from timing.core.clock import MINUTE, Duration
from timing.core.rulebook.rules import ContestRules
from timing.core.setup.event import CoursePoint, PointKind
from timing.core.setup.roster import Member, Sex
from timing.services.public import honours, onway, recordbook
from timing.services.publications import publishing
from timing.services.publications.publishing import Order


def with_contest(**changes):
    event = race.race()
    return replace(event, contests=(replace(event.contests[0], **changes),))


def test_the_best_three_of_each_sex_are_listed_and_may_change(five, client):
    page = honours.honours(five, "mile", "five")
    assert not page.settled
    groups = {(group.name, group.sex): group.winners for group in page.groups}
    assert [winner.line.bib for winner in groups["", "W"]] == ["101", "103"]
    text = client.get("/mile/five/prizes").text
    assert "Somebody is still on the course" in text
    assert client.get("/mile/ten/prizes").status_code == 404


def test_prizes_follow_the_scheme_of_the_contest(house, client):
    event = with_contest(rules=ContestRules(prizes="mile-for-all"))
    race.hold(house, event, race.field(6), race.times(range(1, 7)))
    page = honours.honours(house, "mile", "five")
    assert page.scheme
    won = [winner.line.bib for group in page.groups for winner in group.winners]
    assert "101" in won
    assert page.scheme in client.get("/mile/five/prizes").text


def test_teams_are_scored_by_the_rules_of_the_contest(house, client):
    event = with_contest(rules=ContestRules(teams="us-school-xc"))
    clubs = {f"n{n}": {"sex": Sex.MEN, "club": f"Club {n % 2}"} for n in range(1, 11)}
    field = race.field(10, **clubs)
    race.hold(house, event, field, race.times(range(1, 11)))
    page = honours.honours(house, "mile", "five")
    assert [team.rank for team in page.teams] == [1, 2]
    assert page.teams[0].club == "Club 1"
    assert "Club 1" in client.get("/mile/five/prizes").text


def test_teams_that_score_by_their_times_are_not_said_to_have_points(house, client):
    clubs = {f"n{n}": {"sex": Sex.MEN, "club": "Reds"} for n in range(1, 5)}
    event = with_contest(rules=ContestRules(teams="uk-backwards"))
    race.hold(house, event, race.field(4, **clubs), race.times(range(1, 5)))
    assert honours.honours(house, "mile", "five").timed
    text = client.get("/mile/five/prizes").text
    assert '<th class="number" scope="col">Time</th>' in text
    assert "Points" not in text


def test_categories_are_listed_by_age_and_one_that_no_scheme_knows_at_last(house, client):
    event = with_contest(rules=ContestRules(categories="retro-2018"))
    born = {"n1": "1960", "n2": "2011", "n3": "1995", "n4": "1980"}
    people = {name: {"sex": Sex.MEN, "born": f"{year}-05-05"} for name, year in born.items()}
    field = race.field(5, **people, n5={"sex": Sex.MEN, "category": "Elite"})
    race.hold(house, event, field, race.times(range(1, 6)))
    page = honours.honours(house, "mile", "five")
    assert [group.name for group in page.groups] == ["", "U18", "Open", "M1", "O55", "Elite"]


def test_the_legs_of_a_relay_have_a_time_and_a_place(house, client):
    team = {"members": (Member(name="Ann", leg=1), Member(name="Ben", leg=2)), "sex": Sex.MIXED}
    event = with_contest(legs_of=2)
    race.hold(house, event, race.field(2, n1=team, n2=team), race.times([1, 2]))
    page = honours.honours(house, "mile", "five")
    (_, first), (_, second) = page.legs
    assert [(leg.name, leg.time, leg.place) for leg in first] == [
        ("Ann", 8 * MINUTE, 1), ("Ben", 12 * MINUTE, 1),
    ]  # fmt: skip
    assert [leg.place for leg in second] == [2, 2]
    assert [group.sex for group in page.groups] == [""]
    assert "Ann" in client.get("/mile/five/prizes").text


def test_medals_count_only_contests_that_are_decided(house, client):
    race.hold(house, race.race(), race.field(4), race.times([1, 2, 3]))
    table = {row.medals.team: row.medals[1:4] for row in honours.medals(house, "mile").table}
    assert table == {"POL": (1, 1, 0), "NOR": (1, 0, 0)}
    assert "1 of 1 contests are decided." in client.get("/mile/medals").text


def test_while_somebody_runs_no_medal_is_won(five, client):
    assert honours.medals(five, "mile").table == ()
    assert "No medal has been won yet." in client.get("/mile/medals").text


def fast(minutes, seconds=0):
    """A field whose winner takes so long for 10,000 m backwards."""
    event = with_contest(
        discipline="backward-10000m",
        course=replace(
            race.race().contests[0].course,
            points=(
                CoursePoint(code="s", name="Start", point="turn", distance=0,
                            kind=PointKind.START),
                CoursePoint(code="f", name="Finish", point="line", distance=10_000_000,
                            kind=PointKind.FINISH),
            ),
            legs=(race.Leg(),),
        ),
    )  # fmt: skip
    at = Duration(minutes * MINUTE + seconds * 1_000_000)
    field = race.field(2, n1={"sex": Sex.MEN}, n2={"sex": Sex.MEN})
    return event, field, [race.passing(1, "line", at, 1), race.passing(2, "line", at + MINUTE, 2)]


def test_a_time_better_than_the_book_is_a_possible_record(house, client):
    race.hold(house, *fast(38, 30))
    page = recordbook.record_page(house, "mile")
    assert [attack.line.bib for attack in page.attacks] == ["101"]
    assert "REC?" in client.get("/mile/five").text
    assert "possible record, not ratified" in client.get("/mile/five").text
    assert "beats 38:50.01 of Thomas Dold" in client.get("/mile/records").text


def test_a_time_too_good_to_be_true_and_a_slow_one_are_no_records(house, client):
    race.hold(house, *fast(20))
    assert recordbook.record_page(house, "mile").attacks == ()
    assert "REC?" not in client.get("/mile/five").text
    event, field, reads = fast(60)
    race.hold(house, replace(event, slug="slow"), field, reads)
    assert recordbook.record_page(house, "slow").attacks == ()


def test_who_is_out_is_listed_with_the_next_point(five, client):
    page = onway.on_course(five, "mile")
    assert [(each.line.bib, each.seen, each.next) for each in page.runners] == [
        ("105", "Turn", "Finish")
    ]
    text = client.get("/mile/on-course").text
    assert "1 runner is on the course." in text
    assert "09:22" in text


def test_the_state_of_publication_stands_on_the_list_and_its_changes_on_a_page(five, client):
    assert "Live and not yet published." in client.get("/mile/five").text
    assert "Nothing has been published yet" in client.get("/mile/five/versions").text
    publishing.publish(five, "mile", "five", Order("ref"))
    race.more(five, "mile", race.passing(5, "line", 22 * MINUTE, 99))
    publishing.publish(five, "mile", "five", Order("ref", reason="105 came home"))
    page = client.get("/mile/five").text
    assert "Version 2 of" in page
    assert "105 came home" in page
    versions = client.get("/mile/five/versions").text
    assert versions.index('id="v2"') < versions.index('id="v1"')
    assert "22:00" in versions


def test_pages_of_no_event_are_not_found(client):
    for address in ("medals", "records", "on-course", "five/prizes", "five/versions"):
        assert client.get(f"/nowhere/{address}").status_code == 404


def test_a_runner_is_told_which_prizes_are_won_and_which_are_not(house, client):
    event = with_contest(rules=ContestRules(prizes="mile-for-all"))
    race.hold(house, event, race.field(30), race.times(range(1, 31)))
    assert "Wins the prize “" in client.get("/mile/bib/101").text
    assert (
        "holds “" in client.get("/mile/bib/101").text
        or "No prize" in client.get("/mile/bib/130").text
    )
    standings = house.live.snapshot("mile").standings["five", "final"]
    won = [
        name
        for name, why in honours.reasons(house, "mile", standings, 1)
        if why.code == "prize-won"
    ]
    assert won
    assert honours.reasons(house, "mile", standings._replace(
        contest=replace(standings.contest, rules=ContestRules())), 1) == []  # fmt: skip


def test_an_official_marks_a_record_with_one_key_and_the_doubt_is_settled(
    house, app, client, clock
):
    """Seen on the desk, marked, read everywhere with its body, taken back again."""
    race.hold(house, *fast(38, 30))
    sign_in(app, client, "timer")
    desk = "/staff/mile/officials"
    asked = client.get(desk).text
    assert "Mark as WB (athlete&#39;s own site)" in asked
    fields = {
        "kind": "record", "bib": "101", "contest": "five", "round": "final", "code": "WB",
        "body": "athlete's own site", "category": "",
    }  # fmt: skip
    look = send(client, desk, f"{desk}/decide", **fields)
    assert "1 result and 0 places change." in look.text
    assert "WB (athlete&#39;s own site)" in look.text
    quick = {"step": "do", "quick": "1", "reason": "in the book"}
    assert send(client, desk, f"{desk}/decide", **fields, **quick).status_code == 302
    settled = client.get(desk).text
    assert "Mark as WB (athlete&#39;s own site)" not in settled
    page = client.get("/mile/five").text
    assert "WB</span>" in page
    assert "world best (athlete&#39;s own site)" in page
    runner = client.get("/mile/bib/101").text
    assert "WB (athlete&#39;s own site)" in runner
    assert "Marked as WB (athlete&#39;s own site) by an official: in the book" in runner
    assert '"WB (athlete\'s own site)"' in client.get("/api/v1/events/mile/records").text
    rows = client.get("/api/v1/events/mile/contests/five/standings").json["rows"]
    assert rows[0]["notes"] == ["WB (athlete's own site)"]
    line = settled.partition('name="line" value="')[2].partition('"')[0]
    clock.advance(1_000_000)
    send(client, desk, f"{desk}/undo", line=line)
    assert "Mark as WB (athlete&#39;s own site)" in client.get(desk).text
    assert "world best" not in client.get("/mile/five").text


def test_every_kind_of_record_is_offered_on_the_page_of_a_bib(house, app, client):
    race.hold(house, *fast(38, 30))
    sign_in(app, client, "timer")
    page = client.get("/staff/mile/officials/bib?bib=101").text
    assert page.index("WB · world best") < page.index("WR · world record") < page.index("NR · nat")
    assert "retrorunning.de" in page
    assert "Weltrekord" in client.get("/staff/mile/officials/bib?bib=101&lang=de").text


def test_a_possible_record_that_an_official_explained_is_none_any_more(house, app, client):
    race.hold(house, *fast(38, 30))
    sign_in(app, client, "timer")
    desk = "/staff/mile/officials"
    for anomaly in house.live.snapshot("mile", fresh=True).anomalies:
        if anomaly.code == "possible_record":
            fields = {"kind": "clear", "anomaly": anomaly.key, "step": "do", "reason": "wind"}
            assert send(client, desk, f"{desk}/decide", **fields).status_code == 302
    house.live.snapshot("mile", fresh=True)
    assert "REC?" not in client.get("/mile/five").text


def test_a_category_that_wins_prizes_is_told_by_sex_and_ages(house, client):
    event = race.race()
    contests = (replace(event.contests[0], rules=ContestRules(categories="dlv")),)
    race.hold(house, race.race(contests=contests), race.field(6), race.times(range(1, 4)))
    page = client.get("/mile/five/prizes").text
    assert re.search(r"<h2>W50</h2>\s*<p class=\"soft small\">Women, age 50 to 54</p>", page)
    assert "<h2>Women</h2>" in page
