"""Series of club races: rules S1 to S6 of the cases. The races themselves follow I1 to I3."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

from tests.acceptance.case_keys import (
    bibs_of,
    groups_of,
    moments_by_bib,
    moments_by_category,
    number_of_races,
    race_order,
)
from timing.core.clock import Duration
from timing.core.refusal import Problem
from timing.core.rulebook.prizes import Contender
from timing.core.rulebook.ranking import Finish, finish_order, places, tie_groups
from timing.core.rulebook.rules import Ties
from timing.core.scoring.identities import ClubNames, Identified, Person, identify, key_of
from timing.core.scoring.series import Race, Row, Run, in_time_order, rank_series, series_scores
from timing.core.scoring.series_categories import AgeClass, Entered, series_category
from timing.core.scoring.series_points import Points
from timing.core.scoring.series_rules import RaceGroup, Scoring, SeriesRules, check_series


class Line(NamedTuple):
    """A finisher of one race. time None: did not finish."""

    name: str
    club: str
    category: str
    place: int
    time: Duration | None


def _wave_starts(case, bibs: list[int]) -> dict[str, Duration]:
    trial = case.config.get("time_trial")
    if not trial:
        return {}
    interval = case.time(trial["inter_wave_interval"]) or Duration(0)
    wave_of = {bib: (bib - 1) // int(trial["runners_per_wave"]) for bib in bibs}
    order = {wave: k for k, wave in enumerate(sorted(set(wave_of.values())))}
    return {str(bib): Duration(order[wave] * interval) for bib, wave in wave_of.items()}


def _lines(case) -> list[Line]:
    """The finishers of one race, best first, by rules I1 to I3."""
    if case.has("results_in.csv"):
        rows = case.rows("results_in.csv")
        times = {row["order"]: case.time(row["time"]) for row in rows}
        entries = {row["order"]: row for row in rows}
    else:
        entries = {row["bib"]: row for row in case.rows("entries.csv")}
        times = _net_times(case, entries)
    out = set(bibs_of(case.config.get("dnf_although_timed")))
    times = {bib: None if bib in out else time for bib, time in times.items()}
    dead = set(bibs_of(case.config.get("declared_dead_heats")))
    done = [bib for bib, time in times.items() if time is not None]
    finishes = [
        Finish(time=times[bib] or 0, recorded=k, dead_heat=bib in dead)
        for k, bib in enumerate(done)
    ]
    order = finish_order(finishes)
    found = places(tie_groups([finishes[k] for k in order], Ties.RECORDED))
    ranked = [(done[k], int(place)) for k, place in zip(order, found, strict=True)]
    ranked += [(bib, 0) for bib in times if times[bib] is None]
    return [
        Line(e["name"], e.get("club", "?"), e["category"], place, times[bib])
        for bib, place in ranked
        for e in (entries[bib],)
    ]


def _net_times(case, entries: dict[str, dict[str, str]]) -> dict[str, Duration | None]:
    config = case.config
    own = moments_by_bib(config.get("individual_start_offsets"))
    category = moments_by_category(config.get("category_start_offsets"))
    start = case.time(config.get("race_start_offset_after_clock_start")) or Duration(0)
    waves = _wave_starts(case, [int(bib) for bib in entries])
    times: dict[str, Duration | None] = {}
    for row in case.rows("raw_times.csv"):
        bib, time = row["bib"], case.time(row["time"])
        offset = start + (case.time(category.get(entries[bib]["category"])) or 0)
        offset += case.time(own.get(bib)) or 0
        if waves:
            offset = waves[bib]
        times[bib] = None if time is None else Duration(time - offset)
    apart = moments_by_bib(config.get("separately_recorded_finishes"))
    return times | {bib: case.time(text) for bib, text in apart.items()}


def _rules(config: dict[str, Any]) -> SeriesRules:
    races = number_of_races(config)
    number = _numbers(config)
    rules = SeriesRules(
        scoring=Scoring(config["scoring"]),
        races=races,
        counted=config.get("races_counted") or races,
        first=config.get("score_for_first_place") or 0,
        median_score=config.get("score_for_median_time") or 1000,
        groups=_groups_of(config),
        order=_order(config, number),
    )
    assert check_series(rules) == ()
    return rules


def _order(config: dict[str, Any], number: dict[str, int]) -> tuple[int, ...]:
    """The races by number as they took place; those to come may be left out."""
    told = [number[race] for race in race_order(config.get("race_temporal_order"))]
    left = [n for n in range(1, number_of_races(config) + 1) if n not in told]
    return (*told, *left) if told else ()


def _groups_of(config: dict[str, Any]) -> tuple[RaceGroup, ...]:
    """A name, its races by number, folder or name, and how many of them at least."""
    number = _numbers(config)
    return tuple(
        RaceGroup(name=name, least=least, races=tuple(number[race] for race in races))
        for name, least, races in groups_of(config.get("race_groups"))
    )


def _numbers(config: dict[str, Any]) -> dict[str, int]:
    """The number of a race by number, folder or name."""
    last = number_of_races(config)
    number = {str(n): n for n in range(1, last + 1)}
    for n, race in enumerate(config["races"], start=1):
        number |= {race[key]: n for key in ("folder", "name") if race.get(key)} if race else {}
    return number


class Scored(NamedTuple):
    rules: SeriesRules
    people: Identified
    categories: dict[Person, str]
    problems: list[tuple[Person, Problem]]
    scores: dict[Person, tuple[Points | None, ...]]
    run: list[int]

    def rows(self, persons: set[Person] | None = None) -> tuple[Row[Person], ...]:
        """The table of these persons; places restart."""
        own = {p: s for p, s in self.scores.items() if persons is None or p in persons}
        return rank_series(own, self.rules, self.run)


def _classes(case) -> dict[str, AgeClass]:
    categories = case.scheme(case.config["entry_scheme"])["categories"]
    return {c["code"]: AgeClass(c["gender"], c["min_age"], c["max_age"]) for c in categories}


def _categories(
    case, races, rules: SeriesRules
) -> tuple[dict[Person, str], list[tuple[Person, Problem]]]:
    """The first category of everybody, and the changes that cannot be of those who are listed."""
    entered: dict[Person, list[Entered]] = {}
    for race in in_time_order(races, rules):
        for person, line in race.runs or ():
            entered.setdefault(person, []).append(Entered(race.name, line.category))
    eligible = _eligible(case)
    found, wrong = {}, []
    for person, history in entered.items():
        found[person], _, problems = series_category(person.name, history, _classes(case))
        if not eligible or person.club in eligible:
            wrong += [(person, problem) for problem in problems]
    return found, wrong


def _eligible(case) -> set[str]:
    clubs = ClubNames(case.scheme("club_aliases"))
    return {key_of(clubs.printed(club)) for club in case.config.get("eligible_clubs") or ()}


def _score(case) -> Scored:
    config, rules = case.config, _rules(case.config)
    found = [_lines(case.race(r["folder"])) if _is_run(r) else None for r in config["races"]]
    found += [None] * (rules.races - len(found))
    entered = ((line.name, line.club) for race in found for line in race or ())
    people = identify(entered, ClubNames(case.scheme("club_aliases")))
    seen = [
        Race(
            f"race {number}",
            None
            if lines is None
            else tuple((people.persons[line.name, line.club], line) for line in lines),
        )
        for number, lines in enumerate(found, start=1)
    ]
    categories, problems = _categories(case, seen, rules)
    classes, medians = _classes(case), [_median(case, item) for item in config["races"]]
    sexes = {p: classes[c].sex if c in classes else "" for p, c in categories.items()}
    races = [
        Race(
            race.name,
            None
            if race.runs is None
            else tuple(Run(p, sexes[p], line.place, line.time) for p, line in race.runs),
            middle,
        )
        for race, middle in zip(seen, [*medians, *[None] * rules.races], strict=False)
    ]
    scores, eligible = series_scores(races, rules), _eligible(case)
    if eligible:
        scores = {person: own for person, own in scores.items() if person.club in eligible}
    run = [number for number, race in enumerate(races, start=1) if race.runs is not None]
    return Scored(rules, people, categories, problems, scores, run)


def _is_run(item: Any) -> bool:
    return bool(item and item.get("folder"))


def _median(case, item: Any) -> Duration | None:
    if not _is_run(item):
        return None
    own = case.race(item["folder"]).config
    return case.time(item.get("median_time") or own.get("median_time"))


def _printed(case, rules: SeriesRules, score: Any) -> str:
    if score is None:
        return "-"
    if rules.scoring is Scoring.AGGREGATE_TIME:
        return case.printed(score)
    return str(score)


def _shown(row: Row[Person]) -> str:
    if row.place is None:
        return "-"
    return f"{row.place}=" if row.tied else str(row.place)


def _lines_of(case, scored: Scored, rows: tuple[Row[Person], ...]) -> list[dict[str, str]]:
    rules = scored.rules
    names = [item["name"] if _is_run(item) else None for item in case.config["races"]]
    found = []
    for row in rows:
        category = scored.categories[row.person]
        line = {"Pos": _shown(row), "Runner": row.person.name, "Category": category}
        line["Club"] = key_of(scored.people.club_of(row.person))
        for name, score in zip(names, row.scores, strict=False):
            if name is not None:
                line[name] = _printed(case, rules, score)
        line["Total"] = _printed(case, rules, row.total)
        line["Completed"] = "Y" if row.complete else "N"
        for group, done in zip(rules.groups, row.groups, strict=True):
            line[group.name] = line[f"{group.name}?"] = "Y" if done else "N"
        found.append(line)
    return found


def test_the_table_of_a_series(series_case):
    scored, classes = _score(series_case), _classes(series_case)
    for group, expected in series_case.lists("expected_overall.csv").items():
        listed = set()
        for person, code in scored.categories.items():
            kind, club = classes.get(code, AgeClass("", 0, 0)), scored.people.club_of(person)
            if series_case.belongs(group, kind.sex, (kind.youngest, kind.oldest), club):
                listed.add(person)
        found = _lines_of(series_case, scored, scored.rows(listed))
        columns = [column for column in expected[0] if column in found[0]]
        assert {"Pos", "Runner", "Category", "Total"} <= set(columns)
        assert _groups(found, columns) == _groups(expected, columns), group


def _groups(rows: list[dict[str, str]], columns: list[str]) -> list[Counter[tuple[str, ...]]]:
    """Rows of one tie and rows without a place are compared as a set."""
    groups: list[Counter[tuple[str, ...]]] = []
    before = ""
    for row in rows:
        line = tuple(
            key_of(row[column]) if column in ("Runner", "Club") else row[column]
            for column in columns
        )
        if groups and row["Pos"] == before and (before == "-" or before.endswith("=")):
            groups[-1][line] += 1
        else:
            groups.append(Counter([line]))
        before = row["Pos"]
    return groups


def test_the_prizes_of_a_series(series_case):
    scored, classes = _score(series_case), _classes(series_case)
    line = [
        Contender(
            row.person,
            row.place,
            *classes.get(scored.categories[row.person], AgeClass("", 0, 0)),
            scored.people.club_of(row.person),
        )
        for row in scored.rows()
        if row.place is not None
    ]
    found = series_case.prizes(line, lambda person: person.name)
    expected = series_case.expected_prizes(lambda winner: key_of(winner["name"]))
    assert found == expected


def test_a_change_of_category_that_cannot_be_is_refused(series_case):
    scored = _score(series_case)
    problems = scored.problems
    notes = series_case.folder / "expected_notes.txt"
    if not notes.exists():
        assert problems == []
        return
    assert problems
    for note in map(key_of, notes.read_text("utf-8").splitlines()):
        named = {person.name for person in scored.categories if person.name in note}
        assert not named or any(person.name in named for person, _ in problems), note
