"""What results are worth now: the newest version of them, or not published as they stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from timing.core.clock import Instant
from timing.core.fold.standings import Standings
from timing.core.rulebook.editions import edition_of
from timing.core.rulebook.protest import protest_until
from timing.core.setup.event import Contest
from timing.printing.sheets.frame import Edition
from timing.services.paper.wanted import Job, Table
from timing.services.public.circumstances import told_changes
from timing.services.publications.frozen import Rows, differences, freeze
from timing.store import publications, setup
from timing.store.publications import Version


class Worth(NamedTuple):
    """deadline: of protests, where they were announced. changes: since the version before."""

    edition: Edition
    deadline: Instant | None = None
    changes: tuple[str, ...] = ()


def worth_of(table: Table, contest: Contest) -> Worth:
    """Compare what stands now with what was published last."""
    versions = _versions(table, contest)
    if not versions:
        return Worth(Edition("provisional"))
    kept = _rows(table, versions[-2:])
    now = freeze(_whole(table, contest))
    if kept[-1] != now:
        return Worth(Edition("provisional"), None, _changes(table, kept[-1], now))
    return _current(table, versions, kept)


def worth_by_stamp(job: Job, contest: Contest, seq: int, digest: str) -> Worth | None:
    """Say the same without looking at the rows, by what they stand for; None if that is not enough.

    digest: of the setup. Rows that stand for another line of the journal may still be the same.
    """
    versions = _versions(job, contest)
    if not versions:
        return Worth(Edition("provisional"))
    if (versions[-1].seq, versions[-1].setup) != (seq, digest):
        return None
    return _current(job, versions, _rows(job, versions[-2:]) if len(versions) > 1 else [])


def _current(job: Job, versions: Sequence[Version], kept: Sequence[Rows]) -> Worth:
    """What the newest version is worth. kept: its rows and before them those of the last one."""
    kind = edition_of([version.state for version in versions])
    announced = versions[-1].published_at
    return Worth(
        Edition(kind, versions[-1].version),
        protest_until(announced) if kind == "provisional" else None,
        _changes(job, kept[0], kept[-1]) if len(kept) > 1 else (),
    )


def _versions(job: Job, contest: Contest) -> list[Version]:
    with job.house.store.read() as tx:
        known = publications.list_publications(tx, setup.event_number(tx, job.slug))
    return [each for each in known if each.contest == contest.code]


def _rows(job: Job, versions: Sequence[Version]) -> list[Rows]:
    """What some versions say."""
    with job.house.store.read() as tx:
        event = setup.event_number(tx, job.slug)
        sheets = [publications.load_sheet(tx, event, one.contest, one.version) for one in versions]
    return [sheet.rows for sheet in sheets if sheet is not None]


def _whole(table: Table, contest: Contest) -> list[Standings]:
    """Every round with all names, as it is published."""
    snapshot = table.house.live.snapshot(table.slug) or table.snapshot
    return [each for (code, _), each in snapshot.standings.items() if code == contest.code]


def _changes(job: Job, before: Rows, after: Rows) -> tuple[str, ...]:
    sentences = [each.sentence for each in differences(before, after)]
    return told_changes(job.wanted.language, sentences)
