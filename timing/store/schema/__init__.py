"""The tables, one class each, in the order in which they refer to each other.

Rows are shapes only: no behaviour, no relationships, no sessions. Statements are written against
``Class.__table__``; every key begins with the event, so that one event is one range of each table.
"""

from __future__ import annotations

from timing.store.schema.desks import Account, Enquiry, Station, StationLink
from timing.store.schema.journal import JournalHead, RawLine, Read, Ruling
from timing.store.schema.outcome import Projection, Publication, Result, Standing
from timing.store.schema.readers import Reader
from timing.store.schema.roster import Amendment, Bib, Chip, Entry, Member, Person, Start, Team
from timing.store.schema.row import Row, table_of
from timing.store.schema.setup import (
    Contest,
    CoursePoint,
    Event,
    Heat,
    Leg,
    Round,
    TimingPoint,
    Wave,
)
from timing.store.schema.webhooks import Webhook, WebhookDelivery

metadata = Row.metadata

APPEND_ONLY = ("read", "ruling", "raw_line", "publication")
"""Tables whose rows the database refuses to change or to delete (triggers, first migration)."""

__all__ = [
    "APPEND_ONLY", "Account", "Amendment", "Bib", "Chip", "Contest", "CoursePoint", "Enquiry",
    "Entry", "Event", "Heat", "JournalHead", "Leg", "Member", "Person", "Projection",
    "Publication", "RawLine", "Read", "Reader", "Result", "Round", "Row", "Ruling",
    "Standing", "Start", "Station", "StationLink", "Team", "TimingPoint", "Wave", "Webhook",
    "WebhookDelivery",
    "metadata", "table_of",
]  # fmt: skip
