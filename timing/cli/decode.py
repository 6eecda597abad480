"""``timing decode``: the file of a timing box as a table of its raw reads."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from timing.cli.wiring import Wiring


@click.command()
@click.argument("format_name", metavar="FORMAT")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.pass_obj
def decode(_wiring: Wiring, format_name: str, file: Path) -> int:
    """Print the raw reads of a timing box's FILE as CSV, one line a read.

    Refused lines go to stderr as FILE:LINE: why. Exit code 1 when there are any.
    """
    from timing.services.readers.decoding import table_of  # noqa: PLC0415 - help is shown without it

    refused = 0
    for line, problem in table_of(format_name, file):
        if problem is None:
            sys.stdout.write(line)
        else:
            refused += 1
            click.echo(str(problem), err=True)
    return 1 if refused else 0
