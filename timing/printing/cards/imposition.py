"""Cards on sheets of paper: one a page, or many on sheets of labels, front and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from msgspec import Struct

from timing.core.rulefile import read_rules
from timing.printing.cards.designs import MM, Design
from timing.printing.sheet import SheetError
from timing.resources import folder


class Labels(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The places of a sheet of labels, in millimetres.

    left, top: of the first label from the edge of the paper. across, down: from one label to the
    next. known_as: numbers under which such sheets are sold.
    """

    name: str
    paper: tuple[float, float]
    columns: int
    rows: int
    width: float
    height: float
    left: float
    top: float
    across: float
    down: float
    known_as: str = ""

    @property
    def count(self) -> int:
        return self.columns * self.rows

    def corner(self, number: int, *, back: bool = False) -> tuple[float, float]:
        """The top left corner of a label, in points from the top left of the paper.

        back: of the same label seen from behind, when the sheet is turned over its long edge.
        """
        down, across = divmod(number, self.columns)
        x = self.left + across * self.across
        if back:
            x = self.paper[0] - x - self.width
        return x * MM, (self.top + down * self.down) * MM


class _File(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    labels: tuple[Labels, ...]


@cache
def label_sheets() -> Mapping[str, Labels]:
    """The geometries of config/printing/labels.toml by name."""
    path = folder("config") / "printing" / "labels" / "labels.toml"
    rows = read_rules(path.read_text(encoding="utf-8"), _File, file=path.name).labels
    return {row.name: row for row in rows}


def single(design: Design) -> Labels:
    """One card on a page of its own size."""
    return Labels(
        name="single",
        paper=(design.width, design.height),
        columns=1,
        rows=1,
        width=design.width,
        height=design.height,
        left=0.0,
        top=0.0,
        across=0.0,
        down=0.0,
    )


def check_size(design: Design, labels: Labels) -> None:
    """Refuse a design that is larger than the label. Raises SheetError."""
    if design.width > labels.width + 0.05 or design.height > labels.height + 0.05:
        raise SheetError(
            f"design {design.name!r} measures {design.width:g} x {design.height:g} mm; "
            f"a label of {labels.name!r} has {labels.width:g} x {labels.height:g} mm"
        )


def spread(
    cards: Sequence[Mapping[str, str]], labels: Labels, skip: int = 0
) -> Iterator[list[tuple[int, Mapping[str, str]]]]:
    """The cards of each page with the number of their label; skip: labels already used up.

    Raises SheetError where that is a whole sheet.
    """
    if not 0 <= skip < labels.count:
        raise SheetError(f"{skip} labels to skip; a sheet of {labels.name!r} has {labels.count}")
    start = 0
    first = skip
    while start < len(cards):
        here = cards[start : start + labels.count - first]
        yield list(enumerate(here, first))
        start += len(here)
        first = 0
