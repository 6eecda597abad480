"""What a device sent, written down with its lines as they came and the sign of life.

All that must be asked is asked at once: whoever waits, waits for little more than the disk.
"""

from __future__ import annotations

from collections.abc import Sequence

from timing.core.clock import Instant
from timing.core.journal.lines import Read
from timing.store.connect import Store, Tx
from timing.store.hand import Hand
from timing.store.journal import Addition, Appended, Outcome, Stamp, write_down
from timing.store.lines import Line, storable, storable_read
from timing.store.note import Note
from timing.store.raw_lines import COLUMNS, Bundle, RawLine
from timing.store.stations import StationRow, hear
from timing.store.swift import write_swiftly


def jot(
    store: Store, heard: StationRow, lines: Sequence[Line], raw: Sequence[RawLine], arrived: Instant
) -> list[Appended]:
    """Write lines down in one transaction and give a receipt for each, true once this returns.

    Raises UnknownEventError and MalformedLineError; nothing is written then.
    """
    reads = [storable_read(line) for line in lines if isinstance(line, Read)]
    if len(reads) == len(lines):
        before = write_swiftly(store, Note(heard, reads, raw, arrived))
        if before is not None:
            return [
                Appended((line[0], line[1]), before + i, Outcome.NEW, (read[0], read[1]))
                for i, (line, read) in enumerate(zip(lines, reads, strict=True), 1)
            ]
    with store.write() as tx:
        return jot_down(tx, heard, lines, raw, arrived)


def jot_down(
    tx: Tx, heard: StationRow, lines: Sequence[Line], raw: Sequence[RawLine], arrived: Instant
) -> list[Appended]:
    """The same within a transaction. raw: as they came from the device that was heard."""
    hand = Hand(tx)
    addition = Addition(hand, heard.event_id, lines)
    bundle = Bundle(hand, heard.event_id, heard.id, raw)
    appended = addition.write(arrived)
    bundle.keep(arrived)
    hear(tx, heard)
    return appended


def jot_behind(
    tx: Tx,
    heard: StationRow,
    head: Stamp,
    lines: Sequence[Line],
    raw: Sequence[RawLine],
    arrived: Instant,
) -> None:
    """The same for who has locked the journal and counts on behind what is there.

    So nothing has to be asked; where the counting is wrong, the database refuses.
    """
    hand, own = Hand(tx), (heard.event_id, heard.id)
    write_down(hand, heard.event_id, head.seq, [storable(line) for line in lines], arrived)
    hand.fill("raw_line", COLUMNS, [(*own, *line, arrived) for line in raw])
    hear(tx, heard)
