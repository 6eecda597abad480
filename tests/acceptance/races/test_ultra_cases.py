"""Ultras with times of every point: rules U1 to U4 of the cases."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from tests.acceptance.case_keys import points_of
from timing.core.clock import SECOND, Instant, instant_of
from timing.core.scoring.laps import (
    LapCourse,
    LapPoint,
    Ranked,
    Sighting,
    check_lap_course,
    elapsed_times,
    rank_laps,
)


def _course(case) -> LapCourse:
    config = case.config
    course = LapCourse(
        points=tuple(
            LapPoint(
                name=point["name"],
                distance=int(Decimal(str(point["distance_from_start_m"])) * 1000),
                arrival="in" in (point.get("records") or ["in"]),
                departure="out" in (point.get("records") or ["in"]),
            )
            for point in points_of(config)
        ),
        laps=0 if config.get("laps_unlimited") else config["laps_required"],
    )
    assert check_lap_course(course) == ()
    return course


def _instant(text: str) -> Instant:
    """``2017-06-03T14:01:33.780000000TZ``: UTC, any number of decimals, odd endings."""
    moment, _, fraction = text.rstrip("TZ").partition(".")
    whole = instant_of(datetime.fromisoformat(moment).replace(tzinfo=UTC))
    return Instant(whole + int(fraction[:6].ljust(6, "0") or 0))


def _sightings(case, course: LapCourse) -> dict[str, list[Sighting]]:
    index = {point.name: k for k, point in enumerate(course.points)}
    entered = enumerate(case.rows("entries.csv"))
    runners: dict[str, list[Sighting]] = {row["bib"] or f"entry {k}": [] for k, row in entered}
    for row in case.rows("split_times.csv"):
        runners.setdefault(row["bib"], []).append(
            Sighting(
                int(row["lap"]),
                index[row["point"]],
                row["in_out"] == "out",
                _instant(row["absolute_time_utc"]),
                row["stopped_here"] == "true",
            )
        )
    return runners


def _truth(value: object) -> str:
    return "true" if value else "false"


def _line(course: LapCourse, row: Ranked[str]) -> dict[str, str]:
    progress, final = row.progress, row.progress.final
    return {
        "rank": str(row.rank),
        "bib": "" if row.runner.startswith("entry") else row.runner,
        "started": _truth(progress.started),
        "finished": _truth(progress.finished),
        "dropped": _truth(progress.dropped),
        "stopped": _truth(progress.stopped),
        "completed_laps": str(progress.laps),
        "final_point": course.points[final.point].name if final else "",
        "final_lap": str(final.lap) if final else "",
        "final_in_out": ("out" if final.out else "in") if final else "",
        "final_elapsed_seconds": ""
        if progress.elapsed is None
        else str(Decimal(progress.elapsed) / SECOND),
    }


def _comparable(row: dict[str, str], columns: list[str]) -> tuple[str, ...]:
    values = []
    for column in columns:
        text = row[column]
        seconds = column == "final_elapsed_seconds" and text
        values.append(str(Decimal(text).normalize()) if seconds else text)
    return tuple(values)


def test_the_ranking_of_an_ultra(ultra_case):
    course = _course(ultra_case)
    rows = [_line(course, row) for row in rank_laps(course, _sightings(ultra_case, course))]
    expected = ultra_case.rows("expected_overall.csv")
    columns = [column for column in expected[0] if column in rows[0]]
    assert {"rank", "bib", "final_elapsed_seconds"} <= set(columns)
    found = [_comparable(row, columns) for row in rows]
    wanted = [_comparable(row, columns) for row in expected]
    assert [row[0] for row in found] == [row[0] for row in wanted]
    assert sorted(found) == sorted(wanted)


def test_the_elapsed_time_at_every_point(ultra_case):
    course = _course(ultra_case)
    found = {}
    for bib, times in _sightings(ultra_case, course).items():
        for seen, elapsed in zip(times, elapsed_times(times), strict=True):
            way = "out" if seen.out else "in"
            found[bib, str(seen.lap), course.points[seen.point].name, way] = elapsed
    expected = ultra_case.rows("expected_elapsed.csv")
    assert expected
    for row in expected:
        elapsed = found[row["bib"], row["lap"], row["point"], row["in_out"]]
        text = row["elapsed_seconds"]
        if text:
            assert elapsed is not None
            assert Decimal(text) == Decimal(elapsed) / SECOND, row
        else:
            assert elapsed is None, row
