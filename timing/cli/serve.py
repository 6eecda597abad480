"""``timing serve``: the pages, until interrupted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from timing.services.office.upkeep import make_ready

if TYPE_CHECKING:
    from timing.cli.wiring import Wiring
    from timing.settings import Settings

EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - compared with, never listened on by itself


@click.command()
@click.pass_obj
def serve(wiring: Wiring) -> None:
    """Serve the pages until interrupted.

    Address and port are the settings host and port (PORT also in the environment). Makes
    a database where there is none, and refuses one at an old revision: see timing db upgrade.
    """
    settings = wiring.load_settings()
    make_ready(settings.database_url)
    click.echo(f"results: {address(settings)}/")
    click.echo(f"staff:   {address(settings)}/staff/  ({_way_in(wiring)})")
    click.echo("stop with Ctrl-C")
    wiring.serve(settings)


def _way_in(wiring: Wiring) -> str:
    """Say how to sign in; the first time, make the administrator."""
    from timing.services.office import accounts  # noqa: PLC0415 - passwords are slow to import

    with wiring.house() as house:
        password = accounts.first(house)
    if password is None:
        return "sign in with your account; a new password: timing user password NAME"
    return f"sign in as admin with the password {password}, shown only now"


def address(settings: Settings) -> str:
    """Give the address of the pages as a browser on this computer reaches them."""
    host = "127.0.0.1" if settings.host in EVERYWHERE else settings.host
    named = f"[{host}]" if ":" in host else host
    return f"http://{named}:{settings.port}"
