"""A record book of one event as a table of words, and the table as the text of a rule file.

A book that says more than the table can show is changed as text.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from timing.core.rulebook.records import STATUSES, Record, RecordBook
from timing.core.sentence import worded
from timing.services.office.form_reading import Form

HEAD = ("body", "code", "meaning", "nations", "margin", "source")
"""What holds for every row of the table. meaning: of a code that the house does not know."""
COLUMNS = (
    "discipline", "sex", "category", "surface", "mark", "holders", "nation", "date", "place",
    "status",
)  # fmt: skip
SEXES = ("W", "M", "X", "N")
SURFACES = ("", "track", "road", "straight road")
_MARGIN, _MOST_MARGIN = 10, 99
_BETWEEN = " / "
_HEADED = ("body", "source")
_BESIDE = ("distance", "rule", "note", "code", "margin")


def head_of(book: RecordBook) -> dict[str, str]:
    """The words above the table."""
    first = book.record[0] if book.record else None
    return {
        "body": first.body if first else "", "source": first.source if first else "",
        "code": book.code, "meaning": book.codes.get(book.code, ""),
        "nations": ", ".join(book.nations), "margin": str(book.margin),
    }  # fmt: skip


def rows_of(book: RecordBook) -> list[dict[str, str]] | None:
    """The rows of the table; None for a book that says more."""
    heads = {tuple(getattr(each, name) for name in _HEADED) for each in book.record}
    beside = any(getattr(each, name) for each in book.record for name in _BESIDE)
    if len(heads) > 1 or beside or not book.codes.keys() <= {book.code}:
        return None
    return [_row(each) for each in book.record]


def _row(record: Record) -> dict[str, str]:
    words = {name: getattr(record, name) for name in COLUMNS}
    return words | {"holders": _BETWEEN.join(record.holders)}


def text_of_book(form: Form, title: str, rows: Sequence[Mapping[str, str]]) -> str:
    """Write the table of a form as a record book. What is wrong is told to the form."""
    margin = form.number("margin", _MARGIN, _MOST_MARGIN) or _MARGIN
    code, meaning = form.text("code", 12), form.text("meaning", 80)
    nations = [each for each in form.text("nations").replace(",", " ").split() if each]
    head: dict[str, Any] = {"name": title, "code": code, "margin": margin}
    if nations:
        head["nations"] = [each.upper() for each in nations]
    lines = [f"{name} = {_value(value)}" for name, value in head.items()]
    if meaning:
        lines.append(f"codes = {{ {_value(code)} = {_value(meaning)} }}")
    body = form.text("body", 80)
    if not body:
        form.wrong("body", worded("the book does not say who lists its records"))
    source = form.text("source") or "the organiser"
    for number, row in enumerate(rows, 1):
        lines += ["[[record]]", *_written(form, number, row)]
        lines += [f"body = {_value(body)}", f"source = {_value(source)}"]
    return "\n".join(lines) + "\n"


def _written(form: Form, number: int, row: Mapping[str, str]) -> list[str]:
    cell = Form(row)
    values: dict[str, Any] = {name: row[name] for name in COLUMNS if row[name]}
    values["sex"] = cell.one_of("sex", SEXES, SEXES[0])
    values["status"] = cell.one_of("status", STATUSES, STATUSES[-1])
    cell.one_of("surface", SURFACES, "")
    holders = [each.strip() for each in row["holders"].split(_BETWEEN.strip()) if each.strip()]
    values["holders"] = holders
    values.setdefault("mark", "")
    form.problems += [
        problem._replace(
            said=worded(
                "row {number} ({name}): {told}",
                number=number,
                name=row["discipline"],
                told=problem.said,
            )
        )
        for problem in cell.problems
    ]
    return [f"{name} = {_value(value)}" for name, value in values.items()]


def _value(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
