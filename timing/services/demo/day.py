"""A race day played by lot: who runs how fast, what stations write, what officials decide."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from random import Random
from typing import NamedTuple

from timing.core.clock import MINUTE, SECOND, Duration, Instant
from timing.core.journal import rulings as act
from timing.core.journal.lines import Read, Ruling
from timing.core.setup.event import METRE, Contest, Event
from timing.core.setup.roster import Entry, Roster, Sex, Start
from timing.core.status import Status
from timing.services.demo.people import Names, Person, enter, invent
from timing.services.demo.programme import (
    CHECK_IN,
    LINE,
    START_MAT,
    ContestPlan,
    Programme,
    event_of,
    first_round,
    gun_time,
    wave_code,
)

Line = Read | Ruling
_JUDGES = "Competition office (demonstration)"


class Rehearsal(NamedTuple):
    """A whole demonstration. lines: with the moment at which each was written, in order."""

    event: Event
    roster: Roster
    lines: tuple[tuple[Instant, Line], ...]


class _Stations:
    """Numbers the lines of each station in the order in which they are written."""

    def __init__(self) -> None:
        self.drafts: list[tuple[Instant, str, Line]] = []

    def read(self, at: Instant, station: str, read: Read) -> None:
        self.drafts.append((at, station, read))

    def rule(self, at: Instant, what: act.Act, reason: str = "") -> None:
        self.drafts.append((at, "office", Ruling("office", 0, at, what, reason, _JUDGES)))

    def lines(self) -> Iterator[tuple[Instant, Line]]:
        counts: dict[str, int] = {}
        for at, station, line in sorted(self.drafts, key=lambda draft: draft[:2]):
            counts[station] = counts.get(station, 0) + 1
            yield at, line._replace(station=station, n=counts[station])


def rehearse(programme: Programme, names: Names) -> Rehearsal:
    """Play the whole event. The same programme and names always give the same lines."""
    lot = Random(programme.seed)  # noqa: S311 - a rehearsal is no secret
    event = event_of(programme)
    people = invent(programme, names, lot)
    roster = enter(programme, people, lot)
    desk = _Stations()
    talents = {person.id: person for person in people}
    for plan in programme.contest:
        contest = event.contest(plan.code)
        entries = [entry for entry in roster.entries if entry.contest == plan.code]
        starts = {start.entry: start for start in roster.starts}
        if contest is not None:
            _Contest(programme, plan, contest, talents, desk, lot).play(entries, starts)
    return Rehearsal(event, roster, tuple(desk.lines()))


class _Contest:
    """Plays one contest: check-in, guns, passings, decisions, the next round."""

    def __init__(
        self,
        programme: Programme,
        plan: ContestPlan,
        contest: Contest,
        people: dict[int, Person],
        desk: _Stations,
        lot: Random,
    ) -> None:
        self.plan, self.contest, self.people, self.desk, self.lot = plan, contest, people, desk, lot
        self.first_gun = gun_time(programme, plan)

    def play(self, entries: list[Entry], starts: dict[int, Start]) -> None:
        code = first_round(self.plan)
        absent = set(self.lot.sample([entry.id for entry in entries], len(entries) // 16))
        for entry in entries:
            if entry.id not in absent:
                self._check_in(entry)
        here = [entry for entry in entries if entry.id not in absent]
        times: dict[int, Duration] = {}
        heats = sorted({starts[entry.id].heat for entry in entries})
        gun = self.first_gun
        for number, heat in enumerate(heats):
            gun = Instant(self.first_gun + number * 6 * MINUTE + self.lot.randint(2, 25) * SECOND)
            self._gun(wave_code(self.plan, code, heat), gun)
            times |= self._run([each for each in here if starts[each.id].heat == heat], code, gun)
        end = Instant(gun + max(times.values(), default=Duration(0)) + 5 * MINUTE)
        self.desk.rule(end, act.Close(contest=self.plan.code, round=code))
        if self.plan.final:
            self._final(here, times, Instant(self.first_gun + 90 * MINUTE))

    def _check_in(self, entry: Entry) -> None:
        at = Instant(
            self.first_gun - self.lot.randint(25, 110) * MINUTE - self.lot.randrange(SECOND)
        )
        seen = Read("", 0, CHECK_IN, entry.bib, None, at, "desk")
        self.desk.read(at, f"desk-{self.lot.randint(1, 2)}", seen)
        for item in self.plan.requires:
            self.desk.rule(at, act.Confirm(entry=entry.id, item=item), "Seen at the desk")

    def _gun(self, wave: str, at: Instant) -> None:
        if self.plan.wave and self.plan.sex == "W":
            return  # the gun of a mixed race is noted once
        self.desk.rule(at, act.Gun(wave=wave, at=at), "Starter's signal")

    def _run(self, entries: list[Entry], code: str, gun: Instant) -> dict[int, Duration]:
        """Run one heat; returns the times of those who finished."""
        times: dict[int, Duration] = {}
        for entry in entries:
            share = self._talent(entry)
            slow, fast = self.plan.speed
            speed = slow + (fast - slow) * min(max(share + self.lot.gauss(0, 0.04), 0), 1)
            moments = self._moments(gun, speed)
            fate = self.lot.random()
            if fate < 0.03 and len(moments) > 2:
                self._passes(entry, moments[: self.lot.randint(1, len(moments) - 2)])
                continue
            self._passes(entry, moments)
            if fate > 0.975:
                self._disqualify(entry, code, moments[-1])
                continue
            times[entry.id] = Duration(moments[-1] - gun)
        return times

    def _talent(self, entry: Entry) -> float:
        person = self.people.get(entry.person or 0)
        if person is None:
            return self.lot.uniform(0.3, 0.8)
        both = self.plan.sex == "" and person.sex is Sex.WOMEN
        return person.talent * (0.86 if both else 1)

    def _moments(self, gun: Instant, speed: float) -> list[Instant]:
        """The moment at each course point after the start; everybody tires a little."""
        ends = [point.distance for point in self.contest.course.points]
        at = float(gun)
        moments = []
        for number, (before, after) in enumerate(pairwise(ends)):
            forward = self.contest.course.legs[number].direction == "forward"
            pace = (
                speed * (1.42 if forward else 1) * (1 - 0.012 * number) * self.lot.gauss(1, 0.015)
            )
            at += (after - before) / METRE / pace * SECOND
            moments.append(Instant(int(at)))
        return moments

    def _passes(self, entry: Entry, moments: list[Instant]) -> None:
        if self.plan.start_mat:
            # the field needs half a minute to cross the line; the gun came in the first
            self._see(entry, START_MAT, Instant(self.first_gun + self.lot.randint(26, 58) * SECOND))
        for at in moments:
            self._see(entry, LINE, at)

    def _see(self, entry: Entry, point: str, at: Instant) -> None:
        plan = self.plan
        chip = entry.chips[0] if entry.chips else None
        if plan.source == "chip":
            for extra in range(self.lot.randint(1, 3)):
                moment = Instant(at + extra * 180_000)
                read = Read("", 0, point, None, chip, moment, "chip", -50 - 4 * extra)
                self.desk.read(moment, f"mat-{point}", read)
            return
        station = {"photo": "photo-finish"}.get(plan.source, "finish-left")
        self.desk.read(at, station, Read("", 0, point, entry.bib, None, at, plan.source))
        if plan.trouble and self.lot.random() < 0.35:
            backup = Instant(at + self.lot.randint(60, 400) * 1000)
            self.desk.read(
                backup, "finish-right", Read("", 0, point, entry.bib, None, backup, "typed")
            )

    def _disqualify(self, entry: Entry, code: str, at: Instant) -> None:
        ruling = act.SetStatus(entry=entry.id, round=code, status=Status.DQ, rule="IRR 2")
        self.desk.rule(Instant(at + 3 * MINUTE), ruling, "Toes pointed in the running direction")

    def _final(self, here: list[Entry], times: dict[int, Duration], gun: Instant) -> None:
        """Send the best of the heats to the final, the fastest in the middle lanes."""
        best = sorted(times, key=lambda number: times[number])[: self.plan.final]
        wave = wave_code(self.plan, "final", 1)
        seeded = Instant(gun - 30 * MINUTE)
        for lane, number in zip((4, 5, 3, 6, 2, 7, 1, 8), best, strict=False):
            move = act.Move(entry=number, round="final", wave=wave, heat=1, lane=lane)
            self.desk.rule(seeded, move, "Qualified by time")
            mark = act.Qualify(entry=number, round="heats", mark="q")
            self.desk.rule(seeded, mark, "Best six of the heats")
        fired = Instant(gun + self.lot.randint(2, 25) * SECOND)
        self.desk.rule(fired, act.Gun(wave=wave, at=fired), "Starter's signal")
        finalists = [entry for entry in here if entry.id in best]
        self._run(finalists, "final", fired)
        end = Instant(fired + 10 * MINUTE)
        self.desk.rule(end, act.Close(contest=self.plan.code, round="final"))
