"""``timing publish``: results become a numbered version that never changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from timing.cli.events import known

if TYPE_CHECKING:
    from timing.cli.wiring import Wiring


@click.command()
@click.argument("event")
@click.argument("contest", default="")
@click.option("--official", is_flag=True, help="Official results; refused while errors are open.")
@click.option("--force", is_flag=True, help="In spite of open errors; needs a reason.")
@click.option("--reason", default="", help="Why; kept with the version.")
@click.option("--author", default="terminal", show_default=True, help="Who publishes.")
@click.pass_obj
def publish(
    wiring: Wiring,
    *,
    event: str,
    contest: str,
    official: bool,
    force: bool,
    reason: str,
    author: str,
) -> int:
    """Publish the results of one contest or of all."""
    from timing.core.refusal import Refusal  # noqa: PLC0415 - help is shown without it
    from timing.services.publications import publishing  # noqa: PLC0415 - the same

    order = publishing.Order(author, official=official, force=force, reason=reason)
    with wiring.house() as house, known(event):
        try:
            made = (
                [publishing.publish(house, event, contest, order)]
                if contest
                else publishing.publish_all(house, event, order)
            )
        except Refusal as refusal:
            open_errors = [p for p in refusal.problems if p.code.startswith("open-")]
            if not open_errors:
                raise
            for problem in open_errors:
                click.echo(f"{event}: {problem.sentence}", err=True)
            click.echo(f"{event}: not published; {len(open_errors)} errors are open", err=True)
            return 1
    for version in made:
        what = f"{version.contest} v{version.version} {version.state}"
        click.echo(f"{what}, up to line {version.seq}, sha256 {version.sha256}")
    return 0
