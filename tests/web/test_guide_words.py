"""What the guides set in italics or bold stands on the pages in the same words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.web.texts import translated

GUIDES = sorted((Path(__file__).parents[2] / "docs" / "guide").glob("*.md"))
EMPHASIS = re.compile(r"(?<!\*)\*\*?([^*\n][^*]*?)\*\*?(?!\*)")
CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)
NOT_OF_A_PAGE = {
    "Enter: all was seen, and they are in",
    "Read the warnings after a copy",
    "not sent yet",
    "amended",
    "clock ±0.0 s",
    "lap 3 of 4",
    "Enter … rows",
}
"""Steps in bold, sheets, and figures in the middle of a text of a page."""


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_what_a_guide_calls_by_name_begins_a_text_of_the_pages(guide):
    texts = [text for text in translated("de") if isinstance(text, str)]
    words = CODE.sub("", guide.read_text(encoding="utf-8"))
    named = {" ".join(found[1].split()).rstrip(".:") for found in EMPHASIS.finditer(words)}
    unknown = {name for name in named - NOT_OF_A_PAGE
               if not any(text.startswith(name) for text in texts)}  # fmt: skip
    assert unknown == set()
