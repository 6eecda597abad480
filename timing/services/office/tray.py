"""The tray on which uploaded files wait until somebody has looked at them and said yes.

A file is private to the computer's account, is known by a random word and goes after two hours.
"""

from __future__ import annotations

import getpass
import os
import re
import secrets
import tempfile
from pathlib import Path
from typing import NamedTuple

import msgspec

from timing.core.clock import HOUR, Instant
from timing.core.refusal import refused

_KEPT = 2 * HOUR
_WORD = re.compile(r"[0-9a-f]{32}")


class Upload(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of an upload besides its bytes. owner: who may see it again."""

    name: str
    slug: str
    owner: str
    at: int


class Kept(NamedTuple):
    """An upload on the tray."""

    word: str
    path: Path
    upload: Upload


def put(content: bytes, upload: Upload) -> str:
    """Lay a file down and give the word by which it is found again."""
    folder = _folder()
    _tidy(folder, upload.at)
    word = secrets.token_hex(16)
    suffix = Path(upload.name).suffix.lower()
    path = folder / f"{word}{suffix if suffix in ('.xlsx', '.json', '.ppl', '.csv') else '.txt'}"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    (folder / f"{word}.about").write_bytes(msgspec.json.encode(upload))
    return word


def get(word: str, slug: str, owner: str) -> Kept:
    """Give an upload of this owner for this event. Raises Refusal when it is gone."""
    folder = _folder()
    about = folder / f"{word}.about"
    if _WORD.fullmatch(word) and about.exists():
        upload = msgspec.json.decode(about.read_bytes(), type=Upload)
        found = [path for path in folder.glob(f"{word}.*") if path != about]
        if found and (upload.slug, upload.owner) == (slug, owner):
            return Kept(word, found[0], upload)
    raise refused("upload-gone", "the file is not here any more; please choose it again")


def drop(kept: Kept) -> None:
    """Take a file off the tray."""
    for path in _folder().glob(f"{kept.word}.*"):
        path.unlink(missing_ok=True)


def _folder() -> Path:
    folder = Path(tempfile.gettempdir()) / f"timing-uploads-{getpass.getuser()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid != os.getuid():
        raise refused("upload-folder", "{folder} belongs to somebody else", folder=str(folder))
    return folder


def _tidy(folder: Path, now: int) -> None:
    for about in folder.glob("*.about"):
        try:
            upload = msgspec.json.decode(about.read_bytes(), type=Upload)
        except FileNotFoundError:  # somebody else's upload was taken in this moment
            continue
        if Instant(upload.at) < now - _KEPT:
            for path in folder.glob(f"{about.stem}.*"):
                path.unlink(missing_ok=True)
