"""Races as told in tests/core/story.py, with names and a frame to print them in."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from tests.core.story import ZERO, Told, contest, entry, event, story
from timing.core.clock import Instant
from timing.core.setup.event import Conditions, Heat, Round
from timing.core.setup.roster import Entry, Sex, Start
from timing.printing.sheets.frame import Edition, Frame

PEOPLE = (
    ("101", "Anna Björnsdóttir", Sex.WOMEN, "Reykjavík AC", "ISL", "1988-05-02", "W35"),
    ("102", "Grzegorz Brzęczyszczykiewicz", Sex.MEN, "AZS Łódź", "POL", "1979", "M45"),
    ("103", "Νίκος Καζαντζάκης", Sex.MEN, "Ηράκλειο", "GRE", "1990", "M35"),
    ("104", "محمد فريد", Sex.MEN, "", "EGY", "1992", "M"),
    ("105", "Trần Thị Bích Ngọc", Sex.WOMEN, "Đà Nẵng", "VIE", "1995", "W"),
    ("106", "John O'Connor (Jr.)", Sex.MEN, "Harriers", "IRL", "2001", "M"),
)
MILE = (
    "gun 0:00 | 101 finish 6:45.112 | 102 finish 6:46 | 103 finish 6:46 | 104 finish 7:02.5 | "
    "dq 104 TR16.8 | 105 finish 7:10.04 | penalty 105 0:10 R5 | dnf 106"
)


def people() -> list[Entry]:
    return [
        entry(bib, name=name, sex=sex, club=club, nation=nation, born=born, category=category)
        for bib, name, sex, club, nation, born, category in PEOPLE
    ]


def mile(text: str = MILE) -> Told:
    return story(text, entered=people())


def heats() -> Told:
    """Two heats of a sprint: three go on by place, one by time."""
    rounds = (
        Round(
            code="heats",
            name="Heats",
            by_place=1,
            by_time=2,
            heats=(
                Heat(number=1, wave="race", lanes=8),
                Heat(number=2, wave="race", name="Second heat", lanes=8),
            ),
        ),
        Round(code="final", name="Final", heats=(Heat(number=1, wave="race", lanes=8),)),
    )
    sprint = replace(contest(decimals=2), rounds=rounds, timing="fat", name="100 m")
    setup = event([sprint])
    wind = Conditions(weather="cloudy", temperature="14 °C", wind={"race/heats/1": "+1.2"})
    setup = replace(setup, conditions=wind, place="Zürich", ruleset="WA 2024")
    starts = [
        Start(entry=int(bib), round="heats", heat=1 + number % 2, wave="race", lane=3 + number)
        for number, (bib, *_) in enumerate(PEOPLE)
    ]
    told = "gun 0:00 | " + " | ".join(f"10{n} finish 0:1{n}.{n}{n}" for n in range(1, 6))
    return story(told, of=setup, entered=people(), starts=starts)


def frame(told: Told, **more: object) -> Frame:
    values: dict[str, object] = {
        "event": told.event,
        "edition": Edition("provisional"),
        "as_of": Instant(ZERO + 900_000_000),
        "printed_at": Instant(ZERO + 1_000_000_000),
        "number": "ST-1",
        "link": "https://results.example/story/race",
        "crew": "Example Crew",
    }
    return Frame(**{**values, **more})  # type: ignore[arg-type]


def column(cells: Iterable[Iterable[str]], number: int) -> list[str]:
    return [list(row)[number] for row in cells]
