"""Scores a series from folders of races: who is who, what each race is worth, the best of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from timing.core.clock import Duration
from timing.core.fold.standings import standings_of
from timing.core.fold.whole import fold
from timing.core.refusal import Problem, Refusal
from timing.core.rulebook.prizes import Contender, give_prizes, report_groups, stands_in
from timing.core.scoring.identities import ClubNames, Identified, Person, identify, key_of
from timing.core.scoring.series import Race, Row, Run, fastest_times, rank_series, series_scores
from timing.core.scoring.series_categories import AgeClass, Entered, series_category
from timing.core.scoring.series_points import Points
from timing.core.scoring.series_rules import SeriesRules
from timing.core.setup.roster import Entry
from timing.core.status import Status
from timing.files.feeds.results_out import AwardLine, Doubt
from timing.files.feeds.series_out import (
    PersonLine,
    PersonPart,
    score_text,
    series_csv,
    series_rows,
)
from timing.files.race.folder import RaceData
from timing.files.race.rulings import ROUND
from timing.files.race.series import SeriesData
from timing.services.scoring.scored import Lists, Made, made
from timing.services.scoring.sheets import series_sheet


class _Start(NamedTuple):
    """One person in one race. time: None without a place."""

    entry: Entry
    place: int
    time: Duration | None


Starts = Sequence[Sequence[_Start] | None]
"""By race; None for one still to come."""


def score_series(series: SeriesData) -> Made:
    """Everything that is written of a series, as bytes. Raises Refusal: impossible categories."""
    starts = [None if race.data is None else _starts(race.data) for race in series.races]
    people = identify(
        ((one.entry.name, one.entry.club) for race in starts for one in race or ()),
        ClubNames(series.clubs),
    )
    categories = _categories(series, starts, people)
    table = _scored(series, starts, people, categories)
    lines = table.lines()
    parts = _parts(series, table, lines)
    awards = list(_awards(series, lines))
    doubts = [_doubt(each.code, each.name, each.clubs) for each in people.inferences]
    (contest, *_) = series.event.contests
    rows = series_rows(contest.code, contest.name, lines, series.rules)
    names = [race.name for race in series.races]
    ranked = sum(line.row.place is not None for line in lines)
    return made(
        series.event,
        [rows],
        Lists(
            [series_sheet(series.event, names, part, series.rules) for part in parts],
            awards,
            doubts,
        ),
        {"results.csv": series_csv(names, parts, series.rules)},
        [f"{series.event.name}: {ranked} ranked of {len(lines)} over {len(names)} races"],
    )


def _starts(race: RaceData) -> list[_Start] | None:
    """The starters of one race by the fold, best first; only its first contest counts.

    None for a race that was cancelled, or stopped without a ranking: nobody has run it.
    """
    state = fold(race.event, race.roster, race.journal)
    contest = race.event.contests[0]
    fate = state.lineup.judged(contest.code)
    if fate is not None and not fate.ranked:
        return None
    standings = standings_of(state, contest, ROUND, {})
    return [
        _Start(row.entry, row.place or 0, row.result.official if row.place else None)
        for row in standings.rows
        if row.result.status not in (Status.DNS, Status.STP)
    ]


def _person(people: Identified, one: _Start) -> Person:
    return people.persons[one.entry.name, one.entry.club]


def _classes(series: SeriesData) -> dict[str, AgeClass]:
    rows = series.scheme.category if series.scheme else ()
    return {row.code: AgeClass("".join(row.sexes[:1]), row.first, row.last) for row in rows}


def _eligible(series: SeriesData) -> set[str]:
    clubs = ClubNames(series.clubs)
    return {key_of(clubs.printed(club)) for club in series.eligible_clubs}


def _categories(series: SeriesData, starts: Starts, people: Identified) -> dict[Person, str]:
    """The category of everybody, as first entered; a change that cannot be refuses the series."""
    history: dict[Person, list[Entered]] = {}
    shown: dict[Person, str] = {}
    for number in series.rules.order or range(1, len(starts) + 1):
        for one in starts[number - 1] or ():
            person = _person(people, one)
            shown.setdefault(person, one.entry.name)
            seen = Entered(series.races[number - 1].name, one.entry.category)
            history.setdefault(person, []).append(seen)
    classes, eligible = _classes(series), _eligible(series)
    categories = {}
    problems: list[Problem] = []
    for person, entered in history.items():
        found = series_category(shown[person], entered, classes)
        categories[person] = found.category
        if classes and (not eligible or person.club in eligible):
            problems += found.problems
    if problems:
        file = str(series.text.path)
        raise Refusal(*(problem._replace(file=file) for problem in problems))
    return categories


class _Table(NamedTuple):
    """Everybody who is listed, with the scores; ``line`` tells how a person is printed."""

    scores: Mapping[Person, tuple[Points | None, ...]]
    rules: SeriesRules
    run: list[int]
    fastest: Mapping[Person, Duration]
    line: Callable[[Row[Person]], PersonLine]

    def lines(self, listed: Callable[[PersonLine], bool] = lambda _: True) -> list[PersonLine]:
        """The table of some of them, with places of its own."""
        whole = map(self.line, self._ranked(self.scores))
        own = {each.row.person: self.scores[each.row.person] for each in whole if listed(each)}
        return [self.line(row) for row in self._ranked(own)]

    def _ranked(
        self, scores: Mapping[Person, tuple[Points | None, ...]]
    ) -> tuple[Row[Person], ...]:
        return rank_series(scores, self.rules, self.run, self.fastest)


def _scored(
    series: SeriesData, starts: Starts, people: Identified, categories: Mapping[Person, str]
) -> _Table:
    eligible = _eligible(series)
    entries: dict[Person, Entry] = {}
    for one in (one for race in starts for one in race or ()):
        entries.setdefault(_person(people, one), one.entry)
    races = _races(series, starts, people, categories)
    scores = series_scores(races, series.rules)
    listed = {who: own for who, own in scores.items() if not eligible or who.club in eligible}
    run = [number for number, race in enumerate(races, 1) if race.runs is not None]

    def line(row: Row[Person]) -> PersonLine:
        who = row.person
        return PersonLine(row, entries[who].name, people.club_of(who), categories[who])

    return _Table(listed, series.rules, run, fastest_times(races), line)


def _parts(series: SeriesData, table: _Table, lines: list[PersonLine]) -> list[PersonPart]:
    """The table as its prizes divide it: in a part is whoever a prize of it is open to."""
    scheme = series.prizes
    groups = report_groups(scheme) if scheme else ()
    if scheme is None or not groups:
        return [PersonPart("", tuple(lines))]
    classes = _classes(series)

    def within(group: str) -> Callable[[PersonLine], bool]:
        return lambda line: stands_in(
            scheme, group, _contender(line, 0, classes.get(line.category))
        )

    return [PersonPart(group, tuple(table.lines(within(group)))) for group in groups]


def _races(
    series: SeriesData, starts: Starts, people: Identified, categories: Mapping[Person, str]
) -> list[Race[Person]]:
    """The races as the rules of series want them; the sex is that of the category."""
    classes = _classes(series)

    def run(one: _Start) -> Run[Person]:
        who = _person(people, one)
        known = classes.get(categories[who])
        sex = known.sex if known and known.sex else one.entry.sex.value
        return Run(who, sex, one.place, one.time)

    return [
        Race(race.name, None if each is None else tuple(map(run, each)), race.median)
        for race, each in zip(series.races, starts, strict=True)
    ]


def _awards(series: SeriesData, lines: Sequence[PersonLine]) -> Iterator[AwardLine]:
    if series.prizes is None:
        return
    choice = series.text.race.contest[0]
    scheme = series.prizes
    if choice.general_first is not None:
        scheme = replace(scheme, general_first=choice.general_first)
    classes = _classes(series)
    contenders = [
        _contender(line, line.row.place, classes.get(line.category))
        for line in lines
        if line.row.place is not None
    ]
    rankings = dict.fromkeys({"", *(prize.basis for prize in scheme.prize)}, contenders)
    prizes = {prize.code: prize for prize in scheme.prize}
    by_person = {line.row.person: line for line in lines}
    for award in give_prizes(scheme, rankings):
        line, prize = by_person[award.entry], prizes[award.prize]
        yield AwardLine(
            choice.code, prize.group, prize.code, prize.name,
            f"{award.place}{'=' if award.tied else ''}", "", line.name, line.club,
            score_text(line.row.total, series.rules),
        )  # fmt: skip


def _contender(line: PersonLine, place: int, known: AgeClass | None) -> Contender:
    if known is None:
        return Contender(line.row.person, place, club=line.club)
    return Contender(line.row.person, place, known.sex, known.youngest, known.oldest, line.club)


_SENTENCES = {
    "several_clubs": "{name} is entered for {clubs}; these are two people here.",
    "club_filled_in": "{name} is entered without a club; {clubs} is taken from another race.",
}


def _doubt(code: str, name: str, clubs: Sequence[str]) -> Doubt:
    sentence = _SENTENCES[code].format(name=name, clubs=" and ".join(clubs))
    return Doubt("info", code, sentence, key=f"{code}:{key_of(name)}")
