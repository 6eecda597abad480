"""Sheets and cards of an event by kind: from the journal as it stands to the bytes of a PDF."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from timing.core.fold.collector import collector_paused
from timing.core.refusal import Problem, Refusal, refused
from timing.core.setup.event import Event
from timing.files.rulebook import ruleset_of
from timing.printing.cards.document import draw_cards
from timing.printing.document import draw_all, draw_book
from timing.printing.lettering.faces import FontBook, FontError, house_book
from timing.printing.pens.press import About, Drawn, Watch
from timing.printing.sheet import Paper, Sheet, SheetError
from timing.printing.sheets.frame import Filling, Frame, framed
from timing.printing.sheets.result_cells import FULL
from timing.services.house import House, UnknownEventError
from timing.services.live import Snapshot
from timing.services.paper.card_kinds import CARDS, batch_of
from timing.services.paper.kept import once
from timing.services.paper.result_kinds import RESULTS, kept_results
from timing.services.paper.sheet_kinds import KINDS as SHEETS
from timing.services.paper.stamps import About as Subject, stamped
from timing.services.paper.wanted import Job, Table, Wanted
from timing.services.publications.kept import kept_lists

__all__ = ["KINDS", "PUBLIC", "Wanted", "print_sheet", "sheet_once"]

BOOK = ("results", "teams", "relays", "medals", "awards", "records", "incidents")
"""What a results book holds, in this order."""
MANY_CARDS = 30
"""More cards than these are printed in the background."""
KINDS = (*SHEETS, *CARDS, "book")
"""Every kind by its name; ``timing print`` and the print room know the same."""
PUBLIC = tuple(kind for kind, what in SHEETS.items() if what.public)
"""The kinds that everybody may have."""


def print_sheet(
    house: House,
    slug: str,
    kind: str,
    wanted: Wanted,
    watch: Watch | None = None,
    *,
    most: int | None = None,
) -> Drawn:
    """Draw one kind of sheet or card. The state is what the journal says now.

    watch: is told (step, steps) as the work goes on; what it raises ends it. most: draw no more
    pages than these, for a picture. Raises UnknownEventError and Refusal: unknown kind, contest,
    paper, column, design; a missing font or picture; nothing to print.
    """
    with collector_paused():
        kept = _kept_sheets(house, slug, kind, wanted)
        if kept:
            return _refusing(kind, lambda: _draw_sheets(house, kept, watch, most))
        snapshot = house.live.snapshot(slug, fresh=True)
        if snapshot is None:
            raise UnknownEventError(slug)
        return draw_kind(table_of(house, snapshot, kind, wanted), kind, watch, most=most)


def _kept_sheets(house: House, slug: str, kind: str, wanted: Wanted) -> list[Sheet]:
    """The sheets of lists that are kept as they stand, where nothing is folded yet; none if so."""
    if house.live.holds(slug) or kind not in RESULTS:
        return []
    kept = kept_lists(house, slug, wanted.contest, wanted.round)
    return (kept_results(_job(house, kept.event, kind, wanted), kind, kept) or []) if kept else []


def sheet_once(house: House, slug: str, kind: str, wanted: Wanted) -> bytes:
    """Give a sheet for the office; it is drawn once for what the journal says. Raises as above.

    What is long is a run in the background, so a GET draws no great batch of cards.
    """
    snapshot = house.live.snapshot(slug, fresh=True)
    if snapshot is None:
        raise UnknownEventError(slug)
    table = table_of(house, snapshot, kind, wanted)
    if kind in CARDS:
        batch = batch_of(table, kind)
        if batch is not None and len(batch.cards) > MANY_CARDS:
            raise refused(
                "many-cards",
                "{count} cards take a while; print them in the background",
                count=len(batch.cards),
            )
    return drawn_once(table, kind)


def drawn_once(table: Table, kind: str) -> bytes:
    """Draw a kind, or give what was drawn of the same state before. Raises Refusal."""
    return once(table, kind, _pdf)


def _pdf(table: Table, kind: str) -> bytes:
    return draw_kind(table, kind).pdf


def sheets_of(table: Table, kind: str) -> list[Sheet]:
    """Give the sheets of a kind, not drawn yet."""
    return SHEETS[kind].make(table)


def draw_kind(
    table: Table, kind: str, watch: Watch | None = None, *, most: int | None = None
) -> Drawn:
    """Draw the sheets or cards of a kind. Raises Refusal."""
    return _refusing(kind, lambda: _drawn(table, kind, watch, most))


def _refusing(kind: str, draw: Callable[[], Drawn | None]) -> Drawn:
    """Draw, and say as a Refusal why it cannot be drawn."""
    try:
        drawn = draw()
    except (SheetError, FontError) as error:
        raise Refusal(Problem("cannot-print", str(error))) from None
    if drawn is None:
        raise refused(
            "nothing-to-print", "there is nothing on a sheet of the kind {kind} yet", kind=kind
        )
    return drawn


def _drawn(table: Table, kind: str, watch: Watch | None, most: int | None) -> Drawn | None:
    book = book_of(table.house)
    if kind in CARDS:
        batch = batch_of(table, kind)
        if batch is None:
            return None
        event = table.snapshot.event
        about = About(f"{event.name}: {kind}", event.organiser, language=table.wanted.language)
        return draw_cards(batch, about, book=book, watch=watch, most=most)
    if kind != "book":
        return _draw_sheets(table.house, sheets_of(table, kind), watch, most)
    chapters = [sheet for name in BOOK for sheet in sheets_of(table, name)]
    if not chapters:
        return None
    heads = (table.say("list.contents"), table.say("word.page", page="", pages="").split()[0])
    return draw_book(_cover(table), chapters, headings=heads, book=book, watch=watch, most=most)


def _draw_sheets(
    house: House, sheets: Sequence[Sheet], watch: Watch | None, most: int | None
) -> Drawn | None:
    return draw_all(sheets, book=book_of(house), watch=watch, most=most) if sheets else None


def book_of(house: House) -> FontBook:
    """Give the faces of the house, with the fonts of this installation behind them."""
    return house_book(house.stationery.fonts)


def table_of(
    house: House, snapshot: Snapshot, kind: str, wanted: Wanted, *, veiled: bool = False
) -> Table:
    """Lay ready what a sheet is made of; veiled: for everybody. Raises Refusal."""
    job = _job(house, snapshot.event, kind, wanted)
    frame = replace(job.frame, as_of=snapshot.changed)
    return Table(house, job.event, wanted, frame, snapshot, veiled)


def _job(house: House, event: Event, kind: str, wanted: Wanted) -> Job:
    """Check what is wanted, and put the frame around it. Raises Refusal."""
    _check(event, kind, wanted)
    now = house.clock()
    frame = Frame(
        event=event, ruleset=ruleset_of(event.ruleset), language=wanted.language,
        as_of=now, printed_at=now, paper=Paper[wanted.paper], large=wanted.large,
    )  # fmt: skip
    return Job(house, event, wanted, frame)


def _check(event: Event, kind: str, wanted: Wanted) -> None:
    if kind not in KINDS:
        raise refused(
            "kind-unknown",
            "{kind!r} is no kind of sheet; expected one of {known}",
            kind=kind,
            known=", ".join(KINDS),
        )
    if wanted.paper not in Paper.__members__:
        raise refused(
            "paper-unknown",
            "{paper!r} is no paper; expected one of {known}",
            paper=wanted.paper,
            known=", ".join(Paper.__members__),
        )
    contest = event.contest(wanted.contest)
    if wanted.contest and contest is None:
        raise refused(
            "contest-unknown",
            "{contest!r} is no contest; expected {known}",
            contest=wanted.contest,
            known=", ".join(each.code for each in event.contests),
        )
    _check_look(wanted)


def _check_look(wanted: Wanted) -> None:
    for column in wanted.columns:
        if column not in FULL:
            raise refused(
                "column-unknown",
                "{column!r} is no column; expected one of {known}",
                column=column,
                known=", ".join(FULL),
            )
    if wanted.logo and not Path(wanted.logo).is_file():
        raise refused("logo-missing", "there is no picture file {logo}", logo=wanted.logo)


def _cover(table: Table) -> Sheet:
    say = table.say
    sheet = framed(table.frame, Filling(subtitles=[say("list.book")], columns=[], groups=[]))
    return stamped(table, sheet, Subject("book"))
