"""What race.toml may say, key by key: the form of the file and nothing else.

Times and distances stay text here; ``race_toml`` and its neighbours make values of them.
"""

from __future__ import annotations

from msgspec import UNSET, Struct, UnsetType

from timing.core.rulebook.rules import Basis, Ties, Title
from timing.core.scoring.series_rules import Scoring, SeriesTie
from timing.files.entrants.entries import EntryWords
from timing.files.race.times import TimeWords


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
    titles: tuple[Title, ...] | UnsetType = UNSET


class PointChoice(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A place on the course between start and finish where times are taken."""

    code: str
    name: str = ""
    distance: str


class TeamChoice(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Team prizes. rules: a preset of config/rules/teams.toml, count: another number of scorers.

    prizes: so many teams of each sex win one. of_club: so many teams a club may have (B, C, ...).
    """

    rules: str = "club"
    count: int | None = None
    of_club: int | None = None
    sexes: tuple[str, ...] = ("M", "W")
    prizes: int = 1


class LegMoment(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A leg that started at a moment of its own, for all teams or for one. at: since the start."""

    leg: int
    at: str
    bib: str = ""


class RelayChoice(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Teams of so many legs. paired: legs that two run together; see ``core.scoring.relays``."""

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

    points: of one lap, the start first and the finish last; see ``core.scoring.laps``.
    """

    points: tuple[LapPointChoice, ...]
    laps: int = 1


class ContestChoice(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One contest. categories, prizes, records: files beside race.toml or those that come with us.

    general_first: another order of giving prizes than the scheme says (``core.rulebook.prizes``).
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
    records: tuple[str, ...] = ()
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


class SeriesGroupChoice(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """At least so many of these races (by name) belong to a complete series."""

    name: str
    least: int = 1
    races: tuple[str, ...]


class SeriesRaceChoice(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One race of a series. folder: with its own race.toml; "" for a race still to come.

    median: overrides the median time of the race, where not all finishers are known.
    """

    name: str
    folder: str = ""
    median: str = ""


class SeriesChoice(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A series of races; the keys are those of ``core.scoring.series_rules``.

    preset: a code of config/rules/series.toml; the keys that are not said are those of it.
    race: in the order of the columns. order: their names as they took place, () as listed.
    eligible_clubs: only their members are listed; () for everybody.
    """

    preset: str = ""
    scoring: Scoring | None = None
    race: tuple[SeriesRaceChoice, ...]
    counted: int | None = None
    least: int | None = None
    by_sex: bool | None = None
    first: int | None = None
    median_score: int | None = None
    table: tuple[int, ...] | None = None
    floor: int | None = None
    groups: tuple[SeriesGroupChoice, ...] = ()
    order: tuple[str, ...] = ()
    tie_breaks: tuple[SeriesTie, ...] | None = None
    eligible_clubs: tuple[str, ...] = ()


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
    series: SeriesChoice | None = None
    entries: EntryWords = EntryWords()
    times: TimeWords = TimeWords()
