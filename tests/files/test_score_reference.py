"""docs/reference/score.md names every key, every column and every ruling that may be written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from msgspec import Struct
from msgspec.structs import fields

from timing.files.entrants import entries
from timing.files.race import choices, times
from timing.files.race.rulings import BUILDERS
from timing.files.tables.headers import vocabulary

TEXT = (Path(__file__).parents[2] / "docs" / "reference" / "score.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"[a-z][a-z_ ]*[a-z]", " ".join(re.findall(r"`[^`]*`", TEXT))))
FORMS = [
    form
    for room in (choices, entries, times)
    for form in vars(room).values()
    if isinstance(form, type) and issubclass(form, Struct) and form.__module__ == room.__name__
]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_every_key_of_race_toml_is_described(form: type[Struct]) -> None:
    missing = {field.name for field in fields(form)} - set(re.findall(r"[a-z_]+", TEXT))
    assert not missing


@pytest.mark.parametrize("table", ["entries", "times", "rulings"])
def test_every_column_is_described(table: str) -> None:
    words = {field.replace("_", " ") for field in vocabulary()[table]}
    missing = {word for word in words if not word.startswith("runners") and word not in NAMED}
    assert not missing


def test_every_ruling_is_described() -> None:
    assert not {word for word in BUILDERS if f"`{word}`" not in TEXT}
