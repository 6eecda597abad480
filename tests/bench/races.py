"""Races of any size for the benchmarks: everybody passes every mat, the lines come shuffled."""

from __future__ import annotations

import random
from typing import NamedTuple

from timing.core.clock import Instant
from timing.core.journal.lines import Journal, Read, Ruling
from timing.core.journal.rulings import Gun
from timing.core.rulebook.rules import Basis, ContestRules
from timing.core.setup.event import (
    Contest,
    Course,
    CoursePoint,
    Event,
    Heat,
    PointKind,
    Round,
    TimingPoint,
    Wave,
)
from timing.core.setup.roster import Entry, Roster, Sex, Start

GUN = Instant(1_780_128_000_000_000)


class Race(NamedTuple):
    event: Event
    roster: Roster
    journal: Journal
    categories: dict[int, str]

    @property
    def contest(self) -> Contest:
        return self.event.contests[0]


def race(people: int, mats: int = 12, burst: int = 1) -> Race:
    """A road race over net time. burst: chip reads of each passing, 0.2 s apart."""
    chance = random.Random(1)
    points = tuple(TimingPoint(code=f"mat-{k}", name=f"Mat {k}") for k in range(mats))
    kinds = [PointKind.START, *[PointKind.SPLIT] * (mats - 2), PointKind.FINISH]
    course = Course(
        points=tuple(
            CoursePoint(
                code=point.code, name=point.name, point=point.code, distance=k * 400_000, kind=kind
            )
            for k, (point, kind) in enumerate(zip(points, kinds, strict=True))
        )
    )
    contest = Contest(
        code="road", name="Road", discipline="road", course=course,
        rounds=(Round(code="final", name="Final", heats=(Heat(number=1, wave="all"),)),),
        rules=ContestRules(basis=Basis.NET),
    )  # fmt: skip
    event = Event(
        slug="big", name="Big", date="2026-05-30", points=points, contests=(contest,),
        waves=(Wave(code="all", name="All"),),
    )  # fmt: skip
    roster = Roster(
        entries=tuple(
            Entry(id=k, contest="road", name=f"Name {k}", bib=str(k), sex=chance.choice(list(Sex)))
            for k in range(1, people + 1)
        ),
        starts=tuple(
            Start(entry=k, round="final", heat=1, wave="all") for k in range(1, people + 1)
        ),
    )
    reads = list(_reads(chance, people, mats, burst))
    chance.shuffle(reads)
    gun = Ruling("office", 1, GUN, Gun(wave="all", at=GUN))
    categories = {k: f"class {k % 15}" for k in range(1, people + 1)}
    return Race(event, roster, Journal(tuple(reads), (gun,), len(reads) + 1), categories)


def _reads(chance: random.Random, people: int, mats: int, burst: int):
    numbers = [0] * mats
    for bib in range(1, people + 1):
        at = GUN + chance.randrange(60_000_000)
        for k in range(mats):
            for again in range(burst):
                numbers[k] += 1
                stamp = Instant(at + again * 200_000)
                yield Read(f"box-{k}", numbers[k], f"mat-{k}", str(bib), None, stamp, "chip")
            at += chance.randrange(100_000_000, 400_000_000)
