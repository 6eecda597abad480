"""What an official may decide, one small value a kind, and the one door that decodes them.

An old kind stays decodable for ever: a kind is never renamed, a field never changes its meaning.
"""

from __future__ import annotations

from typing import Any, get_args

import msgspec
from msgspec import Struct

from timing.core.clock import Duration, Instant
from timing.core.setup.called_off import Fate
from timing.core.setup.roster import EntryId
from timing.core.status import Status

Line = tuple[str, int]
"""(station, n) of the line that a ruling speaks of."""


class _Act(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="kind"):
    """The common form of all acts: frozen, named fields, tagged by kind."""


class Withdraw(_Act, frozen=True, tag="withdraw"):
    """A ruling is taken back; withdrawing the withdrawal brings it back."""

    line: Line


class Void(_Act, frozen=True, tag="void"):
    """A read is not used."""

    line: Line


class Attribute(_Act, frozen=True, tag="attribute"):
    """A read belongs to this bib, whatever it says itself."""

    line: Line
    bib: str


class Retime(_Act, frozen=True, tag="retime"):
    """A read happened at this moment, whatever its stamp says (None: it has no time)."""

    line: Line
    at: Instant | None


class Repoint(_Act, frozen=True, tag="repoint"):
    """A read was made at this timing point."""

    line: Line
    point: str


class Pair(_Act, frozen=True, tag="pair"):
    """A time without bib and a bib without time belong together (two streams)."""

    time: Line
    bib: Line


class Blank(_Act, frozen=True, tag="blank"):
    """An empty slot stands before this line of its stream; everything below shifts by one."""

    line: Line
    count: int = 1


class SetTime(_Act, frozen=True, tag="set_time"):
    """An entry passed a course point this long after its own start, by decision.

    No offset is applied to it. course_point "" means the finish. lap: on a course of open laps
    which lap ended then, 1 being the first.
    """

    entry: EntryId
    round: str
    elapsed: Duration
    course_point: str = ""
    lap: int = 1


class BindBib(_Act, frozen=True, tag="bind_bib"):
    """A bib is handed out to an entry ("" takes it back)."""

    entry: EntryId
    bib: str


class BindChip(_Act, frozen=True, tag="bind_chip"):
    """A chip is handed out to the wearer of a bib ("" takes it back)."""

    chip: str
    bib: str


class Gun(_Act, frozen=True, tag="gun"):
    """A wave started at this moment; None recalls it (false start)."""

    wave: str
    at: Instant | None


class SetClock(_Act, frozen=True, tag="set_clock"):
    """The clock of a station is corrected: this much is added to each of its stamps."""

    station: str
    offset: Duration


class Confirm(_Act, frozen=True, tag="confirm"):
    """A desk has seen an item of ``core.telling.checkin.ITEMS``, such as photo ID or disclaimer."""

    entry: EntryId
    item: str


class Move(_Act, frozen=True, tag="move"):
    """An entry starts in this wave, heat and lane of a round."""

    entry: EntryId
    round: str
    wave: str
    heat: int = 1
    lane: int = 0


class StartOffset(_Act, frozen=True, tag="start_offset"):
    """An entry started this long after the gun of its wave (before: negative)."""

    entry: EntryId
    round: str
    offset: Duration


class SetStatus(_Act, frozen=True, tag="set_status"):
    """A status by decision: DNS, DNF, DQ with its rule, ... or OK to overrule an earlier one."""

    entry: EntryId
    round: str
    status: Status
    rule: str = ""


class Penalty(_Act, frozen=True, tag="penalty"):
    """Time added to a result, shown openly. Several add up."""

    entry: EntryId
    round: str
    time: Duration
    rule: str = ""


class Caution(_Act, frozen=True, tag="caution"):
    """A judge reported an infraction; code from config/rules/infractions.toml."""

    entry: EntryId
    round: str
    code: str
    post: str = ""


class Reaction(_Act, frozen=True, tag="reaction"):
    """The start information system measured how long a starter took to react; no time changes.

    Negative: before the gun.
    """

    entry: EntryId
    round: str
    time: Duration


class Wind(_Act, frozen=True, tag="wind"):
    """The wind of a heat as recorded: ``+1.2``, ``NWI`` for no information, "" for not known."""

    contest: str
    round: str
    heat: int
    speed: str


class SetRecord(_Act, frozen=True, tag="set_record"):
    """A result is a record as a body lists it: WR, NR, CR, ... of a record book.

    body: who lists it; a record is never one without its body. category: of an age or para class,
    "" for all. equalled: as good as the record, not better.
    """

    entry: EntryId
    round: str
    code: str
    body: str
    category: str = ""
    equalled: bool = False


class PhotoFinish(_Act, frozen=True, tag="photo_finish"):
    """The judges read this order; it decides between these entries only."""

    round: str
    order: tuple[EntryId, ...]


class DeadHeat(_Act, frozen=True, tag="dead_heat"):
    """The judges cannot separate these entries: with equal times they share the place."""

    round: str
    entries: tuple[EntryId, ...]


class Qualify(_Act, frozen=True, tag="qualify"):
    """An entry goes on to the next round by decision: qR referee, qJ jury, qD draw, Q, q."""

    entry: EntryId
    round: str
    mark: str


class Close(_Act, frozen=True, tag="close"):
    """A round is over: whoever has not finished is DNF, whoever never started DNS."""

    contest: str
    round: str


class CallOff(_Act, frozen=True, tag="call_off"):
    """Contests are cancelled, postponed or stopped; the reason of the ruling is public.

    contests: their codes, () for the whole event. until, day: the new start of what is postponed,
    or its new day (ISO), none while not known. stands: what was in by this moment counts in spite
    of a stop, at a course point ("": the finish); None: no ranking.
    """

    contests: tuple[str, ...]
    fate: Fate
    until: Instant | None = None
    day: str = ""
    stands: Instant | None = None
    point: str = ""


class Clear(_Act, frozen=True, tag="clear"):
    """An anomaly was looked at and is in order as it stands."""

    anomaly: str


class Amend(_Act, frozen=True, tag="amend"):
    """An entry's data were amended; the value is in the roster's history under this number."""

    entry: EntryId
    field: str
    revision: int


class Note(_Act, frozen=True, tag="note"):
    """A remark on a line, for the officials."""

    line: Line
    text: str


Act = (
    Withdraw | Void | Attribute | Retime | Repoint | Pair | Blank | SetTime | BindBib | BindChip
    | Confirm | Gun | SetClock | Move | StartOffset | SetStatus | Penalty | Caution | PhotoFinish
    | DeadHeat | Qualify | Close | Clear | Amend | Note | Reaction | Wind
    | SetRecord | CallOff
)  # fmt: skip

KINDS: dict[str, type[Act]] = {kind.__struct_config__.tag: kind for kind in get_args(Act)}
"""Every kind of ruling by its name in the journal."""


class RulingDecodeError(ValueError):
    """The data of a ruling do not fit its kind; the sentence names the field."""


def decode_act(kind: str, data: dict[str, Any]) -> Act:
    """Turn stored or received data into an act. Raises RulingDecodeError."""
    if kind not in KINDS:
        raise RulingDecodeError(f"{kind!r} is no kind of ruling; expected one of {sorted(KINDS)}")
    try:
        return msgspec.convert({**data, "kind": kind}, KINDS[kind])
    except msgspec.ValidationError as error:
        raise RulingDecodeError(f"ruling {kind}: {error}") from error


def encode_act(act: Act) -> tuple[str, dict[str, Any]]:
    """The kind and the JSON-ready data of an act; ``decode_act`` is the inverse."""
    data: dict[str, Any] = msgspec.to_builtins(act)
    return data.pop("kind"), data
