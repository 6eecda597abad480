"""What a printed sheet says: titles, columns, groups of rows, legend, signatures as values.

Everything arrives as finished strings in its final order; nothing is ranked or sorted here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum


class Align(Enum):
    """Where the text of a column stands; TIME lines the figures up at the decimal point."""

    LEFT = "left"
    RIGHT = "right"
    CENTRE = "centre"
    TIME = "time"


class Fit(Enum):
    """What happens to a text that is wider than its column.

    SHRINK keeps the row one line high (smaller type, then two small lines).
    WRAP lets the row grow by further lines.
    """

    SHRINK = "shrink"
    WRAP = "wrap"


class Blank(Enum):
    """Something to fill in by hand: a ruled cell, or a square to tick."""

    NO = ""
    CELL = "cell"
    TICK = "tick"


class RowStyle(Enum):
    """How a row looks and what it stays with.

    STRONG: bold, the row of a team or a total. DETAIL: smaller, indented, kept with the row above
    (a leg, a member). UNRANKED: set apart from the ranked rows by a rule.
    """

    PLAIN = "plain"
    STRONG = "strong"
    DETAIL = "detail"
    UNRANKED = "unranked"


class Tone(Enum):
    """How loud the state of a sheet is printed: framed, or white on black."""

    OPEN = "open"
    FINAL = "final"


class Paper(Enum):
    """Paper sizes in points, portrait."""

    A4 = (595.28, 841.89)
    LETTER = (612.0, 792.0)


class Turn(Enum):
    """Which way the paper lies; BY_COLUMNS turns it when the columns need the width."""

    BY_COLUMNS = "by columns"
    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a sheet.

    weight: share of the free width; 0 is as wide as its content.
    min_width: least width in ems of the rows' type size (cells to write in).
    """

    key: str
    heading: str = ""
    align: Align = Align.LEFT
    weight: float = 0.0
    min_width: float = 0.0
    fit: Fit = Fit.SHRINK
    strong: bool = False
    blank: Blank = Blank.NO


Row = Sequence[str]
"""One text a column, in the order of the columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Rows under one title, kept together where the page allows.

    note: printed at the right end of the title ("wind +1.2 m/s"), or alone if there is no row.
    styles: empty (all plain) or one style a row.
    """

    title: str = ""
    note: str = ""
    rows: Sequence[Row] = ()
    styles: Sequence[RowStyle] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled line of the header ("Wind", "+1.2 m/s")."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class State:
    """What the sheet is worth: "Provisional", "Official v3", "Amended v4"."""

    text: str
    tone: Tone = Tone.OPEN


@dataclass(frozen=True, slots=True)
class Signature:
    """A line to sign on: the role below it and, where known, the name above the role."""

    role: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """The few words that the engine adds itself, in the language of the sheet."""

    page: str = "Page {page} of {pages}"
    continued: str = "(continued)"
    legend: str = "Legend"
    notes: str = "Notes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One kind of list on as many pages as it needs.

    title: the event. subtitles: contest, round, heat, one line each, the first one large. alert:
    what nobody must miss, in a box below them, one paragraph each.
    as_of, printed_at, number: finished texts for the head and foot of every page.
    link: content of the QR code (empty: none); link_text: what stands below it.
    legend: (code, meaning) of exactly the codes that the rows use.
    """

    title: str
    subtitles: Sequence[str] = ()
    facts: Sequence[Fact] = ()
    alert: Sequence[str] = ()
    state: State | None = None
    as_of: str = ""
    printed_at: str = ""
    number: str = ""
    link: str = ""
    link_text: str = ""
    language: str = "en"
    author: str = ""
    columns: Sequence[Column] = ()
    groups: Sequence[Group] = ()
    legend: Sequence[tuple[str, str]] = ()
    notes: Sequence[str] = ()
    signatures: Sequence[Signature] = ()
    footer: str = ""
    paper: Paper = Paper.A4
    turn: Turn = Turn.BY_COLUMNS
    large: bool = False
    words: Words = field(default_factory=Words)


class SheetError(ValueError):
    """A sheet cannot be drawn; the sentence names the place and what was expected there."""


def check(sheet: Sheet) -> None:
    """Refuse a sheet whose rows do not match its columns, before anything is drawn.

    Raises SheetError.
    """
    width = len(sheet.columns)
    for group in sheet.groups:
        if group.styles and len(group.styles) != len(group.rows):
            raise SheetError(
                f"group {group.title!r} has {len(group.rows)} rows and {len(group.styles)} styles; "
                "expected one style a row, or none"
            )
        for number, row in enumerate(group.rows, 1):
            if len(row) != width:
                raise SheetError(
                    f"row {number} of group {group.title!r} has {len(row)} cells; "
                    f"expected {width}, one a column"
                )
