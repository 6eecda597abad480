"""Long print runs: into one file or one a runner, in the background, watched and stopped.

A file appears under its name only when it is whole.
"""

from __future__ import annotations

import os
import re
import secrets
import tempfile
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from threading import Event as Flag, Lock, Thread
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from timing.core.refusal import Problem, Refusal, refused
from timing.printing.cards.document import Fields, draw_each
from timing.printing.lettering.faces import FontError
from timing.printing.pens.press import About, Watch
from timing.printing.sheet import SheetError
from timing.services.house import House, UnknownEventError
from timing.services.paper.card_kinds import CARDS, batch_of
from timing.services.paper.sheets import book_of, print_sheet, table_of
from timing.services.paper.wanted import Wanted

_KEPT = 12  # runs whose files are kept until newer ones come
_UNSAFE = re.compile(r"[^\w-]+")
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # equal cards give equal archives


class StoppedError(Exception):
    """Somebody stopped the run."""


class Stage(StrEnum):
    """How far a run is."""

    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    REFUSED = "refused"


@dataclass(slots=True)
class Run:
    """One print run. step, steps: how far it is. problems: why it was refused.

    missing: letters that no font had.
    """

    id: str
    slug: str
    kind: str
    each: bool
    file: Path
    stage: Stage = Stage.RUNNING
    step: int = 0
    steps: int = 0
    problems: tuple[Problem, ...] = ()
    missing: tuple[str, ...] = ()
    stop: Flag = field(default_factory=Flag)
    thread: Thread | None = None

    @property
    def name(self) -> str:
        """What the file is called for whoever takes it."""
        return f"{self.slug}-{self.kind}{self.file.suffix}"

    def watch(self, step: int, steps: int) -> None:
        """Note how far it is; ends the drawing once somebody has stopped it."""
        self.step, self.steps = step, steps
        if self.stop.is_set():
            raise StoppedError


_runs: OrderedDict[str, Run] = OrderedDict()
_LOCK = Lock()


def start(house: House, slug: str, kind: str, wanted: Wanted, *, each: bool = False) -> Run:
    """Begin a run in the background. each: one file a card, in an archive.

    Raises UnknownEventError, and Refusal for what can be told at once.
    """
    snapshot = house.live.snapshot(slug, fresh=True)
    if snapshot is None:
        raise UnknownEventError(slug)
    table_of(house, snapshot, kind, wanted)
    if each and kind not in CARDS:
        raise refused(
            "not-cards",
            "{kind} is one document; expected one of {known}",
            kind=kind,
            known=", ".join(CARDS),
        )
    folder = Path(tempfile.mkdtemp(prefix="print-run-"))
    run = Run(secrets.token_hex(8), slug, kind, each, folder / f"run.{'zip' if each else 'pdf'}")
    with _LOCK:
        _runs[run.id] = run
        while len(_runs) > _KEPT:
            _forget(_runs.popitem(last=False)[1])
    run.thread = Thread(target=_work, args=(house, run, wanted), daemon=True)
    run.thread.start()
    return run


def find(slug: str, number: str) -> Run | None:
    """Give a run of an event, or None."""
    with _LOCK:
        run = _runs.get(number)
    return run if run is not None and run.slug == slug else None


def runs(slug: str) -> list[Run]:
    """Give the runs of an event, the newest first."""
    with _LOCK:
        return [run for run in reversed(_runs.values()) if run.slug == slug]


def stop(run: Run) -> None:
    """Stop a run; it ends at the next page and leaves no file."""
    run.stop.set()


def _work(house: House, run: Run, wanted: Wanted) -> None:
    try:
        if run.each:
            missing = write_each(house, run.slug, run.kind, wanted, run.file, run.watch)
        else:
            drawn = print_sheet(house, run.slug, run.kind, wanted, run.watch)
            write_whole(run.file, lambda part: part.write_bytes(drawn.pdf))
            missing = tuple(drawn.missing)
    except StoppedError:
        run.stage = Stage.STOPPED
    except Refusal as refusal:
        run.problems = refusal.problems
        run.stage = Stage.REFUSED
    else:
        run.missing = missing
        run.stage = Stage.DONE


def write_each(
    house: House, slug: str, kind: str, wanted: Wanted, out: Path, watch: Watch | None = None
) -> tuple[str, ...]:
    """Write an archive of one PDF a card; returns the letters that no font had.

    Raises UnknownEventError, Refusal, and whatever the watch raises; then nothing is written.
    """
    snapshot = house.live.snapshot(slug, fresh=True)
    if snapshot is None:
        raise UnknownEventError(slug)
    table = table_of(house, snapshot, kind, wanted)
    batch = batch_of(table, kind) if kind in CARDS else None
    if batch is None:
        raise refused("nothing-to-print", "there is no card of the kind {kind} yet", kind=kind)
    event = snapshot.event
    about = About(f"{event.name}: {kind}", event.organiser, language=wanted.language)
    missing: dict[str, None] = {}

    def write(part: Path) -> None:
        names: dict[str, int] = {}
        with ZipFile(part, "w", ZIP_STORED) as archive:
            for card, drawn in draw_each(batch, about, book=book_of(house), watch=watch):
                archive.writestr(ZipInfo(_name(card, names), _LONG_AGO), drawn.pdf)
                missing.update(dict.fromkeys(drawn.missing))

    try:
        write_whole(out, write)
    except (SheetError, FontError) as error:
        raise Refusal(Problem("cannot-print", str(error))) from None
    return tuple(missing)


def _name(card: Fields, names: dict[str, int]) -> str:
    """A name of its own for each card: contest, bib and name."""
    parts = (card.get(key, "") for key in ("contest", "bib", "name"))
    stem = "-".join(part for text in parts if (part := _UNSAFE.sub("-", text).strip("-"))) or "card"
    names[stem] = names.get(stem, 0) + 1
    return f"{stem}.pdf" if names[stem] == 1 else f"{stem}-{names[stem]}.pdf"


def write_whole(out: Path, write: Callable[[Path], object]) -> None:
    """Let something write beside a file, then put it in its place; a half file never counts."""
    part = out.with_name(f".{out.name}.{secrets.token_hex(4)}.part")
    try:
        write(part)
        os.replace(part, out)  # noqa: PTH105 - in one step, on every system
    except OSError as error:
        if error.filename == str(part):
            error.filename = str(out)  # the file that was asked for
        raise
    finally:
        part.unlink(missing_ok=True)


def _forget(run: Run) -> None:
    run.stop.set()
    run.file.unlink(missing_ok=True)
