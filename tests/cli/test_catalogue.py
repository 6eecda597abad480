"""The list of commands."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import pytest

from tests.machines.terminal import Terminal, terminal
from timing.cli.catalogue import COMMANDS, commands

CLI = Path(commands.__code__.co_filename).parent


@pytest.fixture
def runner() -> Terminal:
    """A terminal that needs no database: nothing here does any work."""
    return terminal()


def loaded(name: str) -> click.Command:
    command = commands().get_command(click.Context(commands()), name)
    assert command is not None
    return command


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_in_the_list_what_it_says_itself(name: str):
    help_text = loaded(name).help
    assert help_text is not None
    assert help_text.strip().splitlines()[0] == COMMANDS[name].summary
    assert loaded(name).name == name


@pytest.mark.parametrize("name", COMMANDS)
def test_help_is_there_on_every_level(name: str, runner: Terminal):
    ended = runner(name, "--help")
    assert ended.exit_code == 0
    assert f"Usage: timing {name}" in ended.stdout
    command = loaded(name)
    if isinstance(command, click.Group):
        for below in command.commands:
            assert f"Usage: timing {name} {below}" in runner(name, below, "--help").stdout


def test_every_command_of_the_house_is_in_the_list():
    listed = [loaded(name) for name in COMMANDS]
    reached = {id(sub) for group in listed for sub in getattr(group, "commands", {}).values()}
    reached |= {id(command) for command in listed}
    forgotten = [
        f"{path.name}: {name}"
        for path in sorted(CLI.glob("*.py"))
        for name, value in vars(import_module(f"timing.cli.{path.stem}")).items()
        if isinstance(value, click.Command) and id(value) not in reached
    ]
    assert not forgotten


def test_the_list_is_shown_without_a_word_and_ends_as_wrong_use(runner: Terminal):
    ended = runner()
    assert ended.exit_code == 2
    assert all(name in ended.stderr for name in COMMANDS)


def test_an_unknown_command_is_named(runner: Terminal):
    ended = runner("doktor")
    assert ended.exit_code == 2
    assert "No such command 'doktor'" in ended.stderr


def test_the_version_is_told(runner: Terminal):
    assert runner("--version").stdout.startswith("timing 0.")


def test_help_is_shown_without_loading_the_web_the_database_or_the_prints():
    script = (
        "import sys, json; from timing.app import main\n"
        "sys.argv = ['timing', '--help']\n"
        "try: main()\n"
        "finally: print(json.dumps(sorted(sys.modules)))\n"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    modules = {name.partition(".")[0] for name in json.loads(told.stdout.splitlines()[-1])}
    assert "click" in modules
    assert not modules & {
        "flask", "sqlalchemy", "alembic", "reportlab", "msgspec", "granian", "psycopg", "babel",
    }  # fmt: skip
