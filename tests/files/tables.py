"""Small tables for the tests of this room."""

from __future__ import annotations

from pathlib import Path

from timing.core.refusal import Problem
from timing.files.tables.findings import Findings


def written(folder: Path, text: str, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def told(problems: list[Problem]) -> list[tuple[int | None, str]]:
    """Line and code of each problem."""
    return [(problem.line, problem.code) for problem in problems]


def only_problem(findings: Findings) -> Problem:
    (problem,) = findings.problems
    return problem
