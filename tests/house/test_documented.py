"""What is relied on from outside stands in docs/reference/."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
import pytest

from tests.house.sources import read, texts
from timing.cli.catalogue import COMMANDS, commands
from timing.core.journal import anomalies, rulings
from timing.settings import CONFIG_VARIABLE, ENVIRONMENT, Settings

REFERENCE = "docs/reference"
_VARIABLE = re.compile(r"\bTIMING_[A-Z_]+\b")


def sections(document: str, mark: str = "## ") -> dict[str, str]:
    """The sections of a document by their headings."""
    found: dict[str, str] = {}
    heading = ""
    for line in read(f"{REFERENCE}/{document}").splitlines():
        if line.startswith(mark):
            heading = line.removeprefix(mark).strip("` ")
        found[heading] = found.get(heading, "") + line + "\n"
    return found


def rows(document: str) -> dict[str, str]:
    """The rows of a document's tables by the word in their first cell."""
    lines = read(f"{REFERENCE}/{document}").splitlines()
    cells = (re.match(r"\| `([^`]+)`", line) for line in lines)
    return {cell[1]: cell.string for cell in cells if cell}


def every_command() -> Iterator[tuple[str, click.Command]]:
    group = commands()
    for name in COMMANDS:
        command = group.get_command(click.Context(group), name)
        assert command is not None
        yield f"timing {name}", command
        if isinstance(command, click.Group):
            yield from ((f"timing {name} {sub}", c) for sub, c in command.commands.items())


@pytest.mark.parametrize(("name", "command"), list(every_command()), ids=str)
def test_every_command_and_each_of_its_options_is_described(name: str, command: click.Command):
    described = sections("commands.md")
    words = name.split()
    text = described.get(name) or described.get(" ".join(words[:2]), "")
    assert name in text, f"{name} has no section in {REFERENCE}/commands.md"
    options = [o for p in command.params if isinstance(p, click.Option) for o in p.opts]
    silent = [option for option in options if f"`{option}" not in text]
    assert not silent, f"{name}: not described: {silent}"


def test_no_command_is_described_that_does_not_exist():
    described = {heading for heading in sections("commands.md") if heading.startswith("timing ")}
    assert described <= {name for name, _ in every_command()}


def test_every_setting_is_described_and_no_other():
    assert {word for word in rows("settings.md") if word.islower()} == set(
        Settings.__struct_fields__
    )


@pytest.mark.parametrize("variable", [*ENVIRONMENT, CONFIG_VARIABLE])
def test_every_variable_of_the_environment_is_described(variable: str):
    assert variable in rows("settings.md")


def test_no_variable_is_used_that_is_not_described():
    named = {word for name in texts() for word in _VARIABLE.findall(read(name))}
    assert named <= set(rows("settings.md"))


@pytest.mark.parametrize("kind", rulings.KINDS)
def test_every_kind_of_ruling_is_described(kind: str):
    assert kind in rows("rulings.md")


@pytest.mark.parametrize("code", anomalies.KINDS)
def test_every_anomaly_is_described_with_its_severity(code: str):
    assert f"| {anomalies.KINDS[code].severity} |" in rows("anomalies.md").get(code, "")


def test_no_ruling_and_no_anomaly_is_described_that_does_not_exist():
    assert set(rows("rulings.md")) <= set(rulings.KINDS)
    assert set(rows("anomalies.md")) <= set(anomalies.KINDS)
