"""The table of formats, its documentation, and the decoder of files."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.readers.emulators import ipico, reads
from timing.readers.formats import FORMATS, UnknownFormatError, decode, decode_file, format_named

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "readers.md"


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_stands_in_the_documentation_with_its_port(name):
    page = PAGE.read_text(encoding="utf-8")
    (row,) = [line for line in page.splitlines() if line.startswith(f"| `{name}` |")]
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    made = FORMATS[name]
    assert cells[1] == made.way
    assert cells[2] == (str(made.port) if made.port else "")
    assert cells[3] == ("yes" if made.resumes else "no")


def test_the_documentation_names_no_format_that_does_not_exist():
    formats, _, _ = PAGE.read_text(encoding="utf-8").partition("## What becomes of it")
    named = {line.split("`")[1] for line in formats.splitlines() if line.startswith("| `")}
    assert named == set(FORMATS)


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_says_what_it_is_and_where_that_is_known_from(name):
    made = FORMATS[name]
    assert made.name == name
    assert made.says
    assert made.source
    assert (made.port is not None) <= (made.way in {"connect", "listen"})


def test_an_unknown_format_is_refused_with_those_that_exist():
    with pytest.raises(UnknownFormatError, match="'mylap' is no format; expected one of csv, "):
        format_named("mylap")
    with pytest.raises(UnknownFormatError):
        decode("mylap", b"")


def test_a_file_larger_than_a_piece_decodes_like_its_bytes(tmp_path):
    data = b"".join(map(ipico.line, range(1, 41))) * 60
    path = tmp_path / "raw.log"
    path.write_bytes(data)
    assert len(data) > 1 << 16
    from_file = list(decode_file("ipico", path, reads.SETUP))
    assert from_file == list(decode("ipico", data, reads.SETUP))
    assert len(from_file) == 40 * 60


def test_a_file_that_is_not_there_is_an_error_of_the_system(tmp_path):
    with pytest.raises(FileNotFoundError):
        list(decode_file("ipico", tmp_path / "none.log"))


def test_decoding_asks_for_nothing_and_answers_nothing():
    assert list(decode("raceresult", b"GETPROTOCOL;1.0;1.0;3.0\r\nPASSINGS;9;1\r\n")) == []
