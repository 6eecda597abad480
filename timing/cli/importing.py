"""``timing import``: what others have written, into an event."""

from __future__ import annotations

from collections import Counter
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
    from timing.services.readers.reading import read_file  # noqa: PLC0415 - help is shown without it

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


@import_.command()
@click.argument("event")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--encoding", help="How the letters are written, such as cp1252.")
@click.option("--dates", type=click.Choice(["dmy", "mdy"]), help="What 03/04/1984 means.")
@click.option("--contest", default="", help="The contest of those who name none.")
@click.option("--decide", multiple=True, metavar="KIND=CHOICE", help="Decide all of one kind.")
@click.option("--author", default="terminal", show_default=True, help="Who brings the list.")
@click.option("--dry-run", is_flag=True, help="Say what would be done and write nothing.")
@click.pass_obj
def entries(wiring: Wiring, /, event: str, file: Path, **options: Any) -> int:
    """Bring a list of entrants; a newer one changes what is new and erases nothing of the day.

    Rows that cannot be used go to stderr as FILE:LINE: why. Nothing is written while something
    has to be decided. Exit code 1 when there is any of either.
    """
    from timing.services.entrants.entries import import_entries, plan_import  # noqa: PLC0415 - as above
    from timing.services.entrants.incoming import Source  # noqa: PLC0415 - the same

    answers = {"contest:": options["contest"]} if options["contest"] else {}
    for kind, _, choice in (decided.partition("=") for decided in options["decide"]):
        answers[f"all:{kind}"] = choice
    source = Source(file, str(file), options["encoding"], None, options["dates"] or "")
    with wiring.house() as house, known(event):
        preview = plan_import(house, event, source, answers)
        for problem in preview.problems:
            click.echo(str(problem), err=True)
        for each in preview.plan.lines:
            for doubt in each.undecided:
                click.echo(f"{file}:{each.line}: {doubt.code}: {doubt.sentence}", err=True)
        counts = preview.plan.counts
        if options["dry_run"] or preview.plan.undecided:
            click.echo(
                f"{counts['new']} new, {counts['change']} changed, {counts['same']} as before; "
                f"{preview.plan.undecided} to decide; nothing was written."
            )
            return 1 if preview.problems or preview.plan.undecided else 0
        done = import_entries(house, event, source, answers, author=options["author"])
    click.echo(
        f"{done.new} new, {done.changed} changed, {done.same} as before, "
        f"{done.skipped + done.refused} left out."
    )
    return 1 if done.refused else 0


@import_.command()
@click.argument("event")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.pass_obj
def journal(wiring: Wiring, /, event: str, file: Path) -> None:
    """Append the lines of an exported journal; those that are there already change nothing.

    A file with a line that cannot be read is refused as a whole.
    """
    from timing.services.publications.exchange import import_journal  # noqa: PLC0415 - as above

    with wiring.house() as house, known(event):
        receipts = import_journal(house, event, file)
    counts = Counter(receipt.outcome.value for receipt in receipts)
    click.echo(
        f"{counts['new']} lines new, {counts['known']} known, {counts['clash']} of another content."
    )
