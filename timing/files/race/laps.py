"""An ultra or a race on laps from files: the course from race.toml, sightings from the times."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from timing.core.clock import DAY, Duration, Instant
from timing.core.journal import rulings as act
from timing.core.scoring.laps import (
    Decision,
    LapCourse,
    LapPoint,
    Sighting,
    check_lap_course,
    how_far,
)
from timing.core.setup.roster import Entry
from timing.files.entrants.entered import bib_key
from timing.files.race.day_clock import DayClock
from timing.files.race.race_toml import RaceText
from timing.files.race.rulings import Ruled, check_kinds
from timing.files.race.times import Recorded
from timing.files.tables.findings import Findings

_RECORDS = frozenset({"in", "out"})


def lap_course(text: RaceText) -> LapCourse | None:
    """The course of an ultra, None for another race; what does not fit is a problem."""
    race = text.race
    numbers = [number for number, choice in enumerate(race.contest) if choice.laps is not None]
    if not numbers:
        return None
    key = f"$.contest[{numbers[0]}].laps"
    choice = race.contest[numbers[0]].laps
    if len(race.contest) > 1 or choice is None:
        text.wrong(key, f"{len(race.contest)} contests; expected laps alone in their folder")
        return None
    for point in choice.points:
        if not _RECORDS.issuperset(point.records):
            text.wrong(f"{key}.points", f"{list(point.records)}; expected in, out or both")
    course = LapCourse(
        points=tuple(
            LapPoint(
                name=point.name,
                distance=text.millimetres(f"{key}.points[{number}].distance", point.distance),
                arrival="in" in point.records,
                departure="out" in point.records,
            )
            for number, point in enumerate(choice.points)
        ),
        laps=choice.laps,
    )
    for problem in check_lap_course(course):
        text.wrong(key, problem.sentence, problem.code)
    return course


def point_numbers(course: LapCourse) -> dict[str, str]:
    """Folded name of a point -> its number in the lap, as the times name it."""
    return {point.name.casefold(): str(number) for number, point in enumerate(course.points)}


def sightings(
    course: LapCourse, bibs: Iterable[str], recorded: Sequence[Recorded], zero: Instant,
    clock: DayClock | None = None,
) -> dict[str, list[Sighting]]:  # fmt: skip
    """What was seen of each bib, also of those of whom nothing was.

    clock: the one of the place, where the times are those of the day, which begin anew after a
    day; each is after the one before it on the course, so that a race may run over midnights.
    """
    found: dict[str, list[Sighting]] = {bib: [] for bib in bibs}
    spelling = {bib_key(bib): bib for bib in found}
    for one in recorded:
        if one.bib and one.elapsed is not None:
            point = int(one.point)
            departs = course.points[point].departure and not course.points[point].arrival
            out = one.in_out == "out" or (not one.in_out and departs)
            seen = Sighting(one.lap or 1, point, out, Instant(zero + one.elapsed), one.stopped)
            found[spelling[bib_key(one.bib)]].append(seen)
    if clock is None:
        return found
    return {bib: _over_midnights(course, seen, zero, clock) for bib, seen in found.items()}


def _over_midnights(
    course: LapCourse, seen: Sequence[Sighting], zero: Instant, clock: DayClock
) -> list[Sighting]:
    """Move times of the first day that would lie before the former one to a later day."""
    moved: dict[Sighting, Sighting] = {}
    before = zero
    for one in sorted(seen, key=lambda each: how_far(course, each)):
        at = one.at
        if at < before and at < zero + DAY:
            at = clock.next(at, before)
        moved[one] = one._replace(at=at)
        before = at
    return [moved[one] for one in seen]


_KINDS = (act.SetStatus, act.Penalty, act.Void, act.Attribute, act.Retime, act.Clear)


def check_lap_rulings(ruled: Sequence[Ruled], findings: Findings, file: str) -> None:
    """Refuse rulings that mean nothing in a race on laps."""
    check_kinds(ruled, _KINDS, "a race on laps", findings, file)


def corrected(
    recorded: Sequence[Recorded], ruled: Sequence[Ruled], zero: Instant
) -> list[Recorded]:
    """The recorded lines as officials read them; without those that are not used."""
    lines = dict(enumerate(recorded, 1))
    for one in ruled:
        match one.act:
            case act.Void(line=(_, number)):
                lines.pop(number, None)
            case act.Attribute(line=(_, number), bib=bib) if number in lines:
                lines[number] = lines[number]._replace(bib=bib)
            case act.Retime(line=(_, number), at=at) if number in lines and at is not None:
                lines[number] = lines[number]._replace(elapsed=Duration(at - zero))
            case _:
                pass
    return list(lines.values())


def lap_decisions(
    ruled: Sequence[Ruled], recorded: Sequence[Recorded], entries: Mapping[str, Entry]
) -> dict[str, Decision]:
    """What was decided about each runner, by rulings or by a status in the place of a time.

    entries: by the name that a runner has in the ranking.
    """
    names = {entry.id: name for name, entry in entries.items()}
    found = {
        one.bib: Decision(one.status)
        for one in recorded
        if one.status is not None and one.bib in entries
    }
    for one in ruled:
        match one.act:
            case act.SetStatus(entry=entry, status=status):
                before = found.get(names[entry], Decision())
                found[names[entry]] = before._replace(status=status)
            case act.Penalty(entry=entry, time=time):
                before = found.get(names[entry], Decision())
                found[names[entry]] = before._replace(penalty=Duration(before.penalty + time))
            case _:
                pass
    return found


def check_sightings(
    recorded: Sequence[Recorded], course: LapCourse, file: str, findings: Findings
) -> None:
    """Refuse a lap that is not run, a time that is not recorded there, and one twice."""
    first: dict[tuple[str, int, str, str], Recorded] = {}
    for one in recorded:
        if not one.point.isdecimal():
            continue
        point = course.points[int(one.point)]
        if course.laps and one.lap > course.laps:
            sentence = f"lap {one.lap}; expected 1 to {course.laps}"
            findings.problem("lap", sentence, file, one.line)
        if (one.in_out == "out" and not point.departure) or (
            one.in_out == "in" and not point.arrival
        ):
            sentence = f"{one.in_out} of {point.name}; expected a time that is recorded there"
            findings.problem("in-out", sentence, file, one.line)
        key = (bib_key(one.bib), one.lap or 1, one.point, one.in_out)
        before = first.setdefault(key, one)
        if before is not one and one.bib:
            sentence = (
                f"bib {one.bib!r} was recorded in line {before.line} already at {point.name}; "
                "expected each passing once"
            )
            findings.problem("duplicate-bib", sentence, file, one.line)
