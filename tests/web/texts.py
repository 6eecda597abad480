"""All texts of the pages as they stand in the source, found as ``make texts`` finds them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from timing import resources

Text = str | tuple[str, ...]
TEMPLATES = resources.folder("templates")
CODE = Path(__file__).parents[2] / "timing"
TRANSLATIONS = CODE / "web" / "translations"
LANGUAGES = ("de", "es", "fr", "it")
_JINJA = {"extensions": "jinja2.ext.i18n", "trim_blocks": "true", "lstrip_blocks": "true"}
_WORDS: dict[str, tuple[int, ...] | None] = {
    "_": None, "_l": None, "worded": None, "refused": (2,), "gettext": None, "lazy_gettext": None,
    "ngettext": (1, 2), "lazy_ngettext": (1, 2),
}  # fmt: skip
PLACES = re.compile(r"%\(\w+\)[sd]|%[sd]|(?<!%)\{\w+(?:!r)?\}")


@cache
def source_texts() -> frozenset[Text]:
    """Every text that is asked for in the code and in the templates."""
    return frozenset((*_found(TEMPLATES, "jinja2", _JINJA), *_found(CODE, "python", {})))


@cache
def refusals() -> frozenset[str]:
    """The templates of everything that is refused, doubted or noticed."""
    words = {name: _WORDS[name] for name in ("worded", "refused")}
    return frozenset(str(text) for text in _found(CODE, "python", {}, words))


def _found(
    folder: Path, method: str, options: dict[str, str],
    words: Mapping[str, tuple[int, ...] | None] = _WORDS,
) -> Iterator[Text]:  # fmt: skip
    pattern = "**.html" if method == "jinja2" else "**.py"
    rows = extract_from_dir(
        str(folder), [(pattern, method)], {pattern: options}, keywords=words,
        directory_filter=lambda path: "__pycache__" not in path,
    )  # fmt: skip
    for _file, _line, text, _comments, _context in rows:
        yield text


@cache
def catalogue(language: str) -> Catalog:
    """The texts of one language as they are written by hand."""
    with (TRANSLATIONS / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


def translated(language: str) -> dict[Text, tuple[str, ...]]:
    """Text -> its forms in a language; only those that are complete."""
    pairs = {
        message.id: (message.string,) if isinstance(message.string, str) else message.string
        for message in catalogue(language)
        if message.id and not message.fuzzy
    }
    return {text: forms for text, forms in pairs.items() if all(forms)}
