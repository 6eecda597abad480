"""The commands by name: where each stands and what it does in a line. Imports none of them.

A help page of a second would be a poor first impression, so a command is loaded when it is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

import click

if TYPE_CHECKING:
    from collections.abc import Mapping


class Place(NamedTuple):
    """Where a command stands (``module:name``) and the first line of its help (a test compares)."""

    address: str
    summary: str


COMMANDS: dict[str, Place] = {
    "print": Place(
        "timing.cli.print:print_", "Print a sheet of KIND for an EVENT, or for one CONTEST of it."
    ),
    "backup": Place(
        "timing.cli.backup:backup",
        "Write the whole database into one file, while the race goes on.",
    ),
    "db": Place("timing.cli.db:db", "Bring the database up to date, or check it."),
    "decode": Place(
        "timing.cli.decode:decode",
        "Print the raw reads of a timing box's FILE as CSV, one line a read.",
    ),
    "demo": Place(
        "timing.cli.demo:demo", "Load the demonstration events, a large one, or replay one live."
    ),
    "doctor": Place("timing.cli.doctor:doctor", "Say what would stand in the way of a race day."),
    "export": Place(
        "timing.cli.export:export",
        "Write the journal, the results, start lists or the pages of an event into files.",
    ),
    "import": Place("timing.cli.importing:import_", "Bring files into an event."),
    "publish": Place("timing.cli.publish:publish", "Publish the results of one contest or of all."),
    "reader": Place(
        "timing.cli.reader:reader", "Read a timing box, or watch its files, until interrupted."
    ),
    "rebuild": Place(
        "timing.cli.rebuild:rebuild", "Drop the tables of results and fold them anew."
    ),
    "restore": Place("timing.cli.backup:restore", "Fill an empty database from a backup."),
    "score": Place("timing.cli.score:score", "Score a race from files, without a server."),
    "serve": Place("timing.cli.serve:serve", "Serve the pages until interrupted."),
    "user": Place("timing.cli.user:user", "Add accounts, list them, change a password or a role."),
    "webhook": Place(
        "timing.cli.webhook:webhook", "Tell other systems of publications and changed results."
    ),
}


class Catalogue(click.Group):
    """A group of commands that knows their names and loads one when it is asked for."""

    def __init__(self, name: str, places: Mapping[str, Place]) -> None:
        super().__init__(
            name, help=_ABOUT, context_settings={"help_option_names": ["-h", "--help"]}
        )
        self.places = places

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return sorted(self.places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - the same
        place = self.places.get(cmd_name)
        if place is None:
            return None
        module, _, attribute = place.address.partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(name, self.places[name].summary) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


_ABOUT = """Time races and publish results.

What happened is kept in a journal; everything else is worked out from it.
Exit code 0: done. 1: the work found problems. 2: wrong use or unreadable input.
"""


def _show_version(ctx: click.Context, _option: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 - click's signature
    if wanted:
        from importlib import metadata  # noqa: PLC0415 - slow to import, rarely asked

        click.echo(f"timing {metadata.version('timing')}")
        ctx.exit()


def commands(places: Mapping[str, Place] = COMMANDS) -> click.Group:
    """Give the whole command ``timing``."""
    version = click.Option(
        ["--version"], is_flag=True, expose_value=False, is_eager=True, callback=_show_version,
        help="Show the version and stop.",
    )  # fmt: skip
    group = Catalogue("timing", places)
    group.params.append(version)
    return group
