"""Rows of lists that were drawn before are handed out again: a list of thousands changes by a few.

What a row shows is all in the arguments of its macro, so they are its name here.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from flask import Flask
from markupsafe import Markup

_MOST = 20_000  # rows of about 700 bytes


class Drawn:
    """A shelf of drawn rows, the longest unused goes first. Safe to share between threads."""

    def __init__(self, most: int = _MOST) -> None:
        """Keep so many rows."""
        self._most, self._lock = most, Lock()
        self._rows: OrderedDict[tuple[Hashable, ...], Markup] = OrderedDict()

    def __call__(self, macro: Callable[..., Markup], *shown: Hashable) -> Markup:
        """Give what the macro draws of the arguments; it must depend on nothing else."""
        key = (getattr(macro, "name", ""), *shown)
        with self._lock:
            row = self._rows.get(key)
            if row is not None:
                self._rows.move_to_end(key)
                return row
        row = macro(*shown)
        with self._lock:
            self._rows[key] = row
            if len(self._rows) > self._most:
                self._rows.popitem(last=False)
        return row


def furnish(app: Flask) -> None:
    """Hand ``drawn`` to the templates."""
    app.jinja_env.globals["drawn"] = Drawn()
