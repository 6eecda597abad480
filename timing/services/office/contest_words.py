"""A contest as the words of its form; ``contest_form`` reads them back."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from timing.core.clock import Duration, format_duration
from timing.core.rulebook.rounding import rule_for
from timing.core.rulebook.rules import ContestRules
from timing.core.setup.distances import length_in
from timing.core.setup.event import Contest, Event, Leg
from timing.core.setup.retro import PARTNERS, direction_of
from timing.files.race.presets import presets, rules_of
from timing.files.rulebook import rounding_rules
from timing.services.office.contest_form import OVERRIDES, POINT_FIELDS
from timing.services.office.form_reading import MILE
from timing.services.office.round_form import is_shared, round_words, start_words


class OtherRounding(NamedTuple):
    """A contest rounds otherwise than a federation does. ours, theirs: seconds as text."""

    ours: str
    theirs: str
    body: str
    source: str


def other_rounding(contest: Contest) -> OtherRounding | None:
    """Tell what a federation says about the times of a contest, where the contest differs.

    It is told and never refused: whose rules a race follows is for its organiser to say.
    """
    rules = rounding_rules().values()
    rule = rule_for(rules, contest.timing, contest.surface, contest.course.distance)
    if rule is None or rule.step == contest.rules.step:
        return None
    ours, theirs = format_duration(contest.rules.step), format_duration(rule.step)
    return OtherRounding(ours, theirs, rule.body, rule.source)


def words_of(event: Event, contest: Contest) -> dict[str, str]:
    """A contest as the fields of its form."""
    first, rules = contest.rounds[0], contest.rules
    wave = next((each for each in event.waves if each.code == first.heats[0].wave), None)
    preset = rules_of(rules.preset, {}) if rules.preset in presets() else ContestRules()
    fields = {
        "code": contest.code, "name": contest.name, "discipline": contest.discipline,
        "sex": contest.sex, "timing": contest.timing, "surface": contest.surface,
        "legs_of": str(contest.legs_of), "capacity": str(contest.capacity or ""),
        "bibs": contest.bibs, "note": contest.note, "preset": rules.preset,
        "categories": rules.categories, "prizes": rules.prizes, "teams": rules.teams,
        "time_limit": _span(contest.course.time_limit),
        "minimum_leg": _span(contest.course.minimum_leg or None),
        "open_laps": "yes" if contest.course.open_laps else "",
        "lanes_until": _lanes_until(contest),
        "wave": wave.code if wave is not None and is_shared(event, wave.code, contest.code) else "",
        **start_words(event, wave), **round_words(contest), **_leg_words(contest),
        **{f"requires-{item}": "yes" for item in contest.requires},
        **{f"records-{name}": "yes" for name in ("asked", *rules.records)},
    }  # fmt: skip
    own = {name: getattr(rules, name) for name in OVERRIDES}
    return fields | {
        name: format_duration(value) if name == "step" else str(value)
        for name, value in own.items()
        if value != getattr(preset, name)
    }


def _span(span: Duration | None) -> str:
    return "" if span is None else format_duration(span)


def _lanes_until(contest: Contest) -> str:
    """Where the runners may cut in; "" for lanes to the finish and for none."""
    mark = contest.course.lanes_until
    return "" if mark in (None, contest.course.distance) else _distance(contest, mark or 0)


def _distance(contest: Contest, millimetres: int) -> str:
    """A distance as people write it: ``400 m``, ``1 mi``, on the road ``21.0975 km``."""
    if millimetres and millimetres % MILE == 0:
        return f"{millimetres // MILE} mi"
    return str(length_in(contest, millimetres))


def _way(leg: Leg) -> str:
    """Which way a leg is run: ``backward``, of a couple ``backward/forward``."""
    if not leg.roles:
        return leg.direction.value
    return "/".join(direction_of(leg, partner).value for partner in PARTNERS)


def _leg_words(contest: Contest) -> dict[str, str]:
    course = contest.course
    legs = (None, *(course.legs or (Leg(),) * len(list(pairwise(course.points)))))
    words: dict[str, str] = {}
    for number, (point, leg) in enumerate(zip(course.points, legs, strict=True)):
        values = (
            point.code, point.name, point.point, _distance(contest, point.distance),
            _way(leg) if leg else "", leg.surface if leg else "",
        )  # fmt: skip
        words |= {
            f"leg-{number}-{field}": value
            for field, value in zip(POINT_FIELDS, values, strict=True)
        }
    return words
