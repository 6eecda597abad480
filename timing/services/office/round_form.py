"""Rounds, heats and waves as a form: one row a round, the last one is the final."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from timing.core.clock import Instant, datetime_of, format_duration, instant_of
from timing.core.sentence import worded
from timing.core.setup.event import Contest, Event, Heat, Round, Wave
from timing.core.setup.heats import MOST_HEATS, wave_code, wave_name, waves_in
from timing.files.race.event import slug_of
from timing.services.office.form_reading import Fields, Form

MOST_ROUNDS = 6
ROUND_FIELDS = ("code", "name", "heats", "lanes", "by_place", "by_time", "reserves")


class Rounds(NamedTuple):
    """The rounds of a contest and the waves that they bring along."""

    rounds: tuple[Round, ...]
    waves: tuple[Wave, ...]


def read_rounds(form: Form, event: Event, code: str, name: str, old: Contest | None) -> Rounds:
    """Make the rounds of a contest of a form; what an old one says besides is kept."""
    rows = _rows(form) or list(_short(form))
    named = {wave.code for wave in event.waves}
    chosen = form.text("wave")
    if chosen and chosen not in named:
        form.wrong("wave", worded("there is no wave {wave!r}", wave=chosen))
    before = {each.code: each for each in old.rounds} if old is not None else {}
    rounds = [
        _round(form, row, code, before.get(row["code"]), alone=len(rows) == 1) for row in rows
    ]
    if len({each.code for each in rounds}) < len(rounds):
        form.wrong("rounds", worded("two rounds have the same name; expected different ones"))
    first, *others = rounds[0].heats
    own = code if len(rounds) == 1 and not others else f"{code}-{rounds[0].code}-1"
    wave = chosen or (own if is_shared(event, first.wave, code) else first.wave)
    rounds[0] = replace(rounds[0], heats=(replace(first, wave=wave), *others))
    at = scheduled(form, event)
    return Rounds(tuple(rounds), tuple(_waves(rounds, name or code, at, chosen)))


def is_shared(event: Event, wave: str, contest: str) -> bool:
    """Whether another contest starts with this wave, too."""
    return any(
        heat.wave == wave
        for each in event.contests
        if each.code != contest
        for part in each.rounds
        for heat in part.heats
    )


def _rows(form: Form) -> list[dict[str, str]]:
    rows = [
        {field: form.text(f"round-{n}-{field}", 60) for field in ROUND_FIELDS}
        for n in range(MOST_ROUNDS)
    ]
    return [row for row in rows if row["name"]]


def _short(form: Form) -> Iterator[dict[str, str]]:
    """The rounds of a new contest: a final, before it heats where there are more than one."""
    row = {field: form.text(field) for field in ROUND_FIELDS if field not in ("code", "name")}
    final = {"code": "final", "name": "Final", "lanes": row["lanes"]}
    if form.number("heats", 1, MOST_HEATS) > 1:
        yield {**row, "code": "heats", "name": "Heats"}
    yield {**dict.fromkeys(ROUND_FIELDS, ""), **final}


def _round(
    form: Form, row: Mapping[str, str], code: str, old: Round | None, *, alone: bool
) -> Round:
    cell = Form(row)
    own = old.code if old is not None else row["code"] or slug_of(row["name"]) or "round"
    count = min(max(1, cell.number("heats", 1, MOST_HEATS)), MOST_HEATS)
    lanes = cell.number("lanes", 0, 12)
    kept = {heat.number: heat for heat in old.heats} if old is not None else {}
    heats = tuple(
        replace(kept[n], lanes=lanes)
        if n in kept
        else Heat(number=n, wave=_wave_code(code, own, n, alone=alone, single=count == 1),
                  lanes=lanes)
        for n in range(1, count + 1)
    )  # fmt: skip
    made = Round(
        code=own, name=row["name"], heats=heats, by_place=cell.number("by_place", 0, 50),
        by_time=cell.number("by_time", 0, 50), reserves=cell.number("reserves", 0, 50),
    )  # fmt: skip
    form.problems += [
        problem._replace(said=worded("{where}: {told}", where=row["name"], told=problem.said))
        for problem in cell.problems
    ]
    return made


def _wave_code(code: str, own: str, n: int, *, alone: bool, single: bool) -> str:
    if single and own != "heats":
        return code if alone else f"{code}-{own}"
    return wave_code(code, own, n)


def _waves(rounds: Sequence[Round], name: str, at: Instant | None, chosen: str) -> Iterator[Wave]:
    """A wave for every heat; the first of all starts at the time of the form."""
    first = rounds[0].heats[0].wave if rounds else ""
    for each in rounds:
        for heat in each.heats:
            if heat.wave == chosen:
                continue
            called = name if len(rounds) == 1 else f"{name}, {each.name.lower()}"
            if len(each.heats) > 1:
                called = wave_name(name, each, heat.number)
            yield Wave(code=heat.wave, name=called, scheduled=at if heat.wave == first else None)


def round_words(contest: Contest) -> dict[str, str]:
    """The rounds of a contest as the fields of its form."""
    words: dict[str, str] = {}
    for n, each in enumerate(contest.rounds):
        numbers = (each.heats[0].lanes, each.by_place, each.by_time, each.reserves)
        values = (each.code, each.name, str(len(each.heats)), *(str(n or "") for n in numbers))
        words |= {
            f"round-{n}-{field}": value for field, value in zip(ROUND_FIELDS, values, strict=True)
        }
    return words


def scheduled(form: Form, event: Event, start: str = "start", days: str = "day") -> Instant | None:
    """Read a time of day on a day of the event; None for an empty field."""
    text, day = form.text(start), form.number(days, 1, 60) or 1
    if not text:
        return None
    try:
        moment = time.fromisoformat(text)
        on = date.fromisoformat(event.date) + timedelta(days=day - 1)
    except ValueError:
        form.wrong(start, worded("{text!r} is no time of day; expected such as 10:30", text=text))
        return None
    return instant_of(datetime.combine(on, moment.replace(tzinfo=None), ZoneInfo(event.timezone)))


def start_words(
    event: Event, wave: Wave | None, start: str = "start", day: str = "day"
) -> dict[str, str]:
    """When a wave starts, as the fields of a form."""
    if wave is None or wave.scheduled is None:
        return {start: "", day: "1"}
    moment = datetime_of(wave.scheduled).astimezone(ZoneInfo(event.timezone))
    days = (moment.date() - date.fromisoformat(event.date)).days + 1
    clock = moment.strftime("%H:%M:%S" if moment.second else "%H:%M")
    return {start: clock, day: str(days)}


def wave_words(event: Event) -> dict[str, str]:
    """All waves of an event as the fields of a form."""
    words: dict[str, str] = {}
    for n, wave in enumerate(event.waves):
        interval = "" if wave.interval is None else format_duration(wave.interval)
        words |= {f"wave-{n}-code": wave.code, f"wave-{n}-name": wave.name}
        words |= {f"wave-{n}-interval": interval}
        words |= start_words(event, wave, f"wave-{n}-start", f"wave-{n}-day")
    return words


def read_waves(form: Form, event: Event) -> tuple[Wave, ...]:
    """The waves of an event as a form says them: names, times, the interval of single starts.

    The row after the last one adds a wave. One that no heat starts with goes when its name does.
    """
    needed = waves_in(event.contests)
    read = [_wave(form, event, n, wave, needed) for n, wave in enumerate(event.waves)]
    return tuple(wave for wave in (*read, _further(form, event)) if wave is not None)


def _wave(form: Form, event: Event, n: int, wave: Wave, needed: Container[str]) -> Wave | None:
    """A wave as its row says; None for one that is taken out. needed: that a heat starts with."""
    own = f"wave-{n}-"
    if form.text(f"{own}code") != wave.code:
        return wave
    name = form.text(f"{own}name", 120)
    if not name:
        if wave.code not in needed:
            return None
        form.wrong(f"{own}name", worded("wave {code} has no name", code=wave.code))
    at = scheduled(form, event, f"{own}start", f"{own}day")
    return replace(wave, name=name, scheduled=at, interval=form.span(f"{own}interval"))


def _further(form: Form, event: Event) -> Wave | None:
    """The wave of the last row, which is empty as long as none is added."""
    own = f"wave-{len(event.waves)}-"
    name = form.text(f"{own}name", 120)
    if not name or form.text(f"{own}code"):
        return None
    taken, number = {wave.code for wave in event.waves}, 1
    code = plain = slug_of(name)
    while code in taken:
        number += 1
        code = f"{plain}-{number}"
    at = scheduled(form, event, f"{own}start", f"{own}day")
    return Wave(code=code, name=name, scheduled=at, interval=form.span(f"{own}interval"))


def points_of(form: Form) -> Fields:
    """The names of timing points by their codes."""
    return {
        key.removeprefix("point-"): form.text(key, 60)
        for key in form.fields
        if key.startswith("point-")
    }
