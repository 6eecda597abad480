"""What must be zero or explained before a contest is published. Looks, never writes.

Besides the anomalies of the fold: ties and gaps that only the list shows, who is still out, and
stations that hold lines back.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from timing.core.fold.standings import Standings, doubts_of
from timing.core.fold.whole import State, anomalies_of
from timing.core.journal.anomalies import KINDS, Anomaly
from timing.core.sentence import Sentence
from timing.core.setup.event import Contest
from timing.core.status import Status
from timing.services.house import House, UnknownEventError
from timing.services.live import Snapshot
from timing.services.office import stations
from timing.services.public import enquiries
from timing.services.raceday import judging
from timing.services.watching import of_entries, of_times

_SEVERITIES = ("error", "warning", "info")


def _l(text: str) -> str:
    """Mark a text that other languages translate; ``make texts`` finds it by this name."""
    return text


_TEMPLATES = {
    "nobody_seen": _l("Nobody of {contest}, {round}, was seen anywhere."),
    "not_seen": _l("{count} of {contest} were never seen and are not ruled DNS: {bibs}."),
    "still_out": _l("{count} of {contest} are still out: {bibs}."),
    "dq_proposed": _l("A judge proposed to disqualify bib {bib} ({infraction})."),
    "open_enquiries": _l("A question about bib {bib} is not answered: {text}"),
    "unsent_lines": _l("Station {station} at {point} holds {count} lines that did not arrive yet."),
    "silent_station": _l(
        "Station {station} at {point} is silent; it may hold lines that nobody knows of."
    ),
}
"""What only this room knows, as sentences; names in braces are parameters of the doubt."""
_NOT_THERE = {Status.READY, Status.DNS, Status.WD}
_GRAVE = ("nobody_seen", "still_out", "dq_proposed", "unsent_lines")


class Doubt(NamedTuple):
    """Something that wants a look. template, params: what is wrong, as an anomaly has them.

    anomaly: the one of the fold it stands for; None for what only this room knows.
    cleared: an official has explained it.
    """

    code: str
    key: str
    severity: str
    template: str
    params: Mapping[str, str]
    cleared: bool
    anomaly: Anomaly | None = None

    @property
    def said(self) -> Sentence:
        """What is wrong, to be said in any language."""
        return Sentence(self.template, tuple(self.params.items()))

    @property
    def sentence(self) -> str:
        """What is wrong, in plain English words."""
        return self.template.format_map(self.params)

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

    def tied(self, doubt: Doubt) -> tuple[str, ...]:
        """Give the bibs that share the place of a tie for a medal."""
        _code, contest, round_code, place = doubt.key.split(":")
        rows = self.snapshot.standings[contest, round_code].ranked
        return tuple(row.bib for row in rows if str(row.place) == place)


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
        *map(_of_fold, of_times(lists, snapshot.event, reach.cleared)),
        *map(
            _of_fold, () if contest else of_entries(snapshot.event, snapshot.roster, reach.cleared)
        ),
        *_of_judges(house, slug, contest),
        *_of_runners(house, slug, reach.cleared, lists if contest else ()),
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
        anomaly.code, anomaly.key, anomaly.severity, anomaly.template, anomaly.params,
        anomaly.cleared, anomaly,
    )  # fmt: skip


def _own(code: str, what: str, cleared: Container[str], **params: str) -> Doubt:
    key = f"{code}:{what}"
    severity = "error" if code in _GRAVE else "warning"
    return Doubt(code, key, severity, _TEMPLATES[code], params, key in cleared)


def _of_lists(lists: Iterable[Standings], cleared: frozenset[str]) -> Iterator[Doubt]:
    """Ties for a medal, finishers without a category, and who has not come home."""
    for standings in lists:
        for anomaly in doubts_of(standings):
            yield _of_fold(anomaly._replace(cleared=anomaly.key in cleared))
        yield from _of_those_without_a_time(standings, cleared)


def _of_those_without_a_time(standings: Standings, cleared: frozenset[str]) -> Iterator[Doubt]:
    """Whoever is neither home nor out: seen on the way, or never seen at all."""
    name, what = standings.contest.name, f"{standings.contest.code}:{standings.round}"
    bibs: dict[Status, list[str]] = {}
    for row in standings.rows:
        bibs.setdefault(row.result.status, []).append(row.bib)
    out, missing = bibs.get(Status.RUN, []), bibs.get(Status.READY, [])
    if out:
        bib_list = _listed(out)
        yield _own("still_out", what, cleared, count=str(len(out)), contest=name, bibs=bib_list)
    if missing and bibs.keys() <= _NOT_THERE:
        yield _own("nobody_seen", what, cleared, contest=name, round=standings.round)
    elif missing:
        bib_list = _listed(missing)
        yield _own("not_seen", what, cleared, count=str(len(missing)), contest=name, bibs=bib_list)


def _of_judges(house: House, slug: str, contest: str) -> Iterator[Doubt]:
    """Proposals of judges that the referee has not decided."""
    for entry in judging.log(house, slug).open:
        if contest in ("", entry.contest):
            params = {"bib": entry.bib, "infraction": entry.code}
            code = "dq_proposed"
            yield Doubt(code, entry.key, "error", _TEMPLATES[code], params, cleared=False)


def _of_runners(
    house: House, slug: str, cleared: frozenset[str], lists: Sequence[Standings]
) -> Iterator[Doubt]:
    """Questions that wait for an answer. lists: only about their runners; none: about all."""
    listed = {row.bib for standings in lists for row in standings.rows}
    for asked in enquiries.everything(house, slug, only_open=True):
        if not lists or asked.bib in listed:
            text = asked.text[:80] + ("…" if len(asked.text) > 80 else "")
            yield _own("open_enquiries", str(asked.number), cleared, bib=asked.bib, text=text)


def _of_stations(
    house: House, slug: str, cleared: frozenset[str], contest: Contest | None
) -> Iterator[Doubt]:
    """Stations that have lines which did not arrive, and those that say nothing any more."""
    points = {point.point for point in contest.course.points} if contest else set()
    for station, silent, _here, _of, name in stations.devices(house, slug):
        if contest is not None and station.point not in points:
            continue
        where = {"station": name, "point": station.point}
        if station.unsent:
            yield _own("unsent_lines", station.id, cleared, **where, count=str(station.unsent))
        elif silent:
            yield _own("silent_station", station.id, cleared, **where)


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
