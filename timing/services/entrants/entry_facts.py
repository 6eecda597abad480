"""What is known of an event when an entry is planned: who is there, their bibs, what started."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from timing.core.fold.state import State
from timing.core.journal import rulings as act
from timing.core.setup.event import Contest, Event, Round
from timing.core.setup.roster import Entry, EntryId, Start
from timing.services.house import House, UnknownEventError
from timing.store.folding import fold_text


class Facts(NamedTuple):
    """bibs: as worn now. here: bibs that are checked in. handed: entries whose bib was a ruling.

    started: whether a gun was fired; from then on a change of an entry is written down.
    starts: of each entry where nobody has to be drawn. moved: entries that were moved by a ruling.
    """

    event: Event
    entries: Mapping[EntryId, Entry]
    bibs: Mapping[EntryId, str]
    here: frozenset[str]
    handed: frozenset[EntryId]
    started: bool
    starts: Mapping[EntryId, Start]
    moved: frozenset[EntryId]

    def wave(self, entry: EntryId) -> str:
        """The code of the wave in which an entry starts, "" where that is not settled."""
        start = self.starts.get(entry)
        return "" if start is None else start.wave

    def keeps_bib(self, entry: EntryId) -> bool:
        """Whether the bib was given on the day, so that no file may change it."""
        return entry in self.handed or self.bibs.get(entry, "") in self.here


def facts_of(house: House, slug: str) -> Facts:
    """Look an event up as it stands. Raises UnknownEventError."""
    found = house.live.ask(slug, _facts)
    if found is None:
        raise UnknownEventError(slug)
    return found


def _facts(state: State) -> Facts:
    handed = (each.act.entry for each in state.live if isinstance(each.act, act.BindBib))
    return Facts(
        state.event,
        {entry.id: entry for entry in state.roster.entries},
        dict(state.lineup.bibs),
        frozenset(state.checked_in),
        frozenset(handed),
        bool(state.lineup.guns),
        dict(_first_starts(state)),
        frozenset(each.act.entry for each in state.live if isinstance(each.act, act.Move)),
    )


def _first_starts(state: State) -> Iterator[tuple[EntryId, Start]]:
    rounds = {contest.code: first_round(contest) for contest in state.event.contests}
    for entry in state.lineup.entries.values():
        first = rounds.get(entry.contest)
        start = None if first is None else state.lineup.starts.get((entry.id, first.code))
        if start is not None:
            yield entry.id, start


def first_round(contest: Contest) -> Round | None:
    """The round in which everybody starts, where nobody has to be drawn into a heat."""
    first = next(iter(contest.rounds), None)
    return first if first is not None and len(first.heats) == 1 else None


def start_of(event: Event, entry: Entry, wave: str = "", lane: int = 0) -> Start | None:
    """The start of a new entry; None where a draw has to come first. wave: code or name."""
    contest = event.contest(entry.contest)
    first = None if contest is None else first_round(contest)
    if first is None:
        return None
    heat = first.heats[0]
    chosen = wave_named(event, wave) or heat.wave
    return Start(entry=entry.id, round=first.code, heat=heat.number, wave=chosen, lane=lane)


def wave_named(event: Event, word: str) -> str:
    """The code of the wave of this code or name, "" for none."""
    wanted = word.casefold()
    for wave in event.waves:
        if wanted and wanted in (wave.code.casefold(), wave.name.casefold()):
            return wave.code
    return ""


def identity(entry: Entry) -> tuple[str, str, str]:
    """What makes two entries one person without a doubt; a birth date or year is part of it."""
    return (" ".join(sorted(fold_text(entry.name).split())), entry.born, entry.sex.value)
