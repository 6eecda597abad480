"""One run may count for several titles, each with medals of its own."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.core.story import contest, event, story
from timing.core.rulebook.medals import count_medals, medal_table
from timing.core.rulebook.rules import Title
from timing.core.setup.roster import Sex
from timing.files.race.presets import rules_of
from timing.services.public.honours import _titles

WHO = {
    "101": (Sex.WOMEN, "W40", "ITA", 1, 1),
    "102": (Sex.MEN, "M40", "GER", 1, 1),
    "103": (Sex.WOMEN, "W40", "ESP", 2, 2),
    "104": (Sex.WOMEN, "", "", 3, None),
}


def titles(kinds: tuple[Title, ...], legs_of: int = 1):
    of = replace(contest(), legs_of=legs_of)
    of = replace(of, rules=replace(of.rules, titles=kinds))
    words = " | ".join(f"{bib} finish 6:4{number}" for number, bib in enumerate(WHO))
    standings = story(f"gun 0:00 | {words}", of=event([of]), entered=" ".join(WHO)).standings()
    rows = []
    for row in standings.rows:
        sex, category, team, sex_place, category_place = WHO[row.bib]
        entry = replace(row.entry, sex=sex, delegation=team)
        rows.append(
            row._replace(
                entry=entry, category=category, sex_place=sex_place, category_place=category_place
            )
        )
    return _titles(standings._replace(rows=tuple(rows)))


def won(found) -> dict[str, tuple[int, int, int]]:
    table = medal_table(count_medals(found))
    return {
        row.medals.team: (row.medals.gold, row.medals.silver, row.medals.bronze) for row in table
    }


@pytest.mark.parametrize(
    ("kinds", "medals"),
    [
        ((Title.SEX,), {"GER": (1, 0, 0), "ITA": (1, 0, 0), "ESP": (0, 1, 0)}),
        ((Title.OVERALL,), {"ITA": (1, 0, 0), "GER": (0, 1, 0), "ESP": (0, 0, 1)}),
        ((Title.CATEGORY,), {"GER": (1, 0, 0), "ITA": (1, 0, 0), "ESP": (0, 1, 0)}),
        (
            (Title.SEX, Title.CATEGORY),
            {"GER": (2, 0, 0), "ITA": (2, 0, 0), "ESP": (0, 2, 0)},
        ),
        ((), {}),
    ],
)
def test_a_run_counts_for_every_title_of_the_contest(kinds, medals):
    assert won(titles(kinds)) == medals


def test_a_relay_has_one_title():
    assert len(titles((Title.SEX, Title.CATEGORY), legs_of=4)) == 1


def test_a_championship_of_classes_is_a_preset():
    assert rules_of("championship-classes", {}).titles == (Title.SEX, Title.CATEGORY)
    assert rules_of("track-fat", {}).titles == (Title.SEX,)
    assert rules_of("track-fat", {"titles": ["overall"]}).titles == (Title.OVERALL,)
