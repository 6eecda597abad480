"""The file race.toml: an event and its contests, and how the other files are to be read.

Strict: a key that nobody knows is refused with its line, because a misspelt choice that is
ignored gives wrong results in silence.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

import msgspec
from msgspec import UNSET

from timing.core.clock import Duration, TimeTextError, parse_duration
from timing.core.rulebook.rules import ContestRules
from timing.core.setup.event import METRE
from timing.files.race import choices
from timing.files.race.choices import RaceFile, RulesChoice
from timing.files.race.presets import rules_of
from timing.files.race.toml_places import line_of
from timing.files.tables.findings import Findings

_UNKNOWN = re.compile(r"Object contains unknown field `([^`]+)`")
_DISTANCE = re.compile(r"(\d+(?:\.\d+)?)\s*(m|km|mi|mile|miles|yd)")
_UNITS = {
    "m": Decimal(METRE),
    "km": Decimal(1000 * METRE),
    "yd": Decimal("914.4"),
    "mi": Decimal(1609344),
}


class RaceText:
    """A race.toml with its text, so that what is wrong in it later can still be named by line."""

    def __init__(self, path: Path, findings: Findings) -> None:
        self.path = path
        self.findings = findings
        self.text = self._read()
        self.race = self._decoded()

    def wrong(self, key: str, sentence: str, code: str = "race-toml") -> None:
        """Add a problem about a key such as ``$.contest[0].distance``."""
        line = line_of(self.text, f"at `{key}`")
        self.findings.problem(code, sentence, str(self.path), line)

    def duration(self, key: str, text: str, *, signed: bool = False) -> Duration:
        """A time of race.toml; a nonsense one is a problem and counts as zero."""
        try:
            return parse_duration(text, signed=signed)
        except TimeTextError as error:
            self.wrong(key, f"{key.rpartition('.')[2]}: {error}")
            return Duration(0)

    def millimetres(self, key: str, text: str) -> int:
        """A distance such as ``5 km``, ``1609.344 m`` or ``8 mi``."""
        if not text:
            return 0
        found = _DISTANCE.fullmatch(text.strip().lower())
        if found is None:
            self.wrong(key, f"{text!r} is no distance; expected such as 5 km, 1500 m or 1 mi")
            return 0
        unit = "mi" if found[2].startswith("mi") else found[2]
        return round(Decimal(found[1]) * _UNITS[unit])

    def rules(self, key: str, choice: RulesChoice) -> ContestRules:
        """The preset with what is different here."""
        try:
            return rules_of(choice.preset, _chosen(choice))
        except ValueError as error:
            self.wrong(key, str(error))
            return ContestRules()

    def _read(self) -> str:
        try:
            return self.path.read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            self._refuse("there is no such file; expected the description of the race")
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            self._refuse("the file is not UTF-8; expected UTF-8 text", line)
        except OSError as error:
            self._refuse(f"the file cannot be read ({error.strerror}); expected a text file")

    def _decoded(self) -> RaceFile:
        try:
            race = msgspec.convert(_plain(tomllib.loads(self.text)), RaceFile)
        except RecursionError:
            self._refuse("brackets stand in brackets too often; expected key = value")
        except tomllib.TOMLDecodeError as error:
            at = re.search(r"line (\d+)", str(error))
            what = str(error).split(" (at ")[0]
            self._refuse(f"not TOML: {what}; expected key = value", int(at[1]) if at else None)
        except msgspec.ValidationError as error:
            self._refuse(_sentence(str(error)), line_of(self.text, str(error)))
        return race

    def _refuse(self, sentence: str, line: int | None = None) -> NoReturn:
        self.findings.problem("race-toml", sentence, str(self.path), line)
        self.findings.refuse()


def _chosen(choice: RulesChoice) -> dict[str, Any]:
    values = msgspec.structs.asdict(choice)
    return {key: value for key, value in values.items() if value is not UNSET and key != "preset"}


def _plain(value: Any) -> Any:
    """Dates may be written with or without quotes."""
    match value:
        case dict():
            return {key: _plain(inner) for key, inner in value.items()}
        case list():
            return [_plain(inner) for inner in value]
        case date():
            return value.isoformat()
        case _:
            return value


def _sentence(message: str) -> str:
    """The decoder's words as ours: which key, and what was expected of it."""
    unknown = _UNKNOWN.search(message)
    near = get_close_matches(unknown[1], _keys(), n=1, cutoff=0.7) if unknown else []
    message = message.replace("Object contains unknown field", "there is no key")
    message = message.replace("Object missing required field", "a key is missing:")
    message = re.sub(r" - at `\$\.?([^`]*)`", lambda at: f" in {at[1]}" if at[1] else "", message)
    hint = "".join(f" (did you mean `{key}`?)" for key in near)
    return f"{message[:1].lower()}{message[1:]}{hint}; expected the keys of docs/reference/score.md"


@cache
def _keys() -> list[str]:
    forms = [form for form in vars(choices).values() if isinstance(form, type)]
    structs = [form for form in forms if issubclass(form, msgspec.Struct)]
    return sorted({key for form in structs for key in form.__struct_fields__})
