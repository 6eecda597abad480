"""A database with rows in every table, and a look at all of them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from tests.store.races import GUN, backwards_mile, field, gun, read
from tests.store.verbatim import keep_lines
from timing.core.clock import Duration
from timing.core.status import Status
from timing.store import (
    accounts,
    amendments,
    enquiries,
    journal,
    publications,
    raw_lines,
    readers,
    results,
    roster,
    schema,
    setup,
    stations,
    webhooks,
)
from timing.store.connect import Store

Rows = dict[str, set[tuple[Any, ...]]]


def fill(store: Store) -> int:
    """Put at least one row into every table; returns the number of the event."""
    with store.write() as tx:
        event = setup.save_event(tx, backwards_mile())
        roster.save_roster(tx, event, field())
        journal.append(tx, event, [read(1), read(2, None)], [gun()], arrived=GUN)
        keep_lines(tx, event, "phone", [raw_lines.RawLine(0, b"aa\x00\xff")], GUN)
        said = [
            raw_lines.RawLine(1, b"bb", 1, "", b"\x00\xff", 2),
            raw_lines.RawLine(2, b"cc", None, "gun: late", b"\x01"),
            raw_lines.RawLine(3, b"dd", 1, "", b"\x02", None, "mat/elapsed"),
        ]
        keep_lines(tx, event, "mat", said, GUN)
        stamp = journal.head(tx, event)
        row = results.ResultRow("mile", "final", 1, 1, Status.OK, 1, Duration(5), {"gap": "é"})
        standing = results.StandingRow("mile", "final", "overall", {"rows": [1]})
        results.write_results(tx, event, stamp, [row], [standing])
        publications.publish(tx, event, "mile", sheet())
        change = amendments.Amendment(1, "name", 0, "Ase", "Åse", GUN, "ref")
        amendments.amend(tx, event, change)
        enquiries.ask(tx, event, enquiries.Enquiry(0, 1, "101", "why?", "a@b.example", GUN))
        accounts.add_account(tx, accounts.AccountRow("ref", "$argon2", "referee", 1, GUN, None))
        link = stations.LinkRow("hash", event, "Finish", "line", "", "ref", GUN, None, None)
        stations.add_link(tx, link)
        stations.hear(
            tx, stations.StationRow(event, "mat", "hash", "Phone", "line", GUN, GUN, 3, None)
        )
        box = readers.ReaderRow(
            event, "mat", "Mat", "ipico", "mat:10000", "line", "", {"at": 7}, ""
        )
        readers.save_reader(tx, box)
        hook = webhooks.HookRow(event, 0, "https://a.example/é", "secret", "ref", GUN, 3, 1)
        webhooks.add_hook(tx, hook)
        posted = webhooks.Sent(event, 1, 0, "mile-1-3-1", "results", GUN, Duration(9), 204, "")
        webhooks.note_sent(tx, posted)
    return event


def sheet(state: publications.State = publications.State.PROVISIONAL) -> publications.Sheet:
    return publications.Sheet(state, 3, "digest", [["1", "Åse"]], b"%PDF-\x00\xff", GUN, "ref")


def every_row(store: Store) -> Rows:
    """The rows of every table, hashable: a JSON value by its representation."""
    with store.read() as tx:
        return {
            table.name: {tuple(map(repr, row)) for row in tx.execute(select(table))}
            for table in schema.metadata.sorted_tables
        }
