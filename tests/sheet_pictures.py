"""Contact sheets of what the print room makes, for docs/img: ``make pictures``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

import pypdfium2
from PIL import Image

from tests.pictures import IMAGES, demonstration
from timing.services.house import House
from timing.services.paper import sheets
from timing.services.paper.sheets import Wanted

_DOTS = 1.0  # pixels a point
_GAP = 14
_GROUND, _GREYS = 190, 16


class Page(NamedTuple):
    """One page of a kind of sheet; number: from 0."""

    kind: str
    wanted: Wanted = Wanted()
    number: int = 0


class Gallery(NamedTuple):
    """Pages beside each other, so many in a row."""

    name: str
    across: int
    pages: tuple[Page, ...]


_SPRINT = Wanted(contest="100m-men")
GALLERIES = (
    Gallery(
        "sheets-championship",
        2,
        (
            Page("start", _SPRINT),
            Page("results-by-heat", _SPRINT),
            Page("relays"),
            Page("records"),
        ),
    ),
    Gallery(
        "sheets-before",
        3,
        (
            Page("call-room", _SPRINT),
            Page("judges", _SPRINT),
            Page("check-in"),
            Page("start-by-name"),
            Page("announcer", _SPRINT),
            Page("times"),
        ),
    ),
    Gallery(
        "sheets-after",
        3,
        (
            Page("results", Wanted(contest="half-marathon")),
            Page("results", Wanted(contest="100m-women", large=True, language="de")),
            Page("awards", Wanted(contest="1500m-men")),
            Page("medals"),
            Page("record-application", _SPRINT),
            Page("book"),
        ),
    ),
    Gallery(
        "sheets-cards",
        3,
        (
            Page("certificates", _SPRINT),
            Page("posters"),
            Page("labels"),
            Page("bibs"),
            Page("bibs", number=1),
        ),
    ),
)


def main(only: list[str]) -> None:
    """Make all galleries, or those that are named."""
    with demonstration() as (opened, _):
        stationery = opened.stationery._replace(address="https://results.example")
        house = opened._replace(stationery=stationery)
        for gallery in GALLERIES:
            if not only or gallery.name in only:
                draw_gallery(house, "retro-worlds", gallery, IMAGES)


def draw_gallery(house: House, event: str, gallery: Gallery, folder: Path) -> None:
    """Draw the pages of a gallery and put them beside each other."""
    pictures = [_picture(house, event, page) for page in gallery.pages]
    across = min(gallery.across, len(pictures))
    rows = [pictures[start : start + across] for start in range(0, len(pictures), across)]
    wide = max(picture.width for picture in pictures) + _GAP
    highs = [max(picture.height for picture in row) + _GAP for row in rows]
    whole = Image.new("L", (across * wide + _GAP, sum(highs) + _GAP), _GROUND)
    top = _GAP
    for row, high in zip(rows, highs, strict=True):
        for number, picture in enumerate(row):
            whole.paste(picture, (_GAP + number * wide, top))
        top += high
    whole.quantize(_GREYS).save(folder / f"{gallery.name}.png", "PNG", optimize=True)
    sys.stdout.write(f"{gallery.name}\n")


def _picture(house: House, event: str, page: Page) -> Image.Image:
    drawn = sheets.print_sheet(house, event, page.kind, page.wanted, most=page.number + 1)
    document = pypdfium2.PdfDocument(drawn.pdf)
    one = document[page.number]
    picture = one.render(scale=_DOTS).to_pil().convert("L")
    one.close()
    document.close()
    return picture


if __name__ == "__main__":
    main(sys.argv[1:])
