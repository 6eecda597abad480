"""In which encoding a text file is written: found safely, never guessed.

A byte order mark decides, else strict UTF-8, else the user is asked: a wrong guess turns
the letters of names into others without anybody noticing.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from timing.core.sentence import worded
from timing.files.tables.findings import Findings

LARGEST = 64 * 1024 * 1024
"""Bytes; a start list of 50,000 people has about five million."""

_CHUNK = 1024 * 1024
_FEW_NULS = 10  # in UTF-16 read as bytes every second character is one
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BETWEEN = re.compile(rb'[;,\t"\r\n]')
_CELLS, _CELL = 6, 40
_OFFER = worded("save it as UTF-8 or name its encoding (--encoding cp1252, --encoding cp1250, ...)")


def encoding_of(path: Path, findings: Findings, given: str | None = None) -> str:
    """Find the encoding of a text file and prove it by decoding the whole file once.

    given: what the user named; a byte order mark in the file has the last word all the same.
    Raises Refusal for a missing, empty or too large file and for one in another encoding.
    """
    _check_size(path, findings)
    with path.open("rb") as stream:
        start = stream.read(4)
    marked = next((name for mark, name in _MARKS if start.startswith(mark)), None)
    encoding = marked or _known(given, findings) or "utf-8"
    _prove(path, encoding, findings)
    return encoding


def readings(path: Path, tried: Iterable[str]) -> dict[str, str]:
    """How the names of a file read in each encoding that fits it, for somebody to choose.

    Encoding -> the first few cells with letters that are no ASCII; of those that read the same
    only the first is given.
    """
    with path.open("rb") as stream:
        cells = list(islice(_foreign_cells(stream), _CELLS))
    found: dict[str, str] = {}
    for encoding in tried:
        try:
            words = [" ".join(cell.decode(encoding).split()) for cell in cells]
        except UnicodeDecodeError:
            continue
        shown = " \u00b7 ".join(words)
        if words and shown.isprintable() and shown not in found.values():
            found[encoding] = shown
    return found


def _foreign_cells(lines: Iterable[bytes]) -> Iterator[bytes]:
    for line in lines:
        for cell in _BETWEEN.split(line):
            if not cell.isascii():
                yield cell[:_CELL]


def _check_size(path: Path, findings: Findings) -> None:
    if not path.is_file():
        findings.problem(
            "missing-file", worded("there is no such file; expected a table"), str(path)
        )
        findings.refuse()
    size = path.stat().st_size
    if size == 0:
        findings.problem(
            "empty-file", worded("the file is empty; expected a table with a header"), str(path)
        )
        findings.refuse()
    if size > LARGEST:
        found, most = size // 1_000_000, LARGEST // 1_000_000
        sentence = worded(
            "the file has {found} MB; expected a table of one event, at most {most} MB",
            found=found,
            most=most,
        )
        findings.problem("too-large", sentence, str(path))
        findings.refuse()


def _known(given: str | None, findings: Findings) -> str | None:
    if given is None:
        return None
    try:
        "".encode(given)  # also refuses codecs that are no encodings of text
        return codecs.lookup(given).name
    except (LookupError, ValueError):
        sentence = worded(
            "{given!r} is no known encoding; expected a name such as utf-8 or cp1252", given=given
        )
        findings.problem("unknown-encoding", sentence)
        findings.refuse()


def _prove(path: Path, encoding: str, findings: Findings) -> None:
    """Decode the whole file and look for many NUL characters, in constant memory.

    A single one is a fault of its row, which is named when the rows are read.
    """
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    with path.open("rb") as stream:
        while True:
            chunk = stream.read(_CHUNK)
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                before = error.object[: error.start].decode(encoding, "replace")
                if "\0" in before:
                    _refuse_nul(path, line + _line_ends(before[: before.index("\0")]), findings)
                _refuse_bytes(path, encoding, error, line + _line_ends(before), findings)
            nul = text.find("\0")
            if text.count("\0") * _FEW_NULS > len(text):
                _refuse_nul(path, line + _line_ends(text[:nul]), findings)
            if not chunk:
                return
            line += _line_ends(text)


def _line_ends(text: str) -> int:
    """Line ends of a stretch of text; old files end their lines with a carriage return only."""
    return text.count("\n") or text.count("\r")


def _refuse_bytes(
    path: Path, encoding: str, error: UnicodeDecodeError, line: int, findings: Findings
) -> None:
    byte = f"0x{error.object[error.start]:02x}" if error.object else worded("the end")
    sentence = worded(
        "the byte {byte} is not {encoding}; {offer}",
        byte=byte,
        encoding=encoding.removesuffix("-sig").upper(),
        offer=_OFFER,
    )
    findings.problem("encoding", sentence, str(path), line)
    findings.refuse()


def _refuse_nul(path: Path, line: int, findings: Findings) -> None:
    sentence = worded(
        "a NUL character was found, so this is no text file of this encoding; if it is "
        "UTF-16 without a byte order mark say --encoding utf-16-le, else save it as UTF-8"
    )
    findings.problem("nul", sentence, str(path), line)
    findings.refuse()
