"""The cyclic garbage collector, held off while many values are made that cannot form circles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Pause it for a fold or a ranking, which it would stop again and again to find nothing.

    Of a million values of a large event it costs a third of the time. Two threads that fold at
    once may let it run early; it always runs again in the end.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
