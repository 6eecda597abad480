"""RunSignup: its participants as entrants, and results in the form of its upload.

Sources: a real answer of the participants method, and runsignup.com/API, method Post Event
Results. Whether the upload takes decimals behind seconds of a clock time is not told there.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from timing.core.clock import format_duration
from timing.core.fold.standings import Row, Standings
from timing.core.sentence import worded
from timing.core.status import NOT_HELD, Status
from timing.files.rulebook import exported
from timing.files.tables.findings import Findings
from timing.files.tables.headers import Record


def runsignup_records(path: Path, findings: Findings) -> list[Record]:
    """Participants of one or more events; line: the number of the participant in the file.

    The number of the event is the contest. The answer may be JSON inside a JSON string.
    """
    file = str(path)
    try:
        found = msgspec.json.decode(path.read_bytes())
        found = msgspec.json.decode(found) if isinstance(found, str) else found
        people = [person for event in found for person in event["participants"]]
        return [_record(number, person) for number, person in enumerate(people, 1)]
    except OSError as error:
        findings.problem(
            "missing-file",
            worded("the file cannot be read ({told})", told=error.strerror or ""),
            file,
        )
    except (msgspec.DecodeError, KeyError, TypeError, AttributeError, UnicodeDecodeError) as error:
        sentence = worded(
            "not an answer of RunSignup ({told}); expected events with participants",
            told=str(error),
        )
        findings.problem("runsignup", sentence, file)
    return []


def _record(number: int, person: dict[str, Any]) -> Record:
    user = person["user"]
    names = [user.get("first_name"), user.get("middle_name")]
    fields = {
        "first": " ".join(name for name in names if name),
        "last": user.get("last_name"),
        "sex": user.get("gender"),
        "born": user.get("dob"),
        "age": person.get("age"),
        "nation": (user.get("address") or {}).get("country_code"),
        "bib": person.get("bib_num"),
        "chip": person.get("chip_num"),
        "contest": person.get("event_id"),
        "external": person.get("registration_id") or user.get("user_id"),
        "team": person.get("team_name"),
    }
    return Record(number, {key: str(value) for key, value in fields.items() if value is not None})


def runsignup_results(standings: Standings) -> bytes:
    """The request of Post Event Results: known people by their registration, else by bib."""
    held = [row for row in standings.rows if row.result.status not in NOT_HELD]
    rows = [_result(row, standings.contest.rules.decimals) for row in held]
    return msgspec.json.encode({"results": rows})


def _result(row: Row, decimals: int) -> dict[str, Any]:
    result = row.result
    finished = result.status is Status.OK and result.official is not None
    word = exported(result.status) or "DNF"
    known = {"registration_id": row.entry.external} if row.entry.external else {}
    return {
        **known,
        "bib_num": row.bib,
        "place": row.place,
        "clock_time": _clock(result.gun, decimals) if finished else word,
        "chip_time": _clock(result.net, decimals) if finished else word,
    }


def _clock(time: int | None, decimals: int) -> str:
    """``hhh:mm:ss.s`` as their form wants it."""
    if time is None:
        return ""
    text = format_duration(time, decimals)
    return ":".join(part.zfill(2) for part in ["00", "00", *text.split(":")][-3:])
