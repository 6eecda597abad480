"""``timing doctor``: what would stand in the way of a race day, before the day. Changes nothing."""

from __future__ import annotations

import shutil
import sys
import tempfile
from importlib import resources as package_files
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from timing import resources
from timing.core.clock import datetime_of
from timing.services.office import upkeep

if TYPE_CHECKING:
    from timing.cli.wiring import Wiring
    from timing.settings import Settings

OLDEST_PYTHON = (3, 11)
LEAST_DISK = 500_000_000  # bytes: a day of 2.5 million reads, its backup and its prints
FIRST_YEAR = 2025  # a clock that shows less was never set


class Finding(NamedTuple):
    """What one check found."""

    well: bool
    about: str
    sentence: str


def check_python(_wiring: Wiring, _settings: Settings) -> Finding:
    found, wanted = (".".join(map(str, v)) for v in (sys.version_info[:3], OLDEST_PYTHON))
    well = sys.version_info[:2] >= OLDEST_PYTHON
    return Finding(well, "python", f"{found}; {wanted} or newer is needed")


def check_folders(_wiring: Wiring, _settings: Settings) -> Finding:
    missing = [name for name in resources.FOLDERS if not resources.folder(name).is_dir()]
    if missing:
        gone = ", ".join(str(resources.folder(name)) for name in missing)
        return Finding(False, "house", f"not found: {gone}; expected with the program")
    return Finding(True, "house", "templates, migrations, rules and pictures are here")


def check_clock(wiring: Wiring, _settings: Settings) -> Finding:
    moment = datetime_of(wiring.clock())
    shown = f"this computer believes it is {moment:%Y-%m-%d %H:%M:%S} UTC"
    if moment.year < FIRST_YEAR:
        return Finding(False, "clock", f"{shown}; expected {FIRST_YEAR} or later: set the clock")
    return Finding(True, "clock", f"{shown}; compare it with another clock")


def check_zones(_wiring: Wiring, _settings: Settings) -> Finding:
    try:
        ZoneInfo("Europe/Vienna")
    except ZoneInfoNotFoundError:
        return Finding(False, "time zones", "no time zone data; expected the package tzdata")
    return Finding(True, "time zones", "known")


def check_fonts(_wiring: Wiring, _settings: Settings) -> Finding:
    try:
        found = list(package_files.files("font_roboto").joinpath("files").iterdir())
    except (ModuleNotFoundError, FileNotFoundError):
        found = []
    if not any(file.name.endswith(".ttf") for file in found):
        return Finding(False, "fonts", "no font for the prints; expected the package font-roboto")
    return Finding(True, "fonts", "Latin, Vietnamese, Greek and Cyrillic names can be printed")


def check_disk(_wiring: Wiring, settings: Settings) -> Finding:
    place = Path(settings.data_dir)
    existing = next(folder for folder in (place, *place.parents) if folder.is_dir())
    try:
        tempfile.TemporaryFile(dir=existing).close()
    except OSError as error:
        return Finding(False, "disk", f"{existing} cannot be written ({error.strerror})")
    free = shutil.disk_usage(existing).free
    sentence = f"{free // 1_000_000:,} MB free for {place}; {LEAST_DISK // 1_000_000} MB are wanted"
    return Finding(free >= LEAST_DISK, "disk", sentence)


def check_database(_wiring: Wiring, settings: Settings) -> Finding:
    if not resources.folder("migrations").is_dir():
        return Finding(False, "database", "not looked at: the migrations are missing")
    found = upkeep.faults(settings.database_url)
    sentence = "; ".join(found) or f"{upkeep.shown(settings.database_url)} is up to date"
    return Finding(not found, "database", sentence)


CHECKS = (
    check_python,
    check_folders,
    check_clock,
    check_zones,
    check_fonts,
    check_disk,
    check_database,
)


@click.command()
@click.pass_obj
def doctor(wiring: Wiring) -> int:
    """Say what would stand in the way of a race day.

    Looks at Python, the folders of the program, the clock, time zones, fonts, the disk and the
    database. Changes nothing. Exit code 1 when something is not well.
    """
    settings = wiring.load_settings()
    findings = [check(wiring, settings) for check in CHECKS]
    for finding in findings:
        click.echo(f"{'well' if finding.well else 'LOOK':5} {finding.about:11} {finding.sentence}")
    return 0 if all(finding.well for finding in findings) else 1
