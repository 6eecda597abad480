"""Sheets and cards of an event by kind: from the journal as it stands to the bytes of a PDF."""

from __future__ import annotations

from timing.core.refusal import refused
from timing.printing.cards.document import draw_cards
from timing.printing.document import draw_all, draw_book
from timing.printing.pens.press import About, Drawn, Watch
from timing.printing.sheet import Paper, Sheet
from timing.printing.sheets.frame import Filling, Frame, framed
from timing.services.house import House, UnknownEventError
from timing.services.paper.card_kinds import CARDS, batch_of
from timing.services.paper.sheet_kinds import KINDS as SHEETS, Table, Wanted
from timing.store import publications, setup

__all__ = ["KINDS", "Wanted", "print_sheet", "public_results"]

BOOK = ("results", "medals", "awards", "records", "incidents")
"""What a results book holds, in this order."""
KINDS = (*SHEETS, *CARDS, "book")
"""Every kind by its name; ``timing print`` and the print room know the same."""


def print_sheet(
    house: House, slug: str, kind: str, wanted: Wanted, watch: Watch | None = None
) -> Drawn:
    """Draw one kind of sheet or card. The state is what the journal says now.

    watch: is told (step, steps) as the work goes on; what it raises ends it.
    Raises UnknownEventError, Refusal: unknown kind, contest or paper, nothing to print.
    """
    table = _table(house, slug, kind, wanted)
    if kind in CARDS:
        batch = batch_of(table, kind)
        if batch is not None:
            event = table.snapshot.event
            about = About(f"{event.name}: {kind}", event.organiser, language=wanted.language)
            return draw_cards(batch, about, watch=watch)
    elif kind == "book":
        sheets = [sheet for name in BOOK for sheet in SHEETS[name](table)]
        if sheets:
            return draw_book(_cover(table), sheets, watch=watch)
    else:
        sheets = SHEETS[kind](table)
        if sheets:
            return draw_all(sheets, watch=watch)
    raise refused("nothing-to-print", f"there is nothing on a sheet of the kind {kind} yet")


def public_results(house: House, slug: str, contest: str, language: str) -> bytes | None:
    """Give the sheet of the newest publication of a contest, else a provisional one of now.

    None if there is no such contest, or nobody may see the event.
    """
    snapshot = house.live.snapshot(slug)
    if snapshot is None or not snapshot.event.public or snapshot.event.contest(contest) is None:
        return None
    with house.store.read() as tx:
        event = setup.find_event(tx, slug) or 0
        last = publications.latest(tx, event, contest)
        kept = publications.load_sheet(tx, event, contest, last.version) if last else None
    if kept is not None:
        return kept.pdf
    return print_sheet(house, slug, "results", Wanted(contest=contest, language=language)).pdf


def _table(house: House, slug: str, kind: str, wanted: Wanted) -> Table:
    if kind not in KINDS:
        known = ", ".join(KINDS)
        raise refused("kind-unknown", f"{kind!r} is no kind of sheet; expected one of {known}")
    if wanted.paper not in Paper.__members__:
        known = ", ".join(Paper.__members__)
        raise refused("paper-unknown", f"{wanted.paper!r} is no paper; expected one of {known}")
    snapshot = house.live.snapshot(slug, fresh=True)
    if snapshot is None:
        raise UnknownEventError(slug)
    if wanted.contest and snapshot.event.contest(wanted.contest) is None:
        known = ", ".join(each.code for each in snapshot.event.contests)
        raise refused("contest-unknown", f"{wanted.contest!r} is no contest; expected {known}")
    frame = Frame(
        event=snapshot.event, language=wanted.language, as_of=snapshot.changed,
        printed_at=house.clock(), paper=Paper[wanted.paper], large=wanted.large,
        link=f"{wanted.link}/{slug}" if wanted.link else "",
    )  # fmt: skip
    return Table(house, snapshot, wanted, frame)


def _cover(table: Table) -> Sheet:
    say = table.frame.phrases
    return framed(table.frame, Filling(subtitles=[say("word.results")], columns=[], groups=[]))
