"""The public part of an event as files for any web server: the pages as they are shown, no others.

Walks from the page of the event along its links; a later export takes away what is no more.
"""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

import brotli
import msgspec

from timing.core.refusal import Problem, Refusal
from timing.files.feeds.site_links import Address, file_of, imports_of, links_of, rewrite
from timing.services.house import House, UnknownEventError
from timing.services.public.shown import public
from timing.services.publications import publishing
from timing.services.publications.exchange import PUBLIC_FORMATS

NOWHERE = "http://localhost"
"""Stands in addresses where nobody has said under which the folder will be found."""
_LIST = "site.json"
_ASKED = {"round", "page", "view"}
_ANSWERING = {"find", "enquiry", "announce", "announcer", "kiosk", "screen"}
_BIB = "-bib-"  # stands for a bib in an address that a script completes
_CARD = "card.png"  # for sharing, which needs a whole address
_TEXT = ("text/", "application/json", "image/svg", "application/xml", "application/javascript")
_SMALL = 512


class Answer(NamedTuple):
    """What the pages say to a reader. media: without parameters."""

    status: int
    media: str
    content: bytes


Fetch = Callable[[str], Answer]
"""Asks the pages for an address from the root, such as ``/mile/five?page=2``."""


class Exported(NamedTuple):
    """What was written. left_out: addresses that were linked and could not be shown."""

    pages: int
    files: int
    bytes: int
    left_out: tuple[str, ...]


def export_site(
    house: House, slug: str, folder: Path, fetch: Fetch, base: str = NOWHERE
) -> Exported:
    """Write everything public of an event. base: where the folder will be found.

    Raises UnknownEventError (also for a hidden event), Refusal for a folder of something else.
    """
    snapshot = public(house, slug)
    if snapshot is None:
        raise UnknownEventError(slug)
    sheets = [Address(f"/{slug}/{each.code}.pdf") for each in publishing.contests_of(snapshot)]
    before = _before(folder / slug)
    walk = _Walk(slug, folder, fetch, base.rstrip("/"))
    walk.go([Address(f"/{slug}"), *_documents(slug), *sheets])
    walk.again()
    _front(folder, slug)
    for name in before - walk.files:
        for ending in ("", ".gz", ".br"):
            (folder / f"{name}{ending}").unlink(missing_ok=True)
    listed = msgspec.json.encode({"event": slug, "files": sorted(walk.files)})
    _replace(folder / slug / _LIST, listed)
    return Exported(len(walk.pages), len(walk.files), walk.bytes, tuple(sorted(walk.dead)))


def _documents(slug: str) -> Iterable[Address]:
    api = f"/api/v1/events/{slug}"
    names = ("contests", "medals", "records", "publications", "position")
    yield Address(api)
    yield from (Address(f"{api}/{name}") for name in names)
    yield from (Address(f"{api}/results.{form}") for form in PUBLIC_FORMATS)


class _Walk:
    """One export. files: written, relative to the folder; dead: what could not be shown."""

    def __init__(self, slug: str, folder: Path, fetch: Fetch, base: str) -> None:
        self.slug, self.folder, self.fetch, self.base = slug, folder, fetch, base
        self.pages: dict[Address, set[Address]] = {}
        self.files: set[str] = set()
        self.dead: set[str] = set()
        self.bytes = 0

    def keep(self, address: Address) -> bool:
        """Whether an address becomes a file."""
        parts = address.path.strip("/").split("/")
        if address.text in self.dead:
            return False
        if parts[0] in ("static", "api") or address.path == "/":
            return True
        if parts[-1] == _CARD and self.base == NOWHERE:
            return False
        bib = parts[1:2] == ["bib"] and len(parts) == 3
        asks = {key for key, _value in address.query} <= _ASKED
        return parts[0] == self.slug and asks and (bib or not _ANSWERING & set(parts[1:]))

    def go(self, waiting: list[Address]) -> None:
        """Fetch and write whatever can be reached."""
        seen = set(waiting)
        while waiting:
            here = waiting.pop()
            answer = self.fetch(here.text)
            if answer.status != 200:
                self.dead.add(here.text)
                continue
            for there in self._write(here, answer):
                if there not in seen and there.path != "/" and _BIB not in there.path:
                    seen.add(there)
                    waiting.append(there)

    def again(self) -> None:
        """Write the pages once more that lead to something that could not be shown."""
        for here, links in list(self.pages.items()):
            if any(link.text in self.dead for link in links):
                self._write(here, self.fetch(here.text))

    def _write(self, here: Address, answer: Answer) -> list[Address]:
        """Write one file; returns where it leads."""
        content, links = answer.content, list[Address]()
        if answer.media == "text/html":
            text = content.decode()
            links = [link for link in links_of(text, here, self.base) if self.keep(link)]
            self.pages[here] = set(links)
            content = rewrite(text, here, self.base, self.keep).encode()
        elif here.path.endswith((".js", ".css")):
            links = imports_of(content.decode(), here)
        name = file_of(here)
        self.files.add(name)
        self.bytes += len(content)
        _replace(self.folder / name, content)
        if len(content) > _SMALL and answer.media.startswith(_TEXT):
            _replace(self.folder / f"{name}.gz", gzip.compress(content, 9, mtime=0))
            _replace(self.folder / f"{name}.br", brotli.compress(content, quality=9))
        return links


def _before(folder: Path) -> set[str]:
    """The files of the export before; refuses a folder that holds something else."""
    try:
        listed = msgspec.json.decode((folder / _LIST).read_bytes())
    except FileNotFoundError:
        if folder.exists() and any(folder.iterdir()):
            sentence = "holds files that are no export of ours; expected an empty folder"
            raise Refusal(Problem("folder-taken", sentence, str(folder))) from None
        return set()
    return {name for name in listed["files"] if not name.startswith("static/")}


def _front(folder: Path, slug: str) -> None:
    """Lead from the folder itself to the event, unless something leads there already."""
    if not (folder / "index.html").exists():
        page = (
            f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{slug}</title>'
            f'<meta http-equiv="refresh" content="0; url={slug}/index.html">'
            f'<a href="{slug}/index.html">{slug}</a></html>\n'
        )
        _replace(folder / "index.html", page.encode())


def _replace(path: Path, content: bytes) -> None:
    """Write a file in one step, so that a server never hands out half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.half")
    half.write_bytes(content)
    os.replace(half, path)  # noqa: PTH105 - as said: one step
