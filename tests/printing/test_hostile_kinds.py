"""Every kind of sheet stands hostile data: long names, no row, one, thousands, twelve splits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

import pytest
from msgspec.structs import replace

from tests.bench.races import Race, race
from tests.core.story import Told
from tests.printing.race import frame, heats
from tests.printing.reading import boxes, clashes, outside, reader
from tests.printing.sheets import LONG, ONE_WORD, RARE
from timing.core.fold.standings import Standings, standings_of
from timing.core.fold.whole import fold
from timing.core.status import Status
from timing.printing.document import draw
from timing.printing.sheet import Sheet
from timing.printing.sheets.frame import Frame
from timing.printing.sheets.prize_sheets import Winner, award_sheet, medal_sheet, records_sheet
from timing.printing.sheets.report_sheets import Incident, incident_report
from timing.printing.sheets.result_cells import COMPACT, FULL
from timing.printing.sheets.result_rows import View
from timing.printing.sheets.results_sheet import Circumstances, results_sheet
from timing.printing.sheets.start_lists import KINDS, start_list
from timing.printing.sheets.starters import Starter, starters_of
from timing.printing.sheets.team_sheets import Member, TeamGroup, TeamLine, team_sheet

MANY = 3_000
NAMES = (LONG, ONE_WORD, *RARE)


@cache
def city_race() -> tuple[Race, Standings]:
    """Three thousand runners over twelve splits, with names that nobody has room for."""
    big = race(MANY, mats=14)
    entries = tuple(
        replace(
            entry,
            name=NAMES[number % len(NAMES)],
            club=NAMES[-number % len(NAMES)],
            nation="GER",
            born="1980",
        )
        for number, entry in enumerate(big.roster.entries)
    )
    big = big._replace(roster=replace(big.roster, entries=entries))
    state = fold(big.event, big.roster, big.journal)
    return big, standings_of(state, big.contest, "final", big.categories)


def around(big: Race) -> Frame:
    return Frame(event=big.event, number="N-1", link="https://results.example/big/road")


def some(standings: Standings, count: int, status: Status | None = None) -> Standings:
    """The first rows; with a status all of them unranked."""
    rows = standings.rows[:count]
    if status is not None:
        rows = tuple(
            row._replace(
                place=None, tied=False, gap=None,
                result=row.result._replace(
                    status=status, official=None, gun=None, net=None, elapsed=(), positions=()
                ),
            )
            for row in rows
        )  # fmt: skip
    return standings._replace(rows=rows)


def check(sheet: Sheet, *, most: int = 3) -> None:
    """No text overlaps another or leaves the page, on the first pages and on the last."""
    import pdfplumber

    drawn = draw(sheet)
    from io import BytesIO

    with pdfplumber.open(BytesIO(drawn.pdf)) as document:
        pages = document.pages
        for page in {id(page): page for page in (*pages[:most], pages[-1])}.values():
            assert outside(page) == []
            assert clashes(boxes(page)) == []
    assert len(reader(drawn.pdf).pages) == drawn.pages


AMOUNTS = {"no row": 0, "one row": 1, "sixty rows": 60}


@pytest.mark.parametrize("view", View)
@pytest.mark.parametrize("amount", AMOUNTS)
@pytest.mark.parametrize("keys", [FULL, COMPACT], ids=["full", "compact"])
def test_results_of_long_names_and_twelve_splits(
    view: View, amount: str, keys: Sequence[str]
) -> None:
    big, standings = city_race()
    few = some(standings, AMOUNTS[amount])
    check(results_sheet(around(big), few, Circumstances(summary=True), view=view, keys=keys))


@pytest.mark.parametrize("view", View)
def test_results_in_which_nobody_started(view: View) -> None:
    big, standings = city_race()
    check(results_sheet(around(big), some(standings, 60, Status.DNS), view=view))


@pytest.mark.slow
@pytest.mark.parametrize("view", View)
def test_results_of_three_thousand(view: View) -> None:
    big, standings = city_race()
    check(results_sheet(around(big), standings, view=view), most=1)


def starters(count: int) -> list[Starter]:
    big, standings = city_race()
    return [
        Starter(big.contest, row.entry, row.bib, row.start, "10:00:00", row.category)
        for row in standings.rows[:count]
    ]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("count", [0, 1, 60, MANY])
def test_lists_from_before_the_race(kind: str, count: int) -> None:
    big, _ = city_race()
    check(start_list(around(big), starters(count), kind, laps=12), most=1)


def sprints() -> tuple[Told, list[Starter]]:
    told = heats()
    found = starters_of(told.event, told.state.lineup, "race", "heats")
    return told, [each._replace(entry=replace(each.entry, name=LONG, club=LONG)) for each in found]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("large", [False, True])
def test_lists_of_heats_with_lanes(kind: str, large: bool) -> None:  # noqa: FBT001
    told, found = sprints()
    check(start_list(frame(told, large=large), found, kind, round_code="heats", laps=25))


def winners(count: int) -> list[Winner]:
    return [
        Winner(
            f"Group {n // 5} {LONG}", str(n + 1), str(n), NAMES[n % len(NAMES)], LONG, "1:06:45.2"
        )
        for n in range(count)
    ]


def relay(count: int) -> list[TeamGroup]:
    legs = [Member(str(n), "", name, f"{n}:10.00", "1:10.00") for n, name in enumerate(NAMES, 1)]
    lines = [TeamLine(str(n), f"T{n}", LONG, "GER", "4:40.00", "+1.00", legs) for n in range(count)]
    return [TeamGroup(LONG, lines)]


def incidents(count: int) -> list[Incident]:
    return [
        Incident(str(n), "15:00:00", f"{n} {LONG}", f"{ONE_WORD} {LONG}", LONG * 3, LONG, "X")
        for n in range(count)
    ]


OTHERS: dict[str, Callable[[Frame, int], Sheet]] = {
    "awards": lambda of, count: award_sheet(of, winners(count), LONG),
    "medals": lambda of, count: medal_sheet(of, ()),
    "records": lambda of, count: records_sheet(of, (), LONG),
    "relay": lambda of, count: team_sheet(of, LONG, relay(count), relay=True),
    "teams": lambda of, count: team_sheet(of, LONG, relay(count)),
    "incidents": lambda of, count: incident_report(of, incidents(count)),
}


@pytest.mark.parametrize("kind", OTHERS)
@pytest.mark.parametrize("count", [0, 1, 40])
def test_sheets_from_after_the_race(kind: str, count: int) -> None:
    big, _ = city_race()
    check(OTHERS[kind](around(big), count))
