"""What the codes of a list mean, in the reader's language; only those that a page really shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flask_babel import get_locale

from timing.core.setup.event import Contest, Event
from timing.core.status import Status
from timing.core.telling import legend
from timing.core.telling.listing import Line
from timing.files.rulebook import known_records, vocabulary
from timing.printing.phrases import phrases_of
from timing.services.public.circumstances import age_classes

_UNDER_WAY = (Status.READY, Status.RUN)  # said in words


def legend_of(
    event: Event, lines: Iterable[Line], marks: Iterable[str] = ()
) -> list[tuple[str, str]]:
    """List the codes of some lines and marks with their meanings."""
    notes = [*(note for line in lines for note in _notes(line)), *marks]
    own = {code: meaning for code, meaning in known_records(event).items() if meaning}
    language = str(get_locale() or "en")
    say = phrases_of(language)
    return legend.legend_of(notes, vocabulary(), language, own, say.body, ruled=say.rule)


def classes_of(event: Event, contest: Contest, lines: Iterable[Line]) -> list[tuple[str, str]]:
    """List the categories of some lines, with who each is for."""
    shown, words = {line.category for line in lines}, class_words(event, contest)
    return [(code, told) for code, told in words.items() if code in shown]


def class_words(event: Event, contest: Contest) -> dict[str, str]:
    """Tell who each category of a contest is for."""
    say = phrases_of(str(get_locale() or "en"))
    return {code: say.age_class(each) for code, each in age_classes(event, contest).items()}


def _notes(line: Line) -> Iterator[str]:
    if line.status not in _UNDER_WAY and line.time.startswith(line.status.value):
        yield line.time
    if line.place.endswith(legend.EQUALLED):
        yield legend.EQUALLED
    yield from line.notes
