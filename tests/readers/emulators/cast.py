"""Every protocol that speaks over a socket, with who emulates it and what must arrive of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from tests.readers.emulators import (
    chronotrack,
    handtimers,
    ipico,
    jchip,
    mylaps,
    portal,
    raceresult,
    reads,
    ultra,
    wiclax,
)
from tests.readers.emulators.stream import Stream
from tests.readers.emulators.wire import Mouth
from timing.readers.sighting import Sighting

Talk = Callable[[Mouth], None]
Told = set[tuple[str | None, int | None]]


def by_chip(sighting: Sighting) -> tuple[str | None, int | None]:
    return sighting.chip, sighting.at


def by_bib(sighting: Sighting) -> tuple[str | None, int | None]:
    return sighting.bib, sighting.at


def _chips(first: int = 1, cut: int = 0) -> Told:
    numbers = range(first, reads.COUNT + 1)
    return {(reads.chip(number)[cut:], reads.instant(number)) for number in numbers}


class Part(NamedTuple):
    """One protocol.

    box: makes one that tells everything, but each thing once where it cannot do better. replay:
    one that can, or that begins anew on every connection. others: sightings besides the reads.
    """

    box: Callable[[], Talk]
    replay: Callable[[], Talk]
    reads: Told
    others: int = 0
    view: Callable[[Sighting], tuple[str | None, int | None]] = by_chip

    @property
    def count(self) -> int:
        return len(self.reads) + self.others


def _remembers(box: Callable[[], object], told: Told, others: int = 0) -> Part:
    """A box that numbers or keeps what it saw."""

    def make() -> Talk:
        return box().talk

    return Part(make, make, told, others)


def _streams(line: Callable[[int], bytes], told: Told, **more) -> Part:
    """A box that sends each line once; its file or its paper can be sent again."""
    hello = more.pop("hello", None)
    words = (line,) if hello is None else (line, hello)
    once, replay = (partial(Stream, *words, again=again) for again in (False, True))
    return Part(lambda: once().talk, lambda: replay().talk, told, **more)


_BIBS = {(str(number), reads.instant(number)) for number in range(1, reads.COUNT + 1)}
_TIMES = {(None, handtimers.timed(number)) for number in range(1, reads.COUNT + 1)}
_OLDER = partial(mylaps.Exporter, mylaps.store, "Store")

WE_CONNECT: dict[str, Part] = {
    "raceresult": _remembers(raceresult.Decoder, _chips()),
    "raceresult-pull": _remembers(raceresult.Decoder, _chips()),
    "ultra": _remembers(ultra.UltraBox, _chips()),
    "wiclax": _remembers(wiclax.HomeMadeBox, _chips()),
    "chronokeep-portal": _remembers(portal.Portal, _chips()),
    "ipico": _streams(ipico.line, _chips()),
    "ipico-lite": _streams(ipico.line, _chips(), hello=ipico.tell_clock),
    "timy": _streams(handtimers.timy, _BIBS, view=by_bib),
    "timemachine": _streams(handtimers.time_machine, _TIMES, view=by_bib, others=reads.COUNT),
}
THEY_DIAL: dict[str, Part] = {
    "mylaps": _remembers(mylaps.Exporter, _chips(), others=1),
    "mylaps-v1": _remembers(_OLDER, _chips(cut=-7), others=1),
    "chronotrack": _remembers(chronotrack.SimpleClient, _chips(first=2), others=1),
    "jchip": _streams(jchip.line, _chips(), hello=jchip.introduce),
}
ALL = WE_CONNECT | THEY_DIAL
