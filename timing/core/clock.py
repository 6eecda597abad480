"""Times of the race as integer microseconds, with one parser and one printer.

Knows nothing of the wall clock: "now" is always handed in from the wiring.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import NewType

from timing.core.sentence import worded

Instant = NewType("Instant", int)
"""A moment: microseconds since 1970-01-01 00:00 UTC."""
Duration = NewType("Duration", int)
"""A span of time in microseconds; may be negative."""

MILLISECOND = Duration(1_000)
SECOND = Duration(1_000_000)
MINUTE = Duration(60 * SECOND)
HOUR = Duration(60 * MINUTE)
DAY = Duration(24 * HOUR)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_FIRST = (datetime.min.replace(tzinfo=UTC) - _EPOCH) // _MICROSECOND
_LAST = (datetime.max.replace(tzinfo=UTC) - _EPOCH) // _MICROSECOND
_FRACTION_DIGITS = 6
_LONGEST = 24  # characters of a time; a longer text is not a time


class TimeTextError(ValueError):
    """A text is not a time; the sentence says what was found and what was expected."""

    def __init__(self, text: str) -> None:
        shown = text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
        super().__init__(
            worded("{text!r} is not a time; expected [H:]MM:SS[.fff] or seconds", text=shown)
        )


_FORM = re.compile(r"(?P<body>[0-9:;.,]+)(?P<hand>h?)")
_PARTS = re.compile(r"(?:(\d*):)?(?:(\d+):)?(\d*)(?:(?<!:)[.,](\d+))?")
_DOTTED = re.compile(r"(?:(\d+)\.)?(\d+)\.(\d+)")


def parse_duration(text: str, *, dots_separate: bool = False, signed: bool = False) -> Duration:
    """Read a time as people write it.

    ``6:45.112``, ``65:55``, ``:59``, ``0:58:``, ``1:1:10``, ``12,27`` and ``245.3`` are times;
    a trailing ``h`` (a hand time, as in World Athletics files) is accepted, and a semicolon for
    a colon (the shift key missed). More than six decimals are cut. Minutes may exceed 59 where
    no hours are given, seconds where neither is.

    dots_separate: a text without a colon is read as the club convention, where a dot stands
        for the colon: ``28.49`` is 28 min 49 s and ``1.11.43`` is 1 h 11 min 43 s.
    signed: a leading minus sign is allowed (start offsets).

    Raises TimeTextError.
    """
    stripped = text.strip()
    negative = signed and stripped.startswith("-")
    form = _FORM.fullmatch(stripped.removeprefix("-") if negative else stripped)
    if form is None or len(stripped) > _LONGEST:
        raise TimeTextError(text)
    body = form["body"].replace(";", ":")
    dotted = _DOTTED.fullmatch(body) if dots_separate and ":" not in body else None
    if dotted:
        total = _total(dotted[1], dotted[2], dotted[3], None, text)
    else:
        parts = _PARTS.fullmatch(body)
        if parts is None or not any(parts.groups()):
            raise TimeTextError(text)
        hours, minutes, seconds, fraction = parts.groups()
        if minutes is None:  # one colon only: what stands before it are minutes
            hours, minutes = None, hours
        total = _total(hours, minutes, seconds, fraction, text)
    return Duration(-total if negative else total)


def is_hand_time(text: str) -> bool:
    """Whether a time carries the mark of hand timing (``10.2h``)."""
    return text.strip().endswith("h")


def _total(
    hours: str | None, minutes: str | None, seconds: str | None, fraction: str | None, text: str
) -> int:
    h, m, s = int(hours or 0), int(minutes or 0), int(seconds or 0)
    if (h and m > 59) or ((hours or minutes) and s > 59):
        raise TimeTextError(text)
    micros = int((fraction or "")[:_FRACTION_DIGITS].ljust(_FRACTION_DIGITS, "0"))
    return h * HOUR + m * MINUTE + s * SECOND + micros


def format_duration(duration: int, decimals: int | None = None) -> str:
    """Print a span as ``[H:]M:SS[.f]`` or, below a minute, ``S[.f]``.

    decimals: digits after the point, cut and never rounded (rounding is the business of
        ``core.rulebook.rounding``, once, before); None prints what is there without trailing zeros.
    """
    sign, rest = ("-", -duration) if duration < 0 else ("", duration)
    seconds, micros = divmod(rest, SECOND)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    tail = _fraction(micros, decimals)
    if hours:
        return f"{sign}{hours}:{minutes:02d}:{seconds:02d}{tail}"
    if minutes:
        return f"{sign}{minutes}:{seconds:02d}{tail}"
    return f"{sign}{seconds}{tail}"


def _fraction(micros: int, decimals: int | None) -> str:
    digits = f"{micros:06d}"
    digits = digits.rstrip("0") if decimals is None else digits[:decimals]
    return f".{digits}" if digits else ""


def instant_of(moment: datetime) -> Instant:
    """Turn an aware datetime into an Instant. Raises ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone; expected an aware datetime")
    return Instant((moment - _EPOCH) // _MICROSECOND)


def datetime_of(instant: int) -> datetime:
    """Turn an Instant into an aware datetime in UTC.

    A moment that no calendar has becomes one near its end, which every time zone can show.
    """
    if instant < _FIRST:
        return _EPOCH + timedelta(microseconds=_FIRST + 2 * DAY)
    return _EPOCH + timedelta(microseconds=instant if instant <= _LAST else _LAST - 2 * DAY)


def in_calendar(instant: int) -> bool:
    """Whether a calendar has the moment."""
    return _FIRST <= instant <= _LAST
