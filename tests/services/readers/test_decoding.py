"""Files of timing boxes as tables, with the same grammars that read the boxes live."""

import pytest

from timing.core.refusal import Refusal
from timing.services.readers.decoding import table_of

GOOD = "aa400000000123450a2a01123018455927a7\n"


def decoded(tmp_path, text, name="ipico"):
    file = tmp_path / "reads.txt"
    file.write_text(text, encoding="ascii")
    return list(table_of(name, file))


def test_every_read_is_a_line_with_its_moment_and_its_own_words(tmp_path):
    [(header, _), (line, problem)] = decoded(tmp_path, GOOD)
    assert header.startswith("kind,at,chip,bib,box")
    assert line.startswith("read,2001-12-30T18:45:59.390000+00:00,000000012345,")
    assert line.strip().endswith(GOOD.strip())
    assert problem is None


def test_a_garbled_line_is_named_and_the_others_are_read(tmp_path):
    rows = decoded(tmp_path, GOOD.replace("a7", "a8") + GOOD)
    problems = [problem for _, problem in rows if problem is not None]
    assert len(rows) == 3
    assert [problem.line for problem in problems] == [1]
    assert str(problems[0]).startswith(str(tmp_path / "reads.txt") + ":1: ")


def test_an_unknown_format_is_refused_with_the_known_ones(tmp_path):
    with pytest.raises(Refusal, match="'stone' is no format; expected one of chronokeep"):
        decoded(tmp_path, GOOD, "stone")
