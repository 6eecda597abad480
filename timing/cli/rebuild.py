"""``timing rebuild``: the tables of results are dropped and written anew from the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from timing.cli.events import known

if TYPE_CHECKING:
    from timing.cli.wiring import Wiring


@click.command()
@click.argument("event")
@click.pass_obj
def rebuild(wiring: Wiring, *, event: str) -> None:
    """Drop the tables of results and fold them anew."""
    from timing.services.publications import projection  # noqa: PLC0415 - help is shown without it

    with wiring.house() as house, known(event):
        made = projection.rebuild(house, event)
    click.echo(f"{event}: {made.results} results, up to line {made.seq} of the journal")
