"""PDFs read back: rows as texts, and the boxes of all characters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from io import BytesIO
from itertools import groupby
from typing import Any, NamedTuple

import pdfplumber
import pypdf


class Box(NamedTuple):
    """One character: its text and its box in points, y downward from the top of the page."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float


def reader(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    """The text in the order in which it was drawn, page by page."""
    return "\n".join(page.extract_text() for page in reader(pdf).pages)


def pages(pdf: bytes) -> Iterator[Any]:
    with pdfplumber.open(BytesIO(pdf)) as document:
        yield from document.pages


def boxes(page: Any) -> list[Box]:
    return [
        Box(char["text"], char["x0"], char["top"], char["x1"], char["bottom"])
        for char in page.chars
        if char["text"].strip()
    ]


def lines(page: Any) -> list[list[str]]:
    """The words of a page, line by line, as they stand on paper; cells are words far apart."""
    words = page.extract_words(x_tolerance=3.2, keep_blank_chars=True)
    ordered = sorted(words, key=lambda word: (round(word["bottom"], 0), word["x0"]))
    grouped = groupby(ordered, key=lambda word: round(word["bottom"], 0))
    return [[unicodedata.normalize("NFC", word["text"]) for word in group] for _, group in grouped]


def clashes(found: list[Box], slack: float = 0.6) -> list[tuple[Box, Box]]:
    """Pairs of characters whose inner boxes overlap. Line boxes hold white above and below."""
    inner = sorted(
        (
            box._replace(
                x0=box.x0 + slack / 2,
                x1=box.x1 - slack / 2,
                top=box.top + 0.2 * (box.bottom - box.top),
                bottom=box.bottom - 0.2 * (box.bottom - box.top),
            )
            for box in found
        ),
        key=lambda box: box.x0,
    )
    pairs = []
    for number, one in enumerate(inner):
        for other in inner[number + 1 :]:
            if other.x0 >= one.x1:
                break
            if other.top < one.bottom and one.top < other.bottom and other.x1 > other.x0:
                pairs.append((one, other))
    return pairs


def outside(page: Any, margin: float = 14.0) -> list[Box]:
    """Characters that leave the printable part of the page."""
    return [
        box
        for box in boxes(page)
        if box.x0 < margin
        or box.x1 > page.width - margin
        or box.top < margin
        or box.bottom > page.height - margin
    ]
