"""Addresses of pages as files of a folder: where each stands, and links from one to another.

Knows the form of addresses and of HTML attributes; knows no event and fetches nothing.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from html import escape, unescape
from typing import NamedTuple
from urllib.parse import parse_qsl, quote, unquote, urljoin, urlsplit

_ATTRIBUTE = re.compile(r'(\s)(href|src|content|data-[a-z-]+)="([^"]*)"')
_FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)
_IMPORT = re.compile(r"""(?:from|import)\s*\(?\s*["'](\.{1,2}/[^"']+)["']""")
_SHEET = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)""")
_SUFFIXES = frozenset({
    ".csv", ".json", ".pdf", ".png", ".svg", ".css", ".js", ".xlsx", ".xml", ".zip", ".ico",
    ".txt", ".webmanifest", ".woff2",
})  # fmt: skip


class Address(NamedTuple):
    """A place in the house. path: decoded, from the root. query: pairs in order."""

    path: str
    query: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """The address as it is asked for."""
        asked = "&".join(f"{quote(key)}={quote(value)}" for key, value in self.query)
        return quote(self.path) + (f"?{asked}" if asked else "")


def address_of(text: str, base: str) -> Address | None:
    """Read a link; None for one that leads out of the house. base: where the house stands."""
    home, there = urlsplit(base), urlsplit(text)
    if (there.scheme, there.netloc) != (home.scheme, home.netloc):
        return None
    root = home.path.rstrip("/")
    if not there.path.startswith(f"{root}/"):
        return None
    return Address(unquote(there.path[len(root) :]), tuple(sorted(parse_qsl(there.query))))


def file_of(address: Address) -> str:
    """The file of an address, relative to the folder. Raises ValueError for one that leads out."""
    parts = [part for part in address.path.split("/") if part]
    if any(part in (".", "..") or "\0" in part or "\\" in part for part in parts):
        raise ValueError(f"{address.path!r} is no name of a file")
    if parts[:1] == ["static"]:
        return "/".join(parts)
    extra = [f"{key}-{value}".replace("/", "_") for key, value in address.query]
    stem, suffix = posixpath.splitext(parts[-1]) if parts else ("", "")
    if parts[:1] == ["api"] and suffix not in _SUFFIXES:
        return "/".join([*parts[:-1], "-".join([parts[-1], *extra]) + ".json"])
    if suffix in _SUFFIXES:
        return "/".join([*parts[:-1], "-".join([stem, *extra]) + suffix])
    return "/".join([*parts, *extra, "index.html"])


Keep = Callable[[Address], bool]
Plain = Callable[[Address], Address]
"""Gives the address whose file says the same, such as one without what goes without saying."""


def rewrite(page: str, here: Address, base: str, keep: Keep, plain: Plain) -> str:
    """Turn the links of a page into links between files; what is not kept is no link any more.

    Forms are taken away: no file can answer them.
    """
    whole = urljoin(base.rstrip("/") + "/", here.text.lstrip("/"))
    folder = posixpath.dirname(file_of(here))

    def link(found: re.Match[str]) -> str:
        space, name, value = found[1], found[2], unescape(found[3])
        inside = value.startswith(("/", base)) or name in ("href", "src")
        there = address_of(urljoin(whole, value), base) if inside else None
        if there is None or value.startswith("#"):
            return found[0]
        if name.startswith("data-"):  # the beginning of addresses that a script completes
            near = posixpath.relpath(there.path.strip("/"), folder or ".")
            return f'{space}{name}="{quote(near)}{"/" * there.path.endswith("/")}"'
        there = plain(there)
        if not keep(there):
            return f'{space}data-left-out=""' if name in ("href", "src") else f'{space}{name}=""'
        file = file_of(there)
        if name == "content":
            target = f"{base.rstrip('/')}/{quote(file)}"
        else:
            target = quote(posixpath.relpath(file, folder or "."))
        mark = urlsplit(value).fragment
        return f'{space}{name}="{escape(target + (f"#{mark}" if mark else ""))}"'

    return _ATTRIBUTE.sub(link, _FORM.sub("", page))


def links_of(page: str, here: Address, base: str, plain: Plain) -> list[Address]:
    """Every address of the house that a page leads to."""
    whole = urljoin(base.rstrip("/") + "/", here.text.lstrip("/"))
    found = []
    for _space, name, value in _ATTRIBUTE.findall(_FORM.sub("", page)):
        text = unescape(value)
        if name in ("href", "src") or (name == "content" and text.startswith(("/", base))):
            there = address_of(urljoin(whole, text), base)
            if there is not None:
                found.append(plain(there))
    return found


def imports_of(text: str, here: Address) -> list[Address]:
    """What a script or a style sheet asks for beside itself."""
    listed = _IMPORT.findall(text) if here.path.endswith(".js") else _SHEET.findall(text)
    near = [each for each in listed if not each.startswith(("data:", "#", "http"))]
    return [Address(urlsplit(urljoin(here.path, each)).path) for each in near]
