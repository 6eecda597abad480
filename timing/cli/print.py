"""``timing print``: any sheet of an event as a PDF file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from timing.cli.wiring import Wiring
    from timing.services.paper.wanted import Wanted

_EVERY = 200  # pages between two words about how far it is


@click.command("print")
@click.argument("kind")
@click.argument("event")
@click.argument("contest", default="")
@click.option("-o", "--out", type=click.Path(path_type=Path, dir_okay=False), required=True)
@click.option("--round", help="Only this round.")
@click.option("--language", help="en, de, it, fr or es; en where nothing is said.")
@click.option("--paper", help="A4 or LETTER.")
@click.option("--large", is_flag=True, help="Large type, to be read from a wall.")
@click.option("--columns", help="Columns of a result list: place,bib,name,time.")
@click.option("--laps", type=click.IntRange(1), help="Columns of a lap counters' sheet.")
@click.option("--design", help="Of a card: a name, or a file of a design of your own.")
@click.option("--labels", help="The sheet of labels to print cards on.")
@click.option("--skip", type=click.IntRange(0), help="Labels of the first sheet used up already.")
@click.option("--logo", type=click.Path(), help="A picture for the place of the logo.")
@click.option("--bib", help="Only the card of this bib.")
@click.option("--each", is_flag=True, help="One PDF a card, in a ZIP archive.")
@click.pass_obj
def print_(
    wiring: Wiring, /, *, kind: str, event: str, out: Path, each: bool, **chosen: Any
) -> int:  # fmt: skip
    """Print a sheet of KIND for an EVENT, or for one CONTEST of it.

    Exit code 1 when a letter of a name is in no font: it is printed as a box and named.
    """
    from timing.services.paper import batches, sheets  # noqa: PLC0415 - help is shown without it

    wanted = _wanted(kind, chosen)
    with wiring.house() as house:
        if each:
            missing = batches.write_each(house, event, kind, wanted, out, _tell)
            click.echo(f"Cards written to {out}.")
        else:
            drawn = sheets.print_sheet(house, event, kind, wanted, _tell)
            batches.write_whole(out, lambda part: part.write_bytes(drawn.pdf))
            missing = tuple(drawn.missing)
            click.echo(f"{drawn.pages} pages written to {out}.")
    for letter in missing:
        click.echo(f"no font has {letter!r} (printed as a box)", err=True)
    return 1 if missing else 0


def _wanted(kind: str, chosen: dict[str, Any]) -> Wanted:
    """Put what was said into what is wanted; what was not said is what a sheet has."""
    from timing.services.paper.wanted import Wanted  # noqa: PLC0415 - the same

    said = {name: value for name, value in chosen.items() if value is not None}
    if "columns" in said:
        said["columns"] = tuple(part.strip() for part in said["columns"].split(","))
    if kind == "station-posters":
        said["author"] = "terminal"
    return Wanted(**said)


def _tell(step: int, steps: int) -> None:
    """Say on a terminal how far a long run is; Ctrl-C ends it and leaves what was there."""
    if steps > _EVERY and step % _EVERY == 0 and sys.stderr.isatty():
        click.echo(f"{step} of {steps}", err=True)
