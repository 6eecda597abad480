"""One sheet of every kind, for the tests that hold for all of them."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from tests.core.story import Told
from tests.printing.race import frame, heats, mile
from tests.printing.sheets import LONG, RARE
from timing.core.rulebook.medals import Medals, medal_table
from timing.core.rulebook.records import Record
from timing.printing.sheet import Sheet, Signature
from timing.printing.sheets.frame import Frame
from timing.printing.sheets.prize_sheets import (
    Shelf,
    Winner,
    award_sheet,
    medal_sheet,
    records_sheet,
)
from timing.printing.sheets.report_sheets import Incident, Part, data_sheet, incident_report
from timing.printing.sheets.result_cells import COMPACT
from timing.printing.sheets.result_rows import View
from timing.printing.sheets.results_sheet import results_sheet
from timing.printing.sheets.start_lists import KINDS, start_list, time_sheet
from timing.printing.sheets.starters import Starter, starters_of
from timing.printing.sheets.team_sheets import Member, TeamGroup, TeamLine, team_sheet


def sprinters() -> list[Starter]:
    told = heats()
    return starters_of(told.event, told.state.lineup, "race", "heats")


def _winners() -> list[Winner]:
    people = [
        Winner(f"Group {n // 4}", str(n % 4 + 1), str(100 + n), RARE[n % len(RARE)], LONG, "6:45.2")
        for n in range(40)
    ]
    members = ("101 Anna Björnsdóttir (1)", f"102 {LONG} (12)", "103 Νίκος (31)")
    return [*people, Winner("Teams", "1", "", "Harriers", "", "44", members)]


def _teams() -> list[TeamGroup]:
    legs = tuple(
        Member(str(n + 1), "", name, f"{n + 1}:10.00", "1:10.00") for n, name in enumerate(RARE[:4])
    )
    teams = [
        TeamLine(str(n + 1), f"T{n}", f"{LONG[: 10 + n]}", "GER", "4:40.00", f"+{n}.00", legs)
        for n in range(14)
    ]
    return [TeamGroup("Mixed", [*teams, TeamLine("", "T99", "Harriers", "IRL", "DQ (TR24.7)")])]


def _incidents() -> list[Incident]:
    why = "Report of judge 3 at the bend, seen by two judges; the video was reviewed. " * 2
    return [
        Incident(
            str(n), f"15:{n:02d}:12", f"{100 + n} {LONG}", f"DQ under rule {n}", why, "Referee"
        )
        for n in range(1, 25)
    ]


def record(number: int) -> Record:
    return Record(
        discipline=f"backward-{number // 3}00m",
        distance=number // 3 * 100_000,
        sex="MW"[number % 2],
        mark=f"1{number}.2{number % 10}",
        holders=(RARE[number % len(RARE)], "Anna Björnsdóttir"),
        nation="GER",
        date="2019-07-06",
        place="Krebsbach",
        body="IRR",
        status="listed",
        source="a list",
    )


def _shelves(told: Told) -> list[Shelf]:
    """Records of several contests."""
    (only,) = told.event.contests
    return [
        Shelf(replace(only, name=f"Contest {n} {LONG}"), [record(n + k) for k in range(n % 7)])
        for n in range(3, 20)
    ]


def every_kind() -> dict[str, Callable[[], Sheet]]:
    """Name -> a function that makes the sheet."""
    told, sprint = mile(), heats()
    around: Frame = frame(told)
    makers: dict[str, Callable[[], Sheet]] = {
        f"results by {view.value}": lambda view=view: results_sheet(  # type: ignore[misc]
            frame(sprint), sprint.standings("race", "heats"), view=view
        )
        for view in View
    }
    makers |= {
        f"list {kind}": lambda kind=kind: start_list(  # type: ignore[misc]
            frame(sprint), sprinters(), kind, round_code="heats", laps=30
        )
        for kind in KINDS
    }
    return makers | {
        "results, compact": lambda: results_sheet(around, told.standings(), keys=COMPACT),
        "results, large": lambda: results_sheet(frame(told, large=True), told.standings()),
        "times by hand": lambda: time_sheet(around, 70),
        "awards": lambda: award_sheet(around, _winners(), "Mile"),
        "medals": lambda: medal_sheet(
            around, medal_table([Medals(f"N{n:02d}", n % 3, n % 5, 1) for n in range(60)])
        ),
        "records": lambda: records_sheet(around, _shelves(told), "IRR"),
        "relay": lambda: team_sheet(around, "4 x 100 m", _teams(), relay=True),
        "teams": lambda: team_sheet(around, "Mile", _teams()),
        "incidents": lambda: incident_report(around, _incidents()),
        "no incidents": lambda: incident_report(around, []),
        "record application": lambda: data_sheet(
            around,
            "Application for a record",
            [
                Part("Athlete", [("Name", LONG), ("Photo ID seen by", "")]),
                Part("Mark", [("Time", "6")]),
            ],
            [Signature("Referee")],
        ),
    }
