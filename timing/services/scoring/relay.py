"""Scores a relay from files: records with their gaps, legs, totals, and what was concluded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from timing.core.clock import SECOND, format_duration
from timing.core.journal import rulings as act
from timing.core.rulebook.prizes import Contender, give_prizes, report_groups, stands_in
from timing.core.rulebook.ranking import places_within
from timing.core.rulefile import accept
from timing.core.scoring.relay_records import (
    Collation,
    Guess,
    Inference,
    check_corrections,
    collate,
)
from timing.core.scoring.relays import (
    Leg,
    Placed,
    RelayRules,
    Team,
    rank_leg,
    rank_relay,
    run_relay,
)
from timing.core.setup.roster import Entry
from timing.files.feeds.relay_out import (
    TeamLine,
    TeamPart,
    legs_csv,
    records_csv,
    relay_csv,
    relay_rows,
    time_text,
)
from timing.files.feeds.results_out import AwardLine, Doubt
from timing.files.race.folder import RaceData
from timing.files.race.relay import Decided, corrections, decisions, relay_records
from timing.services.public.awarding import ages_of
from timing.services.scoring.scored import Lists, Made, made
from timing.services.scoring.sheets import relay_sheet

REMARKS: dict[Guess, tuple[str, str]] = {
    Guess.TIME_INTERPOLATED: ("warning", "the time was not recorded; it is interpolated"),
    Guess.TIME_SET_TO_FIRST: ("warning", "the time was not recorded; the first known is used"),
    Guess.TIME_SET_TO_LAST: ("warning", "the time was not recorded; it is after the last known"),
    Guess.TIME_UNKNOWN: ("error", "no time is known at all"),
    Guess.BIB_GUESSED: ("warning", "the bib was not recorded; it is that of the missing team"),
    Guess.BIB_UNKNOWN: ("error", "the bib was not recorded and cannot be told"),
    Guess.BIB_CORRECTED: ("info", "the bib was corrected"),
    Guess.TIME_CORRECTED: ("info", "the time was corrected"),
    Guess.PAPER_RECORD: ("info", "taken from the paper sheet"),
    Guess.LEG_BY_ORDER: ("info", "the leg follows from the order"),
    Guess.LEG_CLASH: ("error", "the leg was recorded twice or does not exist; not used"),
    Guess.RECORD_SURPLUS: ("error", "the team has finished all its legs; not used"),
    Guess.RECORD_VOID: ("info", "not used, by decision"),
}
"""Every inference: how much it matters, and what it says of a record."""


class Relay(NamedTuple):
    """Everything that is shown of a relay. parts: the lines again, as the list is divided."""

    rules: RelayRules
    collation: Collation
    lines: tuple[TeamLine, ...]
    parts: tuple[TeamPart, ...]
    legs: tuple[tuple[Placed, ...], ...]
    awards: tuple[AwardLine, ...]


def score_relay(race: RaceData, rules: RelayRules) -> Made:
    """Everything that is written of a relay, as bytes."""
    (choice,) = race.choices.contest
    (contest,) = race.event.contests
    relay = run(race, rules)
    doubts = _doubts(race, relay)
    by_bib = {line.team.bib: line for line in relay.lines}
    rows = relay_rows(choice.code, contest.name, relay.lines)
    ranked = sum(line.placed.place is not None for line in relay.lines)
    return made(
        race.event,
        [rows],
        Lists(
            [relay_sheet(race.event, contest.name, part) for part in relay.parts],
            relay.awards,
            doubts,
        ),
        {
            "results.csv": relay_csv(choice.code, relay.parts, rules.legs),
            "legs.csv": legs_csv(relay.legs, by_bib),
            "records.csv": records_csv(relay.collation),
        },
        [f"{contest.name}: {ranked} of {len(relay.lines)} teams over {rules.legs} legs"],
    )


def run(race: RaceData, rules: RelayRules) -> Relay:
    """Collate the records, run the legs, rank teams and legs, give the prizes."""
    records = relay_records(race.recorded, race.paper, race.ruled)
    bibs = {entry.id: entry.bib for entry in race.roster.entries}
    decided = decisions(race.ruled, [*race.recorded, *race.paper], bibs, rules.legs)
    rules = decided.rules(rules)
    changed = corrections(race.ruled, race.zero)
    accept(list(check_corrections(changed, len(records))))
    collation = collate(records, changed, rules.legs)
    teams = run_relay(collation, rules)
    lines = _lines(race, teams, decided)
    legs = tuple(tuple(rank_leg(teams, leg)) for leg in range(1, rules.legs + 1))
    parts = _parts(race, teams, lines, decided)
    return Relay(rules, collation, lines, parts, legs, _awards(race, lines))


def _parts(
    race: RaceData, teams: Sequence[Team], lines: tuple[TeamLine, ...], decided: Decided
) -> tuple[TeamPart, ...]:
    """The list as its prizes divide it: in a part are the teams to which a prize of it is open."""
    (choice,) = race.choices.contest
    scheme = race.prizes.get(choice.code)
    groups = report_groups(scheme) if scheme else ()
    if scheme is None or not groups:
        return (TeamPart("", lines),)
    who = {str(one.entry): one for one in _contenders(race, lines)}
    return tuple(
        TeamPart(
            group,
            _lines(race, [one for one in teams if stands_in(scheme, group, who[one.bib])], decided),
        )
        for group in groups
    )


def _lines(race: RaceData, teams: Sequence[Team], decided: Decided) -> tuple[TeamLine, ...]:
    entries = {entry.bib: entry for entry in race.roster.entries}
    by_bib = {team.bib: team for team in teams}
    placed = rank_relay(teams, decided.dead_heats)
    statuses = decided.statuses
    finished = [each for each in placed if each.place is not None]
    counts = places_within(
        (each.place for each in finished),
        (entries[each.bib].category or None for each in finished),
    )
    place_of = dict(zip((each.bib for each in finished), counts, strict=True))
    return tuple(
        TeamLine(
            each, by_bib[each.bib], entries[each.bib].name, entries[each.bib].category,
            place_of.get(each.bib), _runners(entries[each.bib], len(by_bib[each.bib].legs)),
            statuses.get(each.bib),
        )
        for each in placed
    )  # fmt: skip


def _runners(entry: Entry, legs: int) -> tuple[str, ...]:
    return tuple(
        " & ".join(member.name for member in entry.members if member.leg == leg)
        for leg in range(1, legs + 1)
    )


def _awards(race: RaceData, lines: Sequence[TeamLine]) -> tuple[AwardLine, ...]:
    (choice,) = race.choices.contest
    scheme = race.prizes.get(choice.code)
    if scheme is None:
        return ()
    if choice.general_first is not None:
        scheme = replace(scheme, general_first=choice.general_first)
    contenders = [one for one in _contenders(race, lines) if one.tie]
    rankings = dict.fromkeys({"", *(prize.basis for prize in scheme.prize)}, contenders)
    by_bib = {line.team.bib: line for line in lines}
    prizes = {prize.code: prize for prize in scheme.prize}
    return tuple(
        AwardLine(
            choice.code, prizes[award.prize].group, award.prize, prizes[award.prize].name,
            f"{award.place}{'=' if award.tied else ''}", str(award.entry),
            by_bib[str(award.entry)].name, "", time_text(by_bib[str(award.entry)].placed.time),
        )
        for award in give_prizes(scheme, rankings)
    )  # fmt: skip


def _contenders(race: RaceData, lines: Sequence[TeamLine]) -> list[Contender]:
    """Every team with its place, 0 without one; a team has the sex and ages of its category."""
    (choice,) = race.choices.contest
    categories = race.schemes.get(choice.code)
    ages = ages_of(categories)
    sexes = {row.code: row.sexes for row in categories.category} if categories else {}
    return [
        Contender(
            line.team.bib, line.placed.place or 0, "".join(sexes.get(line.category, ())[:1]),
            *ages.get(line.category, (None, None)),
        )
        for line in lines
    ]  # fmt: skip


def _doubts(race: RaceData, relay: Relay) -> list[Doubt]:
    """Every inference, in the order of the records, and every leg that ends before it starts."""
    places = [(file, line) for _, (file, line) in sorted(race.places.items())]
    cleared = {one.act.anomaly for one in race.ruled if isinstance(one.act, act.Clear)}
    doubts = [_doubt(found, *places[found.position - 1]) for found in relay.collation.inferences]
    doubts += [
        _too_early(line.team.bib, leg, places)
        for line in relay.lines
        for leg in line.team.legs
        if leg.early
    ]
    return [each._replace(cleared=each.key in cleared) for each in doubts]


def _too_early(bib: str, leg: Leg, places: Sequence[tuple[str, int]]) -> Doubt:
    sentence = f"Bib {bib}, leg {leg.number}: the finish is before the start; it has no time."
    return Doubt(
        "error", "leg_early", sentence, bib, *places[leg.record - 1],
        key=f"leg_early:{bib}:{leg.number}",
    )  # fmt: skip


def _doubt(found: Inference, file: str, line: int) -> Doubt:
    severity, words = REMARKS[found.code]
    detail = ", ".join(
        f"{key.replace('_', ' ')} {_shown(value)}" for key, value in found.detail.items()
    )
    sentence = f"Record {found.position}: {words}{f' ({detail})' if detail else ''}."
    bib = str(found.detail.get("bib", ""))
    key = f"{found.code.value}:{found.position}"
    return Doubt(severity, found.code.value, sentence, bib, file, line, key)


def _shown(value: int | str) -> str:
    """A value of an inference; a time is the only number so great."""
    return format_duration(value) if isinstance(value, int) and value >= SECOND else str(value)
