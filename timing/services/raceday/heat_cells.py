"""What is typed into the rows of a heat's grid, and how it is read. Knows no journal."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from timing.core.clock import Duration, TimeTextError, parse_duration
from timing.core.refusal import Problem, Refusal, refused
from timing.core.rulebook.wind import recorded_wind
from timing.core.sentence import Sentence, worded, words_of
from timing.core.whole_number import whole
from timing.services.raceday.grids import digits

WATCHES = 3
STATUSES = ("DNS", "DNF", "DQ")
FALSE_START = "FS"
"""What is typed for somebody who caused a false start."""
_NO_WIND = "NWI"
_DIGITS = 4  # of a place, and of a reaction in thousandths
_GALE = 20  # metres a second; more than that was typed wrong


class Typed(NamedTuple):
    """What was typed into a row.

    times: one to three watches, or one photo time; or a status, DQ with its rule
    (``DQ TR16.8``), or FS for a false start. reaction: digits are thousandths, 145 is 0.145.
    had_place, had_reaction: what stood there before; a cell that is as it was is left alone,
    whatever others wrote since the page was opened.
    """

    bib: str
    times: tuple[str, ...] = ()
    photo: bool = False
    place: str = ""
    reaction: str = ""
    had_place: str = ""
    had_reaction: str = ""


class Cells(NamedTuple):
    """A row that was read.

    reaction: None for an empty cell. placed, reacted: whether that cell is not as it was.
    """

    bib: str
    times: tuple[Duration, ...]
    photo: bool
    status: str
    rule: str
    false_start: bool
    place: int
    placed: bool
    reaction: Duration | None
    reacted: bool


def read_cells(typed: Sequence[Typed]) -> list[Cells]:
    """Read every row. Raises Refusal with every cell that cannot be read."""
    problems: list[Problem] = []
    cells = [_read(number, row, problems) for number, row in enumerate(typed, 1)]
    if problems:
        raise Refusal(*problems)
    return cells


def _read(number: int, row: Typed, problems: list[Problem]) -> Cells:
    said = [text.strip() for text in row.times if text.strip()]
    status, rule = _status(said)
    false_start = not status and FALSE_START in map(str.upper, said)
    times = []
    for text in said if not (status or false_start) else ():
        try:
            times.append(digits(text))
        except TimeTextError as error:
            problems.append(Problem("time", _unreadable(number, row, error)))
    place, bib = row.place.strip(), row.bib.strip()
    placed = place != row.had_place.strip()
    if place and whole(place, _DIGITS) is None:
        told = worded("row {number}: {place!r} is no place", number=number, place=row.place)
        problems.append(Problem("place", told))
        place = ""
    reaction = _reaction(number, row, problems)
    if not bib and (times or status or false_start or reaction is not None):
        problems.append(Problem("bib", worded("row {number}: a time without a bib", number=number)))
    reacted = row.reaction.strip() != row.had_reaction.strip()
    return Cells(
        bib, tuple(times[:WATCHES]), row.photo, status, rule, false_start, whole(place) or 0,
        placed, reaction, reacted,
    )  # fmt: skip


def _unreadable(number: int, row: Typed, error: TimeTextError) -> Sentence:
    told = words_of(error)
    return worded("row {number}, bib {bib}: {told}", number=number, bib=row.bib, told=told)


def _status(said: Sequence[str]) -> tuple[str, str]:
    """A status and its rule, typed as ``DQ TR16.8``."""
    for text in said:
        status, _space, rule = text.partition(" ")
        if status.upper() in STATUSES:
            return status.upper(), rule.strip()
    return "", ""


def _reaction(number: int, row: Typed, problems: list[Problem]) -> Duration | None:
    """Digits are thousandths; with a point they are seconds, a minus is before the gun."""
    text = row.reaction.strip()
    if not text:
        return None
    sign, bare = (-1, text[1:]) if text.startswith("-") else (1, text)
    if (thousandths := whole(bare, _DIGITS)) is not None:
        return Duration(sign * thousandths * 1000)
    try:
        return parse_duration(text, signed=True)
    except TimeTextError as error:
        problems.append(Problem("reaction", _unreadable(number, row, error)))
        return None


def read_wind(text: str) -> str:
    """Read a wind and record it to the tenth: ``1,23`` is ``+1.3``; "" for none. Raises Refusal."""
    said = text.strip().upper().replace(",", ".")
    if said in ("", _NO_WIND):
        return said
    try:
        reading = Decimal(said)
    except InvalidOperation:
        reading = Decimal("inf")
    if not reading.is_finite() or abs(reading) > _GALE:
        raise refused(
            "wind", "{text!r} is no wind; expected metres a second such as +1.2", text=text[:20]
        )
    return f"{recorded_wind(reading):+}"
