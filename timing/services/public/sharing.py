"""The picture of a result for those who share it; drawn from what the page says."""

from __future__ import annotations

from timing.printing.cards.share_picture import Card, draw_card
from timing.services.public.runners import RunnerPage


def card(page: RunnerPage) -> bytes:
    """Draw the card of a runner as PNG."""
    start = page.best
    line = start.line
    category = " ".join(filter(None, (line.category, line.category_place)))
    return draw_card(
        Card(
            event=page.event.name,
            contest=start.contest.name,
            name=page.name,
            under=" · ".join(filter(None, (line.nation, line.club, category))),
            time=line.time,
            place=line.place,
            of=str(start.progress.finished) if line.place else "",
            bib=page.bib,
        )
    )
