"""What a record needs besides the time: timing, competitors, wind, course, and an application.

The conditions of each body are data (config/rules/record_conditions.toml).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct

from timing.core.rulefile import read_rules


class RecordConditions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one body asks; None asks nothing.

    Bounds are millimetres: fully automatic timing, a start information system and the wind are
    asked in races up to there; ``leg`` bounds go by the length of one leg of a relay.
    separation, drop: of a road course, thousandths of its distance.
    """

    body: str
    source: str
    fat_up_to: int | None = None
    fat_leg_up_to: int | None = None
    start_information_up_to: int | None = None
    start_information_leg_up_to: int | None = None
    competitors: int | None = None
    teams: int | None = None
    wind_up_to: int | None = None
    wind_limit: Decimal | None = None
    separation: int | None = None
    drop: int | None = None
    application_days: int | None = None


class _File(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    conditions: tuple[RecordConditions, ...]


class Circumstances(NamedTuple):
    """How a race was held; None where it is not known.

    distance: millimetres of the whole race. legs: 1, or those of a relay. timing: fat, hand,
    transponder. road: outside the stadium. separation: millimetres from start to finish in a
    straight line. drop: millimetres by which the finish lies lower.
    """

    distance: int
    legs: int = 1
    timing: str | None = None
    competitors: int | None = None
    teams: int | None = None
    start_information: bool | None = None
    wind: Decimal | None = None
    road: bool = False
    separation: int | None = None
    drop: int | None = None


class Needed(StrEnum):
    """One condition of a record."""

    FAT = "record-needs-fat"
    START_INFORMATION = "record-needs-start-information"
    COMPETITORS = "record-needs-competitors"
    TEAMS = "record-needs-teams"
    WIND = "record-needs-legal-wind"
    SEPARATION = "record-needs-closer-finish"
    DROP = "record-needs-less-drop"


class Finding(NamedTuple):
    """One condition. met: None where it is not known and has to be shown."""

    needed: Needed
    met: bool | None


def decode_conditions(text: str, file: str | None = None) -> dict[str, RecordConditions]:
    """Read the conditions of each body. Raises Refusal."""
    rows = read_rules(text, _File, file=file).conditions
    return {row.body: row for row in rows}


def conditions_of(rules: RecordConditions, race: Circumstances) -> list[Finding]:
    """List the conditions that a body asks for such a race, and whether they are met."""
    return [*_of_timing(rules, race), *_of_field(rules, race), *_of_course(rules, race)]


def none_violated(findings: list[Finding]) -> bool:
    """Whether no condition is known to be violated."""
    return all(finding.met is not False for finding in findings)


def application_until(rules: RecordConditions, held: date) -> date | None:
    """Give the last day for the application form; None where the body has no deadline."""
    if rules.application_days is None:
        return None
    return held + timedelta(days=rules.application_days)


def _of_timing(rules: RecordConditions, race: Circumstances) -> Iterator[Finding]:
    if _asked(race, rules.fat_up_to, rules.fat_leg_up_to):
        yield Finding(Needed.FAT, None if race.timing is None else race.timing == "fat")
    if _asked(race, rules.start_information_up_to, rules.start_information_leg_up_to):
        yield Finding(Needed.START_INFORMATION, race.start_information)


def _asked(race: Circumstances, up_to: int | None, leg_up_to: int | None) -> bool:
    bound = up_to if race.legs == 1 else leg_up_to
    return bound is not None and race.distance <= bound * race.legs


def _of_field(rules: RecordConditions, race: Circumstances) -> Iterator[Finding]:
    if race.legs == 1 and rules.competitors is not None:
        yield Finding(Needed.COMPETITORS, _at_least(race.competitors, rules.competitors))
    if race.legs > 1 and rules.teams is not None:
        yield Finding(Needed.TEAMS, _at_least(race.teams, rules.teams))


def _of_course(rules: RecordConditions, race: Circumstances) -> Iterator[Finding]:
    if rules.wind_up_to is not None and race.distance <= rules.wind_up_to:
        yield Finding(Needed.WIND, _at_most(race.wind, rules.wind_limit))
    if race.road and rules.separation is not None:
        limit = race.distance * rules.separation / Decimal(1_000)
        yield Finding(Needed.SEPARATION, _at_most(race.separation, limit))
    if race.road and rules.drop is not None:
        limit = race.distance * rules.drop / Decimal(1_000)
        yield Finding(Needed.DROP, _at_most(race.drop, limit))


def _at_least(found: int | None, wanted: int) -> bool | None:
    return None if found is None else found >= wanted


def _at_most(found: int | Decimal | None, limit: Decimal | None) -> bool | None:
    return None if found is None or limit is None else found <= limit
