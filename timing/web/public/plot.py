"""Where a small plot of a race puts its points: place and pace over the course. Draws nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from timing.core.telling.intermediate import Passage

WIDTH, HEIGHT, EDGE = 320, 120, 18


class Dot(NamedTuple):
    """A place at a point of the course, in units of the drawing."""

    x: float
    y: float
    place: int
    name: str


class Bar(NamedTuple):
    """A leg, as wide as it is long; the taller the faster."""

    x: float
    y: float
    width: float
    height: float
    pace: int


class Plot(NamedTuple):
    """dots: of places, the first place on top. line: their points as SVG writes them."""

    dots: tuple[Dot, ...]
    bars: tuple[Bar, ...]
    line: str


def plot_of(passages: Sequence[Passage]) -> Plot | None:
    """Lay out the places and paces of a race; None where there are not two points."""
    seen = [each for each in passages if each.place is not None and each.distance]
    if len(seen) < 2:
        return None
    length = max(each.distance or 0 for each in seen)
    places = [each.place or 1 for each in seen]
    dots = tuple(
        Dot(_across(each.distance or 0, length), _down(each.place or 1, places), each.place or 1,
            each.name)
        for each in seen
    )  # fmt: skip
    line = " ".join(f"{dot.x:g},{dot.y:g}" for dot in dots)
    return Plot(dots, _bars(passages, length), line)


def _across(distance: int, length: int) -> float:
    return round(EDGE + distance / length * (WIDTH - 2 * EDGE), 1)


def _down(place: int, places: Sequence[int]) -> float:
    best, worst = min(places), max(places)
    share = (place - best) / (worst - best) if worst > best else 0.5
    return round(EDGE + share * (HEIGHT - 2 * EDGE), 1)


def _bars(passages: Sequence[Passage], length: int) -> tuple[Bar, ...]:
    paces = [each.pace for each in passages if each.pace]
    if not paces:
        return ()
    fastest, slowest = min(paces), max(paces)
    before, bars = 0, []
    for each in passages:
        way = each.distance or 0
        if each.pace and each.distance:
            share = 1.0 if slowest == fastest else (slowest - each.pace) / (slowest - fastest)
            height = round(20 + 40 * share, 1)
            left, right = _across(before, length), _across(way, length)
            bars.append(Bar(left, 0, round(right - left - 2, 1), height, each.pace))
        before = way
    return tuple(bars)
