"""``timing user``: accounts of the race office."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from timing.core.permissions import Role

if TYPE_CHECKING:
    from timing.cli.wiring import Wiring


@click.group()
def user() -> None:
    """Add accounts, list them, change a password or a role."""


@user.command()
@click.argument("name")
@click.option("--role", type=click.Choice([str(role) for role in Role]), required=True)
@click.pass_obj
def add(wiring: Wiring, name: str, role: str) -> None:
    """Add an account; its password is made by lot and shown once."""
    from timing.services.office import accounts  # noqa: PLC0415 - help is shown without it

    with wiring.house() as house:
        password = accounts.add(house, name, role)
    click.echo(f"{name} may sign in as {role} with the password {password} (shown only now).")


@user.command("list")
@click.pass_obj
def everybody(wiring: Wiring) -> None:
    """List the accounts with their roles."""
    from timing.services.office import accounts  # noqa: PLC0415 - the same

    with wiring.house() as house:
        for account in accounts.everybody(house):
            state = "" if account.disabled_at is None else "  (closed)"
            click.echo(f"{account.name}\t{account.role}{state}")


@user.command()
@click.argument("name")
@click.pass_obj
def password(wiring: Wiring, name: str) -> None:
    """Give an account a new password, shown once; its sessions end."""
    from timing.services.office import accounts  # noqa: PLC0415 - the same

    with wiring.house() as house:
        fresh = accounts.renew_password(house, name)
    click.echo(f"{name} may sign in with the password {fresh} (shown only now).")


@user.command()
@click.argument("name")
@click.option("--role", type=click.Choice([str(role) for role in Role]), required=True)
@click.pass_obj
def role(wiring: Wiring, name: str, role: str) -> None:
    """Give an account another role, at once."""
    from timing.services.office import accounts  # noqa: PLC0415 - the same

    with wiring.house() as house:
        accounts.set_role(house, name, role)
    click.echo(f"{name} is {role} now.")


@user.command()
@click.argument("name")
@click.pass_obj
def close(wiring: Wiring, name: str) -> None:
    """Close an account; what it wrote stays under its name."""
    from timing.services.office import accounts  # noqa: PLC0415 - the same

    with wiring.house() as house:
        accounts.disable(house, name)
    click.echo(f"{name} may not sign in any more.")
