"""``timing score``: a race from files to its results, without a server."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from timing.services.scoring.race import score as score_race
from timing.services.scoring.scored import Scored

_FOLDER = click.Path(path_type=Path, file_okay=True)


@click.command()
@click.argument("folder", type=_FOLDER)
@click.option("--out", type=_FOLDER, required=True, help="Folder for the results.")
@click.option("--encoding", help="Of tables that are not UTF-8, such as cp1252 or cp1250.")
@click.option("--quiet", is_flag=True, help="Say nothing but what is wrong.")
def score(folder: Path, out: Path, encoding: str | None, *, quiet: bool) -> int:
    """Score a race from files, without a server.

    FOLDER holds race.toml, entries (csv or xlsx), times.csv and maybe rulings.csv. Results,
    awards and anomalies are written to the folder OUT, as CSV, JSON and PDF.

    Exit code 1: scored, but there are anomalies to look at (anomalies.csv).
    """
    shown = not quiet and _on_a_terminal()
    scored = score_race(folder, out, encoding=encoding, tell=_say if shown else _nothing)
    if not quiet:
        _report(scored)
    return 1 if scored.open_doubts else 0


def _on_a_terminal() -> bool:
    return sys.stderr.isatty()


def _say(step: str) -> None:
    click.echo(f"{step} ...", err=True)


def _nothing(_step: str) -> None:
    pass


def _report(scored: Scored) -> None:
    for notice in scored.notices:
        click.echo(f"note: {notice}", err=True)
    for line in scored.summary:
        click.echo(line)
    for doubt in scored.open_doubts:
        click.echo(f"{doubt.severity}: {doubt.sentence}", err=True)
    click.echo(f"written to {scored.files[0].parent}: {', '.join(f.name for f in scored.files)}")
