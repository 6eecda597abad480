"""Many reads of one chip in one crossing made into one: the first, the last or the strongest."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Literal, TypeAlias

from timing.core.clock import Duration, Instant
from timing.readers.sighting import READ, Sighting

Choice: TypeAlias = Literal["first", "last", "strongest"]


def reduce_bursts(
    sightings: Iterable[Sighting], window: Duration, choose: Choice
) -> list[Sighting]:
    """Keep one sighting of each burst, in the order in which they came.

    A burst are the reads of one chip (or, without a chip, one bib) on one clock of which each
    follows the one before within the window, so a chip that lies beside the mat is one burst
    however long it lies there. The window must be shorter than a lap.
    strongest: the largest rssi, the earliest of equals; a read without rssi is the weakest.
    Gun times, markers, sightings without a time or without a name pass as they are.
    """
    kept: list[tuple[int, Sighting]] = []
    named: dict[tuple[str, str], list[tuple[Instant, int, Sighting]]] = {}
    for index, sighting in enumerate(sightings):
        name = sighting.chip or sighting.bib
        if sighting.kind != READ or sighting.at is None or name is None:
            kept.append((index, sighting))
        else:
            named.setdefault((sighting.clock, name), []).append((sighting.at, index, sighting))
    for reads in named.values():
        kept += [_chosen(burst, choose) for burst in _bursts(sorted(reads), window)]
    return [sighting for _, sighting in sorted(kept, key=lambda pair: pair[0])]


_Timed: TypeAlias = tuple[Instant, int, Sighting]


def _bursts(reads: list[_Timed], window: Duration) -> Iterable[list[_Timed]]:
    burst = reads[:1]
    for before, read in pairwise(reads):
        if read[0] - before[0] > window:
            yield burst
            burst = []
        burst.append(read)
    yield burst


def _chosen(burst: list[_Timed], choose: Choice) -> tuple[int, Sighting]:
    if choose == "first":
        found = burst[0]
    elif choose == "last":
        found = burst[-1]
    else:
        weakest = min((read[2].rssi for read in burst if read[2].rssi is not None), default=0) - 1
        found = max(burst, key=lambda read: weakest if read[2].rssi is None else read[2].rssi)
    return found[1], found[2]
