"""What is asked about a doubtful row, in words, and the answers of a form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Flask
from flask_babel import lazy_gettext as _l

from timing.web import meanwhile

ANSWER = "decide:"
"""Fields of a form that begin so are answers: ``decide:12:nation``, ``decide:all:nation``."""

CHOICE_WORDS = {
    "same_person": {
        "same": _l("the same person: change that entry"),
        "other": _l("somebody else: enter"),
        "skip": _l("leave out"),
    },
    "moved": {
        "move": _l("move to the new contest"),
        "other": _l("enter in both contests"),
        "skip": _l("leave out"),
    },
    "twice": {"skip": _l("leave out"), "other": _l("somebody else: enter")},
    "bib_taken": {"without": _l("enter without a bib"), "skip": _l("leave out")},
    "category": {
        "scheme": _l("take the category by age"),
        "keep": _l("keep it as written"),
        "skip": _l("leave out"),
    },
    "nation": {
        "keep": _l("keep it as written"),
        "clear": _l("enter without a nation"),
        "skip": _l("leave out"),
    },
}
KIND_WORDS = {
    "same_person": _l("Perhaps entered already"),
    "moved": _l("Another contest than before"),
    "twice": _l("Twice in this file"),
    "bib_taken": _l("Bib is taken"),
    "category": _l("Category does not fit"),
    "nation": _l("Unknown nation"),
}
WHAT_WORDS = {
    "new": _l("new"), "change": _l("changed"), "same": _l("as it was"), "skip": _l("left out"),
}  # fmt: skip
FIELD_WORDS = {
    "bib": _l("Bib"), "name": _l("Name"), "last_first": _l("Last name, first name"),
    "first": _l("First name"), "last": _l("Last name"), "sex": _l("Sex"),
    "born": _l("Birth date or year"), "age": _l("Age"), "club": _l("Club"),
    "nation": _l("Nation"), "delegation": _l("Delegation"), "category": _l("Category"),
    "contest": _l("Contest"), "wave": _l("Wave"), "offset": _l("Start offset"),
    "lane": _l("Lane"), "chip": _l("Chip"), "team": _l("Team"), "seed": _l("Seed time"),
    "out_of_competition": _l("Out of competition"), "guide": _l("Guide"),
    "external": _l("Id of the registration"), "note": _l("Note"), "removed": _l("Removed"),
    "members": _l("Line-up"),
}  # fmt: skip


def answers_of(form: Mapping[str, str]) -> dict[str, str]:
    """Give the answers that a form holds; an open one is left out."""
    return {
        key.removeprefix(ANSWER): value
        for key, value in form.items()
        if key.startswith(ANSWER) and value
    }


def named(values: Iterable[Any]) -> list[tuple[str, str]]:
    """Give contests, waves or rounds as the options of a choice."""
    return [(value.code, value.name) for value in values]


def same(words: Iterable[str]) -> list[tuple[str, str]]:
    """Give words that are their own names as the options of a choice."""
    return [(word, word) for word in words]


def in_words(field: str, words: Mapping[str, object]) -> str:
    """Give the name of a field in the reader's language."""
    return str(words.get(field, field))


def furnish(app: Flask) -> None:
    """Hand these to the templates."""
    app.jinja_env.filters |= {"named": named, "in_words": in_words}
    app.jinja_env.globals |= {"same": same, "shown": meanwhile.shown}
