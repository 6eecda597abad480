"""The documents of API v1: what an answer holds. The description is made from these, too.

Times are whole microseconds (``_us``), moments count from 1970 in UTC, distances are millimetres.
A field is added, never taken away or given another meaning.
"""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta, Struct


class CalledOff(Struct, frozen=True, kw_only=True):
    """Something is not held as announced. fate: ``cancelled``, ``postponed`` or ``stopped``.

    reason: in the words of the organiser. since_us: when it was decided. until_us, day: the new
    start or day of what is postponed, null and "" while not known. ranked: whether results count;
    of what was stopped those that were in at stands_us, at the course point, "" for the finish.
    """

    fate: str
    reason: str
    since_us: int
    until_us: int | None
    day: str
    ranked: bool
    stands_us: int | None
    point: str


class EventBrief(Struct, frozen=True, kw_only=True):
    """An event in a list. called_off: null for an event that is held as announced."""

    slug: str
    name: str
    date: str
    last_date: str
    place: str
    timezone: str
    demo: bool
    called_off: CalledOff | None


class EventList(Struct, frozen=True, kw_only=True):
    """All public events, the newest first."""

    events: list[EventBrief]


class PointInfo(Struct, frozen=True, kw_only=True):
    """A point of a course. distance_mm: from the start."""

    code: str
    name: str
    distance_mm: int
    kind: str


class RoundInfo(Struct, frozen=True, kw_only=True):
    """A round and how far it is. expected: on the start list. start_us: as planned.

    waiting: for the gun, or after it not seen anywhere yet. begun: after the gun, or somebody is
    under way; before, the list is the start list.
    """

    code: str
    name: str
    heats: int
    start_us: int | None
    expected: int
    finished: int
    on_course: int
    waiting: int
    begun: bool


class ContestInfo(Struct, frozen=True, kw_only=True):
    """A contest with its course and the state of its rounds. called_off: as of an event."""

    code: str
    name: str
    discipline: str
    sex: str
    timing: str
    surface: str
    legs_of: int
    basis: str
    distance_mm: int
    points: list[PointInfo]
    rounds: list[RoundInfo]
    called_off: CalledOff | None


class ContestList(Struct, frozen=True, kw_only=True):
    """The contests of an event, in the order of the programme."""

    event: str
    contests: list[ContestInfo]


class EventDocument(EventBrief, frozen=True, kw_only=True):
    """An event with the state of its contests. seq: the journal line that it stands for."""

    organiser: str
    ruleset: str
    note: str
    languages: list[str]
    contests: list[ContestInfo]
    seq: int
    changed_us: int
    last_finish_us: int | None
    feeds: list[str]


class Position(Struct, frozen=True, kw_only=True):
    """How far the journal is; poll this to learn whether anything changed."""

    event: str
    seq: int
    setup: int
    changed_us: int
    last_finish_us: int | None


class SplitTime(Struct, frozen=True, kw_only=True):
    """A passing of a course point. position: its index; laps go on counting. elapsed: from gun."""

    position: int
    elapsed_us: int


class StandingRow(Struct, frozen=True, kw_only=True):
    """One line of a list. position: in the whole list, from 1. place: null for the unranked.

    time: as printed, or the status with its rule. official_us: what counts, rounded by the rule.
    gun_us, net_us: exact. notes: codes beside the time. marks: of possible records.
    """

    position: int
    place: int | None
    tied: bool
    bib: str
    name: str
    club: str
    nation: str
    born: str
    sex: str
    sex_place: int | None
    category: str
    category_place: int | None
    heat: int
    heat_place: int | None
    lane: int
    status: str
    rule: str
    time: str
    official_us: int | None
    gun_us: int | None
    net_us: int | None
    gap_us: int | None
    laps: int
    notes: list[str]
    marks: list[str]
    splits: list[SplitTime]


class StandingsPage(Struct, frozen=True, kw_only=True):
    """A part of a list. found: rows on all parts. next: the cursor of the next part, or null.

    called_off: of the contest; null where it is held as announced.
    """

    event: str
    contest: str
    round: str
    seq: int
    found: int
    next: str | None
    called_off: CalledOff | None
    rows: list[StandingRow]


class Passing(Struct, frozen=True, kw_only=True):
    """A point as one runner passed it; null where that cannot be told. pace: of a kilometre."""

    position: int
    name: str
    distance_mm: int | None
    elapsed_us: int | None
    leg_us: int | None
    pace_us: int | None
    place: int | None


class RunnerStart(Struct, frozen=True, kw_only=True):
    """One runner in one round. before, after: the bibs of the neighbours in the list."""

    contest: str
    round: str
    row: StandingRow
    pace_us: int | None
    passings: list[Passing]
    before: str | None
    after: str | None
    members: list[str]


class RunnerDocument(Struct, frozen=True, kw_only=True):
    """Everything about the wearer of a bib."""

    event: str
    bib: str
    name: str
    changed_us: int
    starts: list[RunnerStart]


class StartInfo(Struct, frozen=True, kw_only=True):
    """A place on a start list. lane: 0 without lanes."""

    round: str
    heat: int
    lane: int
    wave: str


class EntrantRow(Struct, frozen=True, kw_only=True):
    """Somebody who is entered; born: a year or ""."""

    contest: str
    bib: str
    name: str
    club: str
    nation: str
    born: str
    sex: str
    category: str
    members: list[str]
    starts: list[StartInfo]


class EntrantPage(Struct, frozen=True, kw_only=True):
    """A part of the entries, by contest and bib."""

    event: str
    found: int
    next: str | None
    entries: list[EntrantRow]


class MedalLine(Struct, frozen=True, kw_only=True):
    """The medals of a delegation; the rank is shared by those with the same medals."""

    rank: int
    delegation: str
    gold: int
    silver: int
    bronze: int


class MedalTable(Struct, frozen=True, kw_only=True):
    """The medal table. decided: how many of the contests it rests on."""

    event: str
    decided: int
    contests: int
    table: list[MedalLine]


class RecordInfo(Struct, frozen=True, kw_only=True):
    """A record as its body lists it. status: claimed, pending, listed or ratified.

    code: of its kind, such as WR or NR. category: of a class, "" for all.
    """

    body: str
    code: str
    category: str
    status: str
    mark: str
    mark_us: int
    holders: list[str]
    nation: str
    date: str
    place: str
    surface: str
    source: str


class StandingRecord(Struct, frozen=True, kw_only=True):
    """The records that stood on the first day, for one contest and sex."""

    contest: str
    sex: str
    records: list[RecordInfo]


class AttackInfo(Struct, frozen=True, kw_only=True):
    """A time that beats or equals a record; nobody has ratified it here.

    marked: the codes with which officials marked it, each with its body.
    """

    contest: str
    bib: str
    name: str
    time: str
    verdicts: list[str]
    records: list[RecordInfo]
    marked: list[str]


class RecordDocument(Struct, frozen=True, kw_only=True):
    """The records that matter at an event, and who attacks them."""

    event: str
    standing: list[StandingRecord]
    attacks: list[AttackInfo]


class VersionInfo(Struct, frozen=True, kw_only=True):
    """A publication. seq: the journal line it stands for; sha256: of its sheet."""

    contest: str
    version: int
    state: str
    seq: int
    published_at_us: int
    sha256: str
    note: str


class VersionList(Struct, frozen=True, kw_only=True):
    """All publications of an event, the oldest first."""

    event: str
    publications: list[VersionInfo]


class ChangeInfo(Struct, frozen=True, kw_only=True):
    """How one line differs: (place, time) before and after, null where it is absent."""

    round: str
    bib: str
    name: str
    before: Side | None
    after: Side | None
    sentence: str


class Side(Struct, frozen=True, kw_only=True):
    """One side of a difference, as printed."""

    place: str
    time: str


class ChangeList(Struct, frozen=True, kw_only=True):
    """What a version changed against another."""

    event: str
    contest: str
    older: int
    newer: int
    changes: list[ChangeInfo]


class PublishedRound(Struct, frozen=True, kw_only=True):
    """A round as it was printed; lines: the cells of the sheet as text."""

    round: str
    name: str
    lines: list[dict[str, Any]]


class PublicationDocument(VersionInfo, frozen=True, kw_only=True):
    """A publication with its lists."""

    event: str
    rounds: list[PublishedRound]


class Problem(Struct, frozen=True, kw_only=True):
    """A problem document (RFC 9457); every error of the API has this form."""

    title: str
    status: Annotated[int, Meta(ge=400, le=599)]
    detail: str
    type: str = "about:blank"
