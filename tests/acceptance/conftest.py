"""Where the acceptance tests find their cases and vectors.

Both live outside the project: beside the checkout, or where the options say. A test asks for
``vector`` (one worked example), ``case`` (one folder with a race) or ``vectors`` (all examples).
A module with a function ``wanted_case(folder)`` gets the cases for which it is true.
"""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

_ROOT = Path(__file__).resolve().parents[2]
_BESIDE = {
    "cases": _ROOT.parent / "shared" / "cases",
    "vectors": _ROOT.parent / "shared" / "domain" / "rules_vectors.json",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--cases", metavar="DIR", help="folder with acceptance cases")
    parser.addoption("--vectors", metavar="FILE", help="file with worked examples of the rules")


def pytest_configure(config: pytest.Config) -> None:
    for option in _BESIDE:
        given = config.getoption(option, default=None)
        if given is not None and not Path(given).exists():
            raise pytest.UsageError(f"--{option} {given}: there is no such file or folder")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    for argument, option, read in (
        ("vector", "vectors", _each_vector),
        ("vectors", "vectors", _all_vectors),
        ("case", "cases", _each_case),
    ):
        if argument in metafunc.fixturenames:
            path = _outside_path(metafunc.config, option)
            if path is None:
                skip = pytest.mark.skip(reason=f"no {option} beside the checkout; give --{option}")
                metafunc.parametrize(argument, [pytest.param(None, marks=skip, id="none")])
            else:
                wanted = getattr(metafunc.module, "wanted_case", None)
                cases = read(path)
                if argument == "case" and wanted is not None:
                    cases = [case for case in cases if wanted(case.values[0])]
                metafunc.parametrize(argument, cases)


def _outside_path(config: pytest.Config, option: str) -> Path | None:
    given = config.getoption(option, default=None)
    path = _BESIDE[option] if given is None else Path(given)
    return path if path.exists() else None


def _read(path: Path) -> list[dict[str, Any]]:
    return json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)  # type: ignore[no-any-return]


def _each_vector(path: Path) -> list[Any]:
    return [pytest.param(vector, id=vector["id"]) for vector in _read(path)]


def _all_vectors(path: Path) -> list[Any]:
    return [pytest.param(_read(path), id=path.stem)]


def _each_case(path: Path) -> list[Any]:
    return [
        pytest.param(folder, id=folder.name)
        for folder in sorted(path.iterdir())
        if (folder / "config.json").exists()
    ]
