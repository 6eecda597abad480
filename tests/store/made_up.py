"""Setups, rosters and journals by lot: every field of every value, with codes that fit together."""

from __future__ import annotations

from hypothesis import strategies as st
from msgspec.structs import replace

from timing.core.journal.lines import Read, Ruling
from timing.core.journal.rulings import KINDS
from timing.core.rulebook.rules import Basis, ContestRules, Ties
from timing.core.setup.event import (
    Choice,
    Conditions,
    Contest,
    Course,
    CoursePoint,
    Direction,
    Event,
    Heat,
    Leg,
    Minors,
    PointKind,
    Round,
    TimingPoint,
    Wave,
)
from timing.core.setup.roster import Entry, Member, Roster, Sex, Start
from timing.store.lines import MalformedLineError, storable

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=6)
CODES = st.lists(WORDS, min_size=1, max_size=3, unique=True)
MICROS = st.integers(-(2**63), 2**63 - 1)
SMALL = st.integers(-(2**31), 2**31 - 1)
FLAGS = st.booleans()
DIRECTIONS = st.sampled_from(Direction)


def _each(codes: st.SearchStrategy[list[str]], make) -> st.SearchStrategy[tuple]:
    """One value for each of some different codes."""
    return codes.flatmap(lambda chosen: st.tuples(*(make(code) for code in chosen)))


def _point(code: str) -> st.SearchStrategy[TimingPoint]:
    return st.builds(
        TimingPoint, code=st.just(code), name=WORDS, choose=st.sampled_from(Choice),
        window=MICROS, prefer=st.lists(WORDS, max_size=2).map(tuple), tolerance=MICROS,
    )  # fmt: skip


def _wave(code: str) -> st.SearchStrategy[Wave]:
    return st.builds(
        Wave, code=st.just(code), name=WORDS, scheduled=st.none() | MICROS,
        interval=st.none() | MICROS,
    )  # fmt: skip


def _course_point(code: str, points: list[str]) -> st.SearchStrategy[CoursePoint]:
    return st.builds(
        CoursePoint, code=st.just(code), name=WORDS, point=st.sampled_from(points),
        distance=MICROS, kind=st.sampled_from(PointKind), earliest=MICROS,
    )  # fmt: skip


LEGS = st.builds(
    Leg, direction=DIRECTIONS, surface=WORDS, roles=st.dictionaries(WORDS, DIRECTIONS, max_size=2)
)


def _course(points: list[str]) -> st.SearchStrategy[Course]:
    return st.builds(
        Course, points=_each(CODES, lambda code: _course_point(code, points)),
        legs=st.lists(LEGS, max_size=3).map(tuple), open_laps=FLAGS,
        time_limit=st.none() | MICROS, minimum_leg=MICROS, fastest=MICROS,
        lanes_until=st.none() | MICROS, turn=WORDS,
    )  # fmt: skip


def _heats(waves: list[str]) -> st.SearchStrategy[tuple[Heat, ...]]:
    heat = st.builds(Heat, number=SMALL, wave=st.sampled_from(waves), name=WORDS, lanes=SMALL)
    chosen = st.lists(heat, min_size=1, max_size=3, unique_by=lambda each: each.number)
    return chosen.map(tuple)


def _round(code: str, waves: list[str]) -> st.SearchStrategy[Round]:
    return st.builds(
        Round, code=st.just(code), name=WORDS, heats=_heats(waves), by_place=SMALL,
        by_time=SMALL, reserves=SMALL,
    )  # fmt: skip


RULES = st.builds(
    ContestRules, preset=WORDS, source=WORDS, basis=st.sampled_from(Basis),
    ties=st.sampled_from(Ties), step=MICROS, decimals=SMALL, rank_exact=FLAGS,
    unranked=st.lists(WORDS, max_size=2).map(tuple),
)  # fmt: skip


def _contest(code: str, points: list[str], waves: list[str]) -> st.SearchStrategy[Contest]:
    return st.builds(
        Contest, code=st.just(code), name=WORDS, discipline=WORDS, course=_course(points),
        rounds=_each(CODES, lambda each: _round(each, waves)), rules=RULES, sex=WORDS,
        timing=WORDS, surface=WORDS, legs_of=SMALL, capacity=st.none() | SMALL, note=WORDS,
    )  # fmt: skip


@st.composite
def events(draw: st.DrawFn, slug: str = "lot") -> Event:
    """A setup in which every reference leads somewhere."""
    points, waves = draw(CODES), draw(CODES)
    return Event(
        slug=slug, name=draw(WORDS), date=draw(WORDS), last_date=draw(WORDS), place=draw(WORDS),
        timezone=draw(WORDS), ruleset=draw(WORDS), organiser=draw(WORDS), note=draw(WORDS),
        demo=draw(FLAGS), public=draw(FLAGS), robots=draw(FLAGS),
        minors=draw(st.sampled_from(Minors)),
        languages=tuple(draw(st.lists(WORDS, max_size=2))),
        points=draw(_each(st.just(points), _point)),
        waves=draw(_each(st.just(waves), _wave)),
        contests=draw(_each(CODES, lambda code: _contest(code, points, waves))),
        conditions=draw(st.builds(
            Conditions, weather=WORDS, temperature=WORDS,
            wind=st.dictionaries(WORDS, WORDS, max_size=2),
        )),
    )  # fmt: skip


PERSONS = st.none() | st.integers(0, 2)
MEMBERS = st.builds(
    Member, name=WORDS, leg=SMALL, sex=st.sampled_from(Sex), born=WORDS, role=WORDS, person=PERSONS
)
AGES = st.none() | SMALL
ENTRIES = st.builds(
    Entry, id=st.integers(1, 6), contest=st.just(""), name=WORDS, family=WORDS,
    bib=st.sampled_from(["", "1", "2"]), chips=st.lists(WORDS, max_size=2).map(tuple),
    sex=st.sampled_from(Sex), born=WORDS, age=AGES, club=WORDS, nation=WORDS, delegation=WORDS,
    category=WORDS, team=WORDS, members=st.lists(MEMBERS, max_size=2).map(tuple), person=PERSONS,
    seed=st.none() | MICROS, out_of_competition=FLAGS, guide=FLAGS, hidden=FLAGS, external=WORDS,
    note=WORDS,
)  # fmt: skip


def _start(entry: int, each: Round, event: Event) -> st.SearchStrategy[Start]:
    return st.builds(
        Start, entry=st.just(entry), round=st.just(each.code), lane=SMALL, offset=MICROS,
        heat=st.sampled_from([heat.number for heat in each.heats]),
        wave=st.sampled_from([wave.code for wave in event.waves]),
    )  # fmt: skip


@st.composite
def rosters(draw: st.DrawFn, event: Event) -> Roster:
    """A roster for a setup, in the order of the store, with one holder for each number."""
    chosen = draw(st.lists(ENTRIES, max_size=4, unique_by=lambda entry: entry.id))
    holders: dict[str, int] = {}
    entries: list[Entry] = []
    starts: list[Start] = []
    for entry in sorted(chosen, key=lambda each: each.id):
        contest = draw(st.sampled_from(event.contests))
        mine = -entry.id if entry.person is None else entry.person
        bib = entry.bib if holders.setdefault(entry.bib, mine) == mine else ""
        entries.append(replace(entry, contest=contest.code, bib=bib))
        rounds = sorted(contest.rounds, key=lambda found: found.code.encode())
        starts += [draw(_start(entry.id, each, event)) for each in rounds if draw(FLAGS)]
    return Roster(entries=tuple(entries), starts=tuple(starts))


NUMBERS = st.integers(0, 2**31 - 1)
READS = st.builds(
    Read, station=WORDS, n=NUMBERS, point=WORDS, bib=st.none() | WORDS, chip=st.none() | WORDS,
    at=st.none() | MICROS, source=WORDS, strength=SMALL,
)  # fmt: skip


def _fits(ruling: Ruling) -> bool:
    """Whether every number of an act fits into a row."""
    try:
        return bool(storable(ruling))
    except MalformedLineError:
        return False


RULINGS = st.builds(
    Ruling, station=WORDS, n=NUMBERS, at=MICROS,
    act=st.sampled_from(sorted(KINDS)).flatmap(lambda kind: st.from_type(KINDS[kind])),
    reason=WORDS, author=WORDS,
).filter(_fits)  # fmt: skip
