"""Results as a competition of OpenTrack: competitors, teams, events with their units and results.

Source: https://docs.opentrack.run/api/ and github.com/openath/opentrack-api-examples. There is no
code for running backward, so the name of a contest says it and its code is the distance.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from timing.core.fold.standings import Row, Standings
from timing.core.setup.event import METRE, Contest, Event, Heat, Round
from timing.core.setup.roster import Entry
from timing.core.status import NOT_HELD, Status
from timing.core.telling.listing import shown_time
from timing.files.feeds.discreet import discreet
from timing.files.feeds.ultrasignup import halves
from timing.files.rulebook import exported

_GENDER = {"M": "M", "W": "F", "X": "X"}
_NOTHING = NOT_HELD | {Status.RUN, Status.READY}


def opentrack_json(event: Event, standings: Sequence[Standings]) -> bytes:
    """One document; of a birth nothing is told."""
    entries = {
        row.entry.id: (row.bib, discreet(row.entry)) for one in standings for row in one.rows
    }
    document = {
        "full_name": event.name, "short_name": event.name[:30], "slug": event.slug,
        "name_local": event.name, "address": event.place, "date": event.date,
        "finish_date": event.last_date or event.date, "age_groups": ["ALL"],
        "basic_description": event.note,
        "competitors": _competitors(event, entries.values()),
        "teams": _teams(entry for _bib, entry in entries.values()),
        "relay_teams": _relay_teams(event, entries.values()),
        "events": [_event(contest, number, standings)
                   for number, contest in enumerate(event.contests, 1)],
    }  # fmt: skip
    return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"


def _competitors(event: Event, entries: Iterable[tuple[str, Entry]]) -> list[dict[str, Any]]:
    """Everybody once, with all events entered; teams are listed elsewhere."""
    found: dict[str, dict[str, Any]] = {}
    for bib, entry in entries:
        contest = event.contest(entry.contest)
        if contest is None or contest.legs_of > 1:
            continue
        first, last = halves(entry)
        one = found.setdefault(bib or f"entry-{entry.id}", {
            "competitor_id": bib, "first_name": first, "last_name": last,
            "gender": _GENDER.get(entry.sex, ""), "nationality": entry.nation,
            "team_id": entry.club, "age_group": "ALL", "category": entry.category or "ALL",
            "events_entered": [],
        })  # fmt: skip
        number = _number(event, contest)
        one["events_entered"].append({"event_id": number, "event_code": _code(contest)})
    return list(found.values())


def _teams(entries: Iterable[Entry]) -> list[dict[str, str]]:
    clubs = dict.fromkeys(entry.club for entry in entries if entry.club)
    return [{"team_id": club, "team_name": club} for club in clubs]


def _relay_teams(event: Event, entries: Iterable[tuple[str, Entry]]) -> list[dict[str, Any]]:
    return [
        {"event_id": _number(event, contest), "relay_team_id": bib, "name": entry.name,
         "team_id": entry.club, "runners": [member.name for member in entry.members]}
        for bib, entry in entries
        if (contest := event.contest(entry.contest)) is not None and contest.legs_of > 1
    ]  # fmt: skip


def _number(event: Event, contest: Contest) -> str:
    return str(event.contests.index(contest) + 1)


def _event(contest: Contest, number: int, standings: Iterable[Standings]) -> dict[str, Any]:
    lists = {one.round: one for one in standings if one.contest.code == contest.code}
    gender = _GENDER.get(contest.sex, "MF")
    return {
        "event_id": str(number), "event_code": _code(contest), "name": contest.name,
        "genders": gender, "category": "ALL", "age_groups": ["ALL"],
        "rounds": ",".join(str(len(each.heats)) for each in contest.rounds),
        "units": [
            _unit(lists[round_.code], round_, place, heat)
            for place, round_ in enumerate(contest.rounds, 1)
            if round_.code in lists
            for heat in round_.heats
        ],
    }  # fmt: skip


def _code(contest: Contest) -> str:
    """The distance in metres, of a relay as ``4x100``."""
    legs = contest.legs_of
    metres = f"{contest.course.distance / METRE / legs:g}"
    if contest.course.open_laps:
        return "TIMED"
    return f"{legs}x{metres}" if legs > 1 else metres


def _unit(one: Standings, round_: Round, place: int, heat: Heat) -> dict[str, Any]:
    rows = [row for row in one.rows if row.start.heat == heat.number]
    home = [row for row in rows if row.result.status not in _NOTHING]
    over = bool(rows) and len(home) == len(rows)
    return {
        "round": place, "heat": heat.number, "heat_name": heat.name or round_.name,
        "status": "finished" if over else "scheduled" if not home else "started",
        "results_status": "provisional",
        "precision": one.contest.rules.decimals,
        "results": [_result(one.contest, row) for row in home],
    }  # fmt: skip


def _result(contest: Contest, row: Row) -> dict[str, Any]:
    finished = row.result.status is Status.OK
    told: dict[str, Any] = {
        "bib": row.bib,
        "performance": shown_time(contest, row.result)
        if finished
        else exported(row.result.status) or "DNF",
    }
    if row.heat_place is not None:
        told["place"] = row.heat_place
    if row.start.lane:
        told["lane"] = row.start.lane
    return told
