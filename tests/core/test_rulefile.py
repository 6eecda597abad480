import msgspec
import pytest

from timing.core.refusal import Problem, Refusal
from timing.core.rulefile import accept, read_checked, read_rules


class Row(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    step: int


class Rows(msgspec.Struct, forbid_unknown_fields=True):
    rule: tuple[Row, ...]


def test_a_rule_file_becomes_typed_values():
    read = read_rules('[[rule]]\nname = "a"\nstep = 10', Rows)
    assert read.rule == (Row("a", 10),)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            '[[rule]]\nname="a"\nstep=1\n[[rule]]\nname="b"\nstep="ten"',
            "expected `int`, got `str` - at `row 2 of rule: $.step`",
        ),
        (
            '[[rule]]\nname="a"\nstep=1\nwidth=2',
            "object contains unknown field `width` - at `row 1 of rule: $`",
        ),
        ("", "object missing required field `rule`"),
    ],
)
def test_what_does_not_fit_is_refused_with_the_row_counted_from_one(text, sentence):
    with pytest.raises(Refusal) as caught:
        read_rules(text, Rows, file="rounding.toml")
    assert caught.value.problems == (Problem("bad-rules", sentence, "rounding.toml"),)


def test_what_is_no_toml_is_refused_with_its_line():
    with pytest.raises(Refusal, match=r"line 2"):
        read_rules("a = 1\nb\nc = 2", Rows)


def test_no_problems_are_accepted_and_all_problems_are_told():
    accept([])
    problems = [Problem("a", "first"), Problem("b", "second")]
    with pytest.raises(Refusal) as caught:
        accept(problems)
    assert list(caught.value.problems) == problems


def test_a_rule_file_that_is_read_but_does_not_hold_is_refused_by_its_name():
    text = '[[rule]]\nname = "a"\nstep = 0'

    def check(rows: Rows) -> list[Problem]:
        return [Problem("step", f"{row.name} has no step") for row in rows.rule if not row.step]

    with pytest.raises(Refusal) as caught:
        read_checked(text, Rows, check, file="r.toml")
    assert caught.value.problems == (Problem("step", "a has no step", "r.toml"),)
    assert read_checked(text.replace("0", "1"), Rows, check).rule[0].step == 1
