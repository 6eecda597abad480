"""The terminal: the same verbs under the same names as the pages. No rules, no SQL.

Each command is a module of its own, named in ``catalogue.COMMANDS`` and imported when it is used.
"""

from __future__ import annotations

from timing.cli.outcome import run
from timing.cli.wiring import Wiring

__all__ = ["Wiring", "run"]
