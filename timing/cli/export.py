"""``timing export``: what is in the house, as files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from timing.cli.wiring import Wiring

_OUT = click.Path(path_type=Path, dir_okay=False)


@click.group()
def export() -> None:
    """Write the journal or the results of an event into a file."""


@export.command()
@click.argument("event")
@click.option("-o", "--out", type=_OUT, required=True, help="The file to write.")
@click.pass_obj
def journal(wiring: Wiring, event: str, out: Path) -> None:
    """Write every line of the journal, one JSON object a line."""
    from timing.services import exchange  # noqa: PLC0415 - help is shown without it

    with wiring.house() as house:
        lines = list(exchange.export_journal(house, event))
    out.write_bytes(b"".join(lines))
    click.echo(f"{len(lines) - 1} lines written to {out}.")


@export.command()
@click.argument("event")
@click.option("-o", "--out", type=_OUT, required=True, help="The file to write.")
@click.option("--format", "form", metavar="NAME", help="The format; else the ending of the file.")
@click.pass_obj
def results(wiring: Wiring, event: str, out: Path, form: str | None) -> None:
    """Write the results of all contests and rounds.

    Formats: csv, json, xlsx, lif (FinishLynx, zipped), iof (IOF XML 3.0), opentrack, and for the
    organiser only runsignup, ultrasignup (zipped) and wa, which hold more than the public may see.
    """
    from timing.services import exchange  # noqa: PLC0415 - the same

    with wiring.house() as house:
        content = exchange.export_results(house, event, form or out.suffix.removeprefix("."))
    out.write_bytes(content)
    click.echo(f"Results written to {out}.")
