"""PostgreSQL's short way for a few new reads of one device: one message is the whole transaction.

There every statement is a message to another process, and seven of them take as long as the disk.
Where anything is known already, or somebody else writes meanwhile, nothing is done at all and the
long way is open.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from sqlalchemy.exc import IntegrityError

from timing.core.clock import Instant
from timing.core.journal.lines import Read
from timing.store.connect import Store
from timing.store.hand import Hand
from timing.store.journal import Appended, Outcome
from timing.store.lines import storable
from timing.store.raw_lines import RawLine
from timing.store.stations import HEARD_AGAIN, StationRow

# The counter moves only if it stands where this statement sees it, which it does not if somebody
# appended meanwhile. So what the statement does not see is not there, and the order is kept.
# "ORDER BY ... LIMIT 1" keeps it on the indexes, also when it was planned for empty tables.
_JOT = f"""
WITH sent AS (
  SELECT * FROM json_to_record(?::json) AS sent(
    event_id int, id text, token_hash text, name text, point text, first_heard bigint,
    last_heard bigint, unsent int, clock_offset bigint,
    arrived bigint, first bigint, last bigint, lines json, raw json)
), head AS (
  UPDATE journal SET seq = journal.seq + json_array_length(sent.lines)
  FROM sent, journal AS seen
  WHERE journal.event_id = sent.event_id
    AND seen.event_id = sent.event_id AND seen.seq = journal.seq
    AND (SELECT 1 FROM read WHERE read.event_id = sent.event_id AND station = sent.id
      AND read.n BETWEEN sent.first AND sent.last ORDER BY read.n LIMIT 1) IS NULL
    AND (SELECT 1 FROM ruling WHERE ruling.event_id = sent.event_id AND station = sent.id
      AND ruling.n BETWEEN sent.first AND sent.last ORDER BY ruling.n LIMIT 1) IS NULL
    AND (SELECT 1 FROM raw_line WHERE raw_line.event_id = sent.event_id AND station = sent.id
      AND position BETWEEN sent.first AND sent.last ORDER BY position LIMIT 1) IS NULL
  RETURNING seen.seq AS before
), new_reads AS (
  INSERT INTO read (event_id, seq, station, n, point, bib, chip, at, source, strength, arrived)
  SELECT event_id, before + i, id, n, line.point, bib, chip, at, source, strength, arrived
  FROM head, sent, json_to_recordset(sent.lines) AS line(
    i int, n bigint, point text, bib text, chip text, at bigint, source text, strength int)
), new_lines AS (
  INSERT INTO raw_line (event_id, station, position, content, n, problem, arrived)
  SELECT event_id, id, position, decode(content, 'hex'), n, problem, arrived
  FROM head, sent, json_to_recordset(sent.raw) AS line(
    position bigint, content text, n bigint, problem text)
), heard AS (
  INSERT INTO station ({", ".join(StationRow._fields)})
  SELECT {", ".join(StationRow._fields)} FROM head, sent {HEARD_AGAIN}
)
SELECT before FROM head
"""


def jot_swiftly(
    store: Store, heard: StationRow, sent: Sequence[Read], raw: Sequence[RawLine], arrived: Instant
) -> list[Appended] | None:
    """Write reads of a device down, with its lines as they came; None if nothing was written.

    Raises MalformedLineError.
    """
    reads = [storable(read) for read in sent]
    numbers = {read.id: read.n for read in reads if read.station == heard.id}.values()
    if not 0 < len(numbers) == len(reads):
        return None
    told = heard._asdict() | {
        "arrived": arrived, "first": min(numbers), "last": max(numbers),
        "lines": [read._asdict() | {"i": i} for i, read in enumerate(reads, 1)],
        "raw": [line._asdict() | {"content": line.content.hex()} for line in raw],
    }  # fmt: skip
    with store.alone() as tx:
        try:
            answer = next(Hand(tx).ask(_JOT, (msgspec.json.encode(told).decode(),)), None)
        except IntegrityError:  # the same lines came over two ways at once
            return None
    if answer is None:
        return None
    return [
        Appended(was.id, answer[0] + i, Outcome.NEW, now.id)
        for i, (was, now) in enumerate(zip(sent, reads, strict=True), 1)
    ]
