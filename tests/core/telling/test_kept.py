"""What is kept of a result list says the same as the list, and a little more."""

import msgspec
import pytest

from tests.core.story import contest, story
from timing.core.telling.kept import KeptLine, KeptList, beside, read_lines
from timing.core.telling.listing import line_of


def kept(text):
    """The rows of a race as they are written down, and read again."""
    standings = story(text).standings()
    documents = [
        line_of(standings.contest, row)._asdict() | beside(standings.contest, row)
        for row in standings.rows
    ]
    return standings, read_lines(msgspec.json.encode(documents))


def test_a_kept_line_says_what_the_printed_one_says():
    standings, lines = kept("gun 0:00 | 1 finish 6:45 | 2 finish 6:50.01 | dq 3 TR16.8")
    for row, line in zip(standings.rows, lines, strict=True):
        printed = line_of(standings.contest, row)
        same = [name for name in printed._fields if name != "splits"]
        assert [getattr(line, name) for name in same] == [getattr(printed, name) for name in same]
        assert [(cell.code, cell.elapsed) for cell in line.splits] == [
            (cell.code, cell.elapsed) for cell in printed.splits
        ]


def test_the_gun_time_is_rounded_as_the_official_one_and_only_told_of_who_finished():
    _, lines = kept("gun 0:00 | 1 finish 6:45.01 | 2 finish 6:50 | dq 2 TR16.8 | 3 start 0:02")
    assert [line.gun for line in lines] == ["6:45.1", "", ""]


def test_a_reaction_is_told_to_the_thousandth():
    _, [line] = kept("gun 0:00 | 1 finish 6:45 | reaction 1 0.15")
    assert line.reaction == "0.150"


def test_a_list_knows_its_contest_and_its_first_gun():
    _, lines = kept("gun 0:00 | 1 finish 6:45")
    found = KeptList(contest(), "final", None, {1: ("REC?",)}, lines)
    assert found.contest.code == "race"
    assert isinstance(found.lines[0], KeptLine)


@pytest.mark.parametrize("documents", [b"{}", b'[{"place": 1}]', b"["])
def test_what_is_no_list_of_lines_is_not_read(documents):
    with pytest.raises(msgspec.MsgspecError):
        read_lines(documents)


@pytest.mark.parametrize("text", ["gun 0:00 | 1 finish 6:45", "dns 1"])
def test_a_list_tells_results_once_somebody_has_started_or_nobody_will(text):
    standings, lines = kept(text)
    assert standings.begun
    assert KeptList(contest(), "final", None, {}, lines).begun
    assert not story("", entered="1").standings().begun
    assert not KeptList(contest(), "final", None, {}, []).begun
