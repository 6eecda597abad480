"""``timing db``: bring the database up to date, say what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from timing.services.office import upkeep

if TYPE_CHECKING:
    from timing.cli.wiring import Wiring


@click.group()
def db() -> None:
    """Bring the database up to date, or check it."""


@db.command()
@click.pass_obj
def upgrade(wiring: Wiring) -> None:
    """Bring the database to the newest revision; an empty or missing one is made."""
    url = wiring.load_settings().database_url
    before, after = upkeep.upgrade(url)
    did = "is already at" if before == after else f"was brought from {before or 'nothing'} to"
    click.echo(f"{upkeep.shown(url)} {did} revision {after}")


@db.command()
@click.pass_obj
def check(wiring: Wiring) -> int:
    """Say what is wrong with the database. Changes nothing.

    Looks at the revision, the tables, the triggers that guard the journal, and the data.
    Exit code 1 when something is wrong.
    """
    url = wiring.load_settings().database_url
    faults = upkeep.faults(url)
    for fault in faults:
        click.echo(f"{upkeep.shown(url)}: {fault}", err=True)
    if not faults:
        click.echo(f"{upkeep.shown(url)}: nothing is wrong")
    return 1 if faults else 0
