"""Rows of a result list out of nothing, for tests of what is done with them."""

from __future__ import annotations

from timing.core.clock import Duration, Instant
from timing.core.fold.results import Result
from timing.core.fold.standings import Row
from timing.core.journal.lines import Read
from timing.core.setup.roster import Entry, Sex, Start
from timing.core.status import Status


def result(
    id: int = 1,  # noqa: A002 - as the entry has it
    status: Status = Status.OK,
    elapsed: tuple[int, ...] = (),
    positions: tuple[int, ...] = (),
    **changes,
) -> Result:
    """A result with passings at these points, so long after a gun at 0."""
    positions = positions or tuple(range(1, len(elapsed) + 1))
    reads = tuple(
        Read("mat", n, "line", "1", None, Instant(at), "chip") for n, at in enumerate(elapsed)
    )
    gun = Duration(elapsed[-1]) if elapsed and status is Status.OK else None
    values = {
        "entry": id, "round": "final", "status": status, "rule": "", "started": Instant(0),
        "positions": positions, "reads": reads, "elapsed": tuple(map(Duration, elapsed)),
        "gun": gun, "net": gun, "official": gun, "penalty": Duration(0), "laps": 0,
        "recorded": 0, "marks": (), "unused": (), "anomalies": (),
    }  # fmt: skip
    return Result(**(values | changes))


def row(
    id: int = 1,  # noqa: A002 - as the entry has it
    place: int | None = None,
    sex: Sex = Sex.UNKNOWN,
    category: str = "",
    heat: int = 1,
    status: Status = Status.OK,
    elapsed: tuple[int, ...] = (),
    **changes,
) -> Row:
    """One line of a list."""
    entry = Entry(id=id, contest="mile", name=f"Runner {id}", sex=sex, **changes)
    start = Start(entry=id, round="final", heat=heat, wave="a")
    return Row(
        place, False, entry, str(100 + id), start, result(id, status, elapsed), category,
        None, None, None, None,
    )  # fmt: skip
