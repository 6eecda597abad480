"""PostgreSQL's short way: one message is the whole transaction.

There every statement is a message to another process, and a dozen of them take longer than the
disk. So the steps of the long way are a function, which each connection makes for itself before it
needs it first: it goes with the connection, and no migration has to keep it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import psycopg
from psycopg.pq import DiagnosticField, ExecStatus

from timing.core.journal.lines import Read
from timing.store.lines import READ_COLUMNS
from timing.store.note import Note
from timing.store.raw_lines import COLUMNS, RawLine
from timing.store.seats import Seat
from timing.store.stations import StationRow

FEW = 8
"""More lines are sooner copied, in some messages."""

_WORDS = {
    "alone": "bool", "event": "int", "device": "text", "arrived": "bigint",
    "number": "bigint", "point": "text", "bib": "text", "chip": "text", "at": "bigint",
    "source": "text", "strength": "int",
    "place": "bigint", "content": "bytea", "problem": "text", "digest": "bytea",
    "sequence": "bigint", "line_station": "text",
    "token_hash": "text", "name": "text", "stands_at": "text", "first_heard": "bigint",
    "last_heard": "bigint", "unsent": "int", "clock_offset": "bigint", "goes_on": "jsonb",
}  # fmt: skip
_TYPED = ", ".join(f"{name} {kind}" for name, kind in _WORDS.items())
_BINARY = [int(kind == "bytea") for kind in _WORDS.values()]

# One line with everything that is kept of it, in as few statements as can be. Each statement of a
# function sees what was committed before it began: what is not there once the counter has moved is
# not there, and nobody else can bring it. What is there is an error that undoes all of it; only a
# lone read that is sent again moves nothing, so that it does not fill the server's log.
_FUNCTION = f"""
CREATE FUNCTION pg_temp.jot({_TYPED}) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  here bigint;
BEGIN
  UPDATE journal SET seq = seq + 1 WHERE event_id = jot.event AND NOT (jot.alone AND EXISTS (
      SELECT FROM read WHERE event_id = jot.event AND station = jot.device AND n = jot.number))
    RETURNING seq INTO here;
  IF here IS NULL THEN
    RETURN NULL;
  END IF;
  INSERT INTO read ({", ".join(READ_COLUMNS)}) SELECT jot.event, here, jot.device, jot.number,
      jot.point, jot.bib, jot.chip, jot.at, jot.source, jot.strength, jot.arrived
    WHERE NOT EXISTS (SELECT FROM ruling
      WHERE event_id = jot.event AND station = jot.device AND n = jot.number);
  IF NOT found THEN
    RAISE unique_violation USING MESSAGE = 'a ruling has the number of this read';
  END IF;
  IF jot.place IS NOT NULL THEN
    INSERT INTO raw_line ({", ".join(COLUMNS)}) VALUES (jot.event, jot.device, jot.place,
      jot.content, jot.number, jot.problem, jot.digest, jot.sequence, jot.line_station,
      jot.arrived);
  END IF;
  UPDATE station SET token_hash = jot.token_hash, name = jot.name, point = jot.stands_at,
      last_heard = jot.last_heard, unsent = jot.unsent,
      clock_offset = coalesce(jot.clock_offset, station.clock_offset)
    WHERE event_id = jot.event AND id = jot.device;
  IF NOT found THEN
    INSERT INTO station ({", ".join(StationRow._fields)}) VALUES (jot.event, jot.device,
      jot.token_hash, jot.name, jot.stands_at, jot.first_heard, jot.last_heard, jot.unsent,
      jot.clock_offset);
  END IF;
  IF jot.goes_on IS NOT NULL THEN
    UPDATE reader SET position = (position::jsonb || jot.goes_on)::json
      WHERE event_id = jot.event AND station = jot.device;
  END IF;
  RETURN here;
END $$
"""
_ONE = f"SELECT pg_temp.jot({', '.join(f'${k}' for k in range(1, len(_WORDS) + 1))})"
_SEVERAL = (
    f"SELECT pg_temp.jot({', '.join(f'line.{name}' for name in _WORDS)}) "
    f"FROM json_to_recordset($1) AS line({_TYPED})"
)
# Nothing but the function is ever asked here, and what it looks for it looks for by a key; a plan
# from the minute when the race began must not read whole tables ever after.
_PREPARE = "SET enable_seqscan = off"


def write(seat: Seat, note: Note) -> int | None:
    """Write a note down and give the last seq before it; None if it has to be the long way."""
    lines = note.lines
    if lines is None:
        return None
    server = seat.connection.pgconn
    if seat.ready is None:
        seat.ready = _prepare(server)
    if not seat.ready:
        return None
    if len(lines) == 1:
        values = [_text(value) for value in _values(note, *lines[0], alone=True)]
        answer = _must(server.exec_prepared(b"one", values, _BINARY), server)
    else:
        told = msgspec.json.encode([_json(note, *line) for line in lines])
        answer = _must(server.exec_prepared(b"several", [told]), server)
    first = answer.get_value(0, 0)
    return None if first is None else int(first) - 1


def _prepare(server: Any) -> bool:
    """Make a connection ready; False where the database lends nobody a place for a function."""
    try:
        for statement in (_PREPARE, _FUNCTION):
            _must(server.exec_(statement.encode()), server)
    except psycopg.errors.InsufficientPrivilege:
        return False
    _must(server.prepare(b"one", _ONE.encode()), server)
    _must(server.prepare(b"several", _SEVERAL.encode()), server)
    return True


def _values(note: Note, read: Read, raw: RawLine | None, *, alone: bool) -> Sequence[Any]:
    """The values of a line in the order of _WORDS."""
    heard = note.heard
    goes_on = None if note.goes_on is None else msgspec.json.encode(note.goes_on)
    place = (None,) * 6 if raw is None else (raw[0], raw[1], *raw[3:])
    return (alone, heard.event_id, heard.id, note.arrived, *read[1:], *place, *heard[2:], goes_on)


def _text(value: Any) -> bytes | None:
    return value if value is None or isinstance(value, bytes) else str(value).encode()


def _json(note: Note, read: Read, raw: RawLine | None) -> dict[str, Any]:
    line = dict(zip(_WORDS, _values(note, read, raw, alone=False), strict=True))
    for name, kind in _WORDS.items():
        if kind == "bytea" and line[name] is not None:
            line[name] = f"\\x{line[name].hex()}"
    return line | {"goes_on": note.goes_on}


def _must(result: Any, server: Any) -> Any:
    """Give an answer, or raise what the driver raises where it is asked in its own way."""
    if result.status in (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK):
        return result
    if not result.error_field(DiagnosticField.SQLSTATE):  # the server has gone
        raise psycopg.OperationalError(server.get_error_message())
    raise psycopg.errors.error_from_result(result)
