"""How a command ends."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from tests.machines.terminal import Ended, terminal
from timing.cli.catalogue import Place
from timing.core.refusal import Problem, Refusal


def ended_after(command: click.Command, *words: str) -> Ended:
    globals()["command"] = command
    call = terminal({"try": Place(f"{__name__}:command", "Try.")})
    return call("try", *words)


@pytest.fixture(autouse=True)
def _found_by_its_address(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, __name__, sys.modules[test_done_is_zero.__module__])


def raising(error: BaseException) -> click.Command:
    @click.command()
    def command() -> None:
        raise error

    return command


def test_done_is_zero():
    @click.command()
    def command() -> None:
        click.echo("scored")

    assert ended_after(command) == Ended(0, "scored\n", "")


def test_work_that_found_problems_is_one():
    @click.command()
    def command() -> int:
        return 1

    assert ended_after(command).exit_code == 1


def test_refused_input_is_two_and_every_problem_is_a_line_with_its_place():
    refusal = Refusal(
        Problem("bib", "bib 7 stands twice; expected once", "entries.csv", 3),
        Problem("time", "'6:99' is not a time; expected M:SS", "times.csv", 12),
    )
    assert ended_after(raising(refusal)) == Ended(
        2,
        "",
        "entries.csv:3: bib 7 stands twice; expected once\n"
        "times.csv:12: '6:99' is not a time; expected M:SS\n",
    )


def test_wrong_use_is_two_and_says_how_it_is_used():
    ended = ended_after(raising(ValueError()), "--no-such-option")
    assert (ended.exit_code, ended.stdout) == (2, "")
    assert "No such option" in ended.stderr
    assert "Usage: timing try" in ended.stderr


def test_a_file_that_cannot_be_used_is_named(tmp_path: Path):
    @click.command()
    def command() -> None:
        (tmp_path / "none.csv").read_text()

    assert ended_after(command) == Ended(
        2,
        "",
        f"{tmp_path}/none.csv: No such file or directory; "
        "expected a file or folder that can be used\n",
    )


def test_an_error_of_the_system_without_a_file_is_a_sentence_too():
    ended = ended_after(raising(OSError(28, "No space left on device")))
    assert ended.exit_code == 2
    assert ended.stderr.startswith("timing: No space left on device; expected")


def test_a_fault_of_the_program_is_a_sentence_and_its_account_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    ended = ended_after(raising(KeyError("wave")))
    assert ended.exit_code == 2
    assert "Traceback" not in ended.stderr
    said = re.fullmatch(
        r"timing: a fault of the program \(KeyError: 'wave'\); the full account is in (.*)\n",
        ended.stderr,
    )
    assert said
    assert "Traceback" in Path(said[1]).read_text()


@pytest.mark.parametrize("stop", [click.Abort(), KeyboardInterrupt()])
def test_an_interrupted_command_ends_as_a_shell_expects(stop: BaseException):
    ended = ended_after(raising(stop))
    assert (ended.exit_code, ended.stdout, ended.stderr.strip()) == (130, "", "")


def test_whoever_stops_reading_the_output_causes_no_error():
    """``timing ... | head -1``: the reader leaves in the middle."""
    script = (
        "import sys, click; from timing.cli import run; from timing.cli.catalogue import Place\n"
        "@click.command()\n"
        "def talk():\n"
        "    while True:\n"
        "        click.echo('a line of the results')\n"
        "sys.modules['talker'] = sys.modules['__main__']\n"
        "sys.exit(run(None, ['talk'], {'talk': Place('talker:talk', 'Talk.')}))\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as talking:
        assert talking.stdout is not None
        assert talking.stderr is not None
        assert talking.stdout.readline() == "a line of the results\n"
        talking.stdout.close()
        assert talking.stderr.read() == ""
        assert talking.wait(timeout=20) == 0
