"""What scoring a race from files gives: whole files as bytes, and what to say about them."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from timing.core.refusal import Problem
from timing.files.results_out import Doubt


class Made(NamedTuple):
    """The files of a race by name, not written yet. summary: a line a contest."""

    files: dict[str, bytes]
    doubts: tuple[Doubt, ...]
    summary: tuple[str, ...]


class Scored(NamedTuple):
    """What was written. open_doubts: what matters and nobody has looked at."""

    files: tuple[Path, ...]
    summary: tuple[str, ...]
    open_doubts: tuple[Doubt, ...]
    notices: tuple[Problem, ...]
