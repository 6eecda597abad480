"""Sheets of an event by kind: from the journal as it stands to the bytes of a PDF."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from timing.core.event import Contest
from timing.core.refusal import Problem, Refusal
from timing.core.state import State
from timing.printing.document import draw_all
from timing.printing.frame import Edition, Frame
from timing.printing.press import Drawn
from timing.printing.result_cells import FULL, View
from timing.printing.results_sheet import Circumstances, results_sheet
from timing.printing.sheet import Paper, Sheet
from timing.printing.start_lists import KINDS as LISTS, start_list, time_sheet
from timing.printing.starters import starters_of
from timing.services.house import House, UnknownEventError
from timing.services.live import Snapshot
from timing.store import publications, setup


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be printed. contest, round: codes, "" for all. laps: columns of a lap sheet."""

    contest: str = ""
    round: str = ""
    language: str = "en"
    paper: str = "A4"
    large: bool = False
    laps: int = 0
    link: str = ""


@dataclass(frozen=True, slots=True)
class _Desk:
    """All that a sheet may be made of. The state is only looked at."""

    snapshot: Snapshot
    state: State
    wanted: Wanted
    frame: Frame

    @property
    def contests(self) -> list[Contest]:
        """The contests that are wanted, in the order of the programme."""
        wanted = self.wanted.contest
        return [each for each in self.snapshot.event.contests if wanted in ("", each.code)]


_MANY_SPLITS = 8  # more make the type too small to be read from a wall
_BRIEF = tuple(key for key in FULL if key != "splits")


def _results(desk: _Desk, view: View, *, splits: bool = False) -> list[Sheet]:
    """Every round in which somebody stands on the start list.

    splits: also where there are so many that the type becomes small.
    """
    sheets = []
    for contest in desk.contests:
        for each in contest.rounds:
            standings = desk.snapshot.standings[contest.code, each.code]
            if standings.rows and desk.wanted.round in ("", each.code):
                gun = min(
                    (
                        row.result.started
                        for row in standings.rows
                        if row.result.started is not None
                    ),
                    default=None,
                )
                around = Circumstances(gun=gun)
                many = len(contest.course.points) > _MANY_SPLITS and not splits
                keys = _BRIEF if many else FULL
                frame = replace(desk.frame, edition=Edition("provisional"))
                sheets.append(results_sheet(frame, standings, around, view=view, keys=keys))
    return sheets


def _list(desk: _Desk, kind: str) -> list[Sheet]:
    """One list for each contest, or one for all where the kind mixes them."""
    event, lineup = desk.snapshot.event, desk.state.lineup
    mixed = not desk.wanted.contest and kind in _OF_ALL
    sheets = []
    for code in [""] if mixed else [contest.code for contest in desk.contests]:
        starters = starters_of(event, lineup, code, desk.wanted.round)
        if kind == "no-shows":
            starters = [each for each in starters if each.bib not in desk.state.checked_in]
        if starters:
            laps = desk.wanted.laps or _laps(desk, code)
            sheets.append(
                start_list(desk.frame, starters, kind, round_code=desk.wanted.round, laps=laps)
            )
    return sheets


_OF_ALL = frozenset({"start-by-wave", "start-by-name", "start-by-bib", "check-in", "no-shows"})


def _laps(desk: _Desk, code: str) -> int:
    contest = desk.snapshot.event.contest(code)
    return len(contest.course.points) - 1 if contest else 0


def _times(desk: _Desk) -> list[Sheet]:
    return [time_sheet(desk.frame)]


KINDS: Mapping[str, Callable[[_Desk], list[Sheet]]] = {
    "results": partial(_results, view=View.OVERALL),
    "results-with-splits": partial(_results, view=View.OVERALL, splits=True),
    "results-by-sex": partial(_results, view=View.SEX),
    "results-by-category": partial(_results, view=View.CATEGORY),
    "results-by-heat": partial(_results, view=View.HEAT),
    **{kind: partial(_list, kind=kind) for kind in LISTS},
    "times": _times,
}
"""Every kind of sheet by its name; ``timing print`` and the print room know the same."""


def print_sheet(house: House, slug: str, kind: str, wanted: Wanted) -> Drawn:
    """Draw one kind of sheet. The state is what the journal says now.

    Raises UnknownEventError, Refusal: unknown kind, contest or paper, nothing to print.
    """
    _check(kind, wanted)
    snapshot = house.live.snapshot(slug, fresh=True)
    if snapshot is None:
        raise UnknownEventError(slug)
    if wanted.contest and snapshot.event.contest(wanted.contest) is None:
        known = ", ".join(each.code for each in snapshot.event.contests)
        raise _refused("contest-unknown", f"{wanted.contest!r} is no contest; expected {known}")
    frame = Frame(
        event=snapshot.event, language=wanted.language, as_of=snapshot.changed,
        printed_at=house.clock(), paper=Paper[wanted.paper], large=wanted.large, link=wanted.link,
    )  # fmt: skip
    sheets = house.live.ask(slug, lambda state: KINDS[kind](_Desk(snapshot, state, wanted, frame)))
    if not sheets:
        raise _refused("nothing-to-print", f"there is nothing on a sheet of the kind {kind} yet")
    return draw_all(sheets)


def public_results(house: House, slug: str, contest: str, language: str) -> bytes | None:
    """Give the sheet of the newest publication of a contest, else a provisional one of now.

    None if there is no such contest, or nobody may see the event.
    """
    snapshot = house.live.snapshot(slug)
    if snapshot is None or not snapshot.event.public or snapshot.event.contest(contest) is None:
        return None
    with house.store.read() as tx:
        event = setup.find_event(tx, slug) or 0
        last = publications.latest(tx, event, contest)
        kept = publications.load_sheet(tx, event, contest, last.version) if last else None
    if kept is not None:
        return kept.pdf
    return print_sheet(house, slug, "results", Wanted(contest=contest, language=language)).pdf


def _check(kind: str, wanted: Wanted) -> None:
    if kind not in KINDS:
        known = ", ".join(KINDS)
        raise _refused("kind-unknown", f"{kind!r} is no kind of sheet; expected one of {known}")
    if wanted.paper not in Paper.__members__:
        known = ", ".join(Paper.__members__)
        raise _refused("paper-unknown", f"{wanted.paper!r} is no paper; expected one of {known}")


def _refused(code: str, sentence: str) -> Refusal:
    return Refusal(Problem(code, sentence))
