"""race.toml: every key is known, and a wrong one is named with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.files.tables import only_problem, written
from timing.core.clock import HOUR, MILLISECOND, MINUTE, SECOND, format_duration, parse_duration
from timing.core.refusal import Refusal
from timing.core.rulebook.rules import Basis, Ties
from timing.core.setup.event import Direction
from timing.files.race.event import RaceSetup, build_event, category_delays, slug_of
from timing.files.race.presets import presets, rules_of
from timing.files.race.race_toml import RaceText
from timing.files.race.toml_places import key_places, line_of
from timing.files.tables.findings import Findings

SMALL = 'name = "Club Mile"\ndate = "2026-05-30"\n'


def setup(folder: Path, text: str) -> tuple[RaceSetup, Findings]:
    findings = Findings()
    return build_event(RaceText(written(folder, text, "race.toml"), findings)), findings


def sound(folder: Path, text: str) -> RaceSetup:
    found, findings = setup(folder, text)
    assert not findings.problems, findings.problems
    return found


def refused(folder: Path, text: str) -> str:
    with pytest.raises(Refusal) as refusal:
        setup(folder, text)
    return str(refusal.value).replace(f"{folder}/", "")


def test_a_name_and_a_date_are_enough(tmp_path) -> None:
    found = sound(tmp_path, SMALL)
    (contest,) = found.event.contests
    assert (found.event.slug, found.event.name) == ("club-mile", "Club Mile")
    assert (contest.code, contest.name, contest.rules.preset) == ("race", "Club Mile", "club-road")
    assert [point.code for point in contest.course.points] == ["start", "finish"]
    assert found.guns == {"race": found.zero}
    assert found.times.date == "2026-05-30"


def test_a_date_needs_no_quotes(tmp_path) -> None:
    assert sound(tmp_path, 'name = "x"\ndate = 2026-05-30\n').event.date == "2026-05-30"


FULL = """
name = "City Backwards Day"
date = "2026-05-30"
timezone = "Europe/Rome"

[[contest]]
code = "mile"
distance = "1 mile"
direction = "backward"
time_limit = "0:30:00"
start = "0:10:00"
points = [{ code = "half", name = "Half way", distance = "804.672 m" }]
[contest.rules]
preset = "track-hand"
ties = "recorded"
step = "0.01"
decimals = 2

[[contest]]
code = "10k"
distance = "10 km"
[contest.teams]
count = 4

[start]
after_clock = "0:01:00"
[start.by_category]
W70 = "-0:05:00"

[times]
start = "09:30:00"
"""


def test_contests_have_their_course_their_rules_and_their_gun(tmp_path) -> None:
    found = sound(tmp_path, FULL)
    mile, ten = found.event.contests
    assert [point.distance for point in mile.course.points] == [0, 804_672, 1_609_344]
    assert [leg.direction for leg in mile.course.legs] == [Direction.BACKWARD] * 2
    assert mile.course.time_limit == 30 * MINUTE
    assert (mile.rules.ties, mile.rules.step, mile.rules.decimals) == (Ties.RECORDED, 10_000, 2)
    assert ten.course.distance == 10_000_000
    assert {wave: gun - found.zero for wave, gun in found.guns.items()} == {
        "mile": 11 * MINUTE, "10k": MINUTE,
    }  # fmt: skip
    assert [point.code for point in found.event.points] == ["start", "half", "finish"]


def test_the_clock_was_started_at_a_local_time_of_the_day(tmp_path) -> None:
    zero = sound(tmp_path, FULL).zero
    midnight = zero - zero % (24 * HOUR)
    assert zero - midnight == 7 * HOUR + 30 * MINUTE  # 9:30 in Rome in summer


def test_waves_are_guns_for_all_contests(tmp_path) -> None:
    waves = '[[wave]]\ncode = "A"\n[[wave]]\ncode = "B"\nname = "Second"\nstart = "0:05:00"\n'
    found = sound(tmp_path, SMALL + waves)
    assert [(wave.code, wave.name) for wave in found.event.waves] == [("A", "A"), ("B", "Second")]
    assert found.guns["B"] - found.guns["A"] == 5 * MINUTE
    assert found.wave_of == {"race": "A"}


def test_the_delay_of_a_category_is_compared_without_case(tmp_path) -> None:
    text = RaceText(written(tmp_path, FULL, "race.toml"), Findings())
    assert category_delays(text) == {"w70": -5 * MINUTE}


@pytest.mark.parametrize(
    ("added", "said"),
    [
        ('colour = "red"', "race.toml:3: there is no key `colour`"),
        ('[times]\nclok = "day"', "race.toml:4: there is no key `clok` in times"),
        (
            '[[contest]]\ncode = "a"\n[[contest]]\nlength = 3',
            "race.toml:6: there is no key `length` in contest[1]",
        ),
        (
            '[[contest]]\n[contest.rules]\nsteps = "1"',
            "race.toml:5: there is no key `steps` in contest[0].rules",
        ),
        ("[[contest]]\ncode = 7", "race.toml:4: expected `str`, got `int` in contest[0].code"),
        (
            '[[contest]]\nrules = { ties = "maybe" }',
            "race.toml:4: invalid enum value 'maybe' in contest[0].rules.ties",
        ),
        ('[[wave]]\nname = "A"', "race.toml:3: a key is missing: `code` in wave[0]"),
        ('place = "unclosed', "race.toml:3: not TOML: "),
        ("place = ", "race.toml:3: not TOML: "),
        ('name = "again"', "race.toml:3: not TOML: "),
    ],
)
def test_a_wrong_key_or_value_is_named_with_its_line(tmp_path, added: str, said: str) -> None:
    assert refused(tmp_path, SMALL + added + "\n").startswith(said)


@pytest.mark.parametrize(
    ("added", "said"),
    [
        ('timezone = "Mars/Base"', ":3: 'Mars/Base' is no time zone"),
        ('[[contest]]\ndistance = "far"', ":4: 'far' is no distance; expected such as 5 km"),
        ('[[contest]]\ndirection = "up"', ":4: 'up'; expected forward or backward"),
        ('[[contest]]\ntime_limit = "long"', ":4: time_limit: 'long' is not a time"),
        ('[[contest]]\nstart = "x"', ":4: start: 'x' is not a time"),
        ("[contest]", "expected `array`"),
        (
            '[[contest]]\nrules = { preset = "none" }',
            ":4: 'none' is no preset of rules; expected one of",
        ),
        ('[[contest]]\nrules = { step = "0" }', ":4: the step '0' is no step"),
        ('[[contest]]\nrules = { step = "x" }', ":4: 'x' is not a time"),
        ("[[contest]]\n[[contest]]", ":4: 'race' stands twice; expected one contest"),
        ('[[wave]]\ncode = "A"\n[[wave]]\ncode = "A"', ":6: 'A' stands twice; expected one wave"),
        ("contest = []", ":3: there is no contest"),
        (
            '[[contest]]\n[contest.teams]\nrules = "friends"',
            ":5: 'friends' is no way of scoring teams",
        ),
        ("[[contest]]\n[contest.teams]\ncount = 0", ":5: count is 0; expected 1 or more"),
        (
            '[[contest]]\npoints = [{code="a", distance="9 m"}, {code="a", distance="1 m"}]',
            "the code stands twice",
        ),
        ('[start]\nafter_clock = "x"', ":4: after_clock: 'x' is not a time"),
        ('[times]\nclock = "sundial"', ":4: clock is 'sundial'; expected one of elapsed, day, utc"),
        ('[times]\ndots = "both"', ":4: dots is 'both'; expected one of colon, decimal"),
        ("[times]\ndecimals = -1", ":4: decimals is -1; expected 0 to 6"),
        ("[times]\ndecimals = 7", ":4: decimals is 7; expected 0 to 6"),
        ('[times]\ndate = "tomorrow"', ":4: 'tomorrow' is no date"),
        (f"place = {'[' * 9999}", "race.toml: brackets stand in brackets too often"),
    ],
)
def test_a_value_that_makes_no_sense_is_named_with_its_line(
    tmp_path, added: str, said: str
) -> None:
    try:
        _, findings = setup(tmp_path, SMALL + added + "\n")
    except Refusal as refusal:
        assert said in str(refusal)  # noqa: PT017 - some are refused at once
    else:
        assert any(said in str(problem) for problem in findings.problems), findings.problems


def test_a_nonsense_date_is_named(tmp_path) -> None:
    _, findings = setup(tmp_path, 'name = "x"\ndate = "tomorrow"\n')
    assert ":2: 'tomorrow' is no date" in str(only_problem(findings))


def test_a_missing_file_and_one_of_another_encoding_are_refused(tmp_path) -> None:
    with pytest.raises(Refusal, match="there is no such file; expected the description"):
        RaceText(tmp_path / "race.toml", Findings())
    (tmp_path / "race.toml").write_bytes('name = "x"\nplace = "Zürich"\n'.encode("latin-1"))
    with pytest.raises(Refusal, match=r"race.toml:2: the file is not UTF-8"):
        RaceText(tmp_path / "race.toml", Findings())
    (tmp_path / "folder.toml").mkdir()
    with pytest.raises(Refusal, match="the file cannot be read"):
        RaceText(tmp_path / "folder.toml", Findings())


@pytest.mark.parametrize(
    ("text", "millimetres"),
    [
        ("5 km", 5_000_000),
        ("1609.344 m", 1_609_344),
        ("1 mi", 1_609_344),
        ("100yd", 91_440),
        ("", 0),
    ],
)
def test_distances_have_units_and_are_whole_millimetres(
    tmp_path, text: str, millimetres: int
) -> None:
    race = RaceText(written(tmp_path, SMALL, "race.toml"), Findings())
    assert race.millimetres("$.contest[0].distance", text) == millimetres


@pytest.mark.parametrize("name", sorted(presets()))
def test_every_preset_of_rules_is_sound_and_has_its_source(name: str) -> None:
    rules = rules_of(name, {})
    assert rules.preset == name
    assert rules.source
    assert rules.step == parse_duration(presets()[name]["step"])
    assert format_duration(rules.step, rules.decimals) != format_duration(0, rules.decimals)


def test_single_keys_of_a_preset_may_differ() -> None:
    rules = rules_of("road-gun", {"basis": Basis.NET, "step": "0.1", "decimals": 1})
    assert (rules.basis, rules.ties, rules.step) == (Basis.NET, Ties.SHARED, 100 * MILLISECOND)
    assert rules_of("road-gun", {}).step == SECOND


@pytest.mark.parametrize(
    ("name", "slug"), [("Retro-Lauf Zürich 2026", "retro-lauf-zurich-2026"), ("走れ", "race")]
)
def test_a_name_becomes_a_part_of_an_address(name: str, slug: str) -> None:
    assert slug_of(name) == slug


def test_a_misspelt_key_is_named_with_its_line_and_the_key_that_was_meant(tmp_path: Path) -> None:
    assert refused(tmp_path, f'{SMALL}[[contests]]\ncode = "mile"\n').startswith(
        "race.toml:3: there is no key `contests` (did you mean `contest`?); expected"
    )


def test_every_key_has_its_place() -> None:
    text = 'a = 1\n[b]\n"c d" = 2\n[[e]]\nf.g = 3\n[e.h]\ni = 4\n'
    text += "[[e]]\n[[e.j]]\nk = 5\n[[e.j]]\nk = 6\n"
    assert key_places(text) == {
        "$.a": 1, "$.b": 2, "$.b.c d": 3, "$.e[0]": 4, "$.e[0].f.g": 5, "$.e[0].h": 6,
        "$.e[0].h.i": 7, "$.e[1]": 8, "$.e[1].j[0]": 9, "$.e[1].j[0].k": 10, "$.e[1].j[1]": 11,
        "$.e[1].j[1].k": 12,
    }  # fmt: skip


def test_what_stands_in_an_inline_table_has_the_line_of_the_nearest_key() -> None:
    assert line_of("a = 1\nb = { c = 2 }\n", "wrong - at `$.b.c.d`") == 2
    assert line_of("a = 1\n", "wrong - at `$.z`") is None
