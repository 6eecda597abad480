"""Cards in, PDF bytes out: certificates and bibs one a page, labels many a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from timing.core.fold.collector import collector_paused
from timing.printing.cards.designs import (
    MM,
    Design,
    check_all,
    fixed_part,
    own_part,
    own_texts,
)
from timing.printing.cards.imposition import Labels, check_size, single, spread
from timing.printing.layout.pages import Placed
from timing.printing.layout.panels import Panel, Type
from timing.printing.lettering.faces import FontBook, house_book
from timing.printing.lettering.fitting import Fitter
from timing.printing.pens.press import About, Drawn, Press, Watch, pressing
from timing.printing.sheet import SheetError

Fields = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What is printed on which paper.

    back: a second design for the other side of each sheet. labels: the places on the paper; None
    is one card a page. skip: labels of the first sheet that are used up already.
    """

    design: Design
    cards: Sequence[Fields]
    back: Design | None = None
    labels: Labels | None = None
    skip: int = 0


def draw_cards(
    batch: Batch,
    about: About,
    *,
    book: FontBook | None = None,
    watch: Watch | None = None,
    most: int | None = None,
) -> Drawn:
    """Draw all cards into one document; most: no more pages than these.

    The watch is told (step, steps): every page is set first and then drawn, so a page is two steps.

    Raises SheetError (no card, a field or picture missing, a design too large), FontError, and
    whatever the watch raises.
    """
    _check(batch)
    with collector_paused():
        fitter = Fitter(book or house_book(), about.language)
        sides = _sides(batch, fitter)[:most]
        steps = 2 * len(sides)
        texts = [_set(side, fitter, watch, n, steps) for n, side in enumerate(sides, 1)]
        with pressing(fitter, about) as press:
            for number, (side, own) in enumerate(zip(sides, texts, strict=True), 1):
                if watch is not None:
                    watch(len(sides) + number, steps)
                _draw(press, side, own)
            pdf = press.finish()
    return Drawn(pdf, len(sides), dict(sorted(fitter.cutter.missing.items())))


def draw_each(
    batch: Batch, about: About, *, book: FontBook | None = None, watch: Watch | None = None
) -> Iterator[tuple[Fields, Drawn]]:
    """Draw each card into a document of its own; the watch is told (card, cards).

    Raises what draw_cards raises, what is wrong with any card before the first is drawn.
    """
    _check(batch)
    for number, card in enumerate(batch.cards, 1):
        if watch is not None:
            watch(number, len(batch.cards))
        alone = replace(batch, cards=[card], labels=None, skip=0)
        yield card, draw_cards(alone, about, book=book)


class _Side(NamedTuple):
    """One side of a sheet of paper: which cards stand where, and what they have in common."""

    design: Design
    fixed: Panel
    size: tuple[float, float]
    cards: Sequence[tuple[float, float, Fields]]


def _check(batch: Batch) -> None:
    if not batch.cards:
        raise SheetError(f"there is no card to print with design {batch.design.name!r}")
    labels = batch.labels or single(batch.design)
    for design in (batch.design, batch.back):
        if design is not None:
            check_size(design, labels)
            check_all(design, batch.cards)


def _sides(batch: Batch, fitter: Fitter) -> list[_Side]:
    """The sides in the order in which they are printed: front, back, front, back."""
    labels = batch.labels or single(batch.design)
    size = (labels.paper[0] * MM, labels.paper[1] * MM)
    designs = [design for design in (batch.design, batch.back) if design is not None]
    fixed = [fixed_part(design, fitter) for design in designs]
    return [
        _Side(design, panel, size, _placed(here, labels, size[1], back=bool(side)))
        for here in spread(batch.cards, labels, batch.skip)
        for side, (design, panel) in enumerate(zip(designs, fixed, strict=True))
    ]


def _placed(
    here: Sequence[tuple[int, Fields]], labels: Labels, high: float, *, back: bool
) -> list[tuple[float, float, Fields]]:
    corners = ((labels.corner(number, back=back), card) for number, card in here)
    return [(x, high - y, card) for (x, y), card in corners]


def _set(
    side: _Side, fitter: Fitter, watch: Watch | None, step: int, steps: int
) -> list[tuple[Type, ...]]:
    """Set the texts of all cards of a side, so that the fonts know all their glyphs."""
    if watch is not None:
        watch(step, steps)
    return [own_texts(side.design, card, fitter) for _, _, card in side.cards]


def _draw(press: Press, side: _Side, own: Sequence[tuple[Type, ...]]) -> None:
    with press.page(side.size):
        for (x, top, card), texts in zip(side.cards, own, strict=True):
            press.panels([Placed(side.fixed, x, top)])
            press.once(Placed(own_part(side.design, card, texts), x, top))
