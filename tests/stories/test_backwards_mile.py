"""A Backwards Mile from the empty house to the amended sheet."""

from __future__ import annotations

import csv
import html
import io
import re

import pytest
from flask import Flask

from tests.machines.clocks import StandingClock
from tests.printing.reading import lines, pages
from tests.stories.crew import (
    Phone,
    after,
    board,
    decide,
    doubts,
    entry_of,
    local,
    same_cells,
    set_up,
)
from timing.core.clock import MINUTE, SECOND, Duration
from timing.core.journal import rulings as act
from timing.core.refusal import Refusal
from timing.core.status import Status
from timing.services.entrants import checkin, entries
from timing.services.entrants.incoming import Source
from timing.services.house import House
from timing.services.publications import publishing
from timing.services.publications.publishing import Order
from timing.services.raceday import starting
from timing.services.raceday.starting import Press
from timing.services.rulings import withdraw

ZONE = "Europe/Berlin"
EVENT = {
    "name": "Backwards Mile Day", "slug": "mile-day", "date": "2026-05-30", "timezone": ZONE,
    "place": "Berlin", "public": "yes", "language-en": "yes", "ruleset": "irr-2016",
}  # fmt: skip
MILE = {
    "name": "Backward Mile", "code": "mile", "distance": "1 mi", "laps": "4",
    "direction": "backward", "surface": "track", "preset": "track-hand", "start": "10:30",
    "requires-disclaimer": "yes", "bibs": "1-99", "decimals": "1",
}  # fmt: skip
FILE = """bib,first name,last name,sex,born,club,nation,contest
11,Åse,Ødegård,F,1984-03-01,IL Ås,NOR,mile
12,Bob,Łukasz,M,1990,Reds,POL,mile
13,Zoë,Ünal,F,1996,,TUR,mile
14,Dan,O'Neill,M,1979,Reds,IRL,mile
15,Eva,Núñez,F,2001,Blues,ESP,mile
16,Carla,d'Ornano,F,1988,Blues,ITA,mile
"""
AS_TIMED = ["1 11 5:55.2", "2 12 5:58.2", "3 13 6:10.4", "4 14 6:12.0", "5 15 6:40.9"]
"""12 ran 5:58.13: a hand time goes up to the next tenth."""
TIMER, OFFICIAL = Order("Timer"), Order("Timer", official=True)


class Day:
    """The office, the clock on the wall and the two phones at the line."""

    def __init__(self, house: House, clock: StandingClock) -> None:
        self.house, self.clock = house, clock
        self.at("08:00:00")
        self.slug = set_up(house, EVENT, MILE)

    def at(self, time: str) -> int:
        self.clock.at = local("2026-05-30", time, ZONE)
        return self.clock.at

    def board(self) -> list[str]:
        return board(self.house, self.slug, "mile")


@pytest.fixture
def day(app: Flask, clock: StandingClock, tmp_path) -> Day:
    """Half past ten: the list is in, all are checked in but one, nobody has started."""
    made = Day(app.extensions["house"], clock)
    path = tmp_path / "list.csv"
    path.write_text(FILE, encoding="utf-8")
    source = Source(path, "list.csv")
    counts = entries.import_entries(made.house, made.slug, source, {}, author="Office")
    assert counts == (6, 0, 0, 0, 0)
    made.at("09:30:00")
    for bib in ("11", "12", "13", "14", "15"):
        entry = entry_of(made.house, made.slug, bib)
        checkin.confirm(made.house, made.slug, entry, ["disclaimer"], by="Desk")
        checkin.check_in(made.house, made.slug, entry, by="Desk")
    return made


def run_the_race(day: Day) -> tuple[Phone, Phone]:
    """A false start, a second one that counts, four laps, a network that is away for two."""
    house, slug = day.house, day.slug
    left, right = (Phone(house, slug, name, "line") for name in ("left", "right"))
    day.at("10:30:00")
    starting.fire(house, slug, "mile", Press(), "Starter")
    day.at("10:30:04")
    recalled = starting.recall_acts(house, slug, "mile", ["14"])
    decide(house, slug, *recalled, because="14 moved before the gun")
    gun = day.at("10:33:00")
    starting.fire(house, slug, "mile", Press(), "Starter")
    laps = {
        "11": ("1:28", "2:57", "4:27", "5:55.2"),
        "12": ("1:27", "2:58", "4:29", "5:58.13"),
        "13": ("1:30", "3:02", "4:35", "6:10.4"),
        "14": ("1:31", "3:04", "4:38", "6:12"),
        "15": ("1:35", "3:15", "4:58", "6:40.9"),
    }
    passings = sorted(
        (at, bib) for bib, spans in laps.items() for at in after(gun, *spans)
    )  # fmt: skip
    for number, (at, bib) in enumerate(passings):
        left.online = number < 5 or number >= 15
        right.deaf = number % 3 == 0
        day.clock.at = at
        left.key(at, "41" if (number, bib) == (13, "14") else bib)
        right.key(at + SECOND // 10, bib)
    right.deaf = False
    left.send()
    right.send()
    assert not left.kept
    assert not right.kept
    day.at("10:50:00")
    return left, right


def test_nobody_starts_without_a_signature_and_who_is_missing_is_listed(day: Day):
    absent = checkin.absent(day.house, day.slug, "mile")
    assert [card.person.name for card in absent] == ["Carla d'Ornano"]
    assert "disclaimer" in absent[0].missing
    assert checkin.counters(day.house, day.slug) == (6, 5, 1, 5)


def test_a_network_that_is_away_and_answers_that_are_lost_change_nothing(day: Day):
    run_the_race(day)
    assert day.board()[:5] == AS_TIMED
    heard = day.house.live.ask(day.slug, lambda state: len(list(state.reads)))
    assert heard == 5 + 2 * 20


def test_the_false_start_is_noted_beside_the_causer_and_costs_nothing(day: Day):
    run_the_race(day)
    snapshot = day.house.live.snapshot(day.slug, fresh=True)
    rows = snapshot.standings["mile", "final"].rows
    marks = {row.bib: [mark.code for mark in row.result.marks] for row in rows}
    assert marks["14"] == [starting.FALSE_START]
    assert marks["11"] == []


def repaired(day: Day, left: Phone) -> None:
    """The referee looks at every doubt of the desk before the list goes up."""
    wrong = day.house.live.ask(
        day.slug, lambda state: next(read.id for read in state.reads if read.bib == "41")
    )
    assert wrong[0] == left.id
    decide(day.house, day.slug, act.Attribute(line=wrong, bib="14"), because="digits swapped")
    dns = act.SetStatus(entry=entry_of(day.house, day.slug, "16"), round="final",
                        status=Status.DNS)  # fmt: skip
    decide(day.house, day.slug, dns, because="was not at the call room")


def test_a_wrong_bib_is_a_doubt_until_it_is_repaired_and_undone_if_need_be(day: Day):
    left, _right = run_the_race(day)
    assert "unknown_bib" in doubts(day.house, day.slug)
    with pytest.raises(Refusal) as refusal:
        publishing.publish(day.house, day.slug, "mile", OFFICIAL)
    assert "open-unknown_bib" in {problem.code for problem in refusal.value.problems}
    repaired(day, left)
    assert "unknown_bib" not in doubts(day.house, day.slug)
    assert day.board() == [*AS_TIMED, "16 DNS"]


def test_a_late_correction_of_the_gun_moves_every_time_and_no_place(day: Day):
    left, _right = run_the_race(day)
    repaired(day, left)
    gun = local("2026-05-30", "10:33:00", ZONE)
    acts = starting.gun_acts(day.house, day.slug, "mile", after(gun, "1.5")[0])
    [line] = decide(day.house, day.slug, *acts, because="the video of the gun")
    assert day.board()[:5] == [
        "1 11 5:53.7", "2 12 5:56.7", "3 13 6:08.9", "4 14 6:10.5", "5 15 6:39.4",
    ]  # fmt: skip
    day.at("10:51:00")
    withdraw(day.house, day.slug, line, reason="wrong video", author="Referee")
    assert day.board()[:5] == AS_TIMED


def test_provisional_then_protest_then_official_then_amended(day: Day):
    house, slug = day.house, day.slug
    left, _right = run_the_race(day)
    repaired(day, left)
    first = publishing.publish(house, slug, "mile", TIMER)
    day.clock.advance(12 * MINUTE)
    penalty = act.Penalty(
        entry=entry_of(house, slug, "13"), round="final", time=Duration(3 * SECOND), rule="IRR 4"
    )
    [upheld] = decide(house, slug, penalty, because="protest of 14: obstructed in the last bend")
    second = publishing.publish(house, slug, "mile", OFFICIAL)
    [rise, fall] = publishing.difference(house, slug, "mile", 1, 2)
    assert (rise.bib, rise.before, rise.after) == ("14", ("4", "6:12.0"), ("3", "6:12.0"))
    assert (fall.bib, fall.before, fall.after) == ("13", ("3", "6:10.4"), ("4", "6:13.4"))
    day.clock.advance(20 * MINUTE)
    withdraw(house, slug, upheld, reason="appeal: nobody was obstructed", author="Jury")
    third = publishing.publish(house, slug, "mile", OFFICIAL)
    assert [each.version for each in (first, second, third)] == [1, 2, 3]
    frozen = [publishing.sheet(house, slug, "mile", number) for number in (1, 2, 3)]
    kept = [[line["bib"] for line in sheet.rows[0]["lines"]] for sheet in frozen]
    assert kept[0] == kept[2] == ["11", "12", "13", "14", "15", "16"]
    assert kept[1] == ["11", "12", "14", "13", "15", "16"]
    words = ["Provisional", "Official", "Amended"]
    for sheet, word in zip(frozen, words, strict=True):
        text = " ".join(" ".join(line) for page in pages(sheet.pdf) for line in lines(page))
        assert word.casefold() in text.casefold()


Row = tuple[str, ...]
"""Place, bib, name, nation, time or status, gap."""


def on_paper(pdf: bytes, table: list[dict[str, str]]) -> list[Row]:
    """The rows of the sheet: whatever stands beside the cells of the table is left out."""
    wanted = {row["bib"]: row for row in table}
    found = []
    for line in (line for page in pages(pdf) for line in lines(page)):
        bib = next((word for word in line[:2] if word in wanted), "")
        if bib and wanted[bib]["name"] in line:
            cells = _row(wanted[bib])
            found.append(tuple(cell for cell in cells if not cell or cell in line))
    return found


def on_page(page: str) -> list[Row]:
    """The rows of the public page."""
    rows = re.findall(r"<tr[^>]*data-bib=.*?</tr>", page, re.DOTALL)
    return [_shown(*(_cell(row, name) for name in _CELLS)) for row in rows]


_CELLS = ("place", "number", "name", "time", "number wide")


def _cell(row: str, kind: str) -> str:
    found = re.findall(rf'<t[dh] class="{kind}"[^>]*>(.*?)</t[dh]>', row, re.DOTALL)
    return html.unescape(" ".join(re.sub(r"<[^>]+>", "|", found[0]).split()))


def _shown(place: str, bib: str, name: str, time: str, gap: str) -> Row:
    """A name stands before its sex, nation and club, a time before its notes."""
    bare = [text for text in re.split(r"\|+", name) if text.strip()]
    nation = bare[2].strip()  # after the sex
    return (place, bib.strip("|"), bare[0].strip(), nation, time.partition("|")[0].strip(), gap)


def _row(row: dict[str, str]) -> Row:
    time = row["time"] or row["status"]
    return (row["place"], row["bib"], row["name"], row["nation"], time, row["gap"])


def test_sheet_page_and_table_say_the_same_row_by_row(day: Day, client):
    left, _right = run_the_race(day)
    repaired(day, left)
    publishing.publish(day.house, day.slug, "mile", OFFICIAL)
    page = client.get(f"/{day.slug}/mile").text
    table = list(csv.DictReader(io.StringIO(client.get(f"/{day.slug}/mile.csv").text)))
    pdf = client.get(f"/{day.slug}/mile.pdf").data
    rows = [_row(row) for row in table]
    assert [row[1] for row in rows] == ["11", "12", "13", "14", "15", "16"]
    same_cells(rows, on_page(page))
    same_cells(rows, on_paper(pdf, table))
