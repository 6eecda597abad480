"""The command ``timing`` in the process of the test, as main() runs it, with what it printed."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass

from tests.machines.clocks import StandingClock
from timing.app import open_house, open_pages
from timing.cli import Wiring, run
from timing.cli.catalogue import COMMANDS, Place
from timing.settings import Settings, load_settings


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended: its exit code and what stood on each stream."""

    exit_code: int
    stdout: str
    stderr: str


@dataclass(frozen=True, slots=True)
class Terminal:
    """Call it with the words of a command line: ``runner("score", folder, "--out", out)``."""

    wiring: Wiring
    places: Mapping[str, Place]

    def __call__(self, *words: str | os.PathLike[str]) -> Ended:
        out, err = _pipe(), _pipe()
        with redirect_stdout(out), redirect_stderr(err):
            code = run(self.wiring, [os.fspath(word) for word in words], self.places)
        return Ended(code, _text(out), _text(err))


def terminal(
    places: Mapping[str, Place] = COMMANDS,
    *,
    clock: StandingClock | None = None,
    sleep: Callable[[float], None] = abs,
    load_settings: Callable[[], Settings] = load_settings,
    serve: Callable[[Settings], None] = repr,
) -> Terminal:
    """Give a terminal with the real house behind it; clock, sleep and server are the test's."""
    wiring = Wiring(clock or StandingClock(), sleep, load_settings, open_house, serve, open_pages)
    return Terminal(wiring, places)


def _pipe() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="")


def _text(pipe: io.TextIOWrapper) -> str:
    pipe.flush()
    pipe.seek(0)
    return pipe.read()
