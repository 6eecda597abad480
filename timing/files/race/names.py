"""The names in the folder of a race: what is read, what is written, and what else stands there.

A file that nobody reads is told, because a misspelt name would change results in silence.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from timing.files.race.race_toml import RaceText

TABLES = ("entries", "times", "times_paper", "rulings")
SUFFIXES = ("csv", "xlsx", "tsv", "txt")
WRITTEN = (
    "results.csv", "results.json", "results.pdf", "awards.csv", "anomalies.csv", "legs.csv",
    "records.csv", "splits.csv",
)  # fmt: skip
"""What scoring writes, in the order in which it is told; it may stand in the folder of the race."""
_READ = ("race.toml", *(f"{name}.{suffix}" for name in TABLES for suffix in SUFFIXES))
_OF_THE_COMPUTER = (".", "~$", "Thumbs.db", "desktop.ini")
"""How files begin that nobody put there: hidden ones, those of an open spreadsheet."""
_EXPECTED = f"expected race.toml, the tables {', '.join(TABLES)} and what race.toml names"
_SHOWN = 5
"""So many files without a meaning are named; a folder may hold all photos of the day."""


def tell_strays(text: RaceText) -> None:
    """Tell of files and races that are not read; who nearly met a name is told that name."""
    found, folder = text.findings, text.path.parent
    strays = list(_strays(text))
    near = {path: _meant(path) for path in strays}
    for path, meant in near.items():
        if meant:
            found.notice("not-read", f"the file is not read; did you mean {meant}?", str(path))
    others = [path.name for path in strays if not near[path]]
    if others:
        more = f" and {len(others) - _SHOWN} more" if len(others) > _SHOWN else ""
        sentence = f"{', '.join(others[:_SHOWN])}{more}: not read; {_EXPECTED}"
        found.notice("not-read", sentence, str(folder))
    for path in _other_races(text):
        sentence = "this race is not read; expected it as a [[series.race]] of the race.toml above"
        found.notice("not-read", sentence, str(path))


def refuse_tables(text: RaceText) -> None:
    """Refuse tables beside the race.toml of a series: a bib is somebody's in one race only."""
    series = text.race.series
    folder = next((race.folder for race in series.race if race.folder), "") if series else ""
    for path in _files(text.path.parent):
        if path.name in _READ[1:]:
            such = f", such as {folder}/{path.name}" if folder else ""
            sentence = f"a series reads no {path.stem} here; expected it in the folder of a race"
            text.findings.problem("table-of-a-series", f"{sentence}{such}", str(path))


def _strays(text: RaceText) -> Iterator[Path]:
    folder = text.path.parent
    named = {
        folder / name
        for contest in text.race.contest
        for name in (contest.categories, contest.prizes, *contest.records)
    }
    for path in _files(folder):
        known = path in named or path.name in _READ or path.name in WRITTEN
        if not known and not path.name.startswith(_OF_THE_COMPUTER):
            yield path


def _other_races(text: RaceText) -> list[Path]:
    """The races in the folder that no series names."""
    folder, series = text.path.parent, text.race.series
    named = {folder / race.folder / "race.toml" for race in series.race} if series else set()
    return sorted(path for path in folder.glob("*/race.toml") if path not in named)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file())


def _meant(path: Path) -> str:
    """The table that somebody may have meant; none where the name is like no other."""
    near = get_close_matches(path.stem.casefold(), TABLES, n=1, cutoff=0.8)
    suffix = path.suffix[1:].casefold()
    return "".join(f"{name}.{suffix if suffix in SUFFIXES else SUFFIXES[0]}" for name in near)
