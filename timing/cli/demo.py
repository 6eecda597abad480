"""``timing demo``: events with invented entrants, to look at or to watch live."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from timing.cli.wiring import Wiring
    from timing.services.house import House


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
@click.option(
    "--people", type=click.IntRange(1, 100_000), metavar="N",
    help="A large road race with N invented entrants, loaded or replayed.",
)  # fmt: skip
@click.pass_obj
def demo(
    wiring: Wiring, *, if_empty: bool, replay: bool, name: str, speed: float, people: int | None
) -> None:
    """Load the demonstration events, a large one, or replay one live."""
    with wiring.house() as house:
        if replay:
            _replay(wiring, house, name, speed, people)
        else:
            _load(house, if_empty, people)


def _load(house: House, if_empty: bool, people: int | None) -> None:  # noqa: FBT001 - an option
    from timing.services.demo import loading  # noqa: PLC0415 - help is shown without it

    loaded = (
        loading.load_demos(house, if_empty=if_empty)
        if people is None
        else loading.load_large(house, people, if_empty=if_empty)
    )
    click.echo(f"Demonstration events loaded: {', '.join(loaded) or 'none, they are here'}.")


def _replay(wiring: Wiring, house: House, name: str, speed: float, people: int | None) -> None:
    from timing.services.demo import loading  # noqa: PLC0415 - help is shown without it

    programmes = {path.stem: path for path in (*loading.demo_files(), loading.large_file())}
    chosen = name if people is None else loading.LARGE
    if chosen not in programmes:
        known = ", ".join(programmes)
        raise click.BadParameter(f"{chosen!r} is no demonstration; expected one of {known}")
    day = loading.rehearsal(programmes[chosen], people)
    with click.progressbar(length=1000, label=f"Replaying {chosen}") as bar:

        def tell(done: int, of: int) -> None:
            bar.update(done * 1000 // of - bar.pos)

        slug = loading.replay(house, day, speed, wiring.sleep, tell)
    click.echo(f"Replayed as {slug}.")
