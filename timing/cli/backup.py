"""``timing backup`` and ``timing restore``: the whole database as one file, from either engine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from timing.cli.wiring import Wiring


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def backup(wiring: Wiring, file: Path) -> None:
    """Write the whole database into one file, while the race goes on."""
    from timing.services.office import upkeep  # noqa: PLC0415 - help is shown without it

    with wiring.house() as house:
        upkeep.back_up(house.store, file)
    click.echo(f"Backed up to {file} ({file.stat().st_size:,} bytes).")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.pass_obj
def restore(wiring: Wiring, file: Path) -> None:
    """Fill an empty database from a backup."""
    from timing.services.office import upkeep  # noqa: PLC0415 - the same

    upkeep.restore(wiring.load_settings().database_url, file)
    click.echo(f"Restored from {file}.")
