"""What must be zero or explained before a contest is published. Looks, never writes.

Besides the anomalies of the fold: ties and gaps that only the list shows, who is still out, and
stations that hold lines back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from timing.core.fold.standings import Standings, doubts_of
from timing.core.fold.whole import State, anomalies_of
from timing.core.journal.anomalies import KINDS, Anomaly
from timing.core.setup.event import Contest
from timing.core.status import Status
from timing.services.house import House, UnknownEventError
from timing.services.live import Snapshot
from timing.services.office import stations
from timing.services.raceday import judging

_SEVERITIES = ("error", "warning", "info")


class Doubt(NamedTuple):
    """Something that wants a look. sentence: what is wrong, in plain words.

    anomaly: the one of the fold it stands for; None for what only this room knows.
    cleared: an official has explained it.
    """

    code: str
    key: str
    severity: str
    sentence: str
    cleared: bool
    anomaly: Anomaly | None = None

    @property
    def blocks(self) -> bool:
        """Whether it stands in the way of an official publication."""
        return self.severity == "error" and not self.cleared


class Check(NamedTuple):
    """All doubts of one kind. open: those that nobody has explained yet."""

    code: str
    severity: str
    doubts: tuple[Doubt, ...]

    @property
    def open(self) -> tuple[Doubt, ...]:
        """What is neither repaired nor explained."""
        return tuple(doubt for doubt in self.doubts if not doubt.cleared)


class Readiness(NamedTuple):
    """One contest on the way to its publication, or with contest None the whole event."""

    snapshot: Snapshot
    contest: Contest | None
    checks: tuple[Check, ...]

    @property
    def blocking(self) -> tuple[Doubt, ...]:
        """The open errors."""
        return tuple(doubt for check in self.checks for doubt in check.doubts if doubt.blocks)


def readiness(house: House, slug: str, contest: str = "") -> Readiness:
    """Count what is open. Raises UnknownEventError, also for a contest that is not there."""
    snapshot = house.live.snapshot(slug, fresh=True)
    seen = house.live.ask(slug, lambda state: (tuple(anomalies_of(state)), _reach(state)))
    chosen = snapshot.event.contest(contest) if snapshot and contest else None
    if snapshot is None or seen is None or (contest and chosen is None):
        raise UnknownEventError(f"no contest {contest!r} in event {slug!r}")
    anomalies, reach = seen
    lists = [
        standings
        for (code, _round), standings in snapshot.standings.items()
        if not contest or code == contest
    ]
    doubts = [
        *(_of_fold(each) for each in anomalies if chosen is None or reach.concerns(each, chosen)),
        *_of_lists(lists, reach.cleared),
        *_of_judges(house, slug, contest),
        *_of_stations(house, slug, reach.cleared, chosen),
    ]
    return Readiness(snapshot, chosen, tuple(_checks(doubts)))


class _Reach(NamedTuple):
    """Which contest an anomaly is about. points, waves: of each contest."""

    cleared: frozenset[str]
    contest_of: dict[int, str]
    points: dict[str, frozenset[str]]
    waves: dict[str, frozenset[str]]

    def concerns(self, anomaly: Anomaly, contest: Contest) -> bool:
        """An anomaly of nobody concerns every contest that passes its point or has its wave."""
        if anomaly.entry is not None and anomaly.entry in self.contest_of:
            return self.contest_of[anomaly.entry] == contest.code
        if "wave" in anomaly.params:
            return anomaly.params["wave"] in self.waves[contest.code]
        point = anomaly.params.get("point")
        known = any(point in points for points in self.points.values())
        return not known or point in self.points[contest.code]


def _reach(state: State) -> _Reach:
    contests = state.event.contests
    waves: dict[str, set[str]] = {contest.code: set() for contest in contests}
    for start in state.lineup.starts.values():
        waves[state.lineup.entries[start.entry].contest].add(start.wave)
    return _Reach(
        cleared=state.cleared,
        contest_of={key: entry.contest for key, entry in state.lineup.entries.items()},
        points={
            contest.code: frozenset(point.point for point in contest.course.points)
            for contest in contests
        },
        waves={code: frozenset(found) for code, found in waves.items()},
    )


def _of_fold(anomaly: Anomaly) -> Doubt:
    return Doubt(
        anomaly.code, anomaly.key, anomaly.severity, anomaly.sentence, anomaly.cleared, anomaly
    )


def _of_lists(lists: Iterable[Standings], cleared: frozenset[str]) -> Iterator[Doubt]:
    """Ties for a medal, finishers without a category, and who has not come home."""
    for standings in lists:
        for anomaly in doubts_of(standings):
            yield _of_fold(anomaly._replace(cleared=anomaly.key in cleared))
        out = [row.bib for row in standings.rows if row.result.status is Status.RUN]
        if out:
            key = f"still_out:{standings.contest.code}:{standings.round}"
            name = standings.contest.name
            sentence = f"{len(out)} of {name} are still out: {_listed(out)}."
            yield Doubt("still_out", key, "error", sentence, key in cleared)


def _of_judges(house: House, slug: str, contest: str) -> Iterator[Doubt]:
    """Proposals of judges that the referee has not decided."""
    for entry in judging.log(house, slug).open:
        if contest in ("", entry.contest):
            sentence = f"A judge proposed to disqualify bib {entry.bib} ({entry.code})."
            yield Doubt("dq_proposed", entry.key, "error", sentence, cleared=False)


def _of_stations(
    house: House, slug: str, cleared: frozenset[str], contest: Contest | None
) -> Iterator[Doubt]:
    """Stations that have lines which did not arrive, and those that say nothing any more."""
    points = {point.point for point in contest.course.points} if contest else set()
    for station, silent, *_lines in stations.devices(house, slug):
        if contest is not None and station.point not in points:
            continue
        name = station.name or station.id
        if station.unsent:
            key = f"unsent_lines:{station.id}"
            sentence = f"Station {name} holds {station.unsent} lines that did not arrive yet."
            yield Doubt("unsent_lines", key, "error", sentence, key in cleared)
        elif silent:
            key = f"silent_station:{station.id}"
            sentence = f"Station {name} is silent; it may hold lines that nobody knows of."
            yield Doubt("silent_station", key, "warning", sentence, key in cleared)


def _listed(bibs: Sequence[str], most: int = 8) -> str:
    return ", ".join(bibs[:most]) + (", …" if len(bibs) > most else "")


def _checks(doubts: Iterable[Doubt]) -> Iterator[Check]:
    """Put doubts together by kind, the gravest first, as the table of anomalies has them."""
    kinds: dict[tuple[int, str], list[Doubt]] = {}
    order = {code: place for place, code in enumerate(KINDS)}
    for doubt in doubts:
        kinds.setdefault((_SEVERITIES.index(doubt.severity), doubt.code), []).append(doubt)
    for (severity, code), found in sorted(
        kinds.items(), key=lambda kind: (kind[0][0], order.get(kind[0][1], len(order)))
    ):
        yield Check(code, _SEVERITIES[severity], tuple(found))
