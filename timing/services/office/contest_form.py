"""A contest as a form of words, and back: distance, legs, laps, rounds, rules, what the desk asks.

What cannot be read is a problem that names its field; all problems are told at once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar

from timing.core.clock import (
    Duration,
)
from timing.core.refusal import Problem, Refusal
from timing.core.rulebook.plausibility import top_speed
from timing.core.rulebook.rules import Basis, ContestRules, Ties
from timing.core.sentence import worded, words_of
from timing.core.setup.course import course_problems
from timing.core.setup.event import (
    Contest,
    Course,
    CoursePoint,
    Direction,
    Event,
    Leg,
    PointKind,
    TimingPoint,
    Wave,
)
from timing.core.setup.numbering import read_ranges
from timing.core.setup.retro import PARTNERS
from timing.core.telling.checkin import ITEMS
from timing.files.race.event import slug_of
from timing.files.race.presets import presets, rules_of
from timing.files.rulebook import scheme_names, top_speeds
from timing.services.office.form_reading import MILE, Fields, Form
from timing.services.office.round_form import read_rounds

START, LINE = "start", "line"
_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
RESERVED = frozenset(
    {"bib", "enquiry", "find", "medals", "on-course", "records", "sheet", "sheets"}
)
"""Words behind the address of an event that are no contest."""
MOST_LEGS = 60
TIMINGS = ("hand", "transponder", "fat")
POINT_FIELDS = ("code", "name", "point", "distance", "direction", "surface")
OVERRIDES = ("basis", "ties", "step", "decimals", "cautions_to_dq")
SWAPPED = ("backward/forward", "forward/backward")
"""Which way the first and the second of a couple run a leg."""
T = TypeVar("T")


class Made(NamedTuple):
    """A contest with the waves and timing points that it brings along."""

    contest: Contest
    waves: tuple[Wave, ...]
    points: tuple[TimingPoint, ...]


def read_contest(event: Event, fields: Fields, old: Contest | None = None) -> Made:
    """Make a contest of a form. old: the one that is changed; what the form lacks is kept.

    Raises Refusal with every field that cannot be read.
    """
    form = Form(fields)
    name = form.text("name")
    code = old.code if old is not None else _new_code(form, event, name)
    if not name:
        form.wrong("name", worded("the contest has no name"))
    course = _course(form, old)
    kept = old.rules.records if old is not None else ContestRules().records
    rounds, waves = read_rounds(form, event, code, name, old)
    contest = Contest(
        code=code, name=name, course=course, rounds=rounds, rules=_rules(form, event, kept),
        discipline=form.text("discipline") or _discipline(course),
        sex=form.one_of("sex", ("", "M", "W", "X"), ""),
        timing=form.one_of("timing", TIMINGS, "hand"), surface=form.text("surface", 40),
        legs_of=form.number("legs_of", 1, 20) or 1,
        capacity=form.number("capacity") or None, requires=_requires(form),
        bibs=_bibs(form), note=form.text("note", 500),
    )  # fmt: skip
    points = _points(event, course)
    known = {point.code: point for point in (*event.points, *points)}
    form.problems += [Problem("course", each) for each in course_problems(contest, known)]
    if form.problems:
        raise Refusal(*form.problems)
    return Made(contest, waves, points)


def _new_code(form: Form, event: Event, name: str) -> str:
    """Its part of the web address, made from its name where none is typed."""
    code = form.text("code") or slug_of(name)
    if not _CODE.fullmatch(code):
        form.wrong(
            "code",
            worded("{code!r} is no code; expected small letters, digits and hyphens", code=code),
        )
    if code in RESERVED:
        form.wrong(
            "code",
            worded("the address {slug!r} is used by the house; choose another one", slug=code),
        )
    if event.contest(code) is not None:
        form.wrong("code", worded("there is a contest {code} already", code=code))
    return code


def _course(form: Form, old: Contest | None) -> Course:
    rows = _rows(form)
    points, legs = _listed(form, rows, old) if rows else _by_laps(form)
    ways = {leg.direction.value for leg in legs} or {Direction.BACKWARD.value}
    fastest = old.course.fastest if old is not None else top_speed(top_speeds(), ways)
    return Course(
        points=points, legs=legs, open_laps=bool(form.text("open_laps")),
        time_limit=form.span("time_limit"), minimum_leg=form.span("minimum_leg") or Duration(0),
        fastest=fastest, turn=old.course.turn if old is not None else "",
        lanes_until=_lanes_until(form, points),
    )  # fmt: skip


def _lanes_until(form: Form, points: Sequence[CoursePoint]) -> int | None:
    """Where the runners may cut in; who has lanes and no such mark keeps them to the finish."""
    if form.text("lanes_until"):
        return form.distance("lanes_until")
    lanes = form.number("lanes", 0, 12) or form.number("round-0-lanes", 0, 12)
    return points[-1].distance if lanes and points else None


def _rows(form: Form) -> list[dict[str, str]]:
    """The rows of the course that were filled in."""
    numbers = range(MOST_LEGS + 1)
    rows = [{f: form.text(f"leg-{n}-{f}") for f in POINT_FIELDS} for n in numbers]
    return _along([row for row in rows if row["distance"] or row["name"]])


def _along(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The points as they lie along the course, so that one may be added in any row."""
    lengths = [Form(row).distance("distance") if row["distance"] else 0 for row in rows]
    if any(not row["distance"] for row in rows[1:]):
        return rows  # a point without a distance is told where it was typed
    return [row for _, row in sorted(zip(lengths, rows, strict=True), key=lambda pair: pair[0])]


def _listed(
    form: Form, rows: Sequence[dict[str, str]], old: Contest | None
) -> tuple[tuple[CoursePoint, ...], tuple[Leg, ...]]:
    """The course row by row. A point that was there keeps its code, on which rulings rest."""
    before = {point.code: point for point in old.course.points} if old is not None else {}
    taken = {row["code"] for row in rows}
    points = []
    for number, row in enumerate(rows):
        kind = PointKind.FINISH if number == len(rows) - 1 else PointKind.SPLIT
        kind = PointKind.START if number == 0 else kind
        distance = Form({"distance": row["distance"] or "0 m"})
        millimetres = distance.distance("distance")
        form.problems += distance.problems
        present = before.get(row["code"])
        code = present.code if present is not None else _fresh(kind, number, taken)
        name = row["name"] or code.title()
        stand = slug_of(row["point"]) if row["point"] else START if number == 0 else LINE
        earliest = present.earliest if present is not None else Duration(0)
        points.append(
            CoursePoint(code=code, name=name, point=stand, distance=millimetres, kind=kind,
                        earliest=earliest)
        )  # fmt: skip
    legs = tuple(_leg(form, row["direction"], row["surface"]) for row in rows[1:])
    return tuple(points), legs


def _fresh(kind: PointKind, number: int, taken: set[str]) -> str:
    """A code for a new point of the course."""
    code = {PointKind.START: "start", PointKind.FINISH: "finish"}.get(kind, f"split-{number}")
    while code in taken:
        number += 1
        code = f"split-{number}"
    taken.add(code)
    return code


def _leg(form: Form, word: str, surface: str) -> Leg:
    """A leg: ``backward``, or ``backward/forward`` where of a couple one runs this way each."""
    ways = [_direction(form, part) for part in word.split("/")]
    if len(ways) == 1:
        return Leg(direction=ways[0], surface=surface)
    if len(ways) != len(PARTNERS):
        form.wrong(
            "direction",
            worded(
                "{word!r}; expected two directions, such as {such}",
                word=word[:40],
                such=SWAPPED[0],
            ),
        )
    return Leg(direction=ways[0], surface=surface, roles=dict(zip(PARTNERS, ways, strict=False)))


def _by_laps(form: Form) -> tuple[tuple[CoursePoint, ...], tuple[Leg, ...]]:
    """A course of equal laps; directions and the surface are those of one leg after another.

    The distance is that of the whole course, or says its laps itself: ``4 x 400 m``.
    """
    named, whole = form.laps("distance")
    asked = form.number("laps", 1, MOST_LEGS)
    laps = min(max(1, asked if asked > 1 else named), MOST_LEGS)
    words = form.text("direction").replace(",", " ").split() or [Direction.BACKWARD.value]
    first = CoursePoint(code="start", name="Start", point=START, distance=0, kind=PointKind.START)
    ends = [whole * lap // laps for lap in range(1, laps + 1)]
    splits = tuple(
        CoursePoint(code=f"lap-{lap}", name=f"Lap {lap}", point=LINE, distance=end)
        for lap, end in enumerate(ends[:-1], 1)
    )
    last = CoursePoint(
        code="finish", name="Finish", point=LINE, distance=whole, kind=PointKind.FINISH
    )
    surface = form.text("surface", 40)
    legs = tuple(_leg(form, words[number % len(words)], surface) for number in range(laps))
    return (first, *splits, last), legs


def _direction(form: Form, word: str) -> Direction:
    try:
        return Direction(word or "backward")
    except ValueError:
        form.wrong(
            "direction",
            worded("{word!r} is no direction; expected backward or forward", word=word[:20]),
        )
        return Direction.FORWARD


def _discipline(course: Course) -> str:
    """The code under which records are kept, from the distance and the directions."""
    ways = {leg.direction.value for leg in course.legs}
    way = "mixed" if len(ways) != 1 else next(iter(ways))
    metres = course.distance
    far = "mile" if metres == MILE else f"{Decimal(metres) / 1000:f}m"
    return f"{way}-{far}"


def _rules(form: Form, event: Event, kept: tuple[str, ...]) -> ContestRules:
    """The rules of a form. kept: the record books of a contest whose form does not ask for them."""
    preset = form.one_of("preset", tuple(presets()), "club-road")
    overrides: dict[str, Any] = {name: form.text(name) for name in OVERRIDES if form.text(name)}
    for name, known in (("basis", Basis), ("ties", Ties)):
        if name in overrides:
            overrides[name] = form.one_of(name, [str(each) for each in known], "")
    for name, most in (("decimals", 3), ("cautions_to_dq", 9)):
        if name in overrides:
            overrides[name] = form.number(name, 0, most)
    schemes = {kind: form.text(kind) for kind in ("categories", "prizes")}
    for kind, name in schemes.items():
        if name and name not in scheme_names(event, kind):
            form.wrong(kind, worded("{name!r} is no scheme of {kind}", name=name, kind=kind))
    books = scheme_names(event, "records") if form.text("records-asked") else ()
    records = tuple(name for name in books if form.text(f"records-{name}")) if books else kept
    chosen = {**schemes, "teams": form.text("teams"), "records": records}
    try:
        return rules_of(preset, {**overrides, **chosen})
    except ValueError as error:
        form.wrong("step", words_of(error))
        return ContestRules()


def _requires(form: Form) -> tuple[str, ...]:
    return tuple(item for item in ITEMS if item != "bib" and form.text(f"requires-{item}"))


def _bibs(form: Form) -> str:
    text = form.text("bibs")
    try:
        read_ranges(text)
    except ValueError as error:
        form.wrong("bibs", words_of(error))
    return text.upper()


def _points(event: Event, course: Course) -> tuple[TimingPoint, ...]:
    """The timing points of a course that the event does not have yet."""
    known = {point.code for point in event.points}
    names = {START: "Start", LINE: "Finish line"}
    stands = dict.fromkeys(point.point for point in course.points)
    return tuple(
        TimingPoint(code=code, name=names.get(code, code.replace("-", " ").title()))
        for code in stands
        if code not in known
    )
