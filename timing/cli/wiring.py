"""What the terminal is given by floor 5, so that no command reaches for a clock or a server."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from timing.core.clock import Instant
    from timing.services.house import House
    from timing.services.publications.site import Fetch
    from timing.settings import Settings


@dataclass(frozen=True, slots=True)
class Wiring:
    """Handed to every command: ``@click.pass_obj def command(wiring: Wiring, ...)``.

    clock: gives the present moment.
    sleep: waits for so many seconds.
    load_settings: reads the settings of this installation; raises Refusal.
    open_house: wires the services to the database of the settings, with this clock.
    serve: runs the web server in the foreground until it is interrupted.
    open_pages: gives what asks the public pages as a reader would, who found them at an address.
    """

    clock: Callable[[], Instant]
    sleep: Callable[[float], None]
    load_settings: Callable[[], Settings]
    open_house: Callable[[Settings, Callable[[], Instant]], House]
    serve: Callable[[Settings], None]
    open_pages: Callable[[House, Settings, str], Fetch]

    @contextmanager
    def house(self) -> Iterator[House]:
        """Give the services for one command, on a database that is ready. Raises Refusal."""
        from timing.services.office.upkeep import make_ready  # noqa: PLC0415 - help needs no database

        settings = self.load_settings()
        make_ready(settings.database_url)
        house = self.open_house(settings, self.clock)
        try:
            yield house
        finally:
            house.store.close()
