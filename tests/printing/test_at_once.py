"""Documents that are made at once by several threads are those that are made one after another."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import font_roboto
import pytest
from reportlab.pdfbase import pdfmetrics

from tests.printing.sheets import RARE, finishers, named, sheet
from tests.printing.test_cards import ABOUT, card, design
from timing.printing.cards.document import Batch, draw_cards
from timing.printing.document import draw, draw_all
from timing.printing.lettering.faces import Face, open_face
from timing.printing.pens.document_fonts import Fonts
from timing.printing.sheet import Group


def _certificates() -> bytes:
    front = design("certificate")
    cards = [card(front, name=name) for name in RARE]
    return draw_cards(Batch(design=front, cards=cards), ABOUT).pdf


WORKS: tuple[Callable[[], bytes], ...] = (
    lambda: draw(sheet(Group(rows=finishers(120)))).pdf,
    lambda: draw(sheet(Group(rows=named(RARE[:3] * 9)))).pdf,
    lambda: draw(sheet(Group(rows=named(RARE[3:] * 9)), Group(rows=finishers(30)))).pdf,
    lambda: draw(sheet(Group(rows=named(RARE * 5))), plain=True).pdf,
    _certificates,
)


@pytest.fixture
def hurried() -> Iterator[None]:
    """Threads take turns a hundred times as often as they usually do."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(usual / 100)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("hurried")
def test_documents_made_at_once_have_the_bytes_of_those_made_one_by_one() -> None:
    alone = [work() for work in WORKS]
    with ThreadPoolExecutor(len(WORKS) * 2) as pool:
        together = list(pool.map(lambda work: work(), WORKS * 6))
    assert together == alone * 6


@pytest.mark.timeout(60)
def test_a_short_sheet_does_not_wait_for_a_long_run() -> None:
    begun, printed = Event(), Event()

    def wait(page: int, _pages: int) -> None:
        if page == 2:
            begun.set()
            assert printed.wait(30)

    with ThreadPoolExecutor(1) as pool:
        long = pool.submit(draw_all, [sheet(Group(rows=finishers(300)))], watch=wait)
        assert begun.wait(30)
        assert draw(sheet(Group(rows=named(RARE)))).pages == 1
        printed.set()
        assert long.result().pages > 3


def test_the_shaped_letters_of_a_document_are_forgotten_with_it() -> None:
    def known() -> set[str]:
        return {name for name in pdfmetrics.getRegisteredFontNames() if name.startswith("shaped")}

    draw(sheet(Group(rows=named(RARE))))
    assert known() == set()


def test_a_face_is_registered_once_by_however_many_threads(tmp_path: Path) -> None:
    house = open_face(Path(font_roboto.Roboto))
    copy = tmp_path / "once.ttf"
    copy.write_bytes(house.path.read_bytes())
    face = Face(copy)
    with ThreadPoolExecutor(8) as pool:
        names = list(pool.map(lambda _: Fonts({}).name(face), range(40)))
    assert len(set(names)) == 1
    assert pdfmetrics.getRegisteredFontNames().count(names[0]) == 1
