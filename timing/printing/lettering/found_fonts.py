"""Fonts of the system for characters that the house faces lack, searched in the usual folders.

The order of the search is data: families that are made for names come before whatever else has the
character, so the same machine always answers with the same font.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from timing.printing.lettering.faces import Face, FontBook, FontError, open_face

FOLDERS = (
    "~/.local/share/fonts",
    "~/.fonts",
    "~/Library/Fonts",
    "/usr/local/share/fonts",
    "/usr/share/fonts",
    "/Library/Fonts",
    "/System/Library/Fonts",
    "C:/Windows/Fonts",
)
PREFERRED = (
    "NotoSans-",
    "NotoSansArabic",
    "NotoNaskhArabic",
    "NotoSansHebrew",
    "DejaVuSans",
    "NotoSansCJK",
    "NotoSansSC",
    "NotoSansJP",
    "NotoSansKR",
    "NotoSansTC",
    "SourceHanSans",
    "NotoSans",
    "Arial",
    "Tahoma",
    "Leelawadee",
    "Nirmala",
    "malgun",
    "msyh",
    "YuGoth",
    "PingFang",
    "Hiragino",
    "GeezaPro",
    "LiberationSans",
    "FreeSans",
    "wqy",
    "Droid",
)
UNLIKED = ("Mono", "Serif", "Emoji", "Italic", "Oblique", "Thin", "Black", "Condensed", "Narrow")
SUFFIXES = frozenset({".ttf", ".otf", ".ttc", ".otc"})
HAN_FACES = {"ja": "JP", "ko": "KR", "zh-hant": "TC", "zh-tw": "TC", "zh-hk": "HK", "zh": "SC"}
MOST_FILES = 600  # a designer's machine has thousands of fonts; names need a few


@cache
def font_files(folders: tuple[str, ...] = FOLDERS) -> tuple[Path, ...]:
    """All regular font files of the folders, the preferred families first."""
    found = {
        Path(place, name)
        for folder in folders
        for place, _, names in os.walk(Path(folder).expanduser())
        for name in names
        if Path(name).suffix.lower() in SUFFIXES and "Bold" not in name
    }
    return tuple(sorted(found, key=_liking)[:MOST_FILES])


def _liking(path: Path) -> tuple[bool, int, str, str]:
    stem = path.stem.replace(" ", "")
    rank = next((n for n, name in enumerate(PREFERRED) if stem.startswith(name)), len(PREFERRED))
    return (any(word in stem for word in UNLIKED), rank, stem, str(path))


def find_face(book: FontBook, char: str, *, bold: bool) -> Face | None:
    """The first face behind the house faces that has the character, or None."""
    folders = FOLDERS if book.search else ()
    return _find(book.extra, folders, _han(book.language), char, bold=bold)


@cache
def _find(
    extra: tuple[Path, ...], folders: tuple[str, ...], han: str, char: str, *, bold: bool
) -> Face | None:
    for face in _candidates(extra, folders, han):
        if face.has(char):
            heavy = _heavy(face) if bold else None
            return heavy if heavy is not None and heavy.has(char) else face
    return None


def _candidates(extra: tuple[Path, ...], folders: tuple[str, ...], han: str) -> Iterator[Face]:
    for path in extra + font_files(folders):
        face = _openable(path, han)
        if face is not None:
            yield face


@cache
def _openable(path: Path, han: str) -> Face | None:
    """The face of a file; of a collection the one for the wanted Han shapes; None if unreadable."""
    try:
        first = open_face(path)
        for index in range(_faces_in(first)):
            face = open_face(path, index)
            if (face.hb_face.get_name(4) or "").endswith(" " + han):
                return face
    except FontError:
        return None
    return first


def _faces_in(face: Face) -> int:
    """How many faces a collection file holds (its header: tag, version, count); 1 for others."""
    with face.path.open("rb") as file:
        head = file.read(12)
    return int.from_bytes(head[8:12]) if head[:4] == b"ttcf" else 1


@cache
def _heavy(face: Face) -> Face | None:
    """The bold sister file of a regular face, where it stands beside it."""
    stem = face.path.stem
    names = (stem.replace("Regular", "Bold"), stem + "-Bold", stem + "Bold", stem + "bd")
    for name in names:
        path = face.path.with_stem(name)
        if name != stem and path.is_file():
            try:
                return open_face(path, face.index)
            except FontError:
                return None
    return None


def _han(language: str) -> str:
    tag = language.lower()
    return HAN_FACES.get(tag) or HAN_FACES.get(tag.split("-")[0], "SC")
