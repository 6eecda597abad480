"""``timing export``: what is in the house, as files."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from timing.cli.wiring import Wiring

_OUT = click.Path(path_type=Path, dir_okay=False)
_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.group()
def export() -> None:
    """Write the journal, the results, start lists or the pages of an event into files."""


@export.command()
@click.argument("event")
@click.option("-o", "--out", type=_OUT, required=True, help="The file to write.")
@click.pass_obj
def journal(wiring: Wiring, event: str, out: Path) -> None:
    """Write every line of the journal, one JSON object a line."""
    from timing.services.publications import exchange  # noqa: PLC0415 - help is shown without it

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
    from timing.services.publications import exchange  # noqa: PLC0415 - the same

    with wiring.house() as house:
        content = exchange.export_results(house, event, form or out.suffix.removeprefix("."))
    out.write_bytes(content)
    click.echo(f"Results written to {out}.")


@export.command()
@click.argument("event")
@click.option("-o", "--out", type=_FOLDER, required=True, help="The folder that FinishLynx reads.")
@click.option("--contest", metavar="CODE", default="", help="Only this contest.")
@click.option("--round", "stage", metavar="CODE", default="", help="Only this round.")
@click.option("--encoding", metavar="NAME", default="utf-8", help="utf-8, cp1252 or utf-16.")
@click.pass_obj
def lynx(wiring: Wiring, event: str, out: Path, contest: str, stage: str, encoding: str) -> None:
    """Write the start lists for FinishLynx: lynx.ppl, lynx.evt and lynx.sch.

    Each file is replaced in one step. Numbers of event, round and heat are those by which the
    reader `lif` finds the heat of a result again.
    """
    from timing.files.feeds.whole_folder import whole_files  # noqa: PLC0415 - the same
    from timing.services.publications import exchange  # noqa: PLC0415 - the same

    with wiring.house() as house:
        files = exchange.lynx_start_lists(house, event, contest, stage, encoding)
    whole_files(out, files)
    click.echo(f"{', '.join(files)} written to {out}.")


@export.command()
@click.argument("event")
@click.argument("folder", type=_FOLDER)
@click.option("--address", metavar="URL", default="", help="Where the folder will be found.")
@click.option(
    "--lang", "languages", metavar="CODE", multiple=True,
    help="A language, may be repeated; without it all languages of the event.",
)  # fmt: skip
@click.pass_obj
def site(
    wiring: Wiring, event: str, folder: Path, address: str, languages: tuple[str, ...]
) -> None:
    """Write everything public of an event as files for any web server.

    The pages lead to each other from any address; --address makes pictures for sharing and the
    codes on the pages of runners right.
    """
    from timing.services.publications import site as sites  # noqa: PLC0415 - the same

    wish = sites.Wish(_base(address) or sites.NOWHERE, languages)
    with wiring.house() as house:
        fetch = wiring.open_pages(house, wiring.load_settings(), wish.base)
        done = sites.export_site(house, event, folder, fetch, wish, _progress())
    click.echo(f"{done.pages} pages, {done.files} files, {done.bytes:,} bytes in {folder}.")
    for each in done.left_out:
        click.echo(f"left out, not to be shown: {each}", err=True)


def _progress() -> Callable[[int, int], None]:
    """Tell somebody at a terminal how far it is; a log hears nothing."""
    there = _somebody_waits()

    def tell(written: int, known: int) -> None:
        if there and (written % 20 == 0 or written >= known):
            click.echo(f"\r{written} of {known} files", nl=written >= known, err=True)

    return tell


def _somebody_waits() -> bool:
    return sys.stderr.isatty()


def _base(address: str) -> str:
    """Check an address; it is the beginning of all others."""
    there = urlsplit(address)
    if address and (there.scheme not in ("http", "https") or not there.netloc or there.query):
        raise click.BadParameter("expected an address such as https://results.example/2026")
    return address.rstrip("/")
