"""``timing import``: what others have written, into an event."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from timing.cli.events import known
from timing.cli.reader import order_of, told

if TYPE_CHECKING:
    from timing.cli.wiring import Wiring


@click.group("import")
def import_() -> None:
    """Bring files into an event."""


@import_.command()
@click.argument("event")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--format", "form", required=True, metavar="NAME", help="The format of the file.")
@told
@click.pass_obj
def reads(wiring: Wiring, /, event: str, file: Path, form: str, **options: Any) -> int:
    """Read the file of a timing box; reading it again changes nothing.

    Refused lines go to stderr as FILE:LINE: why. Exit code 1 when there are any.
    """
    from timing.services.reading import read_file  # noqa: PLC0415 - help is shown without it

    read = refused = 0
    with wiring.house() as house, known(event):
        for found in read_file(house, order_of(event, form, file.name, options), file):
            if isinstance(found, int):
                read += found
            else:
                refused += 1
                click.echo(str(found), err=True)
    click.echo(f"{read - refused} sightings read, {refused} lines refused.")
    return 1 if refused else 0
