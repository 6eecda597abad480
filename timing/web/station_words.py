"""The documents that stations and desks with a link send and get; the description uses them."""

from __future__ import annotations

from msgspec import Struct


class ReceiptInfo(Struct, frozen=True, kw_only=True):
    """What became of a line: new, known, clash, or unreadable with a sentence."""

    n: int
    outcome: str
    seq: int
    sentence: str


class Receipts(Struct, frozen=True, kw_only=True):
    """An answer to a batch of lines. server_time: microseconds since 1970.

    name: what the office calls the device, told to a batch without lines; else "".
    """

    receipts: list[ReceiptInfo]
    server_time: int
    name: str


class ExpectedPerson(Struct, frozen=True, kw_only=True):
    """Somebody who may come to the timing point of a link.

    passed, of: how often that happened, and how often the course passes it, 0 where laps are open.
    here: it was the last time. due: microseconds since 1970 when the next passing should be. lead:
    passings of whoever has most of them in the same heat.
    """

    bib: str
    name: str
    contest: str
    status: str
    here: bool
    passed: int
    of: int
    due: int | None
    lead: int


class ExpectedList(Struct, frozen=True, kw_only=True):
    """Everybody who may come to the timing point of a link, who comes next first."""

    people: list[ExpectedPerson]


class ServerClock(Struct, frozen=True, kw_only=True):
    """The time of the server in microseconds since 1970."""

    server_time: int


class DeskPerson(Struct, frozen=True, kw_only=True):
    """Somebody as a check-in desk keeps them. missing: codes of items; entries: that ask."""

    bib: str
    name: str
    club: str
    nation: str
    born: str
    contests: str
    missing: list[str]
    entries: list[int]
    external: str
    here: bool


class DeskList(Struct, frozen=True, kw_only=True):
    """Everybody whom a check-in desk may be asked for."""

    people: list[DeskPerson]
