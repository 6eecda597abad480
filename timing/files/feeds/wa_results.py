"""Results with the fields in which World Athletics takes them in; for the organiser, not for all.

Source: "World Athletics Competition Model Proposal" (draft), see ``core.rulebook.wa_format``.
Numbers that World Athletics gives (of the competition and its events) and unknown birthdates
are to be filled.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from timing.core.clock import datetime_of
from timing.core.fold.standings import Row, Standings
from timing.core.rulebook.rules import Basis
from timing.core.rulebook.wa_format import ENUMS, is_wind, time_text
from timing.core.setup.event import Contest, Event, Heat
from timing.core.setup.roster import Entry, EntryId, Sex
from timing.core.status import Status
from timing.core.telling.conditions import wind_of
from timing.files.feeds.ultrasignup import halves
from timing.files.rulebook import exported

_SEX = {Sex.MEN: "male", Sex.WOMEN: "female"}
_UNKNOWN = 0
_ROUNDS = ("Final", "Semifinal", "Quarterfinal")
"""The types of rounds, counted from the last one; earlier ones are ``Round 1``."""


def wa_json(event: Event, standings: Sequence[Standings]) -> bytes:
    """One competition. Contests on laps are left out: their results are no times."""
    lists = [one for one in standings if one.contest.rules.basis is not Basis.LAPS and one.rows]
    people = _People()
    units = [
        {
            "waEventId": _UNKNOWN,
            "title": contest.name,
            "rounds": [
                _round(event, one, people) for one in lists if one.contest.code == contest.code
            ],
        }
        for contest in {one.contest.code: one.contest for one in lists}.values()
    ]
    document = {
        "athletes": people.athletes, "relayTeams": people.teams,
        "venues": [{"id": 1, "name": event.place, "country": ""}], "units": units,
    }  # fmt: skip
    return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"


class _People:
    """Athletes and teams by local numbers, each once."""

    def __init__(self) -> None:
        self.athletes: list[dict[str, Any]] = []
        self.teams: list[dict[str, Any]] = []
        self._known: dict[tuple[str, EntryId | str], int] = {}

    def athlete(self, entry: Entry, key: tuple[str, EntryId | str]) -> int:
        if key not in self._known:
            first, last = halves(entry)
            number = self._known[key] = len(self.athletes) + 1
            self.athletes.append({
                "id": number, "firstName": first, "lastName": last,
                "birthdate": entry.born if len(entry.born) == len("2000-01-01") else "",
                "country": entry.nation,
            } | ({"sex": _SEX[entry.sex]} if entry.sex in _SEX else {}))  # fmt: skip
        return self._known[key]

    def team(self, entry: Entry) -> int:
        key = ("team", entry.id)
        if key not in self._known:
            number = self._known[key] = len(self.teams) + 1
            country = entry.delegation or entry.nation or "INT"
            self.teams.append({"id": number, "name": entry.name, "country": country})
        return self._known[key]


def _round(event: Event, one: Standings, people: _People) -> dict[str, Any]:
    rounds = one.contest.rounds
    place = next(n for n, each in enumerate(rounds) if each.code == one.round)
    left = len(rounds) - 1 - place
    first = place == 0 and len(rounds) > 1
    kind = "Round 1" if first and left else _ROUNDS[min(left, len(_ROUNDS) - 1)]
    races = [_race(event, one, heat, people) for heat in rounds[place].heats]
    return {"type": kind, "races": [race for race in races if race["results"]]}


def _race(event: Event, one: Standings, heat: Heat, people: _People) -> dict[str, Any]:
    rows = [row for row in one.rows if row.start.heat == heat.number]
    told = [_result(one.contest, row, people) for row in rows]
    begun = next((row.result.started for row in rows if row.result.started is not None), None)
    race: dict[str, Any] = {"number": heat.number, "date": event.date}
    if begun is not None:
        local = datetime_of(begun).astimezone(ZoneInfo(event.timezone))
        race |= {"date": local.date().isoformat(), "startTime": local.strftime("%H:%M:%S")}
    wind = wind_of(event, one.contest.code, one.round, heat.number)
    if is_wind(wind):
        race["wind"] = wind
    return race | {"results": [each for each in told if each is not None]}


def _result(contest: Contest, row: Row, people: _People) -> dict[str, Any] | None:
    """One result; None while there is none."""
    text = _text(contest, row)
    if text is None:
        return None
    entry = row.entry
    places = {"placeInRace": row.heat_place, "placeInRound": row.place,
              "qualified": _qualified(row)}  # fmt: skip
    known: dict[str, Any] = {key: value for key, value in places.items() if value is not None}
    if entry.out_of_competition:
        known["outOfCompetition"] = True
    if contest.legs_of > 1:
        return {"relayTeamId": people.team(entry), "legs": _legs(entry, people), "result": text,
                **known}  # fmt: skip
    return {"athleteId": people.athlete(entry, ("entry", entry.person or -entry.id)),
            "result": text, **known}  # fmt: skip


def _legs(entry: Entry, people: _People) -> list[int]:
    runners = sorted((each for each in entry.members if each.leg), key=lambda each: each.leg)
    return [
        people.athlete(
            Entry(id=0, contest="", name=each.name, sex=each.sex, born=each.born,
                  nation=entry.nation),
            ("entry", each.person) if each.person else (f"team {entry.id}", each.name),
        )
        for each in runners
    ]  # fmt: skip


def _text(contest: Contest, row: Row) -> str | None:
    status, official = row.result.status, row.result.official
    if status is Status.OK and official is not None:
        return time_text(official, contest.rules.decimals, hand=contest.timing == "hand")
    return exported(status) or None


def _qualified(row: Row) -> str | None:
    marks = (exported(mark.code) for mark in row.result.marks if mark.kind == "qualify")
    return next((code for code in marks if code in ENUMS["IndividualResult.qualified"]), None)
