"""The picture of a result for those who share it; drawn from what the page says."""

from __future__ import annotations

from timing.core.status import Status
from timing.printing.cards.share_picture import Card, draw_card
from timing.services.public.runners import RunnerPage

_NO_RESULT = (Status.READY.value, Status.RUN.value)
"""What stands for a result while there is none; a picture that is passed on does not say it."""


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
            time="" if line.time in _NO_RESULT else line.time,
            place=line.place,
            of=str(start.progress.finished) if line.place else "",
            bib=page.bib,
        )
    )
