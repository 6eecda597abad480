"""Reads the fields of a form one by one and collects what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from timing.core.clock import Duration, TimeTextError, parse_duration
from timing.core.refusal import Problem
from timing.core.sentence import Sentence, worded, words_of

Fields = Mapping[str, str]
MILE = 1_609_344
"""Millimetres."""
_DISTANCE = re.compile(r"(\d{1,6}(?:[.,]\d{1,6})?)\s*(m|km|mi|miles?)", re.IGNORECASE)
_LAPS = re.compile(r"(\d{1,2})\s*[x\u00d7*]\s*(.+)", re.IGNORECASE)
_UNIT = {"m": 1000, "km": 1_000_000, "mi": MILE, "mile": MILE, "miles": MILE}


class Form:
    """Reads fields one by one and collects what is wrong."""

    def __init__(self, fields: Fields) -> None:
        """Take the fields of a form."""
        self.fields = fields
        self.problems: list[Problem] = []

    def text(self, name: str, most: int = 200) -> str:
        """Give a text in single spaces, cut at most characters."""
        return " ".join(self.fields.get(name, "").split())[:most]

    def wrong(self, name: str, said: Sentence | str) -> None:
        """Note what is wrong with a field."""
        self.problems.append(Problem(name, said))

    def number(self, name: str, without: int = 0, most: int = 100_000) -> int:
        """Read a number; ``without`` for an empty field."""
        text = self.text(name)
        if text and not (text.isascii() and text.isdecimal() and int(text) <= most):
            self.wrong(
                name,
                worded(
                    "{name} is {text!r}; expected a number up to {most}",
                    name=name,
                    text=text,
                    most=most,
                ),
            )
            return without
        return int(text) if text else without

    def distance(self, name: str) -> int:
        """Read a distance in millimetres."""
        text = self.text(name)
        found = _DISTANCE.fullmatch(text)
        if found is None:
            self.wrong(
                name,
                worded("{text!r} is no distance; expected such as 5 km, 400 m or 1 mi", text=text),
            )
            return 0
        return int(Decimal(found[1].replace(",", ".")) * _UNIT[found[2].lower()])

    def laps(self, name: str) -> tuple[int, int]:
        """Read a distance that may be so many laps, ``4 x 400 m``: how many, and the whole."""
        times = _LAPS.fullmatch(self.text(name))
        if times is None:
            return 0, self.distance(name)
        lap = Form({name: times[2]})
        whole = int(times[1]) * lap.distance(name)
        self.problems += lap.problems
        return int(times[1]), whole

    def one_of(self, name: str, known: Sequence[str], without: str) -> str:
        """Read one of the known words; ``without`` for an empty field."""
        text = self.text(name) or without
        if text not in known:
            self.wrong(
                name,
                worded(
                    "{text!r} is no {name}; expected one of {known}",
                    text=text,
                    name=name,
                    known=", ".join(known),
                ),
            )
            return without
        return text

    def span(self, name: str) -> Duration | None:
        """Read a span of time; None for an empty field."""
        text = self.text(name)
        try:
            return parse_duration(text) if text else None
        except TimeTextError as error:
            self.wrong(name, worded("{where}: {told}", where=name, told=words_of(error)))
            return None
