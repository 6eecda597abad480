"""A journal that was exported is read again line for line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from timing.core.clock import Duration, Instant
from timing.core.journal import rulings as act
from timing.core.journal.lines import Journal, Read, Ruling
from timing.core.refusal import Refusal
from timing.core.status import Status
from timing.files.feeds.journal_file import journal_lines, read_journal
from timing.files.tables.findings import Findings

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
MOMENT = st.integers(0, 2**50).map(Instant)
LINE = st.tuples(TEXT, st.integers(0, 9))
READ = st.builds(
    Read, TEXT, st.integers(0, 2**40), TEXT, st.none() | TEXT, st.none() | TEXT,
    st.none() | MOMENT, TEXT, st.integers(-90, 90),
)  # fmt: skip
ACTS = st.one_of(
    st.builds(act.Withdraw, line=LINE),
    st.builds(act.Attribute, line=LINE, bib=TEXT),
    st.builds(act.Retime, line=LINE, at=st.none() | MOMENT),
    st.builds(act.Gun, wave=TEXT, at=st.none() | MOMENT),
    st.builds(act.SetTime, entry=st.integers(1, 9), round=TEXT, elapsed=MOMENT.map(Duration)),
    st.builds(
        act.SetStatus,
        entry=st.integers(1, 9),
        round=TEXT,
        status=st.sampled_from(Status),
        rule=TEXT,
    ),
    st.builds(act.DeadHeat, round=TEXT, entries=st.lists(st.integers(1, 9)).map(tuple)),
)
RULING = st.builds(Ruling, TEXT, st.integers(0, 2**40), MOMENT, ACTS, TEXT, TEXT)
JOURNAL = st.builds(
    Journal, st.lists(READ).map(tuple), st.lists(RULING).map(tuple), st.integers(0, 2**40)
)


@given(JOURNAL)
def test_reading_gives_back_what_was_written(tmp_path_factory, journal: Journal) -> None:
    path = tmp_path_factory.mktemp("journal") / "journal.jsonl"
    path.write_bytes(b"".join(journal_lines("club-mile", journal)))
    assert read_journal(path, Findings()) == ("club-mile", journal)


@given(JOURNAL)
def test_equal_journals_give_equal_bytes(journal: Journal) -> None:
    assert list(journal_lines("x", journal)) == list(journal_lines("x", journal))


HEAD = b'{"type":"journal","version":1,"event":"x","seq":0}\n'
READ_LINE = b'{"type":"read","station":"a","n":1,"point":"finish","source":"chip"}\n'


def refused(folder: Path, *lines: bytes) -> str:
    path = folder / "journal.jsonl"
    path.write_bytes(b"".join(lines))
    with pytest.raises(Refusal) as refusal:
        read_journal(path, Findings())
    return str(refusal.value).replace(f"{folder}/", "")


def test_a_small_journal_is_plain(tmp_path) -> None:
    path = tmp_path / "journal.jsonl"
    path.write_bytes(HEAD + READ_LINE)
    assert read_journal(path, Findings()) == (
        "x", Journal((Read("a", 1, "finish", None, None, None, "chip"),), (), 0),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"{oops\n", "journal.jsonl:2: JSON is malformed"),
        (b'{"type":"poem"}\n', "journal.jsonl:2: Invalid value 'poem'"),
        (b'{"type":"read","station":"a"}\n', "journal.jsonl:2: Object missing required field `n`"),
        (
            b'{"type":"ruling","station":"a","n":1,"at":1,"kind":"bless","data":{}}\n',
            "journal.jsonl:2: 'bless' is no kind of ruling",
        ),
        (
            b'{"type":"ruling","station":"a","n":1,"at":1,"kind":"gun","data":{"at":1}}\n',
            "journal.jsonl:2: ruling gun: Object missing required field `wave`",
        ),
        (HEAD, "journal.jsonl:2: the head of a journal stands in the first line"),
        (b"\xff\n", "journal.jsonl:2: "),
    ],
)
def test_a_wrong_line_is_named(tmp_path, line: bytes, said: str) -> None:
    assert refused(tmp_path, HEAD, line, READ_LINE).startswith(said)


def test_a_file_without_a_head_is_no_journal(tmp_path) -> None:
    assert "the head of a journal stands in the first line" in refused(tmp_path, READ_LINE)
    assert "there is no head" in refused(tmp_path, b"")


def test_a_newer_format_is_refused(tmp_path) -> None:
    assert "version 2 of the format; expected 1" in refused(tmp_path, HEAD.replace(b"1", b"2", 1))


def test_a_missing_journal_is_refused(tmp_path) -> None:
    with pytest.raises(Refusal, match="cannot be read"):
        read_journal(tmp_path / "nowhere", Findings())
