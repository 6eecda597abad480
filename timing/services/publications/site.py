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

from timing.core.refusal import Problem, Refusal, refused
from timing.core.sentence import worded
from timing.files.feeds.site_links import Address, file_of, imports_of, links_of, rewrite
from timing.services.house import House, UnknownEventError
from timing.services.live import Snapshot
from timing.services.public.shown import public
from timing.services.publications import publishing
from timing.services.publications.exchange import PUBLIC_FORMATS

NOWHERE = "http://localhost"
"""Stands in addresses where nobody has said under which the folder will be found."""
_LIST = "site.json"
_ASKED = {"round", "page", "view", "lang"}
_SPOKEN = ("", ".pdf")  # endings of what is written in a language
_ANSWERING = {"find", "enquiry", "announce", "announcer", "kiosk", "screen"}
_BIB = "-bib-"  # stands for a bib in an address that a script completes
_CARD = "card.png"  # for sharing, which needs a whole address
_TEXT = ("text/", "application/json", "image/svg", "application/xml", "application/javascript")
_SMALL = 512
_WINDOW = 16  # bits; making a larger one ready takes longer than compressing a small page


class Answer(NamedTuple):
    """What the pages say to a reader. media: without parameters."""

    status: int
    media: str
    content: bytes


Fetch = Callable[[str], Answer]
"""Asks the pages for an address from the root, such as ``/mile/five?page=2``."""


Watch = Callable[[int, int], None]
"""Is told how many files are written, and how many are known so far."""


class Exported(NamedTuple):
    """What was written. left_out: addresses that were linked and could not be shown."""

    pages: int
    files: int
    bytes: int
    left_out: tuple[str, ...]


class Wish(NamedTuple):
    """How an event becomes files.

    base: where the folder will be found. languages: the first is that of the pages without an
    ending; none: all languages of the event.
    """

    base: str = NOWHERE
    languages: tuple[str, ...] = ()


AS_IT_IS = Wish()


def export_site(
    house: House,
    slug: str,
    folder: Path,
    fetch: Fetch,
    wish: Wish = AS_IT_IS,
    watch: Watch = lambda _written, _known: None,
) -> Exported:
    """Write everything public of an event.

    Raises UnknownEventError (also for a hidden event), Refusal: a folder of something else, a
    language that the event has not.
    """
    snapshot = public(house, slug)
    if snapshot is None:
        raise UnknownEventError(slug)
    languages = _languages(wish, snapshot.event.languages)
    before = _before(folder / slug)
    walk = _Walk(slug, folder, fetch, wish.base.rstrip("/"), languages, watch)
    walk.go([*_pages(snapshot, languages), *_documents(slug)])
    walk.again()
    _front(folder, slug)
    for name in before - walk.files:
        for ending in ("", ".gz", ".br"):
            (folder / f"{name}{ending}").unlink(missing_ok=True)
    listed = msgspec.json.encode({"event": slug, "files": sorted(walk.files)})
    _replace(folder / slug / _LIST, listed)
    return Exported(len(walk.pages), len(walk.files), walk.bytes, tuple(sorted(walk.dead)))


def _languages(wish: Wish, spoken: tuple[str, ...]) -> tuple[str, ...]:
    strange = [each for each in wish.languages if each not in spoken]
    if strange:
        known = ", ".join(spoken)
        raise refused(
            "site-language",
            "{language!r} is no language of the event; expected one of {known}",
            language=strange[0],
            known=known,
        )
    return wish.languages or spoken


def _pages(snapshot: Snapshot, languages: tuple[str, ...]) -> Iterable[Address]:
    """Where the walk begins: the event and the sheets, in each language."""
    slug = snapshot.event.slug
    contests = [each.code for each in publishing.contests_of(snapshot)]
    for language in languages:
        said = (("lang", language),) if language != languages[0] else ()
        yield Address(f"/{slug}", said)
        yield from (Address(f"/{slug}/{code}.pdf", said) for code in contests)


def _documents(slug: str) -> Iterable[Address]:
    api = f"/api/v1/events/{slug}"
    names = ("contests", "medals", "records", "publications", "position")
    yield Address(api)
    yield from (Address(f"{api}/{name}") for name in names)
    yield from (Address(f"{api}/results.{form}") for form in PUBLIC_FORMATS)


class _Walk:
    """One export. files: written, relative to the folder; dead: what could not be shown."""

    def __init__(
        self, slug: str, folder: Path, fetch: Fetch, base: str, languages: tuple[str, ...],
        watch: Watch,
    ) -> None:  # fmt: skip
        self.slug, self.folder, self.base = slug, folder, base
        self.languages, self.watch = languages, watch
        self._fetch = fetch
        self.pages: dict[Address, set[Address]] = {}
        self.files: set[str] = set()
        self.dead: set[str] = set()
        self.bytes = 0

    def plain(self, address: Address) -> Address:
        """Leave out the language where it is the first, or where nothing is written in one."""
        spoken = Path(address.path).suffix in _SPOKEN and not address.path.startswith("/api/")
        unsaid = [("lang", self.languages[0])] if spoken else _languages_of(address)
        return address._replace(query=tuple(each for each in address.query if each not in unsaid))

    def fetch(self, address: Address) -> Answer:
        """Ask the pages, in the first language where none is said."""
        if _languages_of(address) or address.path.startswith(("/static/", "/api/")):
            return self._fetch(address.text)
        said = (*address.query, ("lang", self.languages[0]))
        return self._fetch(address._replace(query=said).text)

    def keep(self, address: Address) -> bool:
        """Whether an address becomes a file."""
        if any(language not in self.languages for _, language in _languages_of(address)):
            return False
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
            answer = self.fetch(here)
            if answer.status != 200:
                self.dead.add(here.text)
                continue
            for there in self._write(here, answer):
                if there not in seen and there.path != "/" and _BIB not in there.path:
                    seen.add(there)
                    waiting.append(there)
            self.watch(len(self.files), len(seen))

    def again(self) -> None:
        """Write the pages once more that lead to something that could not be shown."""
        for here, links in list(self.pages.items()):
            if any(link.text in self.dead for link in links):
                self._write(here, self.fetch(here))

    def _write(self, here: Address, answer: Answer) -> list[Address]:
        """Write one file; returns where it leads."""
        content, links = answer.content, list[Address]()
        if answer.media == "text/html":
            text = content.decode()
            links = [
                link for link in links_of(text, here, self.base, self.plain) if self.keep(link)
            ]
            self.pages[here] = set(links)
            content = rewrite(text, here, self.base, self.keep, self.plain).encode()
        elif here.path.endswith((".js", ".css")):
            links = imports_of(content.decode(), here)
        name = file_of(here)
        self.files.add(name)
        self.bytes += len(content)
        _replace(self.folder / name, content)
        if len(content) > _SMALL and answer.media.startswith(_TEXT):
            _replace(self.folder / f"{name}.gz", gzip.compress(content, 9, mtime=0))
            window = _WINDOW if len(content) <= 1 << _WINDOW else 22
            packed = brotli.compress(content, quality=9, lgwin=window)
            _replace(self.folder / f"{name}.br", packed)
        return links


def _languages_of(address: Address) -> list[tuple[str, str]]:
    return [each for each in address.query if each[0] == "lang"]


def _before(folder: Path) -> set[str]:
    """The files of the export before; refuses a folder that holds something else."""
    try:
        listed = msgspec.json.decode((folder / _LIST).read_bytes())
    except FileNotFoundError:
        if folder.exists() and any(folder.iterdir()):
            sentence = worded("holds files that are no export of ours; expected an empty folder")
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
