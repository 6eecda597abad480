"""Journals and results out of the house, journals into it, as files that other programs read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple, NoReturn

from timing.core.fold.standings import Standings
from timing.core.refusal import refused
from timing.core.sentence import Sentence, worded
from timing.files.entrants.runsignup import runsignup_results
from timing.files.feeds.bundle import zipped
from timing.files.feeds.iof_xml import iof_xml
from timing.files.feeds.journal_file import journal_lines, read_journal
from timing.files.feeds.lynx import ENCODINGS, races_of, start_files
from timing.files.feeds.lynx_results import lif_files
from timing.files.feeds.opentrack import opentrack_json
from timing.files.feeds.results_json import contest_rows, results_json
from timing.files.feeds.results_out import results_csv
from timing.files.feeds.results_xlsx import results_xlsx
from timing.files.feeds.ultrasignup import ultrasignup_csv
from timing.files.feeds.wa_results import wa_json
from timing.files.tables.findings import Findings
from timing.services.house import House, UnknownEventError
from timing.services.live import Snapshot
from timing.services.public.shown import public
from timing.store import journal, setup
from timing.store.journal import Appended


def export_journal(house: House, slug: str) -> Iterator[bytes]:
    """Give the lines of the journal file of an event. Raises UnknownEventError at once."""
    with house.store.read() as tx:
        lines = journal.load_journal(tx, setup.event_number(tx, slug))
    return journal_lines(slug, lines)


def import_journal(house: House, slug: str, path: Path) -> list[Appended]:
    """Append the lines of a journal file; those that are there already change nothing.

    Raises Refusal with every line that is wrong (nothing is written then), UnknownEventError.
    """
    _, lines = read_journal(path, Findings())
    with house.store.write() as tx:
        event = setup.event_number(tx, slug)
        return journal.append(tx, event, lines.reads, lines.rulings, arrived=house.clock())


def _as_csv(snapshot: Snapshot) -> bytes:
    return results_csv(list(snapshot.standings.values())).encode()


def _as_json(snapshot: Snapshot) -> bytes:
    rows = [contest_rows(standings) for standings in snapshot.standings.values()]
    return results_json(snapshot.event, rows, (), ())


def _lists(snapshot: Snapshot) -> list[Standings]:
    return list(snapshot.standings.values())


def _as_xlsx(snapshot: Snapshot) -> bytes:
    return results_xlsx(_lists(snapshot))


def _as_lif(snapshot: Snapshot) -> bytes:
    return zipped(lif_files(snapshot.event, _lists(snapshot)))


def _as_iof(snapshot: Snapshot) -> bytes:
    return iof_xml(snapshot.event, _lists(snapshot), snapshot.changed)


def _as_opentrack(snapshot: Snapshot) -> bytes:
    return opentrack_json(snapshot.event, _lists(snapshot))


def _as_runsignup(snapshot: Snapshot) -> bytes:
    lists = _lists(snapshot)
    return zipped({_name(one, ".json"): runsignup_results(one) for one in lists if one.rows})


def _as_ultrasignup(snapshot: Snapshot) -> bytes:
    on = date.fromisoformat(snapshot.event.date)
    lists = [one for one in _lists(snapshot) if one.rows]
    return zipped({_name(one, ".csv"): ultrasignup_csv(one, on).encode() for one in lists})


def _as_wa(snapshot: Snapshot) -> bytes:
    return wa_json(snapshot.event, _lists(snapshot))


def _name(one: Standings, suffix: str) -> str:
    several = len(one.contest.rounds) > 1
    return f"{one.contest.code}{f'-{one.round}' if several else ''}{suffix}"


class Format(NamedTuple):
    """A format of results. public: whether it holds nothing but what everybody may read."""

    write: Callable[[Snapshot], bytes]
    suffix: str
    media: str
    public: bool = True


_JSON, _ZIP = "application/json", "application/zip"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RESULT_FORMATS: Mapping[str, Format] = {
    "csv": Format(_as_csv, ".csv", "text/csv; charset=utf-8"),
    "json": Format(_as_json, ".json", _JSON),
    "xlsx": Format(_as_xlsx, ".xlsx", _SHEET),
    "lif": Format(_as_lif, ".lif.zip", _ZIP),
    "iof": Format(_as_iof, ".iof.xml", "application/xml"),
    "opentrack": Format(_as_opentrack, ".opentrack.json", _JSON),
    "runsignup": Format(_as_runsignup, ".runsignup.zip", _ZIP, public=False),
    "ultrasignup": Format(_as_ultrasignup, ".ultrasignup.zip", _ZIP, public=False),
    "wa": Format(_as_wa, ".wa.json", _JSON, public=False),
}
"""Formats of results of a whole event by name. What has dates of birth or keys is not public."""
PUBLIC_FORMATS = tuple(name for name, form in RESULT_FORMATS.items() if form.public)


def export_results(house: House, slug: str, form: str) -> bytes:
    """Give the results of all contests and rounds in one file, for the organiser.

    Raises UnknownEventError, Refusal for an unknown format.
    """
    if form not in RESULT_FORMATS:
        known = ", ".join(RESULT_FORMATS)
        raise refused(
            "results-format",
            "{form!r} is no format; expected one of {known}",
            form=form,
            known=known,
        )
    snapshot = house.live.snapshot(slug, fresh=True)
    if snapshot is None:
        raise UnknownEventError(slug)
    return RESULT_FORMATS[form].write(snapshot)


def lynx_start_lists(
    house: House, slug: str, contest: str = "", round_code: str = "", encoding: str = "utf-8"
) -> dict[str, bytes]:
    """Give the start lists for FinishLynx, three files by name, with hidden names hidden.

    contest, round_code: nothing but these; "" for all. Numbers are those of the whole event.
    Raises UnknownEventError, Refusal for what is not there.
    """
    found = house.live.ask(slug, lambda state: (races_of(state.event, state.lineup), state.lineup))
    if found is None:
        raise UnknownEventError(slug)
    every, lineup = found
    if encoding not in ENCODINGS:
        _refuse("encoding", worded("encoding"), encoding, ENCODINGS)
    races = every
    if contest:
        races = [each for each in races if each.contest == contest]
        if not races:
            _refuse("contest", worded("contest"), contest, {each.contest: None for each in every})
    if round_code:
        stages = {each.stage: None for each in races}
        races = [each for each in races if each.stage == round_code]
        if not races:
            _refuse("round", worded("round"), round_code, stages)
    return start_files(lineup, races, everybody=len(races) == len(every), encoding=encoding)


def _refuse(code: str, what: Sentence, found: str, known: Iterable[str]) -> NoReturn:
    raise refused(
        f"unknown-{code}",
        "there is no {what} {found!r} here; expected one of {known}",
        what=what,
        found=found[:40],
        known=", ".join(known),
    )


def public_results(house: House, slug: str, form: str) -> bytes | None:
    """Give the results of a public event as everybody may have them; None for a hidden one.

    form: one of PUBLIC_FORMATS.
    """
    snapshot = public(house, slug)
    return None if snapshot is None else RESULT_FORMATS[form].write(snapshot)
