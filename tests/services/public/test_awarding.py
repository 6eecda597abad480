"""Prizes from standings: by gun or net, by the age of the entry where there is no category."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.core.story import contest, entry, story
from tests.services.scoring.test_scoring import RACE, race, results
from timing.core.clock import Duration
from timing.core.fold.standings import standings_of
from timing.core.scoring.teams import Basis, TeamRules
from timing.core.setup.roster import Entry, Sex
from timing.files.rulebook import team_presets
from timing.services.public.awarding import _own_age, award_teams, score_text
from timing.services.scoring.race import score

DAY = date(2026, 5, 30)


@pytest.mark.parametrize(
    ("known", "ages"),
    [
        ({"age": 44}, (44, 44)),
        ({"born": "1984"}, (41, 42)),
        ({"born": "1984-05-30"}, (42, 42)),
        ({"born": "1984-05-31"}, (41, 41)),
        ({}, (None, None)),
    ],
)
def test_the_age_itself_tells_where_no_category_does(known, ages) -> None:
    assert _own_age(Entry(id=1, contest="race", name="x", **known), DAY) == ages


PRIZES = """
name = "two"
source = "here"
[[prize]]
code = "LINE"
name = "First over the line"
basis = "gun"
exclusive = false
[[prize]]
code = "NET"
name = "Fastest"
exclusive = false
[[prize]]
code = "V40"
name = "Over 40"
ages = [40, 150]
exclusive = false
"""


def test_a_prize_may_go_by_another_time_than_the_contest(tmp_path: Path) -> None:
    toml = RACE.replace('"5 km"', '"5 km"\nprizes = "prizes.toml"').replace(
        '"club-exact"', '"club-exact", basis = "net"'
    )
    folder = race(
        tmp_path / "race", race_toml=toml, prizes_toml=PRIZES,
        entries_csv="bib,name,age\n1,Ann,30\n2,Bob,50\n",
        times_csv="bib,time,point\n1,0:10,start\n2,5:00,start\n1,20:00,\n2,21:00,\n",
    )  # fmt: skip
    score(folder, tmp_path / "out")
    awards = results(tmp_path / "out", "awards.csv")
    assert [(row["code"], row["bib"]) for row in awards] == [
        ("LINE", "1"),
        ("NET", "2"),
        ("V40", "2"),
    ]


def test_a_status_in_the_times_is_a_ruling(tmp_path: Path) -> None:
    folder = race(tmp_path / "race", times_csv="bib,time\n3,18:01\n1,DNF\n2,18:05\n")
    score(folder, tmp_path / "out")
    found = [(row["place"], row["bib"], row["status"]) for row in results(tmp_path / "out")]
    assert found == [("1", "3", "OK"), ("2", "2", "OK"), ("", "1", "DNF")]


def test_a_scheme_of_another_encoding_is_refused(tmp_path: Path) -> None:
    toml = RACE.replace('"5 km"', '"5 km"\nprizes = "prizes.toml"')
    folder = race(tmp_path / "race", race_toml=toml)
    (folder / "prizes.toml").write_bytes('name = "Zürich"'.encode("latin-1"))
    with pytest.raises(Exception, match=r"race.toml:6: 'prizes.toml' is not UTF-8"):
        score(folder, tmp_path / "out")


def test_a_scheme_of_the_house_is_known_by_name_and_a_year_alone_may_not_tell(
    tmp_path: Path,
) -> None:
    toml = RACE.replace('"5 km"', '"5 km"\ncategories = "wma"')
    folder = race(tmp_path / "race", race_toml=toml)
    scored = score(folder, tmp_path / "out")
    assert [row["category"] for row in results(tmp_path / "out")] == ["", "W40", "M35"]
    assert [doubt.code for doubt in scored.open_doubts] == ["unclassified"]


def test_net_times_are_added_for_a_team_whatever_its_runners_are_placed_by() -> None:
    told = story(
        "gun 0:00 | 101 start 0:10.2 | 102 start 0:20.2 | 103 start 0:30.2"
        " | 101 finish 10:00 | 102 finish 11:00 | 103 finish 12:00 | penalty 103 5",
        of=contest(step=Duration(1_000_000)),
        entered=[entry(bib, club="Frogs", sex=Sex.WOMEN) for bib in ("101", "102", "103")],
    )
    standings = standings_of(told.state, told.event.contests[0], "final", {})
    presets = team_presets()
    [german] = award_teams(standings, presets["dlv-road"], [Sex.WOMEN], 1)
    assert german.score == "32:05.0"  # 9:50 + 10:40 + 11:35
    [american] = award_teams(standings, replace(presets["usatf-time"], scorers=3), [Sex.WOMEN], 1)
    assert american.score == "33:05.0"


@pytest.mark.parametrize(
    ("basis", "score", "shown"),
    [
        (Basis.PLACES, 17, "17"),
        (Basis.PLACES, Fraction(35, 2), "17.50"),
        (Basis.PLACES, Fraction(52, 3), "17.33"),
        (Basis.TIME, 3_725_500_000, "1:02:05.5"),
        (Basis.LAST, 405_000_000, "6:45.0"),
    ],
)
def test_a_team_is_shown_with_points_or_with_a_time(basis, score, shown):
    rules = TeamRules(code="x", name="x", source="x", scorers=3, basis=basis)
    assert score_text(score, rules, 1) == shown
