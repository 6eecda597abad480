"""Journals and results out of the house, journals into it, as files that other programs read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from timing.core.refusal import Problem, Refusal
from timing.files.findings import Findings
from timing.files.journal_file import journal_lines, read_journal
from timing.files.results_json import contest_rows, results_json
from timing.files.results_out import results_csv
from timing.services.house import House, UnknownEventError
from timing.services.live import Snapshot
from timing.store import journal, setup
from timing.store.journal import Appended


def export_journal(house: House, slug: str) -> Iterator[bytes]:
    """Give the lines of the journal file of an event. Raises UnknownEventError at once."""
    with house.store.read() as tx:
        lines = journal.load_journal(tx, _number(setup.find_event(tx, slug), slug))
    return journal_lines(slug, lines)


def import_journal(house: House, slug: str, path: Path) -> list[Appended]:
    """Append the lines of a journal file; those that are there already change nothing.

    Raises Refusal with every line that is wrong (nothing is written then), UnknownEventError.
    """
    _, lines = read_journal(path, Findings())
    with house.store.write() as tx:
        event = _number(setup.find_event(tx, slug), slug)
        return journal.append(tx, event, lines.reads, lines.rulings, arrived=house.clock())


def _as_csv(snapshot: Snapshot) -> bytes:
    return results_csv(list(snapshot.standings.values())).encode()


def _as_json(snapshot: Snapshot) -> bytes:
    rows = [contest_rows(standings) for standings in snapshot.standings.values()]
    return results_json(snapshot.event, rows, (), ())


class Format(NamedTuple):
    """A format of results. public: whether it holds nothing but what everybody may read."""

    write: Callable[[Snapshot], bytes]
    suffix: str
    media: str
    public: bool = True


RESULT_FORMATS: Mapping[str, Format] = {
    "csv": Format(_as_csv, ".csv", "text/csv; charset=utf-8"),
    "json": Format(_as_json, ".json", "application/json"),
}
"""Formats of results of a whole event by name."""
PUBLIC_FORMATS = tuple(name for name, form in RESULT_FORMATS.items() if form.public)


def export_results(house: House, slug: str, form: str) -> bytes:
    """Give the results of all contests and rounds in one file.

    Raises UnknownEventError, Refusal for an unknown format.
    """
    if form not in RESULT_FORMATS:
        known = ", ".join(RESULT_FORMATS)
        raise Refusal(Problem("results-format", f"{form!r} is no format; expected one of {known}"))
    snapshot = house.live.snapshot(slug, fresh=True)
    if snapshot is None:
        raise UnknownEventError(slug)
    return RESULT_FORMATS[form].write(snapshot)


def _number(found: int | None, slug: str) -> int:
    if found is None:
        raise UnknownEventError(slug)
    return found
