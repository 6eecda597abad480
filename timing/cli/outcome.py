"""How a command ends: the one place that turns what went wrong into a sentence and an exit code.

0 done, 1 the work found problems, 2 wrong use or unreadable input. Never a traceback.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from timing.cli.catalogue import COMMANDS, commands
from timing.core.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from timing.cli.catalogue import Place
    from timing.cli.wiring import Wiring

DONE, PROBLEMS, REFUSED = 0, 1, 2
INTERRUPTED = 130  # what a shell expects of a program that was stopped with Ctrl-C


def run(wiring: Wiring, arguments: Sequence[str], places: Mapping[str, Place] = COMMANDS) -> int:
    """Run one command line to its end and give the exit code.

    A command returns None or its exit code; it raises Refusal for input that is refused.
    """
    try:
        code = commands(places).main(
            args=list(arguments), prog_name="timing", standalone_mode=False, obj=wiring
        )
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except SystemExit:  # click's word for: whoever read our output has seen enough
        return DONE
    except Exception as error:  # noqa: BLE001 - a fault of ours still ends in a sentence
        _show(error)
        return REFUSED
    return code if isinstance(code, int) else DONE


def _show(error: Exception) -> None:
    match error:
        case click.ClickException():
            error.show()
        case Refusal():
            click.echo(str(error), err=True)
        case OSError():
            click.echo(_about_file(error), err=True)
        case _:
            click.echo(_fault(error), err=True)


def _about_file(error: OSError) -> str:
    named = error.filename if error.filename is not None else "timing"
    where = os.fsdecode(named) if isinstance(named, str | bytes) else str(named)
    return f"{where}: {error.strerror or error}; expected a file or folder that can be used"


def _fault(error: Exception) -> str:
    import tempfile  # noqa: PLC0415 - slow to import, and needed on a bad day only
    import traceback  # noqa: PLC0415 - the same
    from pathlib import Path  # noqa: PLC0415 - the same

    handle, name = tempfile.mkstemp(prefix="timing-fault-", suffix=".txt")
    os.close(handle)
    Path(name).write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    told = f"{type(error).__name__}: {str(error).partition(chr(10))[0]}"
    return f"timing: a fault of the program ({told}); the full account is in {name}"
