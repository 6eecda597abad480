"""The codes of a result list have one source, for sheets, pages and exchange files."""

from __future__ import annotations

import pytest

from timing.core.status import Status
from timing.files.rulebook import exported, record_codes, vocabulary
from timing.printing.phrases import codes


@pytest.mark.parametrize(
    ("code", "word"),
    [("DNS", "DNS"), ("OTL", "DNF"), ("WD", "DNF"), ("DSQ", "DQ"), ("qR", "q"), ("qD", "q"),
     ("RUN", ""), ("OK", ""), ("turn", "")],
)  # fmt: skip
def test_an_exchange_file_says_what_the_vocabulary_says(code: str, word: str) -> None:
    assert exported(code) == word


def test_every_status_but_a_finish_is_a_code() -> None:
    assert {each.value for each in Status} - vocabulary().keys() == {"OK"}


def test_sheets_and_pages_explain_by_the_same_vocabulary() -> None:
    assert codes() == vocabulary()


def test_the_codes_of_records_are_those_of_the_books() -> None:
    assert record_codes() == ("WR", "OR", "AR", "NR", "CR", "MR", "WB", "AB", "NB")
