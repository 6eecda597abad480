"""Why a result is what it is: reads, times, status and place of one start, sentence by sentence.

Reads the state aloud and decides nothing; every sentence is a code with values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from timing.core.clock import Instant, format_duration
from timing.core.fold.effort import RULED
from timing.core.fold.results import Result
from timing.core.fold.standings import Standings, read_places
from timing.core.fold.state import State
from timing.core.journal import rulings as act
from timing.core.journal.lines import Read, Ruling
from timing.core.rulebook.codes import render_record
from timing.core.rulebook.prizes import Reason
from timing.core.rulebook.rules import Basis
from timing.core.setup.course import Plan
from timing.core.setup.event import CoursePoint
from timing.core.setup.roster import StartKey
from timing.core.status import NOT_HELD, Status
from timing.core.telling.awards import award_sentences
from timing.core.telling.fates import told_fate
from timing.core.telling.placing import place_of
from timing.core.telling.sentences import NO_REASON, SENTENCES, UNUSED, Telling
from timing.core.telling.unused import unused_reads

__all__ = ["SENTENCES", "UNUSED", "Explanation", "explain"]


class Explanation(NamedTuple):
    """Seven groups of sentences.

    start: from when the time runs. passings: which read made each time. unused: every other read
    of the bib, with the reason. time, status, place: how they follow. awards: every prize of the
    contest, and why it is won or not.
    """

    start: tuple[Telling, ...]
    passings: tuple[Telling, ...]
    unused: tuple[Telling, ...]
    time: tuple[Telling, ...]
    status: tuple[Telling, ...]
    place: tuple[Telling, ...]
    awards: tuple[Telling, ...] = ()

    @property
    def sentences(self) -> tuple[Telling, ...]:
        """All of them, in the order in which they are read."""
        return tuple(sentence for part in self for sentence in part)


def explain(
    state: State,
    key: StartKey,
    standings: Standings | None = None,
    prizes: Iterable[tuple[str, Reason]] = (),
    teams: Iterable[Telling] = (),
) -> Explanation | None:
    """Explain the result of a start; None if there is no such start.

    standings: the list of its round, for the place; without it the place is left out. prizes: each
    by its name, with the reason that ``core.rulebook.prizes`` gives; names also in the reasons.
    teams: what the result means for a team, see ``core.telling.team_awards``.
    """
    result, target = state.results.get(key), state.targets.get(key)
    if result is None or target is None:
        return None
    return Explanation(
        start=tuple(_start(state, result)),
        passings=tuple(_passings(state, result)),
        unused=tuple(unused_reads(state, target)),
        time=tuple(_time(state, result)),
        status=tuple(_status(state, result)),
        place=() if standings is None else tuple(_place(state, key, standings)),
        awards=(*award_sentences(prizes), *teams),
    )


def _place(state: State, key: StartKey, standings: Standings) -> Iterator[Telling]:
    return place_of(standings, key, read_places(state, standings))


def _plan(state: State, result: Result) -> Plan:
    return state.targets[result.key].plan


def _start(state: State, result: Result) -> Iterator[Telling]:
    start = state.lineup.starts[result.key]
    gun = state.lineup.guns.get(start.wave)
    if gun is None or result.started is None:
        yield Telling("no_gun_yet", {"wave": start.wave})
        return
    yield Telling("gun", {"wave": start.wave}, {"at": gun})
    slot = result.started - gun - start.offset
    if slot:
        yield Telling("slot", {"lane": str(start.lane), "after": format_duration(slot)})
    if start.offset:
        yield Telling("offset", {"after": format_duration(start.offset)})
    if result.positions and result.positions[0] == 0:
        after = format_duration(result.elapsed[0])
        yield Telling("start_read", {"after": after}, line=result.reads[0].id)
    elif result.gun is not None:
        yield Telling("no_start_read", {})


def _passings(state: State, result: Result) -> Iterator[Telling]:
    plan = _plan(state, result)
    clocks: set[str] = set()
    for number, (index, read) in enumerate(zip(result.positions, result.reads, strict=True)):
        point = _name(plan, index)
        elapsed = format_duration(result.elapsed[number]) if result.elapsed else ""
        if read.source == RULED:
            yield _set(state, result, read, {"point": point, "elapsed": elapsed})
            continue
        params = {"point": point, "elapsed": elapsed, "source": read.source} | _line(read)
        code = "passed" if elapsed else "passed_without_gun"
        yield Telling(code, params, {"at": read.at or Instant(0)}, read.id)
        yield from _corrections(state, read, point)
        if read.station in state.fix.clocks and read.station not in clocks:
            clocks.add(read.station)
            offset = format_duration(state.fix.clocks[read.station])
            yield Telling("clock", {"station": read.station, "offset": offset})


def _name(plan: Plan, index: int) -> str:
    """The name of a course point; further laps are numbered."""
    points: tuple[CoursePoint, ...] = plan.course.points
    if index <= plan.last:
        return points[index].name
    return f"{points[-1].name} {index - plan.last + 1}"


def _line(read: Read) -> dict[str, str]:
    return {"station": read.station, "n": str(read.n)}


def _decided(ruling: Ruling) -> dict[str, str]:
    return {"author": ruling.author or ruling.station, "reason": ruling.reason or NO_REASON}


def _set(state: State, result: Result, read: Read, params: dict[str, str]) -> Telling:
    rulings = state.lineup.about[result.key]
    ruling = next(each for each in rulings if each.id == read.id)
    return Telling("set", params | _decided(ruling), line=read.id)


def _corrections(state: State, read: Read, point: str) -> Iterator[Telling]:
    """Say what officials did to a read, and how it came to this bib if it did not name it."""
    params = {"point": point} | _line(read)
    for ruling in state.fix.of_line.get(read.id, ()):
        code = {act.Attribute: "attributed", act.Retime: "retimed", act.Repoint: "repointed"}[
            type(ruling.act)
        ]
        yield Telling(code, params | _decided(ruling), line=ruling.id)
    if not read.bib and read.chip:
        yield Telling("by_chip", params | {"chip": read.chip}, line=read.id)
    for row in state.streams.rows.get(read.point, ()):
        if row.time is not None and row.bib is not None and row.time.id == read.id:
            half = {"bib_station": row.bib.station, "bib_n": str(row.bib.n)}
            code = "joined_by_ruling" if row.anchored else "joined"
            yield Telling(code, params | half, line=row.bib.id)


def _time(state: State, result: Result) -> Iterator[Telling]:
    rules = _plan(state, result).rules
    if result.status in NOT_HELD:
        return
    if rules.basis is Basis.LAPS and result.laps and result.elapsed:
        elapsed = format_duration(result.elapsed[-1])
        yield Telling("laps", {"laps": str(result.laps), "elapsed": elapsed})
        return
    if result.gun is None or result.net is None or result.official is None:
        return
    yield Telling("gun_time", {"time": format_duration(result.gun)})
    if result.net != result.gun:
        yield Telling("net_time", {"time": format_duration(result.net)})
    for ruling in state.lineup.about.get(result.key, ()):
        if isinstance(ruling.act, act.Penalty):
            rule = f"({ruling.act.rule}) " if ruling.act.rule else ""
            params = {"time": format_duration(ruling.act.time), "rule": rule}
            yield Telling("penalty", params | _decided(ruling), line=ruling.id)
    by_net = _plan(state, result).by_net
    yield Telling(
        "official_net" if by_net else "official_gun",
        {
            "official": format_duration(result.official, rules.decimals),
            "exact": format_duration(result.net if by_net else result.gun),
            "penalty": format_duration(result.penalty),
            "step": format_duration(rules.step),
        },
    )
    yield from _records(state, result)


def _records(state: State, result: Result) -> Iterator[Telling]:
    """Say what records an official marked the time as."""
    for ruling in state.lineup.about.get(result.key, ()):
        if isinstance(ruling.act, act.SetRecord):
            made = ruling.act
            code = render_record(made.code, made.category, equalled=made.equalled)
            params = {"code": code, "body": made.body}
            yield Telling("record", params | _decided(ruling), line=ruling.id)


_PLAIN_STATUS = {
    Status.OK: "finished",
    Status.OTL: "over_limit",
    Status.DNF: "did_not_finish",
    Status.DNS: "did_not_start",
    Status.RUN: "on_course",
    Status.READY: "waiting",
}


def _status(state: State, result: Result) -> Iterator[Telling]:
    yield from told_fate(state, result)
    if result.status in NOT_HELD:
        return
    about = state.lineup.about.get(result.key, ())
    ruled = [ruling for ruling in about if isinstance(ruling.act, act.SetStatus)]
    for ruling in ruled:
        rule = f"({ruling.act.rule}) " if ruling.act.rule else ""  # type: ignore[union-attr]
        status = ruling.act.status.value  # type: ignore[union-attr]
        params = {"status": status, "rule": rule} | _decided(ruling)
        yield Telling("ruled_status", params, line=ruling.id)
    if ruled and ruled[-1].act.status is result.status:  # type: ignore[union-attr]
        return
    plan = _plan(state, result)
    if result.status is Status.DQ:
        cautions = sum(mark.kind == "caution" for mark in result.marks)
        limit = str(plan.rules.cautions_to_dq)
        yield Telling("cautions", {"count": str(cautions), "limit": limit})
    elif result.status is Status.RUN and result.positions and result.positions[-1] < plan.last:
        yield Telling("on_course_at", {"point": _name(plan, result.positions[-1])})
    else:
        over = {"limit": format_duration(plan.course.time_limit or 0)}
        yield Telling(_PLAIN_STATUS[result.status], over)
