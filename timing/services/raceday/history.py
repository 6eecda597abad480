"""The journal read aloud: who decided what, when, on which device, why, and whether it holds.

Gives values; the words are the business of whoever shows them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from timing.core.fold.results import Result
from timing.core.fold.standings import Standings
from timing.core.fold.whole import State
from timing.core.journal.lines import LineId, Read, Ruling
from timing.core.journal.rulings import encode_act
from timing.core.setup.event import Contest, Event
from timing.core.setup.roster import Entry, StartKey
from timing.core.telling.awards import award_sentences
from timing.core.telling.explain import explain
from timing.core.telling.sentences import Telling
from timing.services.house import House, UnknownEventError
from timing.services.live import Snapshot
from timing.services.public.honours import of_team, reasons_in
from timing.services.public.results import LEAF


class Told(NamedTuple):
    """One ruling. bibs: whom it is about. about: the reading that it speaks of.

    in_force: not withdrawn. data: the fields of the act.
    """

    ruling: Ruling
    kind: str
    data: dict[str, Any]
    bibs: tuple[str, ...]
    about: Read | None
    in_force: bool

    @property
    def line(self) -> str:
        """The identity of the ruling as a form sends it."""
        return f"{self.ruling.station}:{self.ruling.n}"


class History(NamedTuple):
    """Rulings, the newest first. found: how many there are; told: those that were asked for."""

    event: Event
    told: tuple[Told, ...]
    found: int


class Reading(NamedTuple):
    """A reading of a bib.

    used: the name of the course point where it counts, or "". why: the code of why it does not.
    by: the reading that counts in its place.
    """

    read: Read
    used: str
    why: str
    by: Read | None


class Effort(NamedTuple):
    """One start of a bib with every reading that was given to it.

    why: the result explained, sentence by sentence.
    """

    contest: Contest
    round: str
    entry: Entry
    result: Result
    readings: tuple[Reading, ...]
    why: tuple[Telling, ...]


class Person(NamedTuple):
    """Everything about a bib. loose: readings that were given to no start."""

    event: Event
    bib: str
    efforts: tuple[Effort, ...]
    loose: tuple[Read, ...]
    told: tuple[Told, ...]


def history(house: House, slug: str, bib: str = "", *, first: int = 0, most: int = LEAF) -> History:
    """Read so many rulings aloud; bib: only those about it. Raises UnknownEventError."""

    def ask(state: State) -> History:
        found = [each for each in _told(state) if not bib or bib in each.bibs]
        return History(state.event, tuple(found[first : first + most]), len(found))

    found = house.live.ask(slug, ask)
    if found is None:
        raise UnknownEventError(slug)
    return found


def person(house: House, slug: str, bib: str) -> Person:
    """Give all lines about a bib, used or not. Raises UnknownEventError."""
    snapshot = house.live.snapshot(slug, fresh=True)
    lists = snapshot.standings if snapshot else {}

    def ask(state: State) -> Person:
        efforts = tuple(
            _effort(state, target.key, lists.get((target.plan.contest, target.key[1])))
            for target in state.known.wearers.get(bib, ())
        )
        given = {reading.read.id for effort in efforts for reading in effort.readings}
        loose = [read for read in state.piles.get(bib, ()) if read.id not in given]
        told = tuple(each for each in _told(state) if bib in each.bibs)
        return Person(state.event, bib, efforts, tuple(loose), told)

    found = house.live.ask(slug, ask)
    if found is None or snapshot is None:
        raise UnknownEventError(slug)
    return found._replace(
        efforts=tuple(_with_awards(house, snapshot, effort) for effort in found.efforts)
    )


def _with_awards(house: House, snapshot: Snapshot, effort: Effort) -> Effort:
    """Say also of every prize of the contest why it is won or not."""
    standings = snapshot.standings.get((effort.contest.code, effort.round))
    if standings is None:
        return effort
    prizes = reasons_in(house, snapshot, standings, effort.entry.id)
    teams = of_team(house, snapshot.event.slug, standings, effort.entry.id)
    return effort._replace(why=(*effort.why, *award_sentences(prizes), *teams))


def _effort(state: State, key: StartKey, standings: Standings | None) -> Effort:
    result = state.results[key]
    entry = state.lineup.entries[key[0]]
    contest = next(each for each in state.event.contests if each.code == entry.contest)
    readings = [
        Reading(read, _point_name(contest, index), "", None)
        for index, read in zip(result.positions, result.reads, strict=True)
    ]
    readings += [
        Reading(read, "", unused.code, unused.by)
        for unused in result.unused
        for read in unused.reads
    ]
    readings.sort(key=lambda each: (each.read.at or 0, each.read.station, each.read.n))
    told = explain(state, key, standings)
    why = told.sentences if told else ()
    return Effort(contest, key[1], entry, result, tuple(readings), why)


def _point_name(contest: Contest, index: int) -> str:
    points = contest.course.points
    return points[index].name if index < len(points) else f"{points[-1].name} {index}"


def _told(state: State) -> Iterator[Told]:
    live = {ruling.id for ruling in state.live}
    rulings = sorted(state.book.rulings, key=lambda each: (each.at, each.station, each.n))
    by_id = {ruling.id: ruling for ruling in rulings}
    for ruling in reversed(rulings):
        kind, data = encode_act(ruling.act)
        holds = ruling.id in live or kind == "withdraw"
        about = _reading(state, data)
        yield Told(ruling, kind, data, tuple(_bibs(state, ruling, by_id)), about, holds)


def _reading(state: State, data: dict[str, Any]) -> Read | None:
    line = data.get("line")
    return state.read((line[0], line[1])) if line else None


def _bibs(state: State, ruling: Ruling, by_id: dict[LineId, Ruling]) -> Iterable[str]:
    """Whom a ruling is about: by its entries, by the bib it names, by the reading it speaks of."""
    _kind, data = encode_act(ruling.act)
    entries = [data["entry"]] if "entry" in data else data.get("order") or data.get("entries") or ()
    found = [state.lineup.bibs[entry] for entry in entries if entry in state.lineup.bibs]
    if isinstance(data.get("bib"), str):
        found.append(data["bib"])
    line = data.get("line")
    if line:
        about = (line[0], line[1])
        read = state.read(about)
        if read is not None and read.bib:
            found.append(read.bib)
        elif about in by_id and by_id[about] is not ruling:
            found += _bibs(state, by_id[about], {})
    return dict.fromkeys(found)
