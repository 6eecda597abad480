"""What a page may refuse is worded so that every language can say it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.house.sources import modules, read, texts, tree

MODULES = [name for name in modules("timing") if name != "timing/core/refusal.py"]
SAYS = {"worded": 0, "refused": 1}
"""A maker of sentences -> where its template stands."""

CARRIERS = {"Problem": 1, "problem": 1, "notice": 1, "wrong": 1}
"""What carries a sentence -> where it stands."""

TERMINAL: dict[str, str] = {
    "timing/app.py": "the server could not begin",
    "timing/cli/": "the terminal itself",
    "timing/settings.py": "a settings file is read before there is a page",
    "timing/core/rounds/": "rule files of the house",
    "timing/core/scoring/": "series, relays and laps are scored from folders",
    "timing/core/rulebook/agegrade.py": "tables of the house",
    "timing/core/rulebook/codes.py": "codes of the house; what an official types is worded",
    "timing/core/rulebook/plausibility.py": "rule files of the house",
    "timing/core/rulebook/rounding.py": "rule files of the house",
    "timing/core/rulebook/rulesets.py": "rule files of the house",
    "timing/core/setup/retro.py": "rule files of the house",
    "timing/files/feeds/journal_file.py": "a journal is imported by command",
    "timing/files/race/": "a race as a folder is scored by command",
    "timing/printing/cards/designs.py": "designs are given as files to a command",
    "timing/services/office/upkeep.py": "backups and databases",
    "timing/services/readers/decoding.py": "a recorded file is read by command",
    "timing/store/backup.py": "backups are made and read by command",
    "timing/store/dump.py": "backups are made and read by command",
    "timing/store/journal.py": "an event that is not there; pages have a sentence for its code",
}
"""Where a plain text may be carried, and why nobody meets it on a page in English."""


def calls(name: str) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Call):
            word = getattr(node.func, "id", None) or getattr(node.func, "attr", "")
            yield word, node


def is_literal(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def is_plain(node: ast.expr) -> bool:
    """Whether words of ours stand here, which ``worded`` would have to hold."""
    return isinstance(node, ast.JoinedStr) or (is_literal(node) and " " in node.value)


def plain_texts(name: str) -> Iterator[str]:
    """Calls that are handed a plain text, or a name that stands for one in the same file."""
    named = {
        target.id
        for node in ast.walk(tree(name))
        if isinstance(node, ast.Assign) and is_plain(node.value)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for word, call in calls(name):
        said = call.args[CARRIERS[word]] if len(call.args) > CARRIERS.get(word, 99) else None
        if said is not None and (is_plain(said) or getattr(said, "id", "") in named):
            yield f"{name}:{call.lineno}: {ast.unparse(said)}"


@pytest.mark.parametrize("name", MODULES)
def test_a_template_stands_where_it_is_found(name):
    for word, call in calls(name):
        if isinstance(call.func, ast.Name) and word in SAYS and len(call.args) > SAYS[word]:
            template = call.args[SAYS[word]]
            assert is_literal(template), f"{name}:{call.lineno}: {ast.unparse(template)}"


@pytest.mark.parametrize("name", MODULES)
def test_the_values_of_a_template_are_those_that_it_names(name):
    for word, call in calls(name):
        if isinstance(call.func, ast.Name) and word in SAYS and len(call.args) > SAYS[word]:
            template = call.args[SAYS[word]].value
            named = set(re.findall(r"(?<!\{)\{(\w+)(?:!r)?\}", template))
            given = {keyword.arg for keyword in call.keywords}
            assert named == given, f"{name}:{call.lineno}: {template}"


def test_no_plain_text_is_refused_where_a_page_can_show_it():
    names = [name for name in modules("timing") if not name.startswith(tuple(TERMINAL))]
    assert [text for name in names for text in plain_texts(name)] == []


@pytest.mark.parametrize("room", TERMINAL)
def test_a_room_that_may_speak_plainly_does(room):
    assert any(list(plain_texts(name)) for name in modules("timing") if name.startswith(room))


def test_pages_say_problems_in_the_language_of_their_reader():
    """``problem | said`` in a template, ``said(problem)`` in a view; never the English words."""
    english = re.compile(
        r"\b(problem|doubt|notice|wrong)\.sentence|attribute=.sentence|str\((problem|refusal)\)"
    )
    shown = [
        name for name in texts()
        if name.startswith(("templates/", "timing/web/")) and english.search(read(name))
    ]  # fmt: skip
    assert shown == []
