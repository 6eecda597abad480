"""Lines of the journal as rows, and rows as lines. Knows no transaction and no order.

Texts are kept as they came, except for what no database can hold; acts go through the one door
of ``core.journal.rulings``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import msgspec

from timing.core.clock import Instant
from timing.core.journal.lines import CLASH_BITS, Read, Ruling, claimed
from timing.core.journal.rulings import decode_act, encode_act

Line: TypeAlias = Read | Ruling

READ_COLUMNS = ("event_id", "seq", *Read._fields, "arrived")
RULING_COLUMNS = (
    "event_id", "seq", "station", "n", "at", "kind", "data", "reason", "author", "arrived",
)  # fmt: skip

_LARGEST = 2**63
_LARGEST_NUMBER = 2**31
_LARGEST_STRENGTH = 2**31


class MalformedLineError(ValueError):
    """A line has a number that no row can hold; the door of the service was to refuse it."""


def derived(n: int, attempt: int) -> int:
    """A number for another line that claims n: negative, so that no station makes it itself."""
    return -(claimed(n) << CLASH_BITS | attempt)


def storable(line: Line) -> Line:
    """A line as it will be read back: NUL and lone surrogates are replaced, nothing else.

    Raises MalformedLineError for a number outside its range.
    """
    if isinstance(line, Read):
        return storable_read(line)
    kind, data = encode_act(line.act)
    if not (_number(line.n) and _whole(line.at) and all(map(_whole, _integers(data)))):
        raise MalformedLineError(f"{line!r} has a number out of range")
    clean = _clean(data)
    return Ruling(
        station=_text(line.station),
        n=line.n,
        at=line.at,
        act=line.act if clean == data else decode_act(kind, clean),
        reason=_text(line.reason),
        author=_text(line.author),
    )


def storable_read(read: Read) -> Read:
    """The same for a read."""
    station, n, point, bib, chip, at, source, strength = read
    small = -_LARGEST_STRENGTH <= strength < _LARGEST_STRENGTH
    if not (_number(n) and small and (at is None or _whole(at))):
        raise MalformedLineError(f"{read!r} has a number out of range")
    if f"{station}{point}{bib}{chip}{source}".isprintable():
        return read
    return read._replace(
        station=_text(station),
        point=_text(point),
        bib=None if bib is None else _text(bib),
        chip=None if chip is None else _text(chip),
        source=_text(source),
    )


def read_row(event: int, seq: int, read: Read, arrived: Instant | None) -> tuple[Any, ...]:
    """Values in the order of READ_COLUMNS."""
    return (event, seq, *read, arrived)


def ruling_row(event: int, seq: int, ruling: Ruling, arrived: Instant | None) -> tuple[Any, ...]:
    """Values in the order of RULING_COLUMNS."""
    kind, data = encode_act(ruling.act)
    text = msgspec.json.encode(data).decode()
    return (event, seq, ruling.station, ruling.n, ruling.at, kind, text, ruling.reason,
            ruling.author, arrived)  # fmt: skip


def ruling_of(values: Sequence[Any]) -> Ruling:
    """The ruling of (station, n, at, kind, data, reason, author), data as text or decoded."""
    station, n, at, kind, data, reason, author = values
    decoded = msgspec.json.decode(data) if isinstance(data, str) else data
    return Ruling(station, n, at, decode_act(kind, decoded), reason, author)


def runs(numbers: Iterable[int], gap: int = 64) -> list[tuple[int, int]]:
    """Cover numbers by few ranges (first, last), without long stretches that hold none."""
    found: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if found and number - found[-1][1] <= gap:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def _number(n: int) -> bool:
    return 0 <= claimed(n) < _LARGEST_NUMBER


def _whole(number: int) -> bool:
    return -_LARGEST <= number < _LARGEST


def _integers(data: object) -> Iterable[int]:
    if isinstance(data, int):
        yield data
    elif isinstance(data, Mapping):
        for value in data.values():
            yield from _integers(value)
    elif isinstance(data, (list, tuple)):
        for value in data:
            yield from _integers(value)


def _text(text: str) -> str:
    readable = text.encode("utf-8", "replace").decode() if not text.isascii() else text
    return readable.replace("\0", "\N{SYMBOL FOR NULL}")


def _clean(data: Any) -> Any:
    if isinstance(data, str):
        return _text(data)
    if isinstance(data, dict):
        return {key: _clean(value) for key, value in data.items()}
    if isinstance(data, (list, tuple)):
        return type(data)(map(_clean, data))
    return data
