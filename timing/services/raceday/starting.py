"""Start control: guns of waves, recalls after false starts, start offsets.

A gun that was fired is never refused because of a clock; whatever is doubtful is written beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from timing.core.clock import HOUR, MINUTE, SECOND, Duration, Instant, TimeTextError, parse_duration
from timing.core.fold.whole import State
from timing.core.journal import rulings as act
from timing.core.journal.lines import LineId
from timing.core.refusal import Problem, Refusal, refused
from timing.core.rulebook.rulesets import Ruleset, false_starts
from timing.core.sentence import Sentence, worded, words_of
from timing.core.setup.called_off import CalledOff
from timing.core.setup.event import Event, Wave
from timing.core.setup.roster import StartKey
from timing.core.status import Status
from timing.core.telling.fates import fate_of_wave
from timing.files.rulebook import ruleset_of
from timing.services.house import House, UnknownEventError
from timing.services.live import as_ruled
from timing.services.raceday.due import NEVER, due_from
from timing.services.raceday.turns import Turn, turns
from timing.services.raceday.wave_starts import names_of, starters_of
from timing.services.rulings import rule

FALSE_START = "false-start"
"""The code under which the causer of a free false start is noted."""
_RULE_OF_NONE = "TR16.8"
_RULE_OF_FREE = "false start"
_WILD = Duration(HOUR)  # a device whose stamp is further off is not believed


class Recall(NamedTuple):
    """One false start that counts."""

    line: LineId
    at: Instant
    reason: str


class WaveCard(NamedTuple):
    """One wave at the start. gun_line: the ruling in force that fired it.

    who: the contests, rounds and heats that it starts. starters: who may come; out: DNS among them.
    free: false starts that the rules leave free after those that were. due: from when on its key
    fires without a question. turns: who leaves when, where not all leave with the gun.
    called_off: of everything that it starts.
    """

    wave: Wave
    gun: Instant | None
    gun_line: LineId | None
    who: tuple[str, ...]
    starters: int
    out: int
    recalls: tuple[Recall, ...]
    free: int
    due: Instant | None
    turns: tuple[Turn, ...]
    called_off: CalledOff | None = None

    @property
    def off(self) -> bool:
        """Whether it is not held, or nobody knows when: its key always asks."""
        return self.due == NEVER


class Board(NamedTuple):
    """All waves of an event in the order in which they should start."""

    event: Event
    now: Instant
    waves: tuple[WaveCard, ...]

    @property
    def next(self) -> WaveCard | None:
        """The first wave that has not started, has starters and is held."""
        waiting = (card for card in self.waves if card.gun is None and not card.off)
        return next((card for card in waiting if card.starters), None)


class Press(NamedTuple):
    """A key on a device. stamp: by its clock; offset: what makes it the server's, as measured.

    sent: the same clock when the press was sent; without a network that is long after. remark:
    what is written beside the gun.
    """

    stamp: Instant | None = None
    offset: Duration | None = None
    sent: Instant | None = None
    remark: str = ""


def board(house: House, slug: str) -> Board:
    """Show the start. Raises UnknownEventError."""
    found = house.live.ask(slug, lambda state: (as_ruled(state), _cards(state)))
    if found is None:
        raise UnknownEventError(slug)
    event, cards = found
    return Board(event, house.clock(), cards)


def fire(house: House, slug: str, wave: str, press: Press, author: str) -> Instant:
    """Start a wave now, or when its key was pressed; returns the moment written down.

    Pressing again changes nothing: a wave that has started is refused, unless it is the same press
    that came twice. Raises Refusal and UnknownEventError.
    """
    now = house.clock()
    at, remark = _moment(press, now)
    gun = _card(house, slug, wave).gun
    if gun is not None and gun == at:
        return gun
    if gun is not None:
        raise refused(
            "already-started",
            "wave {wave} has started already; correct its start, or recall it first",
            wave=wave,
        )
    remarks = "; ".join(filter(None, (press.remark, remark)))
    rule(house, slug, [act.Gun(wave=wave, at=at)], reason=remarks, author=author)
    return at


def recall_acts(house: House, slug: str, wave: str, causers: Sequence[str]) -> list[act.Act]:
    """What a false start means: the wave is called back; who caused it is noted, or is out.

    causers: bibs of the wave, none where nobody could be named. Raises Refusal for a bib that does
    not start here.
    """
    _card(house, slug, wave)
    return [act.Gun(wave=wave, at=None), *causer_acts(house, slug, wave, causers)]


def causer_acts(house: House, slug: str, wave: str, causers: Sequence[str]) -> list[act.Act]:
    """What a false start means for who caused it, without calling the wave back.

    The rule set of the event says how many false starts of the field are free. Raises Refusal for
    a bib that does not start in the wave.
    """
    card = _card(house, slug, wave)
    starters = house.live.ask(slug, lambda state: starters_of(state, wave)) or {}
    unknown = [bib for bib in causers if bib not in starters]
    if unknown:
        known = ", ".join(list(starters)[:20])
        raise refused(
            "unknown-bib",
            "bib {bibs} does not start in wave {wave}; expected one of {known}",
            bibs=", ".join(unknown),
            wave=card.wave.name,
            known=known,
        )
    rules = _ruleset(house, slug)
    free = rules.free_false_starts if rules else 0
    attempts: list[Sequence[str]] = [()] * len(card.recalls)
    out = {bib for bib, _attempt in false_starts([*attempts, causers], free).out}
    because = _RULE_OF_FREE if free else _RULE_OF_NONE
    acts: list[act.Act] = []
    for bib in causers:
        entry, round_code = starters[bib]
        if bib in out:
            dq = act.SetStatus(entry=entry, round=round_code, status=Status.DQ, rule=because)
            acts.append(dq)
        else:
            acts.append(act.Caution(entry=entry, round=round_code, code=FALSE_START))
    return acts


def gun_acts(house: House, slug: str, wave: str, at: Instant) -> list[act.Act]:
    """The gun of a wave at a moment, as noted late or corrected. Raises Refusal."""
    _card(house, slug, wave)
    return [act.Gun(wave=wave, at=at)]


def offset_acts(house: House, slug: str, wave: str, text: str) -> list[act.Act]:
    """Start offsets from lines of ``BIB OFFSET``; ``12 0:45`` started 45 s after the gun.

    Raises Refusal with every line that cannot be read.
    """
    name = _card(house, slug, wave).wave.name
    starters = house.live.ask(slug, lambda state: starters_of(state, wave)) or {}
    acts: list[act.Act] = []
    problems = []
    for number, line in enumerate(text.splitlines(), 1):
        words = line.replace(";", " ").replace("\t", " ").split()
        if not words:
            continue
        try:
            bib, said = words
            entry, round_code = starters[bib]
            offset = parse_duration(said, signed=True)
        except ValueError as error:
            problems.append(Problem("offset", _unreadable(number, line.strip(), error)))
        except KeyError:
            sentence = worded(
                "line {number}: bib {bib} does not start in wave {wave}",
                number=number,
                bib=words[0],
                wave=name,
            )
            problems.append(Problem("unknown-bib", sentence))
        else:
            acts.append(act.StartOffset(entry=entry, round=round_code, offset=offset))
    if problems or not acts:
        raise Refusal(
            *(problems or [Problem("empty", worded("expected lines of a bib and a time"))])
        )
    return acts


def _unreadable(number: int, line: str, error: ValueError) -> Sentence:
    known = isinstance(error, TimeTextError)
    told = words_of(error) if known else worded("expected a bib and a time")
    return worded("line {number}, {line!r}: {told}", number=number, line=line, told=told)


def _moment(press: Press, now: Instant) -> tuple[Instant, str]:
    """The moment of a press on the server's clock, and a remark where it is doubtful."""
    if press.stamp is None:
        return now, ""
    if press.offset is None:
        return now, "by the server's clock: the device had not compared its own"
    heard = (press.stamp if press.sent is None else press.sent) + press.offset
    if not now - _WILD < heard < now + SECOND * 2:
        off = abs(heard - now) // MINUTE
        return now, f"by the server's clock: the device said {off} min off"
    return min(Instant(press.stamp + press.offset), now), ""


def _card(house: House, slug: str, wave: str) -> WaveCard:
    for card in board(house, slug).waves:
        if card.wave.code == wave:
            return card
    raise refused("unknown-wave", "there is no wave {wave!r} at this event", wave=wave)


def _cards(state: State) -> tuple[WaveCard, ...]:
    starters: dict[str, list[StartKey]] = {wave.code: [] for wave in state.event.waves}
    for key, start in state.lineup.starts.items():
        starters.setdefault(start.wave, []).append(key)
    rules = ruleset_of(state.event.ruleset)
    free = rules.free_false_starts if rules else 0
    event = as_ruled(state)
    fates = {wave.code: fate_of_wave(event, wave.code, event.called_off) for wave in event.waves}
    due = due_from(event.waves, fates)
    cards = [
        _wave_card(state, wave, starters[wave.code], free, due.get(wave.code))._replace(
            called_off=fates[wave.code]
        )
        for wave in event.waves
    ]
    return tuple(sorted(cards, key=lambda card: card.wave.scheduled or NEVER))


def _wave_card(
    state: State, wave: Wave, keys: Sequence[StartKey], free: int, due: Instant | None
) -> WaveCard:
    gun_line: LineId | None = None
    recalls = []
    for ruling in state.live:
        match ruling.act:
            case act.Gun(wave=code, at=None) if code == wave.code:
                recalls.append(Recall(ruling.id, ruling.at, ruling.reason))
                gun_line = None
            case act.Gun(wave=code) if code == wave.code:
                gun_line = ruling.id
            case _:
                pass
    out = sum(state.results[key].status in (Status.DNS, Status.DQ) for key in keys)
    return WaveCard(
        wave, state.lineup.guns.get(wave.code), gun_line, tuple(names_of(state, keys)), len(keys),
        out, tuple(recalls), max(0, free - len(recalls)), due, turns(state, wave, keys),
    )  # fmt: skip


def _ruleset(house: House, slug: str) -> Ruleset | None:
    snapshot = house.live.snapshot(slug)
    return ruleset_of(snapshot.event.ruleset) if snapshot else None
