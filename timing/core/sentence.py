"""A sentence for people as data: a template and the values in it, for every language.

Knows no language but English, in which the templates are written; whoever shows it translates.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias, Union

Value: TypeAlias = Union[str, int, "Sentence"]
"""What may stand in a sentence: a name, a code, a number; or words, which are translated too."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence. template: English, with the names of its values in braces."""

    template: str
    values: tuple[tuple[str, Value], ...] = ()

    def text(self, translate: Callable[[str], str] = str) -> str:
        """Say it, in English unless somebody translates the templates."""
        values = {
            name: value.text(translate) if isinstance(value, Sentence) else value
            for name, value in self.values
        }
        return translate(self.template).format_map(values)

    def __str__(self) -> str:
        return self.text()


def worded(template: str, /, **values: Value) -> Sentence:
    """Put a sentence into words. ``make texts`` finds the template, which must stand here whole."""
    return Sentence(template, tuple(values.items()))


def words_of(error: Exception) -> Sentence | str:
    """What an error says: the sentence that it was raised with, or its plain text."""
    said = error.args[0] if error.args else ""
    return said if isinstance(said, Sentence) else str(error)
