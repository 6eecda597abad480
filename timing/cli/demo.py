"""``timing demo``: events with invented entrants, to look at or to watch live."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from timing.cli.wiring import Wiring


@click.command()
@click.option("--if-empty", is_flag=True, help="Only where the database has no event yet.")
@click.option(
    "--replay", is_flag=True, help="Play one event live, through the journal, from now on."
)
@click.option(
    "--event", "name", default="backwards-mile", show_default=True, help="Which one to replay."
)
@click.option(
    "--speed", type=click.FloatRange(0.1, 1000), default=10.0, show_default=True,
    help="How many times as fast as the race.",
)  # fmt: skip
@click.pass_obj
def demo(wiring: Wiring, *, if_empty: bool, replay: bool, name: str, speed: float) -> None:
    """Load the demonstration events, or replay one live."""
    from timing.services.demo import loading  # noqa: PLC0415 - help is shown without it

    with wiring.house() as house:
        if not replay:
            loaded = loading.load_demos(house, if_empty=if_empty)
            click.echo(
                f"Demonstration events loaded: {', '.join(loaded) or 'none, they are here'}."
            )
            return
        programmes = {path.stem: path for path in loading.demo_files()}
        if name not in programmes:
            known = ", ".join(programmes)
            raise click.BadParameter(f"{name!r} is no demonstration; expected one of {known}")
        with click.progressbar(length=1000, label=f"Replaying {name}") as bar:

            def tell(done: int, of: int) -> None:
                bar.update(done * 1000 // of - bar.pos)

            slug = loading.replay(house, programmes[name], speed, wiring.sleep, tell)
        click.echo(f"Replayed as {slug}.")
