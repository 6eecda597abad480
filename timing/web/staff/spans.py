"""Spans of time as the race-day pages write them: in words, or as on a start list."""

from __future__ import annotations

from timing.core.clock import SECOND, Duration


def in_words(span: Duration) -> str:
    """Say how long it still is: ``1 h 50 min``, ``4 min``, ``30 s``; units that are everybody's."""
    minutes, seconds = divmod(span // SECOND, 60)
    if not minutes:
        return f"{seconds}\u00a0s"
    hours, minutes = divmod(minutes, 60)
    return f"{hours}\u00a0h\u00a0{minutes}\u00a0min" if hours else f"{minutes}\u00a0min"


def in_minutes(span: Duration) -> str:
    """Write a span as on a start list: ``0:30``, ``1:04.5``, ``-0:10``, ``1:02:03``."""
    whole, parts = divmod(abs(span), SECOND)
    hours, rest = divmod(whole, 3600)
    minutes = f"{rest // 60:02}" if hours else f"{rest // 60}"
    part = f".{parts:06}".rstrip("0") if parts else ""
    sign = "-" if span < 0 else ""
    return f"{sign}{f'{hours}:' if hours else ''}{minutes}:{rest % 60:02}{part}"
