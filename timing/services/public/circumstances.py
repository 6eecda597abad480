"""What a results sheet says beside its rows: when it was started, and what records apply.

Gives texts for paper; decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote, urlencode

from timing.core.clock import Instant
from timing.core.fold.standings import Standings
from timing.core.rulebook.records import Record
from timing.core.setup.event import Contest, Event
from timing.core.setup.roster import EntryId
from timing.core.telling.classes import AgeClass, classes_of
from timing.core.telling.sentences import Telling
from timing.files.rulebook import known_records, scheme_at
from timing.printing.lettering.direction import apart
from timing.printing.phrases import Phrases, phrases_of
from timing.printing.sheet import Fact
from timing.printing.sheets.results_sheet import Circumstances
from timing.services.public.field import gun_of
from timing.services.public.recordbook import standing_at

ALL = "all"
"""Stands in an address where a sheet is of no single contest."""
MOST_CHANGES = 12
"""Changes told on a sheet; the notice has them all."""
_SHARED = 2  # holders that are named; of more the first is


def circumstances_of(
    event: Event,
    standings: Standings,
    language: str,
    *,
    deadline: Instant | None = None,
    changes: Sequence[str] = (),
    marks: Mapping[EntryId, Sequence[str]] | None = None,
) -> Circumstances:
    """Give what stands around the rows of one round.

    deadline: of protests, on a provisional sheet. changes: since the last version, in words.
    marks: what stands beside a time for its quality, such as a possible record.
    """
    return Circumstances(
        gun=gun_of(standings),
        deadline=deadline,
        records=tuple(_records(phrases_of(language), event, standings.contest)),
        marks=marks or {},
        codes={code: meaning for code, meaning in known_records(event).items() if meaning},
        changes=changes,
        summary=True,
        classes=age_classes(event, standings.contest),
    )


def age_classes(event: Event, contest: Contest) -> dict[str, AgeClass]:
    """Give the categories of a contest by their codes, in the order of its scheme."""
    found = scheme_at(event, contest.rules.categories)
    codes = {row.code for row in found.category} if found is not None else set()
    return {each.code: each for each in classes_of(found, codes)}


def sheet_address(event: str, kind: str, contest: str, round_code: str, token: str) -> str:
    """Give the address that tells whether a sheet is current.

    event: address of the event. token: the version (``v3``), or the digest of the rows.
    """
    asked = f"?{urlencode({'round': round_code})}" if round_code else ""
    parts = (kind, contest or ALL, token)
    return f"{event}/sheet/{'/'.join(quote(part, safe='') for part in parts)}{asked}"


def told_changes(language: str, changes: Sequence[Telling]) -> tuple[str, ...]:
    """Say as many changes as a sheet has room for, and how many more there are."""
    say, more = phrases_of(language), len(changes) - MOST_CHANGES
    told = (_change(say, each) for each in changes[:MOST_CHANGES])
    return (*told, *((say("change.more", count=more),) if more > 0 else ()))


def _change(say: Phrases, change: Telling) -> str:
    params = {name: apart(value) for name, value in change.params.items()}
    return say(f"change.{change.code}", **params).strip()


def _records(say: Phrases, event: Event, contest: Contest) -> Iterator[Fact]:
    """Tell each record that stood when the event began, with the body that lists it."""
    for each in standing_at(event):
        if each.contest.code != contest.code:
            continue
        whose = "" if contest.sex else f" {say(f'sex.{each.sex}')}"
        for record in each.records:
            if not record.category:
                kind = record.code or say("fact.record")
                yield Fact(f"{kind}{whose} ({say.body(record.body)})", _told(record))


def _told(record: Record) -> str:
    """Say a record in one line: mark, holders, country, year."""
    shared = len(record.holders) > _SHARED
    holders = f"{record.holders[0]} …" if shared else " / ".join(record.holders)
    parts = (record.mark, holders, record.nation, record.date[:4])
    return " ".join(part for part in parts if part)
