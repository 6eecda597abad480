"""What the terminal is given by floor 5, so that no command reaches for a clock or a server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from timing.core.clock import Instant
    from timing.settings import Settings


@dataclass(frozen=True, slots=True)
class Wiring:
    """Handed to every command: ``@click.pass_obj def command(wiring: Wiring, ...)``.

    clock: gives the present moment.
    load_settings: reads the settings of this installation; raises Refusal.
    serve: runs the web server in the foreground until it is interrupted.
    """

    clock: Callable[[], Instant]
    load_settings: Callable[[], Settings]
    serve: Callable[[Settings], None]
