"""Publishing: the results of a contest are frozen as a numbered version with its sheet.

A publication never changes; what changes later becomes the next version. Official results are
refused while errors are open, unless each is explained or somebody insists with a reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from timing.core.fold.standings import Standings
from timing.core.refusal import Problem, Refusal, refused
from timing.core.rulebook.editions import edition_of
from timing.core.rulebook.protest import protest_until
from timing.core.setup.event import Contest
from timing.core.telling.sentences import Telling
from timing.files.rulebook import ruleset_of
from timing.printing.document import draw_all
from timing.printing.lettering.faces import house_book
from timing.printing.sheets.frame import Edition, Frame
from timing.printing.sheets.results_sheet import results_sheet
from timing.services.entrants.classify import categories_of
from timing.services.house import House, UnknownEventError
from timing.services.live import Snapshot
from timing.services.public.circumstances import circumstances_of, sheet_address, told_changes
from timing.services.public.field import field_of
from timing.services.public.recordbook import marks_of
from timing.services.publications import projection
from timing.services.publications.frozen import Change, Rows, differences, digest_of, freeze
from timing.services.raceday import ready
from timing.store import journal, publications, setup
from timing.store.publications import Sheet, State, Version

__all__ = ["Order", "Version", "publish", "publish_all"]

_TRIES = 5


class Order(NamedTuple):
    """What is asked for. force: publish in spite of open errors, for this reason."""

    author: str
    official: bool = False
    force: bool = False
    reason: str = ""


class _Draft(NamedTuple):
    """A publication that is ready to be written, if it is still the next one by then."""

    seq: int
    after: int
    sheet: Sheet


def publish(house: House, slug: str, contest: str, order: Order) -> Version:
    """Freeze one contest as its next version, and bring the tables of results up to date.

    Raises Refusal (open errors, no reason, nothing to publish, no such contest) and
    UnknownEventError.
    """
    version = _published(house, slug, contest, order)
    projection.refresh(house, slug)
    return version


def publish_all(house: House, slug: str, order: Order) -> list[Version]:
    """Publish every contest that has results; each is a version of its own.

    All are checked before the first is written. Raises Refusal and UnknownEventError.
    """
    snapshot = _snapshot(house, slug)
    codes = [each.code for each in snapshot.event.contests if _lists(snapshot, each.code)]
    if not codes:
        raise refused("nothing-to-publish", "{slug} has no start list yet", slug=slug)
    for code in codes:
        _check(house, slug, code, order)
    made = [_published(house, slug, code, order) for code in codes]
    projection.refresh(house, slug)
    return made


def _published(house: House, slug: str, contest: str, order: Order) -> Version:
    """Write the next version, whichever that is by then."""
    for _ in range(_TRIES):
        draft = _draft(house, slug, contest, order)
        with house.store.write() as tx:
            event = setup.event_number(tx, slug)
            journal.lock_head(tx, event)
            last = publications.latest(tx, event, contest)
            if (last.version if last else 0) == draft.after:
                return publications.publish(tx, event, contest, draft.sheet)
    raise refused(
        "busy", "{contest} is being published by somebody else; look and try again", contest=contest
    )


def versions(house: House, slug: str) -> list[Version]:
    """Every version of every contest, the oldest first. Raises UnknownEventError."""
    with house.store.read() as tx:
        return publications.list_publications(tx, setup.event_number(tx, slug))


def sheet(house: House, slug: str, contest: str, version: int) -> Sheet | None:
    """What was frozen as this version, or None. Raises UnknownEventError."""
    with house.store.read() as tx:
        event = setup.event_number(tx, slug)
        return publications.load_sheet(tx, event, contest, version)


def difference(house: House, slug: str, contest: str, older: int, newer: int) -> list[Change]:
    """What changed between two versions; a version that is not there is empty."""
    old, new = sheet(house, slug, contest, older), sheet(house, slug, contest, newer)
    return differences(old.rows if old else [], new.rows if new else [])


def pending(house: House, slug: str, contest: str) -> list[Change]:
    """What would change if the contest were published now. Raises UnknownEventError."""
    return differences(
        _last(house, slug, contest)[1], freeze(_lists(_snapshot(house, slug), contest))
    )


def _draft(house: House, slug: str, contest: str, order: Order) -> _Draft:
    """Check, freeze and draw. Nothing is written."""
    _check(house, slug, contest, order)
    snapshot = _snapshot(house, slug)
    lists = _lists(snapshot, contest)
    last, old = _last(house, slug, contest)
    rows = freeze(lists)
    now = house.clock()
    changes = [each.sentence for each in differences(old, rows)] if last else []
    edition = _edition(last, order)
    state = State.OFFICIAL if order.official else State.PROVISIONAL
    event, roster = snapshot.event, snapshot.roster
    frozen = Sheet(
        state=state,
        seq=snapshot.seq,
        setup=digest_of(event, roster, categories_of(event, roster)),
        rows=rows,
        pdf=_drawn(house, snapshot, lists, edition, changes),
        published_at=now,
        author=order.author,
        note=order.reason,
    )  # fmt: skip
    return _Draft(snapshot.seq, last.version if last else 0, frozen)


def _check(house: House, slug: str, contest: str, order: Order) -> None:
    """Refuse what must not be published."""
    found = _snapshot(house, slug)
    if found.event.contest(contest) is None:
        known = ", ".join(each.code for each in found.event.contests)
        raise refused(
            "unknown-contest",
            "{contest!r} is no contest; expected one of {known}",
            contest=contest,
            known=known,
        )
    if not _lists(found, contest):
        raise refused("nothing-to-publish", "{contest} has no start list yet", contest=contest)
    if order.force and not order.reason.strip():
        raise refused("reason-missing", "publishing in spite of errors needs a reason")
    if order.official and not order.force:
        blocking = ready.readiness(house, slug, contest).blocking
        if blocking:
            raise Refusal(*(Problem(f"open-{each.code}", each.said) for each in blocking))


def _edition(last: Version | None, order: Order) -> Edition:
    before = [last.state] if last else []
    kind = edition_of([*before, State.OFFICIAL if order.official else State.PROVISIONAL])
    return Edition(kind, (last.version if last else 0) + 1)


def _drawn(
    house: House,
    snapshot: Snapshot,
    lists: Sequence[Standings],
    edition: Edition,
    changes: Sequence[Telling],
) -> bytes:
    """Draw one sheet a round into one document."""
    event, now, contest = snapshot.event, house.clock(), lists[0].contest.code
    language = event.languages[0] if event.languages else "en"
    address = f"{house.stationery.address}/{event.slug}"
    frame = Frame(
        event=event,
        ruleset=ruleset_of(event.ruleset),
        language=language,
        edition=edition,
        as_of=snapshot.taken,
        printed_at=now,
        number=f"{contest}-{edition.version}",
        link=sheet_address(address, "results", contest, "", f"v{edition.version}"),
        checked=True,
    )
    deadline = protest_until(now) if edition.kind == "provisional" else None
    sheets = [
        results_sheet(
            frame,
            each,
            circumstances_of(
                event, each, language, deadline=deadline, changes=told_changes(language, changes),
                marks=marks_of(field_of(house, event.slug, each), snapshot),
            ),
        )
        for each in lists
    ]  # fmt: skip
    return draw_all(sheets, book=house_book(house.stationery.fonts)).pdf


def _last(house: House, slug: str, contest: str) -> tuple[Version | None, Rows]:
    """The newest version and its rows."""
    with house.store.read() as tx:
        event = setup.event_number(tx, slug)
        last = publications.latest(tx, event, contest)
        kept = publications.load_sheet(tx, event, contest, last.version) if last else None
    return last, kept.rows if kept else []


def _lists(snapshot: Snapshot, contest: str) -> list[Standings]:
    """The rounds of a contest that have anybody in them."""
    return [each for (code, _), each in snapshot.standings.items() if code == contest and each.rows]


def contests_of(snapshot: Snapshot) -> list[Contest]:
    """The contests that can be published."""
    return [each for each in snapshot.event.contests if _lists(snapshot, each.code)]


def _snapshot(house: House, slug: str) -> Snapshot:
    snapshot = house.live.snapshot(slug, fresh=True)
    if snapshot is None:
        raise UnknownEventError(slug)
    return snapshot
