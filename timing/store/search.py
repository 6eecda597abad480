"""Finds entries by what people type: a bib, or the beginnings of names without accents."""

from __future__ import annotations

from sqlalchemy import and_, or_, select

from timing.core.setup.roster import EntryId
from timing.store.connect import Tx
from timing.store.entries import ENTRY
from timing.store.folding import fold_text


def find_entries(tx: Tx, event: int, text: str, limit: int = 50) -> list[EntryId]:
    """Give the entries with this bib, or with a word that begins with each word of the text.

    By name, at most ``limit``; a text without a letter or digit finds nothing.
    """
    words = fold_text(text).split()
    if not words:
        return []
    # The folded name is words with one space before each; it holds neither % nor _.
    names = [ENTRY.c.folded.like(f"% {word}%") for word in words]
    query = select(ENTRY.c.id).where(ENTRY.c.event_id == event)
    query = query.where(or_(ENTRY.c.bib == text.strip(), and_(*names)))
    return list(tx.scalars(query.order_by(ENTRY.c.folded, ENTRY.c.id).limit(limit)))
