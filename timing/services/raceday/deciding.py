"""From the words of a form to rulings: bibs become entries, times become moments.

One form a decision. What cannot be read is refused in a sentence; what the rulings mean is the
business of the core.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from timing.core.clock import Duration, Instant
from timing.core.fold.results import Result
from timing.core.fold.whole import State
from timing.core.journal import rulings as act
from timing.core.journal.lines import LineId, Read
from timing.core.refusal import Refusal, refused
from timing.core.rulebook.codes import check_code
from timing.core.status import Status
from timing.core.whole_number import whole
from timing.files.rulebook import known_records, vocabulary
from timing.services.house import House, UnknownEventError
from timing.services.raceday.decision_form import Desk, Form
from timing.services.raceday.wall_time import said_time

_LONGEST = 80
_RULED = ("OK", "DNS", "DNF", "DQ", "OTL", "WD")


def acts_of(house: House, slug: str, form: Form) -> list[act.Act]:
    """Read one decision. The field ``kind`` names it. Raises Refusal and UnknownEventError."""
    now = house.clock()
    kind = form.get("kind", "")
    if kind not in DECISIONS:
        raise refused(
            "kind",
            "{kind!r} is no decision; expected one of {known}",
            kind=kind[:30],
            known=", ".join(DECISIONS),
        )

    def ask(state: State) -> list[act.Act] | Refusal:
        try:
            return list(DECISIONS[kind](Desk(state, form, now)))
        except Refusal as refusal:
            return refusal

    read = house.live.ask(slug, ask)
    if read is None:
        raise UnknownEventError(slug)
    if isinstance(read, Refusal):
        raise read
    return read


def undo_acts(house: House, slug: str, lines: Sequence[LineId]) -> list[act.Act]:
    """What takes lines back: a ruling is withdrawn, a reading of a grid is not used any more.

    Raises UnknownEventError.
    """

    def ask(state: State) -> list[act.Act]:
        return [
            act.Withdraw(line=line) if state.read(line) is None else act.Void(line=line)
            for line in lines
        ]

    found = house.live.ask(slug, ask)
    if found is None:
        raise UnknownEventError(slug)
    return found


def _attribute(desk: Desk) -> Iterator[act.Act]:
    bib = desk.text("bib")
    if bib not in desk.state.known.wearers and bib not in desk.state.known.idle:
        raise refused(
            "bib", "bib {bib} belongs to nobody; expected the bib of an entry", bib=bib[:20]
        )
    yield act.Attribute(line=desk.line(), bib=bib)


def _retime(desk: Desk) -> Iterator[act.Act]:
    """A moment as the time of day, or with ``after`` as the time since the start of its bib."""
    line = desk.line()
    if desk.form.get("after", "").strip():
        started = desk.result(desk.key()).started
        if started is None:
            raise refused(
                "after", "bib {bib} has no start; expected a time of day", bib=desk.text("bib")
            )
        yield act.Retime(line=line, at=Instant(started + desk.duration("after")))
        return
    zone = desk.state.event.timezone
    yield act.Retime(line=line, at=said_time(desk.text("time"), zone, desk.now))


def _swap(desk: Desk) -> Iterator[act.Act]:
    """Two bibs change their readings, at one timing point or everywhere."""
    first, second = desk.result(desk.key("bib")), desk.result(desk.key("other"))
    point = desk.form.get("point", "").strip()
    yield from _handed(first, desk.text("other"), point)
    yield from _handed(second, desk.text("bib"), point)


def _move_reads(desk: Desk) -> Iterator[act.Act]:
    """The readings of one bib become another's: all, those at a point, or those from a time on."""
    result = desk.result(desk.key("bib"))
    other, point = desk.text("other"), desk.form.get("point", "").strip()
    since: int = 0
    if desk.form.get("after", "").strip():
        since = (result.started or 0) + desk.duration("after")
    acts = list(_handed(result, other, point, since))
    if not acts:
        raise refused("bib", "bib {bib} has no such readings", bib=desk.text("bib"))
    yield from acts


def _handed(result: Result, bib: str, point: str, since: int = 0) -> Iterator[act.Act]:
    for read in _reads_of(result):
        if point in ("", read.point) and (read.at or 0) >= since:
            yield act.Attribute(line=read.id, bib=bib)


def _reads_of(result: Result) -> list[Read]:
    """Every reading that was given to an entry, those included that do not count."""
    others = [read for unused in result.unused for read in unused.reads]
    return sorted({*result.reads, *others}, key=lambda read: (read.at or 0, read.station, read.n))


def _set_time(desk: Desk) -> Iterator[act.Act]:
    entry, code = desk.key()
    elapsed = desk.duration()
    where = desk.form.get("course_point", "").strip()
    yield act.SetTime(entry=entry, round=code, elapsed=Duration(elapsed), course_point=where)


def _status(desk: Desk) -> Iterator[act.Act]:
    entry, code = desk.key()
    status, rule = desk.text("status"), desk.form.get("rule", "").strip()
    if status not in _RULED:
        raise refused(
            "status",
            "{status!r} is no status; expected {known}",
            status=status[:20],
            known=", ".join(_RULED),
        )
    problem = check_code(vocabulary(), status, rule) if status != Status.OK else None
    if problem is not None:
        raise Refusal(problem._replace(code="rule"))
    yield act.SetStatus(entry=entry, round=code, status=Status(status), rule=rule)


def _penalty(desk: Desk) -> Iterator[act.Act]:
    entry, code = desk.key()
    rule = desk.form.get("rule", "").strip()
    time = Duration(desk.duration())
    yield act.Penalty(entry=entry, round=code, time=time, rule=rule)


def _caution(desk: Desk) -> Iterator[act.Act]:
    entry, code = desk.key()
    post = desk.form.get("post", "").strip()
    yield act.Caution(entry=entry, round=code, code=desk.text("code"), post=post)


def _record(desk: Desk) -> Iterator[act.Act]:
    """A result is a record; ``=`` before the code says that it is equalled."""
    entry, round_code = desk.key()
    typed, known = desk.text("code"), known_records(desk.state.event)
    code = typed.removeprefix("=")
    if code not in known:
        raise refused(
            "code",
            "{code!r} is no record; expected one of {known}",
            code=code[:20],
            known=", ".join(known),
        )
    yield act.SetRecord(
        entry=entry, round=round_code, code=code, body=desk.text("body")[:_LONGEST],
        category=desk.form.get("category", "").strip()[:_LONGEST],
        equalled=typed != code or bool(desk.form.get("equalled")),
    )  # fmt: skip


def _photo_finish(desk: Desk) -> Iterator[act.Act]:
    keys = desk.keys()
    yield act.PhotoFinish(round=keys[0][1], order=tuple(entry for entry, _ in keys))


def _dead_heat(desk: Desk) -> Iterator[act.Act]:
    keys = desk.keys()
    if len(keys) < 2:
        raise refused("bibs", "a dead heat needs two bibs or more")
    yield act.DeadHeat(round=keys[0][1], entries=tuple(entry for entry, _ in keys))


def _move_start(desk: Desk) -> Iterator[act.Act]:
    entry, code = desk.key()
    wave = desk.text("wave")
    if wave not in {each.code for each in desk.state.event.waves}:
        raise refused("wave", "there is no wave {wave!r} at this event", wave=wave[:20])
    heat, lane = whole(desk.form.get("heat", "") or "1"), whole(desk.form.get("lane", "") or "0")
    if heat is None or lane is None:
        raise refused("heat", "heat and lane are numbers")
    yield act.Move(entry=entry, round=code, wave=wave, heat=heat, lane=lane)


def _hand_out(desk: Desk) -> Iterator[act.Act]:
    """A bib goes to an entry, who is named by the bib worn so far."""
    entry, _code = desk.key()
    yield act.BindBib(entry=entry, bib=desk.text("other"))


def _set_clock(desk: Desk) -> Iterator[act.Act]:
    offset = Duration(desk.duration(signed=True))
    yield act.SetClock(station=desk.text("station"), offset=offset)


def _repoint(desk: Desk) -> Iterator[act.Act]:
    point = desk.text("point")
    if point not in desk.state.known.points:
        raise refused("point", "there is no timing point {point!r} at this event", point=point[:20])
    yield act.Repoint(line=desk.line(), point=point)


def _close(desk: Desk) -> Iterator[act.Act]:
    contest = desk.state.event.contest(desk.text("contest"))
    if contest is None or desk.text("round") not in {each.code for each in contest.rounds}:
        raise refused(
            "round", "there is no round {round!r} of that contest", round=desk.text("round")[:20]
        )
    yield act.Close(contest=contest.code, round=desk.text("round"))


DECISIONS: Mapping[str, Callable[[Desk], Iterator[act.Act]]] = {
    "void": lambda desk: iter((act.Void(line=desk.line()),)),
    "attribute": _attribute,
    "retime": _retime,
    "repoint": _repoint,
    "swap": _swap,
    "move_reads": _move_reads,
    "set_time": _set_time,
    "status": _status,
    "penalty": _penalty,
    "caution": _caution,
    "record": _record,
    "photo_finish": _photo_finish,
    "dead_heat": _dead_heat,
    "move_start": _move_start,
    "bind_bib": _hand_out,
    "set_clock": _set_clock,
    "close": _close,
    "pair": lambda desk: iter((act.Pair(time=desk.line("time"), bib=desk.line("bib")),)),
    "blank": lambda desk: iter((act.Blank(line=desk.line()),)),
    "clear": lambda desk: iter((act.Clear(anomaly=desk.text("anomaly")),)),
    "note": lambda desk: iter((act.Note(line=desk.line(), text=desk.text("text")),)),
    "withdraw": lambda desk: iter((act.Withdraw(line=desk.line()),)),
}
"""What officials decide, by the name in the form, and how the form is read."""
