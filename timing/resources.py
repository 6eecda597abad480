"""Where the folders that are not code are: beside the package in a checkout, inside it in a wheel.

Knows paths only; reads nothing.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_CARRIED = _PACKAGE / "_house"

FOLDERS = ("config", "migrations", "static", "templates")
"""The folders that travel inside a wheel (the wheel tables of pyproject.toml)."""


def folder(name: str) -> Path:
    """Give the path of one of FOLDERS. Raises ValueError for another name."""
    if name not in FOLDERS:
        raise ValueError(f"no folder {name!r} in the house; expected one of {', '.join(FOLDERS)}")
    return (_CARRIED if _CARRIED.is_dir() else _PACKAGE.parent) / name
