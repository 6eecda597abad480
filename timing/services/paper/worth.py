"""What results are worth now: the newest version of them, or not published as they stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from timing.core.clock import Instant
from timing.core.fold.standings import Standings
from timing.core.rulebook.protest import protest_until
from timing.core.setup.event import Contest
from timing.printing.sheets.frame import Edition
from timing.services.paper.wanted import Table
from timing.services.public.circumstances import told_changes
from timing.services.publications.frozen import Rows, differences, freeze
from timing.store import publications, setup
from timing.store.publications import State, Version


class Worth(NamedTuple):
    """deadline: of protests, where they were announced. changes: since the version before."""

    edition: Edition
    deadline: Instant | None = None
    changes: tuple[str, ...] = ()


def worth_of(table: Table, contest: Contest) -> Worth:
    """Compare what stands now with what was published last."""
    versions, kept = _published(table, contest, 2)
    if not versions:
        return Worth(Edition("provisional"))
    now = freeze(_whole(table, contest))
    if kept[-1] != now:
        return Worth(Edition("provisional"), None, _changes(table, kept[-1], now))
    kind = _kind([version.state for version in versions])
    announced = versions[-1].published_at
    return Worth(
        Edition(kind, versions[-1].version),
        protest_until(announced) if kind == "provisional" else None,
        _changes(table, kept[0], now) if len(kept) > 1 else (),
    )


def _published(table: Table, contest: Contest, most: int) -> tuple[list[Version], list[Rows]]:
    """The versions of a contest, and the rows of the last of them."""
    with table.house.store.read() as tx:
        event = setup.find_event(tx, table.slug) or 0
        known = publications.list_publications(tx, event)
        versions = [each for each in known if each.contest == contest.code]
        sheets = [
            publications.load_sheet(tx, event, contest.code, each.version)
            for each in versions[-most:]
        ]
    return versions, [sheet.rows for sheet in sheets if sheet is not None]


def _whole(table: Table, contest: Contest) -> list[Standings]:
    """Every round with all names, as it is published."""
    snapshot = table.house.live.snapshot(table.slug) or table.snapshot
    return [each for (code, _), each in snapshot.standings.items() if code == contest.code]


def _changes(table: Table, before: Rows, after: Rows) -> tuple[str, ...]:
    sentences = [each.sentence for each in differences(before, after)]
    return told_changes(table.wanted.language, sentences)


def _kind(states: Sequence[State]) -> str:
    """Official results that were official before are amended."""
    *before, last = states
    if last is State.PROVISIONAL:
        return "provisional"
    return "amended" if before and before[-1] is State.OFFICIAL else "official"
