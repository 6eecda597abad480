"""Random events, rosters and journals for the laws, nonsense included."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.core.story import MILE_ON_TRACK, ZERO, contest, course, event
from timing.core.clock import SECOND, Duration, Instant
from timing.core.fold.standings import Standings, standings_of
from timing.core.fold.whole import State, anomalies_of
from timing.core.journal import rulings as act
from timing.core.journal.lines import Journal, Read, Ruling
from timing.core.rulebook.rules import Basis, Ties
from timing.core.setup.called_off import Fate
from timing.core.setup.event import Choice, Event, TimingPoint, Wave
from timing.core.setup.roster import Entry, Roster, Sex, Start
from timing.core.status import Status

COURSES = {
    "road": course("start 0 | finish 1600"),
    "splits": course("start 0 | a 400 | b 800 | finish 1600"),
    "track": MILE_ON_TRACK,
    "loop": course("line 0 | turn 400 | finish@line 800"),
    "unmeasured": course("start 0 | a 0 | finish 0"),
    "in-and-out": course("start 0 | in@a 400 | out@a 400 | finish 800"),
    "laps": course(
        "start@line 0 | lap@line 400", open_laps=True, time_limit=Duration(600 * SECOND)
    ),
    "limited": course(
        "start 0 | a 400 | finish 800",
        time_limit=Duration(300 * SECOND),
        minimum_leg=Duration(SECOND),
    ),
    "late": course("start 0 | finish 800"),
    "nothing": course("start 0"),
}

POINTS = ("start", "a", "b", "turn", "line", "finish", "desk", "nowhere")
BIBS = ("1", "2", "3", "4", "5")
ENTRIES = (1, 2, 3, 4, 5, 9)
ROUNDS = ("heats", "final", "none")
WAVES = ("race", "second", "none")
STATIONS = ("mat", "desk", "hut")

shapes = st.sampled_from(sorted(COURSES))
moments = st.one_of(
    st.integers(-60, 900).map(lambda seconds: Instant(ZERO + seconds * SECOND)),
    st.sampled_from([Instant(0), Instant(ZERO), Instant(-(1 << 60)), Instant(1 << 60)]),
)
spans = st.integers(-30, 600).map(lambda seconds: Duration(seconds * SECOND))
lines = st.tuples(st.sampled_from(STATIONS), st.integers(1, 12))
bibs = st.sampled_from((*BIBS, "", "?2", "99"))
entry_ids = st.sampled_from(ENTRIES)
rounds = st.sampled_from(ROUNDS)
waves = st.sampled_from(WAVES)


@st.composite
def events(draw) -> Event:
    """One or two contests over a few timing points."""
    codes = ("race", "second")[: draw(st.integers(1, 2))]
    contests = [
        contest(
            code,
            COURSES[draw(shapes)],
            rounds="heats final" if draw(st.booleans()) else "final",
            basis=draw(st.sampled_from(list(Basis))),
            ties=draw(st.sampled_from(list(Ties))),
            rank_exact=draw(st.booleans()),
            cautions_to_dq=draw(st.sampled_from([0, 2])),
        )
        for code in codes
    ]
    points = [
        TimingPoint(
            code=code, name=code, choose=draw(st.sampled_from(list(Choice))),
            window=Duration(draw(st.sampled_from([5, 20])) * SECOND),
        )
        for code in POINTS[:-1]
    ]  # fmt: skip
    intervals = [
        Wave(code="race", name="race", interval=draw(st.sampled_from([None, Duration(SECOND)])))
    ]
    return event(contests, points=points, waves=intervals)


@st.composite
def rosters(draw, setup: Event) -> Roster:
    """Some entries, perhaps with shared bibs, chips, guides and without a start."""
    count = draw(st.integers(1, 5))
    entries = [draw(_entries(number, setup)) for number in range(1, count + 1)]
    starts = [
        draw(_starts(number, code))
        for number in range(1, count + 1)
        for code in ("heats", "final")
        if code == "final" or draw(st.integers(0, 3)) == 3
    ]
    return Roster(entries=tuple(entries), starts=tuple(starts))


@st.composite
def altered(draw, setup: Event, roster: Roster) -> Roster:
    """The same roster with one entry changed, added or taken out, and its start perhaps too."""
    number = draw(st.integers(1, 6))
    entries = {each.id: each for each in roster.entries}
    starts = {(each.entry, each.round): each for each in roster.starts}
    if draw(st.booleans()):
        entries[number] = draw(_entries(number, setup))
    else:
        entries.pop(number, None)
    if draw(st.booleans()) and number in entries:
        starts[number, "final"] = draw(_starts(number, "final"))
    kept = tuple(each for each in starts.values() if each.entry in entries)
    return Roster(entries=tuple(entries.values()), starts=kept)


def _entries(number: int, setup: Event) -> st.SearchStrategy[Entry]:
    rarely = st.integers(0, 9).map(lambda chance: chance == 9)
    return st.builds(
        Entry,
        id=st.just(number),
        contest=st.sampled_from([*(each.code for each in setup.contests)] * 4 + ["gone"]),
        name=st.just(f"Runner {number}"),
        bib=st.sampled_from([*[str(number)] * 6, "1", ""]),
        chips=st.sampled_from([(), (f"C{number}",)]),
        sex=st.sampled_from(list(Sex)),
        person=st.sampled_from([None, 7]),
        guide=rarely,
        out_of_competition=rarely,
    )


def _starts(number: int, code: str) -> st.SearchStrategy[Start]:
    return st.builds(
        Start,
        entry=st.just(number),
        round=st.just(code),
        heat=st.integers(1, 2),
        wave=st.sampled_from(("race", "race", "race", "second", "none")),
        lane=st.integers(0, 3),
        offset=st.sampled_from([Duration(0), Duration(SECOND)]),
    )


def reads(number: int) -> st.SearchStrategy[Read]:
    """A read of anything at all; the number makes its identity."""
    return st.builds(
        Read,
        station=st.sampled_from(STATIONS),
        n=st.just(number),
        point=st.sampled_from(POINTS),
        bib=st.sampled_from((*BIBS, *BIBS, None, "", "?2", "99")),
        chip=st.sampled_from((None, None, "C1", "C2", "lost")),
        at=st.one_of(moments, moments, moments, st.none()),
        source=st.sampled_from(("chip", "chip", "watch", "photo", "desk", "typed")),
        strength=st.integers(0, 2),
    )


PASSING = ("clean",) * 8 + ("burst", "backup", "watches", "skip", "again", "early", "fast", "half")
"""What may happen at a point: mostly nothing special."""


@st.composite
def efforts(draw, setup: Event, entry: Entry, number: int) -> list[Read]:
    """Somebody runs: most pass every point of the course in order, once and believably."""
    found = setup.contest(entry.contest)
    stops = found.course.points if found else ()
    laps = [stops[-1]] * draw(st.integers(0, 3)) if found and found.course.open_laps else []
    seen: list[Read] = []
    at = ZERO + draw(st.integers(0, 5)) * SECOND
    for stop in (*stops, *laps):
        what = draw(st.sampled_from(PASSING))
        sightings = _sightings(what, at)
        for moment, source in sightings:
            bib = None if what == "half" else entry.bib
            seen.append(
                Read(STATIONS[0], number + len(seen), stop.point, bib, None, moment, source)
            )
        at += (20 if what == "fast" else 90 + draw(st.integers(0, 3))) * SECOND
    return seen


def _sightings(what: str, at: int) -> list[tuple[Instant, str]]:
    after = {
        "burst": [(0, "chip"), (2, "chip"), (4, "chip")],
        "backup": [(0, "chip"), (3, "typed")],
        "watches": [(0, "watch"), (1, "watch")],
        "skip": [],
        "again": [(0, "chip"), (40, "chip")],
        "early": [(-100, "chip"), (0, "chip")],
    }
    plain = [(0, "chip")]
    return [(Instant(at + late * SECOND), source) for late, source in after.get(what, plain)]


set_times = st.builds(
    act.SetTime, entry=entry_ids, round=rounds, elapsed=spans,
    course_point=st.sampled_from(("", "a", "lap", "finish", "nowhere")), lap=st.integers(0, 3),
)  # fmt: skip

handed_out = st.one_of(
    st.builds(act.BindBib, entry=entry_ids, bib=bibs),
    st.builds(act.BindChip, chip=st.sampled_from(("C1", "C2", "lost", "")), bib=bibs),
)
called_off = st.builds(
    act.CallOff,
    contests=st.sampled_from(((), ("race",), ("race", "second"), ("second", "none"))),
    fate=st.sampled_from(list(Fate)), until=st.one_of(st.none(), moments),
    stands=st.one_of(st.none(), moments), point=st.sampled_from(("", "", "a", "lap", "nowhere")),
)  # fmt: skip
moved = st.one_of(
    called_off,
    st.builds(act.Gun, wave=waves, at=st.one_of(st.none(), moments)),
    st.builds(act.Move, entry=entry_ids, round=rounds, wave=waves, lane=st.integers(0, 3)),
    st.builds(act.StartOffset, entry=entry_ids, round=rounds, offset=spans),
    st.builds(act.Close, contest=st.sampled_from(("race", "none")), round=rounds),
)

acts: st.SearchStrategy[act.Act] = st.one_of(
    st.builds(act.Withdraw, line=lines),
    st.builds(act.Void, line=lines),
    st.builds(act.Attribute, line=lines, bib=bibs),
    st.builds(act.Retime, line=lines, at=st.one_of(st.none(), moments)),
    st.builds(act.Repoint, line=lines, point=st.sampled_from(POINTS)),
    st.builds(act.Pair, time=lines, bib=lines),
    st.builds(act.Blank, line=lines, count=st.integers(-1, 3)),
    set_times,
    handed_out,
    handed_out,
    moved,
    moved,
    called_off,
    st.builds(act.SetClock, station=st.sampled_from(STATIONS), offset=spans),
    st.builds(
        act.SetStatus, entry=entry_ids, round=rounds, status=st.sampled_from(list(Status))
    ),
    st.builds(act.Penalty, entry=entry_ids, round=rounds, time=spans),
    st.builds(act.Caution, entry=entry_ids, round=rounds, code=st.just("turn")),
    st.builds(act.PhotoFinish, round=rounds, order=st.lists(entry_ids, max_size=3).map(tuple)),
    st.builds(act.DeadHeat, round=rounds, entries=st.lists(entry_ids, max_size=3).map(tuple)),
    st.builds(act.Qualify, entry=entry_ids, round=rounds, mark=st.just("qR")),
    st.builds(act.Clear, anomaly=st.just("unknown_bib:mat:1")),
    st.builds(act.Amend, entry=entry_ids, field=st.just("name"), revision=st.just(1)),
    st.builds(act.Note, line=lines, text=st.just("seen")),
    st.builds(act.Reaction, entry=entry_ids, round=rounds, time=spans),
    st.builds(
        act.SetRecord, entry=entry_ids, round=rounds, code=st.sampled_from(("WR", "NR")),
        body=st.just("IRR"), category=st.sampled_from(("", "M40")), equalled=st.booleans(),
    ),
    st.builds(
        act.Wind, contest=st.just("race"), round=rounds, heat=st.integers(1, 2),
        speed=st.sampled_from(("+1.2", "NWI", "")),
    ),
)  # fmt: skip


def rulings(number: int) -> st.SearchStrategy[Ruling]:
    """A ruling; the number makes its identity."""
    return st.builds(
        Ruling, station=st.sampled_from(STATIONS), n=st.just(number),
        at=st.integers(0, 3).map(Instant), act=acts,
    )  # fmt: skip


@st.composite
def journals(draw, setup: Event, roster: Roster) -> Journal:
    """Lines whose identities are all different: guns, efforts, and some nonsense."""
    decided = [
        Ruling("starter", number, Instant(0), act.Gun(wave=wave.code, at=ZERO))
        for number, wave in enumerate(setup.waves, 1)
        if draw(st.integers(0, 5))
    ]
    seen: list[Read] = []
    for entry in roster.entries:
        if draw(st.integers(0, 4)):
            seen += draw(efforts(setup, entry, len(seen) + 1))
    count = len(seen)
    seen += [draw(reads(count + extra)) for extra in range(1, 1 + draw(st.integers(0, 4)))]
    count = len(seen)
    decided += [draw(rulings(count + extra)) for extra in range(1, 1 + draw(st.integers(0, 6)))]
    return Journal(tuple(seen), tuple(decided), len(seen) + len(decided))


@st.composite
def races(draw) -> tuple[Event, Roster, Journal]:
    """A whole race."""
    setup = draw(events())
    roster = draw(rosters(setup))
    return setup, roster, draw(journals(setup, roster))


def standings(state: State) -> list[Standings]:
    """The lists of all rounds of all contests."""
    return [
        standings_of(state, each, round_.code, {1: "M40"})._replace(seq=0)
        for each in state.event.contests
        for round_ in each.rounds
    ]


def meaning(state: State) -> tuple[object, ...]:
    """Everything that anybody is shown of a state."""
    fates = state.lineup.called_off
    return (state.results, anomalies_of(state), standings(state), state.streams.rows, fates)
