"""Rows of any table file, and every way in which a file can be broken."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, strategies as st

from timing.core.refusal import Refusal
from timing.files.tables import encodings, rows as table_rows
from timing.files.tables.encodings import encoding_of, readings
from timing.files.tables.findings import MOST, Findings
from timing.files.tables.rows import LONGEST_CELL, LONGEST_LINE, read_rows


@pytest.fixture
def findings() -> Findings:
    return Findings()


def rows_of(path: Path, findings: Findings, encoding: str | None = None, **options: bool):
    return [(row.line, *row.cells) for row in read_rows(path, findings, encoding, **options)]


def table(folder: Path, content: str | bytes, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def refused(path: Path, encoding: str | None = None) -> str:
    with pytest.raises(Refusal) as refusal:
        list(read_rows(path, Findings(), encoding))
    return str(refusal.value)


@pytest.mark.parametrize(
    ("delimiter", "header"),
    [(",", "bib,time"), (";", "bib;time"), ("\t", "bib\ttime"), ("|", "bib|time")],
)
def test_the_separator_of_the_columns_is_found(
    tmp_path: Path, findings: Findings, delimiter: str, header: str
) -> None:
    path = table(tmp_path, f"{header}\n7{delimiter}12:30\n")
    assert rows_of(path, findings) == [(1, "bib", "time"), (2, "7", "12:30")]


def test_a_semicolon_with_decimal_commas_is_no_comma_file(tmp_path, findings) -> None:
    path = table(tmp_path, "7;12,5\n8;12,7\n")
    assert rows_of(path, findings) == [(1, "7", "12,5"), (2, "8", "12,7")]


def test_a_separator_inside_quotes_does_not_count(tmp_path, findings) -> None:
    path = table(tmp_path, '"club, town, land";name\n"a";b\n')
    assert rows_of(path, findings)[0] == (1, "club, town, land", "name")


def test_the_first_line_of_a_spreadsheet_may_declare_the_separator(tmp_path, findings) -> None:
    path = table(tmp_path, "sep=|\nbib|time,s\n7|1\n")
    assert rows_of(path, findings) == [(2, "bib", "time,s"), (3, "7", "1")]


def test_lines_count_through_empty_lines_remarks_and_cells_of_several_lines(
    tmp_path, findings
) -> None:
    path = table(tmp_path, 'bib,name\n\n# a remark\n7,"Ana\nMaría"\n8,Bo\n')
    found = rows_of(path, findings, comments=True)
    assert found == [(1, "bib", "name"), (4, "7", "Ana María"), (6, "8", "Bo")]


def test_without_comments_a_hash_is_a_header(tmp_path, findings) -> None:
    path = table(tmp_path, "#,name\n7,Bo\n")
    assert rows_of(path, findings)[0] == (1, "#", "name")


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_any_end_of_line_is_one(tmp_path, findings, ending: str) -> None:
    path = table(tmp_path, ending.join(["bib,name", "7,Bo", ""]))
    assert rows_of(path, findings) == [(1, "bib", "name"), (2, "7", "Bo")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_tells_the_encoding(tmp_path, findings, encoding: str) -> None:
    path = table(tmp_path, "bib,name\n7,Łukasz Šćepanović 走\n".encode(encoding))
    assert rows_of(path, findings)[1] == (2, "7", "Łukasz Šćepanović 走")


def test_another_encoding_is_never_guessed_but_asked_for(tmp_path, findings) -> None:
    path = table(tmp_path, "bib,name\n6,Bo\n7,Łukasz\n".encode("cp1250"))
    said = refused(path)
    assert f"{path}:3: the byte 0xa3 is not UTF-8" in said
    assert "--encoding" in said
    assert rows_of(path, findings, "cp1250")[2] == (3, "7", "Łukasz")


def test_the_line_of_a_wrong_byte_is_right_in_files_with_old_line_ends(tmp_path) -> None:
    path = table(tmp_path, "bib,name\r6,Bo\r7,Łukasz\r".encode("cp1250"))
    assert f"{path}:3:" in refused(path)


def test_a_half_letter_at_the_end_is_refused(tmp_path) -> None:
    assert "is not UTF-8" in refused(table(tmp_path, b"bib,name\n7,Zo\xc3"))


@pytest.mark.parametrize("given", ["klingon", "rot13", "base64", "\0"])
def test_an_encoding_that_is_none_is_refused(tmp_path, given: str) -> None:
    assert "is no known encoding" in refused(table(tmp_path, "bib\n7\n"), given)


def test_a_nul_character_is_refused_with_its_line_and_the_other_rows_are_read(
    tmp_path, findings
) -> None:
    path = table(tmp_path, b"bib,name\n7,B\0o\n8,Cy\n")
    assert rows_of(path, findings) == [(1, "bib", "name"), (3, "8", "Cy")]
    assert f"{path}:2: a NUL character" in str(findings.problems[0])
    with pytest.raises(Refusal):
        findings.settle()


def test_utf_16_without_a_mark_is_read_when_it_is_named(tmp_path, findings) -> None:
    path = table(tmp_path, "bib,name\n7,Bö\n".encode("utf-16-le"))
    assert "utf-16-le" in refused(path)
    assert rows_of(path, findings, "utf-16-le")[1] == (2, "7", "Bö")


def test_an_empty_file_is_refused(tmp_path) -> None:
    assert "the file is empty; expected a table" in refused(table(tmp_path, ""))


def test_a_missing_file_is_refused(tmp_path) -> None:
    assert "there is no such file" in refused(tmp_path / "nowhere.csv")


def test_a_file_of_200_megabytes_is_refused_before_it_is_read(tmp_path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as stream:
        stream.truncate(200_000_000)
    assert "the file has 200 MB; expected a table of one event, at most 67 MB" in refused(path)


def test_a_file_is_proved_in_pieces(tmp_path, findings, monkeypatch) -> None:
    monkeypatch.setattr(encodings, "_CHUNK", 3)
    path = table(tmp_path, "ä\nö\nü\nbad: \xff".encode("latin-1"))
    with pytest.raises(Refusal, match=":1: the byte 0xe4"):
        encoding_of(path, findings)
    assert encoding_of(table(tmp_path, "äöü\n" * 5), findings) == "utf-8"


def test_a_cell_of_a_megabyte_is_named_and_the_other_rows_are_read(tmp_path, findings) -> None:
    path = table(tmp_path, "bib,name\n6," + "x" * 1_000_000 + "\n7,Bo\n")
    assert rows_of(path, findings) == [(1, "bib", "name"), (3, "7", "Bo")]
    (problem,) = findings.problems
    assert (problem.line, problem.code) == (2, "long-line")


def test_a_long_cell_of_a_short_line_is_named(tmp_path, findings) -> None:
    path = table(tmp_path, "bib,name\n6," + "x" * (LONGEST_CELL + 1) + "\n7,Bo\n")
    assert len(rows_of(path, findings)) == 2
    assert str(findings.problems[0]).startswith(f"{path}:2: cell 2 has 2001 characters")


def test_a_line_of_just_the_longest_length_is_read(tmp_path, findings) -> None:
    cells = ",".join(["x" * 999] * (LONGEST_LINE // 1000))[: LONGEST_LINE - 1]
    assert len(rows_of(table(tmp_path, f"{cells}\nlast\n"), findings)) == 2


def test_a_control_character_is_named(tmp_path, findings) -> None:
    assert rows_of(table(tmp_path, "bib,name\n7,B\x1b[2Jo\n"), findings) == [(1, "bib", "name")]
    assert r"control character '\x1b'" in str(findings.problems[0])


@pytest.mark.parametrize("name", ['"An" Bo', '"An', 'An"'])
def test_a_quote_that_does_not_close_is_named_with_the_line_where_it_opens(
    tmp_path, findings, name: str
) -> None:
    rows_of(table(tmp_path, f"bib,name\n6,Al\n7,{name}\n"), findings)
    found = [problem.line for problem in findings.problems]
    assert found == ([3] if name.startswith('"') else [])


def test_cells_are_trimmed_and_composed(tmp_path, findings) -> None:
    path = table(tmp_path, "bib,name\n 7 , Zoe\u0308   B \n")
    assert rows_of(path, findings)[1] == (2, "7", "Zoë B")


def test_more_problems_than_anybody_reads_stop_the_reading(tmp_path) -> None:
    path = table(tmp_path, "bib\n" + "\x01\n" * 500)
    with pytest.raises(Refusal) as refusal:
        list(read_rows(path, Findings()))
    assert len(refusal.value.problems) == MOST + 1
    assert "reading stopped here" in str(refusal.value)


def test_problems_are_told_file_by_file_and_line_by_line() -> None:
    findings = Findings()
    findings.problem("b", "second file", "b.csv", 1)
    findings.problem("a", "later", "a.csv", 9)
    findings.problem("a", "sooner", "a.csv", 2)
    findings.problem("b", "whole file", "b.csv")
    with pytest.raises(Refusal) as refusal:
        findings.settle()
    assert str(refusal.value).splitlines() == [
        "b.csv: whole file", "b.csv:1: second file", "a.csv:2: sooner", "a.csv:9: later",
    ]  # fmt: skip


def test_nothing_wrong_settles() -> None:
    findings = Findings()
    findings.notice("note", "a column is not used", "a.csv", 1)
    findings.settle()
    assert str(findings.notices[0]) == "a.csv:1: a column is not used"


def workbook(path: Path, rows: list[list[object]], **sheets: str) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    for name, state in sheets.items():
        book.create_sheet(name).sheet_state = state
    book.save(path)
    return path


def moment(*parts: int) -> datetime:
    """As a cell holds it: without a time zone."""
    return datetime(*parts, tzinfo=UTC).replace(tzinfo=None)  # type: ignore[misc]


def test_a_workbook_gives_the_text_that_a_person_would_type(tmp_path, findings) -> None:
    path = workbook(
        tmp_path / "table.xlsx",
        [
            ["bib", "name", "born", "at", "time", "seed", "guest"],
            [7, "Bo", moment(1984, 5, 30), time(0, 42, 43), timedelta(seconds=3602), 12.5, True],
            [8.0, None, date(1990, 1, 2), moment(2026, 5, 1, 9, 30), None, None, False],
        ],
    )  # fmt: skip
    assert rows_of(path, findings) == [
        (1, "bib", "name", "born", "at", "time", "seed", "guest"),
        (2, "7", "Bo", "1984-05-30", "00:42:43", "1:00:02", "12.5", "yes"),
        (3, "8", "", "1990-01-02", "2026-05-01 09:30:00", "", "", "no"),
    ]


def test_only_the_first_visible_sheet_of_a_workbook_is_read(tmp_path, findings) -> None:
    path = workbook(tmp_path / "t.xlsx", [["bib"], [7]], second="visible", third="hidden")
    assert rows_of(path, findings) == [(1, "bib"), (2, "7")]
    assert "of 2 sheets only 'Sheet' is read" in str(findings.notices[0])


def test_a_formula_error_in_a_workbook_is_named(tmp_path, findings) -> None:
    path = workbook(tmp_path / "t.xlsx", [["bib", "name"], [7, "#REF!"], [8, "Bo"]])
    assert rows_of(path, findings)[1:] == [(3, "8", "Bo")]
    assert (findings.problems[0].line, findings.problems[0].code) == (2, "formula-error")


def test_an_empty_workbook_is_refused(tmp_path) -> None:
    assert "is empty" in refused(workbook(tmp_path / "t.xlsx", []))


def test_a_workbook_is_known_by_its_content_and_not_by_its_name(tmp_path, findings) -> None:
    path = workbook(tmp_path / "t.xlsx", [["bib"], [7]]).rename(tmp_path / "entries.csv")
    assert rows_of(path, findings) == [(1, "bib"), (2, "7")]


def test_an_old_or_locked_workbook_is_refused(tmp_path) -> None:
    path = table(tmp_path, b"\xd0\xcf\x11\xe0" + b"\0" * 600, "t.xlsx")
    assert "an old Excel file or one with a password" in refused(path)


def test_a_damaged_workbook_is_refused(tmp_path) -> None:
    whole = workbook(tmp_path / "t.xlsx", [["bib"], [7]]).read_bytes()
    assert "is damaged" in refused(table(tmp_path, whole[: len(whole) // 2], "half.xlsx"))


def test_a_zip_that_is_no_workbook_is_refused(tmp_path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert "cannot be read as a workbook" in refused(table(tmp_path, packed.getvalue(), "z.xlsx"))


def test_a_workbook_that_unpacks_to_a_flood_is_refused(tmp_path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"{number}", b"\0" * 100_000_000)
    said = refused(table(tmp_path, packed.getvalue(), "bomb.xlsx"))
    assert "300 MB unpacked, which is more than" in said


CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)


@given(st.lists(st.lists(CELL, min_size=2, max_size=2), min_size=1, max_size=5))
def test_what_was_written_as_csv_is_read_again(tmp_path_factory, cells: list[list[str]]) -> None:
    folder = tmp_path_factory.mktemp("csv")
    quoted = ['"bib","name"']
    quoted += [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in cells]
    findings = Findings()
    found = rows_of(table(folder, "\n".join(quoted)), findings)
    assert not findings.problems
    assert len(found) == 1 + sum(any(cell.strip() for cell in row) for row in cells)


def test_a_file_is_shown_as_it_reads_in_each_encoding_that_fits(tmp_path) -> None:
    tried = ("cp1252", "iso8859-15", "cp1250", "mac-roman", "ascii")
    path = table(tmp_path, "bib;name\n6;Bo\n7;Łukasz\n8;Jürgen Groß\n".encode("cp1250"))
    shown = readings(path, tried)
    assert shown["cp1250"] == "Łukasz · Jürgen Groß"
    assert shown["cp1252"] == "£ukasz · Jürgen Groß"
    assert "iso8859-15" not in shown  # reads as cp1252 does
    assert "ascii" not in shown


def test_a_file_without_foreign_letters_has_nothing_to_choose_from(tmp_path) -> None:
    assert readings(table(tmp_path, "bib,name\n6,Bo\n"), ("cp1252", "cp1250")) == {}


def test_a_table_of_too_many_rows_is_refused_by_the_first_of_them(
    tmp_path, findings, monkeypatch
) -> None:
    monkeypatch.setattr(table_rows, "MOST_ROWS", 3)
    path = tmp_path / "times.csv"
    path.write_text("bib,time\n1,20:00\n\n2,20:01\n3,20:02\n4,20:03\n", encoding="utf-8")
    with pytest.raises(Refusal, match=r"times.csv:5: more than 3 rows; expected a table of one"):
        list(read_rows(path, findings))
