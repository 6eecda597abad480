"""The files of the house as the tests of this folder see them."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_PICTURES = {".png", ".jpg", ".pdf", ".ttf", ".ico", ".mo", ".db", ".xlsx", ".webp"}


@cache
def kept_files() -> tuple[str, ...]:
    """Every file that is kept or about to be, by its path from the root."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    names = filter(None, listed.stdout.split("\0"))
    return tuple(sorted(name for name in names if (ROOT / name).is_file()))


def texts() -> list[str]:
    return [name for name in kept_files() if Path(name).suffix not in _PICTURES]


def modules(*folders: str) -> list[str]:
    return [n for n in kept_files() if n.endswith(".py") and n.split("/")[0] in folders]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@cache
def tree(name: str) -> ast.Module:
    return ast.parse(read(name), filename=name)
