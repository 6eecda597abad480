"""The file race.toml: an event and its contests, and how the other files are to be read.

Strict: a key that nobody knows is refused with its line, because a misspelt choice that is
ignored gives wrong results in silence.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

import msgspec
from msgspec import UNSET, Struct, UnsetType

from timing.core.clock import Duration, TimeTextError, parse_duration
from timing.core.event import METRE
from timing.core.rules import Basis, ContestRules, Ties
from timing.files.entries import EntryWords
from timing.files.findings import Findings
from timing.files.presets import rules_of
from timing.files.times import TimeWords
from timing.files.toml_places import line_of

_DISTANCE = re.compile(r"(\d+(?:\.\d+)?)\s*(m|km|mi|mile|miles|yd)")
_UNITS = {
    "m": Decimal(METRE),
    "km": Decimal(1000 * METRE),
    "yd": Decimal("914.4"),
    "mi": Decimal(1609344),
}


class RulesChoice(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A preset of config/rules/contests.toml and what is different here. step: seconds as text."""

    preset: str = "club-road"
    basis: Basis | UnsetType = UNSET
    ties: Ties | UnsetType = UNSET
    step: str | UnsetType = UNSET
    decimals: int | UnsetType = UNSET
    rank_exact: bool | UnsetType = UNSET
    list_unstarted: bool | UnsetType = UNSET
    unranked: tuple[str, ...] | UnsetType = UNSET
    cautions_to_dq: int | UnsetType = UNSET


class PointChoice(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A place on the course between start and finish where times are taken."""

    code: str
    name: str = ""
    distance: str


class TeamChoice(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Team prizes. rules: a preset of config/rules/teams.toml, count: another number of scorers.

    prizes: so many teams of each sex win one.
    """

    rules: str = "club"
    count: int | None = None
    sexes: tuple[str, ...] = ("M", "W")
    prizes: int = 1


class LegMoment(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A leg that started at a moment of its own, for all teams or for one. at: since the start."""

    leg: int
    at: str
    bib: str = ""


class RelayChoice(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Teams of so many legs. paired: legs that two run together; see ``core.relays``."""

    legs: int
    paired: tuple[int, ...] = ()
    mass_starts: tuple[LegMoment, ...] = ()
    leg_starts: tuple[LegMoment, ...] = ()


class LapPointChoice(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A point of one lap. records: "in" for arrival, "out" for departure, or both."""

    name: str
    distance: str
    records: tuple[str, ...] = ("in",)


class LapsChoice(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An ultra or a race on laps. laps: so many, or 0 for as many as time allows.

    points: of one lap, the start first and the finish last; see ``core.laps``.
    """

    points: tuple[LapPointChoice, ...]
    laps: int = 1


class ContestChoice(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One contest. categories, prizes: a file beside race.toml or a scheme that comes with us.

    general_first: another order of giving the prizes than the scheme says (``core.prizes``).
    start: how long after the start of the race this contest started.
    """

    code: str = "race"
    name: str = ""
    distance: str = ""
    discipline: str = ""
    direction: str = "forward"
    surface: str = "road"
    timing: str = "hand"
    sex: str = ""
    time_limit: str = ""
    start: str = "0"
    categories: str = ""
    prizes: str = ""
    general_first: bool | None = None
    teams: TeamChoice | None = None
    relay: RelayChoice | None = None
    laps: LapsChoice | None = None
    rules: RulesChoice = RulesChoice()
    points: tuple[PointChoice, ...] = ()


class WaveChoice(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Those with one gun. start: how long after the start of the race it was fired."""

    code: str
    name: str = ""
    start: str = "0"


class TimeTrialChoice(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """So many start together in the order of their bibs, one group after the other."""

    per_wave: int
    interval: str


class StartChoice(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When the race started. after_clock: the clock was running that long already.

    by_category: those of a category started so much later than the race (before: negative).
    """

    after_clock: str = "0"
    by_category: dict[str, str] = {}
    time_trial: TimeTrialChoice | None = None


class RaceFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What race.toml says, key by key."""

    name: str
    date: str
    slug: str = ""
    place: str = ""
    timezone: str = "UTC"
    organiser: str = ""
    ruleset: str = ""
    note: str = ""
    languages: tuple[str, ...] = ("en",)
    contest: tuple[ContestChoice, ...] = (ContestChoice(),)
    wave: tuple[WaveChoice, ...] = ()
    start: StartChoice = StartChoice()
    entries: EntryWords = EntryWords()
    times: TimeWords = TimeWords()


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
    message = message.replace("Object contains unknown field", "there is no key")
    message = message.replace("Object missing required field", "a key is missing:")
    message = re.sub(r" - at `\$\.?([^`]*)`", lambda at: f" in {at[1]}" if at[1] else "", message)
    return f"{message[:1].lower()}{message[1:]}; expected the keys of docs/reference/score.md"
