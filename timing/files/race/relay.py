"""A relay from files: its rules from race.toml, its records from the tables as they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from timing.core.clock import Duration, Instant
from timing.core.journal import rulings as act
from timing.core.scoring.relay_records import Correction, Record
from timing.core.scoring.relays import LegStart, LegTime, MassStart, RelayRules, check_relay
from timing.core.setup.roster import EntryId
from timing.core.status import Status
from timing.files.entrants.entered import bib_key
from timing.files.race.race_toml import RaceText
from timing.files.race.rulings import Ruled, check_kinds
from timing.files.race.times import Recorded
from timing.files.tables.findings import Findings


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


def with_bibs(
    text: RaceText, rules: RelayRules | None, spelling: Mapping[str, str]
) -> RelayRules | None:
    """The rules with bibs as the entries spell them; one that nobody wears is a problem."""
    if rules is None:
        return None
    for start in rules.leg_starts:
        if bib_key(start.bib) not in spelling:
            sentence = f"bib {start.bib!r} is not registered; expected a bib of the entries"
            text.wrong("$.contest[0].relay.leg_starts", sentence)
    starts = (
        replace(start, bib=spelling.get(bib_key(start.bib), start.bib))
        for start in rules.leg_starts
    )
    return replace(rules, leg_starts=tuple(starts))


def relay_records(
    recorded: Sequence[Recorded], paper: Sequence[Recorded], ruled: Sequence[Ruled]
) -> list[Record]:
    """The finishes as they were written: the electronic ones, then those of the paper sheet."""
    void = {one.act.line[1] for one in ruled if isinstance(one.act, act.Void)}
    first_of_paper = len(recorded) + 1
    return [
        Record(
            one.bib, one.elapsed, one.leg, number >= first_of_paper,
            stopped=one.status is not None, void=number in void,
        )
        for number, one in enumerate([*recorded, *paper], 1)
    ]  # fmt: skip


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


_KINDS = (
    act.SetStatus, act.SetTime, act.Penalty, act.DeadHeat, act.Void, act.Attribute, act.Retime,
    act.Clear,
)  # fmt: skip


def check_relay_rulings(ruled: Sequence[Ruled], legs: int, findings: Findings, file: str) -> None:
    """Refuse rulings that mean nothing in a relay, and those about a leg that is not run."""
    check_kinds(ruled, _KINDS, "a relay", findings, file)
    for one in ruled:
        if one.leg > legs:
            findings.problem("ruling", f"leg {one.leg}; expected 1 to {legs}", file, one.line)


class Decided:
    """What was decided about teams. statuses: shown instead of DNF, by bib."""

    def __init__(self, recorded: Sequence[Recorded]) -> None:
        self.legs: dict[tuple[str, int], Status] = {}
        self.out: dict[str, Status] = {}
        self.times: list[LegTime] = []
        self.penalties: list[LegTime] = []
        self.dead_heats: list[str] = []
        self._written = {one.bib: one.status for one in recorded if one.status is not None}

    @property
    def statuses(self) -> dict[str, Status]:
        """The status of every team that has one: of the whole team before those of its legs."""
        of_legs = {bib: status for (bib, _), status in self.legs.items()}
        return {**self._written, **of_legs, **self.out}

    def rules(self, rules: RelayRules) -> RelayRules:
        """The rules of the relay with what was decided."""
        return replace(
            rules, unfinished=tuple(self.legs), out=tuple(self.out), times=tuple(self.times),
            penalties=tuple(self.penalties), dead_heats=tuple(self.dead_heats),
        )  # fmt: skip

    def set_status(self, bib: str, leg: int, status: Status, last: int) -> None:
        """Rule about a leg or a team. DNF of a team is that of its last leg; OK takes back."""
        if status is Status.OK:
            taken = {leg} if leg else set(range(last + 1))
            for number in taken:
                self.legs.pop((bib, number), None)
            if not leg:
                self.out.pop(bib, None)
        elif leg or status is Status.DNF:
            self.legs[bib, leg or last] = status
        else:
            self.out[bib] = status


def decisions(
    ruled: Sequence[Ruled],
    recorded: Sequence[Recorded],
    bibs: Mapping[EntryId, str],
    legs: int,
) -> Decided:
    """Collect the rulings about teams, in their order; without a leg it is the last one."""
    found = Decided(recorded)
    for one in ruled:
        leg = one.leg or legs
        match one.act:
            case act.SetStatus(entry=entry, status=status):
                found.set_status(bibs[entry], one.leg, status, legs)
            case act.SetTime(entry=entry, elapsed=time):
                found.times.append((bibs[entry], leg, time))
            case act.Penalty(entry=entry, time=time):
                found.penalties.append((bibs[entry], leg, time))
            case act.DeadHeat(entries=entries):
                found.dead_heats += [bibs[entry] for entry in entries]
            case _:
                pass
    return found
