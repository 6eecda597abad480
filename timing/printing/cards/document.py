"""Cards in, PDF bytes out: certificates and bibs one a page, labels many a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from timing.core.fold.collector import collector_paused
from timing.printing.cards.designs import MM, Design, check_fields, fixed_part, own_part
from timing.printing.cards.imposition import Labels, check_size, single, spread
from timing.printing.layout.pages import Placed
from timing.printing.layout.panels import Panel
from timing.printing.lettering.faces import FontBook, house_book
from timing.printing.lettering.fitting import Fitter
from timing.printing.pens.press import About, Drawn, Watch, pressing
from timing.printing.sheet import SheetError

Fields = Mapping[str, str]
_PagePlan = tuple[tuple[float, float], list[Placed]]


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
    batch: Batch, about: About, *, book: FontBook | None = None, watch: Watch | None = None
) -> Drawn:
    """Draw all cards into one document.

    The watch is told (step, steps): every page is set first and then drawn, so a page is two steps.

    Raises SheetError (no card, a field or picture missing, a design too large), FontError, and
    whatever the watch raises.
    """
    _check(batch)
    with collector_paused():
        fitter = Fitter(book or house_book(), about.language)
        pages = _pages(batch, fitter, watch)
        with pressing(fitter, about) as press:
            for number, (size, placed) in enumerate(pages, 1):
                if watch is not None:
                    watch(len(pages) + number, 2 * len(pages))
                with press.page(size):
                    press.panels(placed)
            pdf = press.finish()
    return Drawn(pdf, len(pages), dict(sorted(fitter.cutter.missing.items())))


def _check(batch: Batch) -> None:
    if not batch.cards:
        raise SheetError(f"there is no card to print with design {batch.design.name!r}")
    labels = batch.labels or single(batch.design)
    for design in (batch.design, batch.back):
        if design is not None:
            check_size(design, labels)
            for card in batch.cards:
                check_fields(design, card)


def _pages(batch: Batch, fitter: Fitter, watch: Watch | None) -> list[_PagePlan]:
    labels = batch.labels or single(batch.design)
    size = (labels.paper[0] * MM, labels.paper[1] * MM)
    front = fixed_part(batch.design, fitter)
    behind = fixed_part(batch.back, fitter) if batch.back else None
    pages: list[_PagePlan] = []
    sheets = list(spread(batch.cards, labels, batch.skip))
    sides = 2 if batch.back else 1
    for here in sheets:
        if watch is not None:
            watch(len(pages) + 1, 2 * sides * len(sheets))
        pages.append((size, _side(batch.design, front, here, labels, fitter, back=False)))
        if batch.back is not None and behind is not None:
            pages.append((size, _side(batch.back, behind, here, labels, fitter, back=True)))
    return pages


def _side(
    design: Design,
    fixed: Panel,
    here: Sequence[tuple[int, Fields]],
    labels: Labels,
    fitter: Fitter,
    *,
    back: bool,
) -> list[Placed]:
    placed = []
    for number, card in here:
        x, y = labels.corner(number, back=back)
        top = labels.paper[1] * MM - y
        placed += [Placed(fixed, x, top), Placed(own_part(design, card, fitter), x, top)]
    return placed
