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
_ONE_NAME = {"JPN", "VIE", "TUR", "BUL", "GRE"}
_PATIENCE = 100  # names in a row that somebody has already, until the longer lists are opened


class Nation(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Names of one country, to be put together by lot. more_...: for large events, too."""

    code: str
    clubs: tuple[str, ...]
    men: tuple[str, ...]
    women: tuple[str, ...]
    family: tuple[str, ...]
    more_men: tuple[str, ...] = ()
    more_women: tuple[str, ...] = ()
    more_family: tuple[str, ...] = ()

    def given(self, sex: Sex, *, more: bool) -> tuple[str, ...]:
        """Given names of a sex."""
        few, many = (self.men, self.more_men) if sex is Sex.MEN else (self.women, self.more_women)
        return few + many if more else few

    def families(self, *, more: bool) -> tuple[str, ...]:
        """Family names."""
        return self.family + self.more_family if more else self.family


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
    """Draw the people of an event.

    No two have the same name while the lists have another one; then given names are doubled, at
    last namesakes are born on different days.
    """
    people: list[Person] = []
    taken: set[tuple[str, ...]] = set()
    misses = 0
    year = int(programme.date[:4])
    while len(people) < programme.people:
        more = misses >= _PATIENCE
        nation = lot.choice(names.nation)
        sex = lot.choice((Sex.MEN, Sex.MEN, Sex.WOMEN))
        given = lot.choice(nation.given(sex, more=more))
        family = lot.choice(nation.families(more=more))
        age = min(max(int(lot.gauss(38, 14)), 13), 76)
        if (_name(nation, given, family),) in taken:
            if not more:
                misses += 1
                continue
            given = _doubled(nation, given, sex, lot)
        misses = misses if more else 0
        born = f"{year - age}-{lot.randint(1, 12):02d}-{lot.randint(1, 28):02d}"
        name = _name(nation, given, family)
        if (name, born) in taken:
            continue
        taken |= {(name,), (name, born)}
        fitness = lot.betavariate(2.2, 2.6) * (1 - abs(age - 29) / 80)
        people.append(
            Person(
                len(people) + 1, name, family, sex, born, nation.code, lot.choice(nation.clubs),
                fitness,
            )
        )  # fmt: skip
    return people


def _name(nation: Nation, given: str, family: str) -> str:
    order = (family, given) if nation.code in _FAMILY_FIRST else (given, family)
    return " ".join(order)


def _doubled(nation: Nation, given: str, sex: Sex, lot: Random) -> str:
    """A second given name, where people have one."""
    second = lot.choice(nation.given(sex, more=True))
    alone = nation.code in _ONE_NAME or second == given or " " in given + second
    return given if alone else f"{given} {second}"


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
                for number, person in enumerate(_willing(programme, plan, people, entered, lot), 1)
            ]
        for entry in chosen:
            if entry.person is not None:
                entered[entry.person] += 1
        entries += chosen
        starts += _starts(plan, chosen)
    return Roster(entries=tuple(entries), starts=tuple(starts))


def _willing(
    programme: Programme, plan: ContestPlan, people: list[Person], entered: dict[int, int],
    lot: Random,
) -> list[Person]:  # fmt: skip
    """Draw who enters a contest: first who may and whose club sends everybody."""
    most = programme.contests_each
    able = [person for person in people if plan.sex in ("", person.sex)]
    free = [person for person in able if entered[person.id] < most]
    squads = {club for club, _ in Counter(person.club for person in free).most_common(plan.squads)}
    drawn = {
        person: (entered[person.id] >= most, person.club not in squads, lot.random())
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
