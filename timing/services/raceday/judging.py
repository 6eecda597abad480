"""The judges' log: what was seen on the course, and what the referee makes of it.

A caution counts at once; an infraction that usually disqualifies is a proposal until the referee
confirms it or leaves it at a caution; what has no effect is a remark.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from timing import resources
from timing.core.clock import HOUR, Duration, Instant
from timing.core.fold.whole import State
from timing.core.journal import rulings as act
from timing.core.journal.lines import LineId, Ruling
from timing.core.refusal import refused
from timing.core.rulebook.rulesets import Effect, Infraction, decode_infractions
from timing.core.sentence import worded
from timing.core.setup.event import Event
from timing.core.setup.roster import StartKey
from timing.core.status import Status
from timing.services.house import House, UnknownEventError
from timing.services.rulings import rule, rule_as, withdraw

_LONG_AGO = Duration(12 * HOUR)  # longer than a judge stands at the course without a network


class Report(NamedTuple):
    """What a judge writes down."""

    bib: str
    code: str
    post: str = ""
    note: str = ""


class Sent(NamedTuple):
    """How a device has kept a report: its own number for it, and when it was written, if known."""

    line: LineId
    at: Instant | None = None


class Entry(NamedTuple):
    """One line of the log. open: a proposal that nobody has decided yet; status: of the result."""

    line: LineId
    ruling: Ruling
    bib: str
    name: str
    contest: str
    round: str
    infraction: Infraction | None
    code: str
    post: str
    status: str
    open: bool

    @property
    def key(self) -> str:
        """By which a proposal is cleared: left at a caution."""
        return proposal_key(self.line)


class Log(NamedTuple):
    """All reports in force, the newest first."""

    event: Event
    entries: tuple[Entry, ...]

    @property
    def open(self) -> tuple[Entry, ...]:
        """The proposals that wait for the referee."""
        return tuple(entry for entry in self.entries if entry.open)


@cache
def infractions() -> Mapping[str, Infraction]:
    """What a judge may write down, by code."""
    path = resources.folder("config") / "rules" / "infractions.toml"
    return decode_infractions(path.read_text(encoding="utf-8"), str(path))


def report(
    house: House, slug: str, said: Report, author: str, sent: Sent | None = None
) -> list[LineId]:
    """Write a report down; what a device sends again is there already and changes nothing.

    Raises Refusal (unknown bib or infraction) and UnknownEventError.
    """
    known = infractions().get(said.code)
    if known is None:
        raise refused(
            "infraction", "{code!r} is no infraction; expected one of the list", code=said.code[:30]
        )
    found = house.live.ask(slug, lambda state: (_start_of(state, said.bib),))
    if found is None:
        raise UnknownEventError(slug)
    [key] = found
    if key is None:
        raise refused(
            "bib",
            "bib {bib} starts nowhere; look at the bib again",
            bib=said.bib[:20] or worded("(empty)"),
        )
    seen = _act(house, slug, said, known, key)
    if sent is None:
        return rule(house, slug, [seen], reason=said.note, author=author)
    if not house.live.ask(slug, lambda state: any(each.id == sent.line for each in state.live)):
        at = _moment(sent, house.clock())
        rule_as(house, slug, Ruling(*sent.line, at, seen, said.note, author))
    return [sent.line]


def _act(house: House, slug: str, said: Report, known: Infraction, key: StartKey) -> act.Act:
    if known.usual is Effect.NOTE:
        line = house.live.ask(slug, lambda state: _something_of(state, key)) or ("", 0)
        words = " ".join(filter(None, (said.bib, known.text["en"], said.post, said.note)))
        return act.Note(line=line, text=words)
    entry, code = key
    return act.Caution(entry=entry, round=code, code=said.code, post=said.post)


def _moment(sent: Sent, now: Instant) -> Instant:
    """When a report was written; a device whose clock is far off is not believed."""
    if sent.at is None or not now - _LONG_AGO < sent.at <= now:
        return now
    return sent.at


def take_back(house: House, slug: str, line: LineId, author: str) -> LineId:
    """A judge takes an own report back. Raises Refusal for what somebody else wrote."""
    own = house.live.ask(
        slug,
        lambda state: [
            ruling
            for ruling in state.live
            if ruling.id == line
            and ruling.author == author
            and isinstance(ruling.act, act.Caution | act.Note)
        ],
    )
    if not own:
        raise refused("not-yours", "only a report of your own can be taken back here")
    return withdraw(house, slug, line, reason="taken back by the judge", author=author)


def log(house: House, slug: str) -> Log:
    """Read the log. Raises UnknownEventError."""
    found = house.live.ask(slug, lambda state: Log(state.event, _entries(state)))
    if found is None:
        raise UnknownEventError(slug)
    return found


def proposal_key(line: LineId) -> str:
    """The key under which a proposal is explained."""
    return f"dq_proposed:{line[0]}:{line[1]}"


def _entries(state: State) -> tuple[Entry, ...]:
    entries = [
        _entry(state, ruling, ruling.act)
        for ruling in reversed(state.live)
        if isinstance(ruling.act, act.Caution)
        and (ruling.act.entry, ruling.act.round) in state.results
    ]
    return tuple(entries)


def _entry(state: State, ruling: Ruling, caution: act.Caution) -> Entry:
    known = infractions().get(caution.code)
    result = state.results[caution.entry, caution.round]
    entry = state.lineup.entries[caution.entry]
    proposed = known is not None and known.usual is Effect.DQ
    settled = result.status is Status.DQ or proposal_key(ruling.id) in state.cleared
    return Entry(
        ruling.id, ruling, state.lineup.bibs[caution.entry], entry.name, entry.contest,
        caution.round, known, caution.code, caution.post, result.status.value,
        open=proposed and not settled,
    )  # fmt: skip


def _start_of(state: State, bib: str) -> StartKey | None:
    """The start of a bib that is under way, else its last one."""
    keys = [target.key for target in state.known.wearers.get(bib, ())]
    running = [key for key in keys if state.results[key].status is Status.RUN]
    begun = [key for key in keys if state.results[key].reads]
    return next(reversed(running or begun or keys), None)


def _something_of(state: State, key: StartKey) -> LineId | None:
    """A line of a start to which a remark can be fixed: its last reading, else its gun."""
    reads = state.results[key].reads
    if reads:
        return reads[-1].id
    wave = state.lineup.starts[key].wave
    guns = [r.id for r in state.live if isinstance(r.act, act.Gun) and r.act.wave == wave]
    return guns[-1] if guns else None
