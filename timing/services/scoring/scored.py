"""What scoring a race from files gives: whole files as bytes, and what to say about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from timing.core.refusal import Problem
from timing.core.setup.event import Event
from timing.files.feeds.results_json import results_json
from timing.files.feeds.results_out import AwardLine, Doubt, anomalies_csv, awards_csv
from timing.files.race.names import WRITTEN
from timing.printing.sheet import Sheet
from timing.services.scoring.sheets import drawn


class Made(NamedTuple):
    """The files of a race by name, not written yet. summary: a line a contest."""

    files: dict[str, bytes]
    doubts: tuple[Doubt, ...]
    summary: tuple[str, ...]


def made(
    event: Event,
    contests: Sequence[dict[str, Any]],
    lists: Lists,
    tables: Mapping[str, str],
    summary: Sequence[str],
) -> Made:
    """Put the files together: those that every race has, and the tables of this kind of race.

    contests: the rows for JSON. tables: CSV text by file name.
    """
    pdf, missing = drawn(lists.sheets)
    doubts = [*lists.doubts, *missing]
    files = {
        "results.json": results_json(event, contests, lists.awards, doubts),
        "results.pdf": pdf,
        "awards.csv": awards_csv(lists.awards).encode(),
        "anomalies.csv": anomalies_csv(doubts).encode(),
        **{name: text.encode() for name, text in tables.items()},
    }
    ordered = {name: files[name] for name in WRITTEN if name in files}
    return Made(ordered, tuple(doubts), tuple(summary))


class Lists(NamedTuple):
    """What every race has: the sheets of its results, its awards and its doubts."""

    sheets: Sequence[Sheet]
    awards: Sequence[AwardLine] = ()
    doubts: Sequence[Doubt] = ()


class Scored(NamedTuple):
    """What was written. open_doubts: what matters and nobody has looked at."""

    files: tuple[Path, ...]
    summary: tuple[str, ...]
    open_doubts: tuple[Doubt, ...]
    notices: tuple[Problem, ...]
