"""Decisions from a table: each row is one act of the journal, as an official would have ruled."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.files.tables import only_problem, written
from timing.core.clock import Duration, Instant
from timing.core.journal import rulings as act
from timing.core.status import Status
from timing.files.race.rulings import BUILDERS, ROUND, Ground, Ruled, read_rulings
from timing.files.tables.findings import Findings

GROUND = Ground(
    entries={"7": (1,), "8": (2,), "9": (3, 4)},
    contest_of={1: "5k", 2: "5k", 3: "5k", 4: "10k"},
    lines={1: ("times", 1), 2: ("times", 2)},
    waves=frozenset({"A", "B"}),
    zero=Instant(1_000_000),
    dots_separate=False,
)
HEADER = "ruling,bib,line,value,rule,contest,reason,by\n"


@pytest.fixture
def findings() -> Findings:
    return Findings()


def ruled(folder: Path, row: str, findings: Findings) -> list[Ruled]:
    return read_rulings(written(folder, HEADER + row + "\n"), GROUND, findings)


@pytest.mark.parametrize(
    ("row", "made"),
    [
        ("dnf,7,,,,,,", act.SetStatus(entry=1, round=ROUND, status=Status.DNF)),
        ("DSQ,7,,,TR17.3,,,", act.SetStatus(entry=1, round=ROUND, status=Status.DQ, rule="TR17.3")),
        ("time,8,,45:30.5,,,,", act.SetTime(entry=2, round=ROUND, elapsed=Duration(2_730_500_000))),
        (
            "Offset,8,,-8:00,,,,",
            act.StartOffset(entry=2, round=ROUND, offset=Duration(-480_000_000)),
        ),
        (
            "penalty,8,,0:30,R5,,,",
            act.Penalty(entry=2, round=ROUND, time=Duration(30_000_000), rule="R5"),
        ),
        ("caution,8,,,turned,,,", act.Caution(entry=2, round=ROUND, code="turned")),
        ("dead-heat,7 8,,,,,,", act.DeadHeat(round=ROUND, entries=(1, 2))),
        ('photo finish,"8,7",,,,,,', act.PhotoFinish(round=ROUND, order=(2, 1))),
        ("wave,8,,B,,,,", act.Move(entry=2, round=ROUND, wave="B")),
        ("void,,2,,,,,", act.Void(line=("times", 2))),
        ("bib,8,1,,,,,", act.Attribute(line=("times", 1), bib="8")),
        ("retime,,1,0:05,,,,", act.Retime(line=("times", 1), at=Instant(6_000_000))),
        ("clear,,,no_bib:times:3,,,,", act.Clear(anomaly="no_bib:times:3")),
        ("dnf,9,,,,10k,,", act.SetStatus(entry=4, round=ROUND, status=Status.DNF)),
    ],
)
def test_a_row_is_one_act(tmp_path, findings, row: str, made: act.Act) -> None:
    (one,) = ruled(tmp_path, row, findings)
    assert one.act == made
    assert not findings.problems


@pytest.mark.parametrize("word", sorted(BUILDERS))
def test_every_word_makes_an_act_or_says_what_it_needs(tmp_path, findings, word: str) -> None:
    found = ruled(tmp_path, f"{word},7,1,1:00,R1,,,", findings)
    assert len(found) + len(findings.problems) == 1


def test_the_reason_and_the_official_are_kept(tmp_path, findings) -> None:
    (one,) = ruled(tmp_path, 'dq,7,,,R1,,"cut the corner, seen",Eva Judge', findings)
    assert (one.line, one.reason, one.author) == (2, "cut the corner, seen", "Eva Judge")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("banish,7,,,,,,", "'banish' is no ruling; expected one of dns, dnf"),
        ("dnf,,,,,,,", "the bib is missing; expected the bib of an entrant"),
        ("dnf,99,,,,,,", "bib '99' is not registered"),
        ("dnf,9,,,,,,", "bib '9' runs in 5k, 10k; expected one of them as contest"),
        ("time,7,,soon,,,,", "'soon' is not a time"),
        ("time,7,,,,,,", "the value is missing; expected a time"),
        ("penalty,7,,-0:30,,,,", "'-0:30' is not a time"),
        ("photo finish,7,,,,,,", "one bib, '7'; expected two or more"),
        ("wave,7,,Z,,,,", "wave 'Z' is unknown; expected one of A, B"),
        ("void,,17,,,,,", "line '17' is not in the times"),
        ("void,,x,,,,,", "line 'x' is not in the times"),
        ("caution,7,,,,,,", "the rule is missing; expected the code of the infraction"),
    ],
)
def test_a_row_that_is_no_ruling_is_named(tmp_path, findings, row: str, said: str) -> None:
    assert ruled(tmp_path, row, findings) == []
    assert f"table.csv:2: {said}" in str(only_problem(findings))


def test_a_table_without_rulings_is_no_problem(tmp_path, findings) -> None:
    assert read_rulings(written(tmp_path, "# none today\n"), GROUND, findings) == []
    assert read_rulings(written(tmp_path, HEADER), GROUND, findings) == []
    assert not findings.problems
