"""Styles, scripts and pictures as they travel: packed once, and kept by whoever has them.

An address names the content of its file, so that a browser never asks again for what it has. What
a script brings along is named beside it, so that nobody waits for one after the other.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path

import brotli
from flask import Flask, Response, current_app, request, url_for
from markupsafe import Markup

_IMPORT = re.compile(r"""^import\b[^;]*?["']\./([\w./-]+)["'];""", re.MULTILINE)
_PACKED = {"text/css", "text/javascript", "application/javascript", "image/svg+xml"}
_SMALL = 512  # bytes; less is not worth packing
_FOR_EVER = "public, max-age=31536000, immutable"


def asset(name: str) -> str:
    """Give the address of a static file; it changes with the file, so it is cached for ever."""
    return url_for("static", filename=name, v=_version(name))


def module(name: str) -> Markup:
    """Give the tags of a script: itself, and what it imports, to be fetched at the same time."""
    parts = Markup("").join(
        Markup('<link rel="modulepreload" href="{}">').format(url_for("static", filename=part))
        for part in _parts(_path(name), _path(name).stat().st_mtime_ns)
    )
    return parts + Markup('<script type="module" src="{}"></script>').format(asset(name))


def furnish(app: Flask) -> None:
    """Hand ``asset`` and ``module`` to the templates, and pack what is sent of static files."""
    app.jinja_env.globals |= {"asset": asset, "module": module}
    app.after_request(_as_it_travels)


def _as_it_travels(answer: Response) -> Response:
    name = (request.view_args or {}).get("filename", "")
    if request.endpoint != "static" or answer.status_code not in (200, 304):
        return answer
    if request.args.get("v") == _version(name):
        answer.headers["Cache-Control"] = _FOR_EVER
    if answer.mimetype in _PACKED and answer.status_code == 200:
        _pack(answer, _path(name))
    return answer


def _pack(answer: Response, path: Path) -> None:
    """Put the packed form in place of the file, under a name of its own."""
    answer.vary.add("Accept-Encoding")
    encoding = next((each for each in _PACKERS if request.accept_encodings.quality(each)), "")
    content = _packed(path, path.stat().st_mtime_ns, encoding) if encoding else b""
    if not content or request.range is not None:
        return
    answer.close()
    answer.direct_passthrough = False
    answer.set_data(content)
    answer.headers["Content-Encoding"] = encoding
    answer.set_etag(f"{_digest(path, path.stat().st_mtime_ns)}-{encoding}")
    answer.make_conditional(request)


def _path(name: str) -> Path:
    return Path(str(current_app.static_folder)) / name


def _version(name: str) -> str:
    path = _path(name)
    return _digest(path, path.stat().st_mtime_ns)


@cache
def _digest(path: Path, _modified: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10]


_PACKERS: Mapping[str, Callable[[bytes], bytes]] = {
    "br": partial(brotli.compress, quality=11),
    "gzip": partial(gzip.compress, compresslevel=9, mtime=0),
}
"""How files are packed, the best way first."""


@cache
def _packed(path: Path, _modified: int, encoding: str) -> bytes:
    """The packed form of a file; b"" where that is not worth it."""
    content = path.read_bytes()
    return _PACKERS[encoding](content) if len(content) > _SMALL else b""


@cache
def _parts(path: Path, _modified: int) -> tuple[str, ...]:
    """What a script imports, and what that imports, as names of static files."""
    found: dict[str, None] = {}
    root = Path(str(current_app.static_folder))
    waiting = [path]
    while waiting:
        script = waiting.pop()
        for part in _IMPORT.findall(script.read_text(encoding="utf-8")):
            imported = (script.parent / part).resolve()
            name = imported.relative_to(root.resolve()).as_posix()
            if name not in found:
                found[name] = None
                waiting.append(imported)
    return tuple(found)
