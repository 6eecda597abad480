"""``timing print``: any sheet of an event as a PDF file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from timing.cli.wiring import Wiring


@click.command("print")
@click.argument("kind")
@click.argument("event")
@click.argument("contest", default="")
@click.option("-o", "--out", type=click.Path(path_type=Path, dir_okay=False), required=True)
@click.option("--round", "round_code", default="", help="Only this round.")
@click.option("--language", default="en", show_default=True, help="en, de, it, fr or es.")
@click.option("--paper", default="A4", show_default=True, help="A4 or LETTER.")
@click.option("--large", is_flag=True, help="Large type, to be read from a wall.")
@click.pass_obj
def print_(  # noqa: PLR0913 - the options of the command
    wiring: Wiring, *, kind: str, event: str, contest: str, out: Path, round_code: str,
    language: str, paper: str, large: bool,
) -> int:  # fmt: skip
    """Print a sheet of KIND for an EVENT, or for one CONTEST of it.

    Exit code 1 when a letter of a name is in no font: it is printed as a box and named.
    """
    from timing.services.paper import sheets  # noqa: PLC0415 - help is shown without it

    wanted = sheets.Wanted(
        contest=contest, round=round_code, language=language, paper=paper, large=large
    )
    with wiring.house() as house:
        drawn = sheets.print_sheet(house, event, kind, wanted)
    part = out.with_name(f"{out.name}.part")
    part.write_bytes(drawn.pdf)
    os.replace(part, out)  # noqa: PTH105 - a half-written sheet never replaces a good one
    click.echo(f"{drawn.pages} pages written to {out}.")
    for letter, times in drawn.missing.items():
        click.echo(f"no font has {letter!r} (printed {times} times as a box)", err=True)
    return 1 if drawn.missing else 0
