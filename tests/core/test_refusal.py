from __future__ import annotations

import pytest

from timing.core.refusal import Problem, Refusal, refused
from timing.core.sentence import worded


@pytest.mark.parametrize(
    ("problem", "shown"),
    [
        (Problem("x", "bib 7 twice", "entries.csv", 12), "entries.csv:12: bib 7 twice"),
        (Problem("x", "the file is empty", "entries.csv"), "entries.csv: the file is empty"),
        (Problem("x", "no event 'mile'"), "no event 'mile'"),
    ],
)
def test_a_problem_says_where_it_stands_and_what_it_is(problem: Problem, shown: str):
    assert str(problem) == shown


def test_a_refusal_carries_every_problem_and_reads_one_a_line():
    refusal = Refusal(Problem("a", "one", "f.csv", 1), Problem("b", "two", "f.csv", 2))
    assert [problem.code for problem in refusal.problems] == ["a", "b"]
    assert str(refusal) == "f.csv:1: one\nf.csv:2: two"


def test_a_refusal_without_a_problem_is_a_mistake_of_the_house():
    with pytest.raises(ValueError, match="at least one"):
        Refusal()


def test_a_refusal_keeps_its_sentence_for_other_languages():
    [problem] = refused("bib-lost", "bib {bib} is lost", bib="7").problems
    assert (problem.code, problem.said) == ("bib-lost", worded("bib {bib} is lost", bib="7"))
    assert problem.sentence == str(problem) == "bib 7 is lost"
