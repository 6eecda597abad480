"""Invented entrants, drawn by lot from config/demo/people.toml, and what each of them enters."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import NamedTuple

import msgspec
from msgspec import Struct

from timing.core.clock import Duration
from timing.core.setup.roster import Entry, Member, Roster, Sex, Start
from timing.services.demo.programme import (
    ContestPlan,
    Programme,
    first_round,
    heats_of,
    wave_code,
)

_FAMILY_FIRST = {"JPN", "VIE"}
_MOST_CONTESTS = 3  # individual events an athlete may enter (IRR competition rules, Essen 2016)


class Nation(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Names of one country, to be put together by lot."""

    code: str
    clubs: tuple[str, ...]
    men: tuple[str, ...]
    women: tuple[str, ...]
    family: tuple[str, ...]


class Names(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The file of names."""

    nation: tuple[Nation, ...]


class Person(NamedTuple):
    """Somebody invented. talent: 0 to 1, the share of the way from the slowest to the fastest."""

    id: int
    name: str
    family: str
    sex: Sex
    born: str
    nation: str
    club: str
    talent: float


def decode_names(text: str) -> Names:
    """Read the file of names. Raises msgspec.ValidationError with the place."""
    return msgspec.toml.decode(text, type=Names)


def invent(programme: Programme, names: Names, lot: Random) -> list[Person]:
    """Draw the people of an event; no two have the same name."""
    people: list[Person] = []
    taken: set[str] = set()
    year = int(programme.date[:4])
    while len(people) < programme.people:
        nation = lot.choice(names.nation)
        sex = lot.choice((Sex.MEN, Sex.MEN, Sex.WOMEN))
        given = lot.choice(nation.men if sex is Sex.MEN else nation.women)
        family = lot.choice(nation.family)
        order = (family, given) if nation.code in _FAMILY_FIRST else (given, family)
        name = " ".join(order)
        age = min(max(int(lot.gauss(38, 14)), 13), 76)
        if name in taken:
            continue
        taken.add(name)
        born = f"{year - age}-{lot.randint(1, 12):02d}-{lot.randint(1, 28):02d}"
        fitness = lot.betavariate(2.2, 2.6) * (1 - abs(age - 29) / 80)
        people.append(
            Person(
                len(people) + 1, name, family, sex, born, nation.code, lot.choice(nation.clubs),
                fitness,
            )
        )  # fmt: skip
    return people


def enter(programme: Programme, people: list[Person], lot: Random) -> Roster:
    """Enter the people in the contests; a person wears one bib in all of them."""
    entered = dict.fromkeys((person.id for person in people), 0)
    entries: list[Entry] = []
    starts: list[Start] = []
    for plan in programme.contest:
        if plan.legs_of > 1:
            chosen = _teams(plan, people, len(entries))
        else:
            chosen = [
                _entry(programme, plan, person, len(entries) + number)
                for number, person in enumerate(_willing(plan, people, entered, lot), 1)
            ]
        for entry in chosen:
            if entry.person is not None:
                entered[entry.person] += 1
        entries += chosen
        starts += _starts(plan, chosen)
    return Roster(entries=tuple(entries), starts=tuple(starts))


def _willing(
    plan: ContestPlan, people: list[Person], entered: dict[int, int], lot: Random
) -> list[Person]:
    """Draw who enters a contest: first who may and whose club sends everybody."""
    able = [person for person in people if plan.sex in ("", person.sex)]
    free = [person for person in able if entered[person.id] < _MOST_CONTESTS]
    squads = {club for club, _ in Counter(person.club for person in free).most_common(plan.squads)}
    drawn = {
        person: (entered[person.id] >= _MOST_CONTESTS, person.club not in squads, lot.random())
        for person in able
    }
    return sorted(drawn, key=drawn.__getitem__)[: plan.entrants]


def _entry(programme: Programme, plan: ContestPlan, person: Person, number: int) -> Entry:
    bib = str(programme.bibs_from + person.id - 1)
    return Entry(
        id=number, contest=plan.code, name=person.name, family=person.family, bib=bib,
        chips=(f"058{person.id:09d}",) if plan.source == "chip" else (), sex=person.sex,
        born=person.born, club=person.club, nation=person.nation, delegation=person.nation,
        person=person.id, pb=_best(plan, person, 0), sb=_best(plan, person, 1),
    )  # fmt: skip


def _best(plan: ContestPlan, person: Person, season: int) -> Duration | None:
    """A former best near what the talent promises; every third comes without one."""
    if (person.id + season) % 3 == 0:
        return None
    slow, fast = plan.speed
    share = 0.86 if plan.sex == "" and person.sex is Sex.WOMEN else 1.0
    speed = slow + (fast - slow) * person.talent * share
    hundredths = float(plan.distance) / speed * (96 + person.id % 9 + 2 * season)
    return Duration(round(hundredths) * 10_000)


def _teams(plan: ContestPlan, people: list[Person], offset: int) -> list[Entry]:
    """Make one team of each delegation that has enough people, the largest first."""
    nations: dict[str, list[Person]] = {}
    for person in people:
        nations.setdefault(person.nation, []).append(person)
    squads = sorted(nations.items(), key=lambda item: (-len(item[1]), item[0]))
    teams = []
    for number, (nation, squad) in enumerate(squads[: plan.entrants], 1):
        runners = squad[: plan.legs_of]
        mixed = len({person.sex for person in runners}) > 1
        teams.append(
            Entry(
                id=offset + number, contest=plan.code, name=nation, family=nation,
                bib=nation, sex=Sex.MIXED if mixed else runners[0].sex, nation=nation,
                delegation=nation, team=nation,
                members=tuple(
                    Member(name=person.name, leg=leg, sex=person.sex, born=person.born)
                    for leg, person in enumerate(runners, 1)
                ),
            )
        )  # fmt: skip
    return teams


def _starts(plan: ContestPlan, entries: list[Entry]) -> list[Start]:
    """Deal the entries out to the heats in turn; lanes from the inside."""
    heats = heats_of(plan)
    code = first_round(plan)
    return [
        Start(
            entry=entry.id, round=code, heat=number % heats + 1,
            wave=wave_code(plan, code, number % heats + 1),
            lane=number // heats + 1 if plan.lanes else 0,
        )
        for number, entry in enumerate(entries)
    ]  # fmt: skip
