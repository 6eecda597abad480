"""A relay from files: its rules from race.toml, its records from the tables as they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from timing.core.clock import Duration, Instant
from timing.core.journal import rulings as act
from timing.core.scoring.relay_records import Correction, Record
from timing.core.scoring.relays import LegStart, MassStart, RelayRules, check_relay
from timing.core.setup.roster import EntryId
from timing.core.status import Status
from timing.files.race.race_toml import RaceText
from timing.files.race.rulings import Ruled
from timing.files.race.times import Recorded


def relay_rules(text: RaceText) -> RelayRules | None:
    """The rules of a relay, None for another race; what does not fit is a problem."""
    race = text.race
    numbers = [number for number, choice in enumerate(race.contest) if choice.relay is not None]
    if not numbers:
        return None
    key = f"$.contest[{numbers[0]}].relay"
    choice = race.contest[numbers[0]].relay
    if len(race.contest) > 1 or choice is None:
        text.wrong(key, f"{len(race.contest)} contests; expected a relay alone in its folder")
        return None
    rules = RelayRules(
        legs=choice.legs,
        paired=choice.paired,
        mass_starts=tuple(
            MassStart(leg=each.leg, at=text.duration(f"{key}.mass_starts", each.at))
            for each in choice.mass_starts
        ),
        leg_starts=tuple(
            LegStart(bib=each.bib, leg=each.leg, at=text.duration(f"{key}.leg_starts", each.at))
            for each in choice.leg_starts
        ),
        start=text.duration("$.start.after_clock", race.start.after_clock, signed=True),
    )
    for problem in check_relay(rules):
        text.wrong(key, problem.sentence, problem.code)
    return rules


def relay_records(recorded: Sequence[Recorded], paper: Sequence[Recorded]) -> list[Record]:
    """The finishes as they were written: the electronic ones, then those of the paper sheet."""
    return [_record(one, paper=False) for one in recorded] + [
        _record(one, paper=True) for one in paper
    ]


def _record(one: Recorded, *, paper: bool) -> Record:
    return Record(one.bib, one.elapsed, one.leg, paper)


def corrections(ruled: Sequence[Ruled], zero: Instant) -> list[Correction]:
    """What officials read otherwise in a line of the times, from the rulings bib and retime."""
    found: dict[int, Correction] = {}
    for one in ruled:
        match one.act:
            case act.Attribute(line=(_, number), bib=bib):
                before = found.get(number, Correction(number))
                found[number] = before._replace(bib=bib)
            case act.Retime(line=(_, number), at=at) if at is not None:
                before = found.get(number, Correction(number))
                found[number] = before._replace(time=Duration(at - zero))
            case _:
                pass
    return [found[number] for number in sorted(found)]


def unfinished_legs(
    ruled: Sequence[Ruled], bibs: Mapping[EntryId, str], legs: int
) -> Iterator[tuple[str, int]]:
    """(bib, leg) of every leg that was ruled out; without a leg it is the last one."""
    for one in ruled:
        match one.act:
            case act.SetStatus(entry=entry, status=status) if status is not Status.OK:
                yield bibs[entry], one.leg or legs
            case _:
                pass
