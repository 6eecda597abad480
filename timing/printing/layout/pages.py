"""Which rows and which parts stand on which page, and how high.

Groups stay whole where that wastes little paper; a title is never the last thing on a page, a row
of a team never loses its legs, and no row stands alone on the next page.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from timing.printing.layout.columns import MARGIN, Grid
from timing.printing.layout.furniture import (
    foot,
    group_title,
    head,
    headings,
    page_number,
    running_head,
)
from timing.printing.layout.panels import EMPTY, Composer, Panel
from timing.printing.layout.table import Table
from timing.printing.layout.tail import tail
from timing.printing.sheet import Group, RowStyle, Sheet

FIRST_ROWS = 3
"""Rows that must stand below a group title before the page may end."""
WASTE = 0.4
"""Share of a page that may stay white so that a group is not torn apart."""
MANY_PAGES = 6
"""On a longer document the signatures may stand on a page of their own."""
HAIR = 1e-6


class Placed(NamedTuple):
    """A panel with its top left corner on the page."""

    panel: Panel
    x: float
    top: float


class Rows(NamedTuple):
    """Rows first..last-1 of the table below each other from the given height on."""

    first: int
    last: int
    top: float


class Bookmark(NamedTuple):
    title: str
    top: float


class _Moved(NamedTuple):
    """Rows that change the page, with the title above them and the bookmarks that point to it."""

    title: Panel
    rows: Rows
    bookmarks: Sequence[Bookmark] = ()


@dataclass(slots=True)
class Page:
    """One page: panels, rows and the groups that begin on it."""

    panels: list[Placed] = field(default_factory=list)
    rows: list[Rows] = field(default_factory=list)
    bookmarks: list[Bookmark] = field(default_factory=list)


def paginate(sheet: Sheet, grid: Grid, table: Table, composer: Composer) -> list[Page]:
    """Lay a sheet out on pages; the feet are added when the number of pages is known."""
    pager = _Pager(sheet, grid, table, composer)
    number = 0
    for group in sheet.groups:
        pager.group(group, number)
        number += len(group.rows)
    pager.finish(tail(sheet, composer))
    return pager.pages


def add_feet(
    pages: Sequence[Page], sheet: Sheet, composer: Composer, first: int, count: int
) -> None:
    """Put the foot on every page; first: number of the first page, count: of all pages."""
    below = foot(sheet, composer)
    top = MARGIN + below.height
    for number, page in enumerate(pages, first):
        page.panels.append(Placed(below, MARGIN, top))
        page.panels.append(Placed(page_number(sheet, composer, number, count), MARGIN, top))


class _Pager:
    """The place where the next thing goes, on the page that is being filled."""

    def __init__(self, sheet: Sheet, grid: Grid, table: Table, composer: Composer) -> None:
        self.sheet, self.grid, self.table, self.composer = sheet, grid, table, composer
        self.sums = list(accumulate(table.heights, initial=0.0))
        self.top = grid.paper[1] - MARGIN
        self.bottom = MARGIN + foot(sheet, composer).height + 6
        self.headings = headings(grid, composer)
        self.running = running_head(sheet, composer)
        self.fresh = self.top - self.bottom - self.running.height - self.headings.height
        self.pages: list[Page] = []
        self.last = Group()
        self.y = 0.0
        self._turn(head(sheet, composer), with_headings=bool(sheet.groups))

    @property
    def room(self) -> float:
        return self.y - self.bottom + HAIR

    @property
    def page(self) -> Page:
        return self.pages[-1]

    def group(self, group: Group, first: int) -> None:
        """Place the rows of a group, which begin at this number of the table."""
        self.last = group
        last = first + len(group.rows)
        title = group_title(group, self.grid, self.composer)
        if self._must_turn(title, first, last):
            self._turn(self.running)
        if group.title:
            self.page.bookmarks.append(Bookmark(group.title, self.y))
        self._put(title)
        while first < last:
            stop = self._stop(first, last)
            self._put_rows(first, stop)
            first = stop
            if first < last:
                self._turn(self.running)
                self._put(self._continued())

    def finish(self, blocks: Sequence[Panel]) -> None:
        """Place what stands below the rows: all of it together, each block whole."""
        together = sum(block.height for block in blocks)
        if together > self.room and len(self.pages) <= MANY_PAGES:
            self._carry_over()
        for block in blocks:
            if block.height > self.room:
                self._carry_over()
            self._put(block)

    def _carry_over(self) -> None:
        """Turn the page, and take rows along so that what follows does not stand alone there."""
        moved = self._taken_along() if len(self.pages) <= MANY_PAGES else None
        self._turn(self.running, with_headings=moved is not None)
        if moved is not None:
            self.page.bookmarks += [mark._replace(top=self.y) for mark in moved.bookmarks]
            self._put(moved.title)
            self._put_rows(moved.rows.first, moved.rows.last)

    def _taken_along(self) -> _Moved | None:
        """Take a short group with its title off the page, else the last rows of a long one."""
        if not self.page.rows:
            return None
        rows = self.page.rows[-1]
        alone = len(self.page.rows) == 1
        if not alone and self.sums[rows.last] - self.sums[rows.first] <= WASTE * self.fresh:
            return self._whole(rows)
        first = rows.last - FIRST_ROWS
        while first > rows.first and self.table.styles[first] is RowStyle.DETAIL:
            first -= 1
        if first - rows.first >= FIRST_ROWS:
            self.page.rows[-1] = rows._replace(last=first)
            return _Moved(self._continued(), rows._replace(first=first))
        return None if alone else self._whole(rows)

    def _whole(self, rows: Rows) -> _Moved:
        """Take all these rows off the page, with their title if that stands right above them."""
        self.page.rows.pop()
        title = self.page.panels[-1]
        if abs(title.top - title.panel.height - rows.top) > HAIR:
            return _Moved(EMPTY, rows)
        self.page.panels.pop()
        begun = [mark for mark in self.page.bookmarks if mark.top == title.top]
        self.page.bookmarks = [mark for mark in self.page.bookmarks if mark.top != title.top]
        return _Moved(title.panel, rows, begun)

    def _continued(self) -> Panel:
        """The title of the group of which rows stand on the page before, too."""
        return group_title(self.last, self.grid, self.composer, self.sheet.words.continued)

    def _must_turn(self, title: Panel, first: int, last: int) -> bool:
        whole = title.height + self.sums[last] - self.sums[first]
        if whole <= self.room or self.room >= self.fresh:
            return False
        if whole <= self.fresh and self.room <= WASTE * self.fresh:
            return True
        start = min(first + FIRST_ROWS, last)
        return title.height + self.sums[start] - self.sums[first] > self.room

    def _stop(self, first: int, last: int) -> int:
        """The row before which the page ends."""
        stop = bisect_right(self.sums, self.sums[first] + self.room) - 1
        if stop >= last:
            return last
        most = max(stop, first + 1)
        if last - most == 1 and most - first > FIRST_ROWS:
            most -= 1
        stop = most
        while stop > first and self.table.styles[stop] is RowStyle.DETAIL:
            stop -= 1
        return stop if stop > first else most

    def _put(self, panel: Panel) -> None:
        if panel.height:
            self.page.panels.append(Placed(panel, MARGIN, self.y))
            self.y -= panel.height

    def _put_rows(self, first: int, stop: int) -> None:
        self.page.rows.append(Rows(first, stop, self.y))
        self.y -= self.sums[stop] - self.sums[first]

    def _turn(self, top: Panel, *, with_headings: bool = True) -> None:
        if self.pages and not self.page.rows and self.page.panels[-1].panel is self.headings:
            self.page.panels.pop()  # no rows came to stand below them
        self.pages.append(Page())
        self.y = self.top
        self._put(top)
        if with_headings:
            self._put(self.headings)
