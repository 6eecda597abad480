"""Results and standings as projections: written by whoever folded, read by who only looks.

They can be dropped and written again at any time; nothing refers to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import delete, or_, select

from timing.core.clock import Duration
from timing.core.setup.roster import EntryId
from timing.core.status import Status
from timing.store import rows, schema
from timing.store.connect import Tx
from timing.store.hand import Hand
from timing.store.journal import Stamp
from timing.store.schema import table_of

PROJECTION = table_of(schema.Projection)
RESULT, STANDING = table_of(schema.Result), table_of(schema.Standing)


_DOCUMENTS = (
    "SELECT CAST(document AS TEXT) FROM result WHERE event_id = ? AND contest = ? AND round = ? "
    "ORDER BY position"
)


class ResultRow(NamedTuple):
    """One entry in one round. position: its place in the list, also without a rank."""

    contest: str
    round: str
    entry: EntryId
    position: int
    status: Status
    rank: int | None = None
    official: Duration | None = None
    document: dict[str, Any] = {}  # noqa: RUF012 - a default value, not shared state


class StandingRow(NamedTuple):
    """One list of a round; scope: ``overall``, ``category:W40``, ``teams``."""

    contest: str
    round: str
    scope: str
    document: dict[str, Any]


def write_results(
    tx: Tx,
    event: int,
    stamp: Stamp,
    results: Iterable[ResultRow],
    standings: Iterable[StandingRow] = (),
    gone: Iterable[ResultRow] = (),
) -> bool:
    """Write what changed and note what all of it stands for now.

    results, standings: new or changed rows. gone: rows that are no result any more.
    Returns False, and writes nothing, if the projections stand for something newer already.
    """
    if not _advance(tx, event, stamp):
        return False
    common = {"event_id": event, "seq": stamp.seq}
    rows.drop(tx, RESULT, [(event, row.contest, row.round, row.entry) for row in gone])
    rows.upsert(tx, RESULT, [row._asdict() | common for row in results])
    rows.upsert(tx, STANDING, [row._asdict() | common for row in standings])
    return True


def read_stamp(tx: Tx, event: int) -> Stamp | None:
    """What the projections of an event stand for; None when there are none."""
    query = select(PROJECTION.c.seq, PROJECTION.c.setup).where(PROJECTION.c.event_id == event)
    row = tx.execute(query).one_or_none()
    return None if row is None else Stamp._make(row)


def load_results(tx: Tx, event: int, contest: str, round_code: str) -> list[ResultRow]:
    """The rows of a round in their order."""
    own = _own(RESULT, event, contest, round_code)
    query = select(*_columns(RESULT, ResultRow._fields)).where(*own).order_by(RESULT.c.position)
    found = map(ResultRow._make, tx.execute(query))
    return [row._replace(status=Status(row.status)) for row in found]


def load_documents(tx: Tx, event: int, contest: str, round_code: str) -> bytes:
    """The documents of the rows of a round in their order, as one JSON array."""
    found = Hand(tx).ask(_DOCUMENTS, (event, contest, round_code))
    return ("[" + ",".join([document for (document,) in found]) + "]").encode()


def load_standings(tx: Tx, event: int, contest: str, round_code: str) -> list[StandingRow]:
    """The lists of a round by scope."""
    own = _own(STANDING, event, contest, round_code)
    query = select(*_columns(STANDING, StandingRow._fields)).where(*own)
    return list(map(StandingRow._make, tx.execute(query.order_by(STANDING.c.scope))))


def drop_projections(tx: Tx, event: int) -> None:
    """Forget all projections of an event, so that they can be written anew."""
    for table in (RESULT, STANDING, PROJECTION):
        tx.execute(delete(table).where(table.c.event_id == event))


def _advance(tx: Tx, event: int, stamp: Stamp) -> bool:
    """Move the stamp, never back. Whoever moved it is the only refresher until the commit."""
    row = {"event_id": event, "seq": stamp.seq, "setup": stamp.setup}
    newer = or_(PROJECTION.c.seq > stamp.seq, PROJECTION.c.setup > stamp.setup)
    rows.upsert(tx, PROJECTION, [row], unless=newer)
    return read_stamp(tx, event) == stamp


def _own(table: Any, event: int, contest: str, round_code: str) -> Sequence[Any]:
    c = table.c
    return (c.event_id == event, c.contest == contest, c.round == round_code)


def _columns(table: Any, names: Iterable[str]) -> list[Any]:
    return [table.c[name] for name in names]
