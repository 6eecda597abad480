"""The documents point at things that are there."""

from __future__ import annotations

import re
from pathlib import Path

from tests.house.sources import ROOT, kept_files, read

_LINK = re.compile(r"\]\(([^)\s#]+)(?:#[^)]*)?\)")


def broken(name: str) -> list[str]:
    targets = [
        t for t in _LINK.findall(read(name)) if "://" not in t and not t.startswith("mailto")
    ]
    return [f"{name}: {t}" for t in targets if not (ROOT / Path(name).parent / t).exists()]


def test_every_link_of_a_document_leads_somewhere():
    documents = [name for name in kept_files() if name.endswith(".md")]
    assert documents
    assert not [link for name in documents for link in broken(name)]
