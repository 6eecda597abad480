"""What the codes of a list mean, in the reader's language; only those that a page really shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flask_babel import get_locale

from timing.core.setup.event import Event
from timing.core.telling import legend
from timing.core.telling.listing import Line
from timing.files.rulebook import known_records, vocabulary


def legend_of(
    event: Event, lines: Iterable[Line], marks: Iterable[str] = ()
) -> list[tuple[str, str]]:
    """List the codes of some lines and marks with their meanings."""
    notes = [*(note for line in lines for note in _notes(line)), *marks]
    own = {code: meaning for code, meaning in known_records(event).items() if meaning}
    return legend.legend_of(notes, vocabulary(), str(get_locale() or "en"), own)


def _notes(line: Line) -> Iterator[str]:
    if line.time.startswith(line.status.value):
        yield line.status.value
    if line.place.endswith(legend.EQUALLED):
        yield legend.EQUALLED
    yield from line.notes
