"""A tiny language for race stories: one line of text a line of the journal.

    story("gun 0:00 | 101 start 0:03.2 | 101 finish 6:45.112 | 102 finish 6:46 | dq 102 TR16.8")

A line is ``[name:] [@station] words``. A read is ``BIB POINT TIME [SOURCE]``, with ``-`` for no
bib or no time and ``chip=A7`` for a chip; a ruling begins with its verb (see VERBS) and names
lines by their name or as ``last``. Times count from 10:00 on the day of the race, which is told
as a duration. Bibs that are mentioned are entered, unless the story says who is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby

from timing.core.clock import Duration, Instant, format_duration, parse_duration
from timing.core.fold.results import Result
from timing.core.fold.standings import Standings, standings_of
from timing.core.fold.whole import State, anomalies_of, fold
from timing.core.journal import rulings as act
from timing.core.journal.lines import Journal, LineId, Read, Ruling
from timing.core.rulebook.rules import ContestRules
from timing.core.setup.called_off import Fate
from timing.core.setup.event import (
    Contest,
    Course,
    CoursePoint,
    Event,
    Heat,
    PointKind,
    Round,
    TimingPoint,
    Wave,
)
from timing.core.setup.roster import Entry, Roster, Sex, Start
from timing.core.status import Status

ZERO = Instant(1_780_128_000_000_000)
"""10:00 on the day of the race."""


def course(text: str, **settings) -> Course:
    """Lay out a course: ``start 0 | turn 800 | finish 1609.344`` as CODE[@POINT] METRES."""
    points = []
    for number, part in enumerate(text.split("|")):
        code, metres = part.split()
        code, _, point = code.partition("@")
        kind = PointKind.START if number == 0 else PointKind.SPLIT
        points.append(
            CoursePoint(
                code=code, name=code.capitalize(), point=point or code, kind=kind,
                distance=round(float(metres) * 1000),
            )
        )  # fmt: skip
    if not settings.get("open_laps"):
        last = points[-1]
        points[-1] = CoursePoint(
            code=last.code, name=last.name, point=last.point, distance=last.distance,
            kind=PointKind.FINISH,
        )  # fmt: skip
    return Course(points=tuple(points), **settings)


ROAD = course("start 0 | finish 1609.344")
MILE_ON_TRACK = course(
    "start 0 | lap1@line 409.344 | lap2@line 809.344 | lap3@line 1209.344 | finish@line 1609.344"
)
"""The start of the mile lies 9.344 m behind the line, which is crossed soon after the gun."""


def contest(code: str = "race", course: Course = ROAD, rounds: str = "final", **rules) -> Contest:
    """Set up a contest with one heat a round, in a wave that is named like the contest."""
    rules.setdefault("step", Duration(100_000))
    rules.setdefault("decimals", 1)
    return Contest(
        code=code, name=code.capitalize(), discipline=code, course=course,
        rules=ContestRules(**rules),
        rounds=tuple(
            Round(code=each, name=each.capitalize(), heats=(Heat(number=1, wave=code),))
            for each in rounds.split()
        ),
    )  # fmt: skip


def event(
    contests: Iterable[Contest], *, points: Iterable[TimingPoint] = (), waves: Iterable[Wave] = ()
) -> Event:
    """Set up an event. points, waves: those that are not plain; the others follow."""
    contests = tuple(contests)
    known = {point.code: point for point in points}
    for each in contests:
        for stop in each.course.points:
            known.setdefault(stop.point, TimingPoint(code=stop.point, name=stop.point.capitalize()))
    guns = {wave.code: wave for wave in waves}
    for each in contests:
        guns.setdefault(each.code, Wave(code=each.code, name=each.code))
    return Event(
        slug="story", name="Story", date="2026-05-30", points=tuple(known.values()),
        waves=tuple(guns.values()), contests=contests,
    )  # fmt: skip


def entry(bib: str, **fields) -> Entry:
    """Enter a bib; its number is the identity of the entry."""
    fields.setdefault("contest", "race")
    fields.setdefault("name", f"Runner {bib}")
    fields.setdefault("id", int("".join(filter(str.isdigit, bib)) or "0"))
    return Entry(bib=bib, **fields)


def start(bib: str, **fields) -> Start:
    """Put the entry of a bib on a start list."""
    fields = {"round": "final", "heat": 1, "wave": "race"} | fields
    return Start(entry=int("".join(filter(str.isdigit, bib))), **fields)


def story(
    text: str,
    *,
    of: Event | Contest | None = None,
    entered: Iterable[Entry | str] | str | None = None,
    starts: Iterable[Start] | None = None,
) -> Told:
    """Tell a story and fold it.

    of: what the race is; a mile on the road by default. entered: bibs or entries, by default the
    bibs that are mentioned. starts: by default everybody in the last round of the contest.
    """
    setup = event([of or contest()]) if not isinstance(of, Event) else of
    teller = Teller()
    for line in text.split("|"):
        if line.strip():
            teller.tell(line)
    who = teller.bibs if entered is None else entered
    who = who.split() if isinstance(who, str) else who
    entries = tuple(
        each if isinstance(each, Entry) else entry(each, contest=setup.contests[0].code)
        for each in who
    )
    if starts is None:
        starts = [
            Start(entry=each.id, round=a.rounds[-1].code, heat=1, wave=a.rounds[-1].heats[0].wave)
            for each in entries
            if (a := setup.contest(each.contest)) is not None
        ]
    journal = Journal(tuple(teller.reads), tuple(teller.rulings), len(teller.order))
    return Told(setup, Roster(entries=entries, starts=tuple(starts)), journal)


def moment(text: str) -> Instant | None:
    """A time of the story as a moment; ``-`` is none."""
    return None if text == "-" else Instant(ZERO + span(text))


def span(text: str) -> Duration:
    return parse_duration(text, signed=True)


class Teller:
    """Turns lines of text into lines of the journal."""

    def __init__(self, round_code: str = "final") -> None:
        self.reads: list[Read] = []
        self.rulings: list[Ruling] = []
        self.order: list[LineId] = []
        self.names: dict[str, LineId] = {}
        self.bibs: dict[str, None] = {}
        self.round = round_code

    def tell(self, text: str) -> None:
        words = text.split()
        name = words.pop(0).rstrip(":") if words[0].endswith(":") else ""
        station = words.pop(0)[1:] if words[0].startswith("@") else ""
        if words[0] in VERBS:
            station = station or "office"
            made = VERBS[words[0]](self, *words[1:])
            n = 1 + sum(line[0] == station for line in self.order)
            decided = Instant(ZERO + len(self.order) * 1_000_000)
            self.rulings.append(Ruling(station, n, decided, made, f"as told: {text.strip()}"))
        else:
            station = station or words[1]
            n = 1 + sum(line[0] == station for line in self.order)
            self.reads.append(self._read(station, n, *words))
        self.order.append((station, n))
        if name:
            self.names[name] = (station, n)

    def _read(self, station: str, n: int, who: str, point: str, at: str, source: str = "") -> Read:
        bib = who if who != "-" and not who.startswith("chip=") else None
        chip = who[5:] if who.startswith("chip=") else None
        if bib and bib.isdigit():
            self.bibs.setdefault(bib)
        source = source or ("chip" if chip else "typed")
        return Read(station, n, point, bib, chip, moment(at), source)

    def line(self, name: str) -> LineId:
        return self.order[-1] if name == "last" else self.names.get(name, ("nowhere", 1))

    def who(self, bib: str) -> int:
        self.bibs.setdefault(bib)
        return int(bib)


def _status(status: Status) -> Callable[..., act.Act]:
    def rule(told: Teller, bib: str, because: str = "", round_code: str = "") -> act.Act:
        where = round_code or told.round
        return act.SetStatus(entry=told.who(bib), round=where, status=status, rule=because)

    return rule


VERBS: dict[str, Callable[..., act.Act]] = {
    "gun": lambda _, at, wave="race": act.Gun(wave=wave, at=moment(at)),
    "recall": lambda _, wave="race": act.Gun(wave=wave, at=None),
    "withdraw": lambda told, line: act.Withdraw(line=told.line(line)),
    "void": lambda told, line: act.Void(line=told.line(line)),
    "attribute": lambda told, line, bib="": act.Attribute(line=told.line(line), bib=bib),
    "retime": lambda told, line, at: act.Retime(line=told.line(line), at=moment(at)),
    "repoint": lambda told, line, point: act.Repoint(line=told.line(line), point=point),
    "pair": lambda told, time, bib: act.Pair(time=told.line(time), bib=told.line(bib)),
    "blank": lambda told, line, count="1": act.Blank(line=told.line(line), count=int(count)),
    "set": lambda told, bib, time, point="", lap="1": act.SetTime(
        entry=told.who(bib), round=told.round, elapsed=span(time),
        course_point="" if point == "finish" else point, lap=int(lap),
    ),
    "bib": lambda _, entry, bib="": act.BindBib(entry=int(entry), bib=bib),
    "chip": lambda _, chip, bib="": act.BindChip(chip=chip, bib=bib),
    "clock": lambda _, station, offset: act.SetClock(station=station, offset=span(offset)),
    "move": lambda told, bib, wave, heat="1", lane="0", round_code="": act.Move(
        entry=told.who(bib), round=round_code or told.round, wave=wave, heat=int(heat),
        lane=int(lane),
    ),
    "offset": lambda told, bib, by: act.StartOffset(
        entry=told.who(bib), round=told.round, offset=span(by)
    ),
    "dq": _status(Status.DQ),
    "dnf": _status(Status.DNF),
    "dns": _status(Status.DNS),
    "wd": _status(Status.WD),
    "ok": _status(Status.OK),
    "penalty": lambda told, bib, time, rule="": act.Penalty(
        entry=told.who(bib), round=told.round, time=span(time), rule=rule
    ),
    "caution": lambda told, bib, code: act.Caution(
        entry=told.who(bib), round=told.round, code=code
    ),
    "photo": lambda told, *bibs: act.PhotoFinish(
        round=told.round, order=tuple(told.who(bib) for bib in bibs)
    ),
    "dead-heat": lambda told, *bibs: act.DeadHeat(
        round=told.round, entries=tuple(told.who(bib) for bib in bibs)
    ),
    "qualify": lambda told, bib, mark: act.Qualify(
        entry=told.who(bib), round=told.round, mark=mark
    ),
    "reaction": lambda told, bib, time: act.Reaction(
        entry=told.who(bib), round=told.round, time=span(time)
    ),
    "record": lambda told, bib, code, body, category="": act.SetRecord(
        entry=told.who(bib), round=told.round, code=code.removeprefix("="), body=body,
        category=category, equalled=code.startswith("="),
    ),
    "close": lambda _, contest="race", round_code="final": act.Close(
        contest=contest, round=round_code
    ),
    "cancel": lambda _, *contests: act.CallOff(contests=contests, fate=Fate.CANCELLED),
    "postpone": lambda _, until="-", *contests: act.CallOff(
        contests=contests, fate=Fate.POSTPONED, until=moment(until)
    ),
    "stop": lambda _, stands="-", point="", *contests: act.CallOff(
        contests=contests, fate=Fate.STOPPED, stands=moment(stands), point=point
    ),
    "clear": lambda _, anomaly: act.Clear(anomaly=anomaly),
    "amend": lambda told, bib: act.Amend(entry=told.who(bib), field="name", revision=1),
    "note": lambda told, line, *words: act.Note(line=told.line(line), text=" ".join(words)),
}  # fmt: skip
"""The verbs of rulings, with their words."""


class Told:
    """A story that was told. It answers in the words of the notice board."""

    def __init__(self, setup: Event, roster: Roster, journal: Journal) -> None:
        self.event, self.roster, self.journal = setup, roster, journal
        self.state: State = fold(setup, roster, journal)

    def result(self, bib: str, round_code: str = "final") -> Result:
        wearers = [entry for entry, worn in self.state.lineup.bibs.items() if worn == bib]
        found = [self.state.results[entry, round_code] for entry in wearers
                 if (entry, round_code) in self.state.results]  # fmt: skip
        return found[0]

    def time(self, bib: str, round_code: str = "final") -> str:
        """Gun time, exact; the status where there is none."""
        result = self.result(bib, round_code)
        return result.status.value if result.gun is None else format_duration(result.gun)

    def net(self, bib: str) -> str:
        return format_duration(self.result(bib).net or 0)

    def status(self, bib: str, round_code: str = "final") -> str:
        """The status and its rule."""
        result = self.result(bib, round_code)
        return f"{result.status} {result.rule}".strip()

    def splits(self, bib: str) -> str:
        """``1 1:35 | 2 3:10``: index of the course point and time elapsed."""
        return " | ".join(
            f"{each.position} {format_duration(each.elapsed)}" for each in self.result(bib).splits
        )

    def unused(self, bib: str) -> list[str]:
        """The code for each read that does not count."""
        return [each.code for each in self.result(bib).unused for _ in each.reads]

    def standings(self, contest_code: str = "", round_code: str = "") -> Standings:
        found = self.event.contest(contest_code) or self.event.contests[0]
        code = round_code or found.rounds[-1].code
        categories = {entry.id: entry.category for entry in self.roster.entries}
        return standings_of(self.state, found, code, categories)

    def sheet(self, contest_code: str = "", round_code: str = "") -> str:
        """``1 101 6:45.2 | 2= 102 6:46 | 2= 103 6:46 | DNF 104``."""
        return " | ".join(
            f"{row.place}{'=' * row.tied} {row.bib} {format_duration(row.result.official or 0)}"
            if row.place is not None
            else " ".join(filter(None, (row.result.status, row.result.rule, row.bib)))
            for row in self.standings(contest_code, round_code).rows
        )

    def doubts(self) -> list[str]:
        """The codes of the anomalies that nobody has looked at, each once."""
        found = [each.code for each in anomalies_of(self.state) if not each.cleared]
        return [code for code, _ in groupby(found)]


def women(*bibs: str) -> list[Entry]:
    return [entry(bib, sex=Sex.WOMEN) for bib in bibs]
