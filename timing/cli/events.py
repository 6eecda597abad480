"""What commands say of an event that is not there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from timing.core.refusal import Problem, Refusal


@contextmanager
def known(slug: str) -> Iterator[None]:
    """Refuse the input when the event that it names does not exist."""
    from timing.services.house import UnknownEventError  # noqa: PLC0415 - help needs no database

    try:
        yield
    except UnknownEventError:
        sentence = f"there is no event {slug!r}; expected the last word of its web address"
        raise Refusal(Problem("unknown-event", sentence)) from None
