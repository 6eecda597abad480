"""Lists from paper or another system, pasted or typed: checked line by line, then written down."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from timing.core.clock import Instant, TimeTextError
from timing.core.fold.whole import State
from timing.core.journal.lines import Read
from timing.core.refusal import Problem, Refusal, refused
from timing.core.sentence import Sentence, worded, words_of
from timing.services.house import House, UnknownEventError
from timing.services.raceday.grids import digits, write_down
from timing.services.raceday.wall_time import said_time


class PaperLine(NamedTuple):
    """One line of a pasted list as it was understood. problem: what is wrong, "" if nothing."""

    number: int
    bib: str
    at: Instant | None
    name: str
    problem: Sentence | str
    refused: bool


COLUMNS: Mapping[str, tuple[str, ...]] = {
    "bib time": ("bib", "time"),
    "time bib": ("time", "bib"),
    "bib": ("bib",),
    "time": ("time",),
    "order bib time": ("order", "bib", "time"),
    "bib lap time": ("bib", "lap", "time"),
}
"""The orders of columns in a pasted list."""


class Paper(NamedTuple):
    """A list from paper or another system. clock: elapsed since the gun, or the time of day.

    wave: whose gun counts for lines without bib.
    """

    text: str
    columns: str
    point: str
    clock: str = "elapsed"
    wave: str = ""


def check_paper(house: House, slug: str, paper: Paper) -> list[PaperLine]:
    """Say of each line how it is understood; writes nothing. Raises Refusal, UnknownEventError."""
    if paper.columns not in COLUMNS:
        raise refused("columns", "{columns!r} is no order of columns", columns=paper.columns[:30])
    now = house.clock()

    def ask(state: State) -> list[PaperLine] | Refusal:
        if paper.point not in state.known.points:
            return refused(
                "point", "there is no timing point {point!r} at this event", point=paper.point[:20]
            )
        return list(_paper_lines(state, paper, now))

    found = house.live.ask(slug, ask)
    if found is None:
        raise UnknownEventError(slug)
    if isinstance(found, Refusal):
        raise found
    return found


def save_paper(house: House, slug: str, paper: Paper, author: str) -> int:
    """Write a list down; the same list again changes nothing. Returns how many lines it has.

    Lines of unknown bibs are kept and become anomalies; lines that are no lines are refused, all
    or nothing. Raises Refusal.
    """
    lines = check_paper(house, slug, paper)
    wrong = [
        Problem(
            "line",
            worded("line {number}: {problem}", number=each.number, problem=each.problem),
        )
        for each in lines
        if each.refused
    ]
    if wrong or not lines:
        raise Refusal(*(wrong or [Problem("empty", worded("the list is empty"))]))
    named = hashlib.sha256(repr(paper).encode()).hexdigest()[:12]
    reads = [
        Read(f"paper-{named}", each.number, paper.point, each.bib or None, None, each.at, "paper")
        for each in lines
    ]
    write_down(house, slug, reads, [], author)
    return len(reads)


def _paper_lines(state: State, paper: Paper, now: Instant) -> Iterator[PaperLine]:
    names = COLUMNS[paper.columns]
    seen: dict[tuple[str, str], int] = {}
    for number, line in enumerate(paper.text.splitlines(), 1):
        cells = line.replace(";", " ").replace("\t", " ").replace(",", " ").split()
        if not cells:
            continue
        row = dict(zip(names, cells, strict=False))
        if len(cells) != len(names):
            problem = worded(
                "{count} columns; expected {columns}", count=len(cells), columns=paper.columns
            )
            yield PaperLine(number, row.get("bib", ""), None, "", problem, refused=True)
            continue
        yield _paper_line(state, paper, now, number, row, seen)


def _paper_line(
    state: State, paper: Paper, now: Instant, number: int, row: dict[str, str],
    seen: dict[tuple[str, str], int],
) -> PaperLine:  # fmt: skip
    bib = row.get("bib", "")
    try:
        at = _paper_time(state, paper, now, bib, row["time"]) if "time" in row else None
    except TimeTextError as error:
        return PaperLine(number, bib, None, "", words_of(error), refused=True)
    except Refusal as refusal:
        return PaperLine(number, bib, None, "", refusal.problems[0].said, refused=True)
    names = [
        state.lineup.entries[target.key[0]].name for target in state.known.wearers.get(bib, ())
    ]
    before = seen.setdefault((bib, row.get("lap", "")), number)
    problem: Sentence | str = ""
    if bib and not names:
        problem = worded("unknown bib")
    elif bib and before != number and "time" not in row:
        problem = worded("the same bib as line {before}", before=before)
    return PaperLine(number, bib, at, names[0] if names else "", problem, refused=False)


def _paper_time(state: State, paper: Paper, now: Instant, bib: str, text: str) -> Instant:
    if paper.clock == "day":
        return said_time(text, state.event.timezone, now)
    started = [target.started for target in state.known.wearers.get(bib, ())]
    known = [moment for moment in started if moment is not None]
    gun = known[-1] if known else state.lineup.guns.get(paper.wave)
    if gun is None:
        raise refused(
            "gun", "no gun to count from; expected a wave that has started, or times of day"
        )
    return Instant(gun + digits(text))
