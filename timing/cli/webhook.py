"""``timing webhook``: other systems that are told of publications and changed results."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from timing.cli.outcome import DONE, PROBLEMS

if TYPE_CHECKING:
    from timing.cli.wiring import Wiring


@click.group()
def webhook() -> None:
    """Tell other systems of publications and changed results."""


@webhook.command()
@click.argument("event")
@click.argument("url")
@click.pass_obj
def add(wiring: Wiring, event: str, url: str) -> None:
    """Tell URL from now on; the secret that signs the posts is shown once."""
    from timing.services.office import webhooks  # noqa: PLC0415 - help is shown without it

    with wiring.house() as house:
        hook = webhooks.add(house, event, url, "terminal")
    click.echo(f"webhook {hook.number}; its posts are signed with the secret {hook.secret}")


@webhook.command("list")
@click.argument("event")
@click.pass_obj
def list_(wiring: Wiring, event: str) -> None:
    """List the addresses of an event and how far each has been told."""
    from timing.services.office import webhooks  # noqa: PLC0415 - the same

    with wiring.house() as house:
        for hook in webhooks.listed(house, event):
            fault = f"  {hook.attempts} failed: {hook.told}" if hook.attempts else ""
            fault = "  switched off" if hook.off_at is not None else fault
            click.echo(f"{hook.number}  {hook.url}  line {hook.seq}{fault}")


@webhook.command()
@click.argument("event")
@click.argument("number", type=int)
@click.pass_obj
def remove(wiring: Wiring, event: str, number: int) -> None:
    """Tell an address no longer."""
    from timing.services.office import webhooks  # noqa: PLC0415 - the same

    with wiring.house() as house:
        webhooks.remove(house, event, number)
    click.echo(f"Webhook {number} is not told any more.")


@webhook.command()
@click.option("--once", is_flag=True, help="One round; exit 1 if a post failed.")
@click.pass_obj
def send(wiring: Wiring, *, once: bool) -> int:
    """Post what is new, every second until interrupted."""
    from timing.services.office import telling  # noqa: PLC0415 - the same

    with wiring.house() as house:
        done = telling.deliver(house, telling.post)
        while not once:
            wiring.sleep(1)
            telling.deliver(house, telling.post)
    click.echo(f"{done.sent} sent, {done.failed} failed.")
    return PROBLEMS if done.failed else DONE
