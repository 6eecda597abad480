"""``timing reader``: read a timing box, or watch its files, until interrupted."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import click

from timing.cli.events import known

if TYPE_CHECKING:
    from timing.cli.wiring import Wiring
    from timing.services.readers.boxes import Order
    from timing.services.readers.reading import Diary

_Command = TypeVar("_Command", bound=Callable[..., Any])
_STOPS = (signal.SIGINT, signal.SIGTERM)
_OPTIONS = (
    click.option("--point", required=True, help="The timing point where it stands."),
    click.option("--name", default="", help="What to call it; one name is one source of lines."),
    click.option("--date", "day", default="", help="Day of its first time; that of the event."),
    click.option("--zone", default="", help="Time zone of its clock; that of the event."),
    click.option(
        "--wave", default="", help="The wave that it starts, or whose gun it counts from."
    ),
    click.option("--zero", default="", help="When its elapsed times began, as HH:MM:SS."),
    click.option("--columns", default=None, help="Of a table: bib=5,time=4."),
    click.option("--clock", default=None, type=click.Choice(["day"]), help="Of a table."),
    click.option(
        "--split", "splits", multiple=True, help="Point of an intermediate time, in order."
    ),
)


def told(command: _Command) -> _Command:
    """Give a command the options that say what a reader cannot know by itself."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def order_of(slug: str, form: str, place: str, options: dict[str, Any]) -> Order:
    """Put the words of a command line together."""
    from timing.services.readers.boxes import Order  # noqa: PLC0415 - help is shown without it

    return Order(slug, form, place, **options)


@click.command()
@click.argument("format_name", metavar="FORMAT")
@click.argument("where", metavar="WHERE")
@click.option("--event", required=True, help="The event, by the last word of its web address.")
@told
@click.pass_obj
def reader(wiring: Wiring, /, format_name: str, where: str, event: str, **options: Any) -> None:
    """Read a timing box, or watch its files, until interrupted.

    WHERE is HOST[:PORT] of a box, [HOST][:PORT] to listen on, or a file, a folder or a pattern.
    """
    from timing.readers.delivery import Host  # noqa: PLC0415 - help is shown without it
    from timing.services.readers import reading  # noqa: PLC0415 - the same

    order = order_of(event, format_name, where, options)
    with wiring.house() as house, known(event), _until_stopped() as stop:
        host = Host(house.clock, stop, lambda sentence: click.echo(sentence, err=True))
        reading.read(house, order, host, partial(_begin, stop))


def _begin(stop: threading.Event, diary: Diary) -> None:
    order = diary.reader.order
    click.echo(f"reading {order.format} at {order.point} as {order.name!r}; stop with Ctrl-C")
    if sys.stdout.isatty():
        threading.Thread(target=_show, args=(stop, diary), daemon=True).start()


def _show(stop: threading.Event, diary: Diary) -> None:
    """Count on one line of the terminal what was said."""
    while not stop.wait(1):
        click.echo(f"\r{diary.said} sightings, {diary.refused} lines refused", nl=False)


@contextmanager
def _until_stopped() -> Iterator[threading.Event]:
    """Let Ctrl-C end the work between two lines and not within one."""
    stop = threading.Event()

    def end(*_: object) -> None:
        stop.set()

    before = {each: signal.signal(each, end) for each in _STOPS}
    try:
        yield stop
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
