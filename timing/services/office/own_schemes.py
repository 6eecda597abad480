"""Categories, prizes and record books that belong to one event: read from a table or a file.

They are kept with the event as the text of a rule file, checked for gaps and overlaps before.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from msgspec.structs import replace

from timing.core.refusal import Refusal, refused
from timing.core.rulebook.categories import OLDEST, Category, Scheme
from timing.core.rulebook.prizes import Prize, PrizeScheme, decode_prizes
from timing.core.rulebook.records import RecordBook
from timing.core.rulebook.schemes import decode_scheme
from timing.core.sentence import worded
from timing.core.setup.event import Event
from timing.files.rulebook import book_at, prizes_at, read_book, rule_files, scheme_at
from timing.services.house import House
from timing.services.office import own_books
from timing.services.office.form_reading import Fields, Form
from timing.services.office.setting_up import Change, loaded, looked

CATEGORIES, PRIZES, RECORDS = "categories", "prizes", "records"
KINDS = (CATEGORIES, PRIZES, RECORDS)
COUNTED = ("day", "year")
"""How ages of a table are counted: on the day of the race, or by the calendar year."""
COLUMNS: Mapping[str, tuple[str, ...]] = {
    CATEGORIES: ("code", "name", "sex", "from", "to"),
    PRIZES: ("code", "name", "sex", "from", "to", "number", "basis"),
    RECORDS: own_books.COLUMNS,
}
MOST_ROWS, LONGEST = 80, 60_000
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_DECODE: Mapping[str, Callable[[str], Any]] = {
    CATEGORIES: decode_scheme, PRIZES: decode_prizes, RECORDS: read_book,
}  # fmt: skip


class Table(NamedTuple):
    """A scheme as a table. plain: False for one that no table can show; then only its text is.

    head: of a record book, what holds for all rows.
    """

    title: str
    counted: str
    rows: Sequence[Mapping[str, str]]
    plain: bool
    head: Mapping[str, str] = {}


def table_of(event: Event, kind: str, name: str) -> Table | None:
    """Show a scheme of the event or of the house as a table; None where there is none."""
    if kind == PRIZES:
        prizes = prizes_at(event, name)
        return None if prizes is None else _prize_table(prizes)
    if kind == RECORDS:
        book = book_at(event, name)
        return None if book is None else _book_table(book)
    found = scheme_at(event, name)
    return None if found is None else _category_table(found)


def _category_table(scheme: Scheme) -> Table:
    counted = [way.counted.value for way in scheme.age.values()]
    plain = len(counted) == 1 and counted[0] in COUNTED
    plain = plain and all(len(row.sexes) <= 1 for row in scheme.category)
    rows = [_category_row(row) for row in scheme.category] if plain else []
    return Table(scheme.name, counted[0] if plain else COUNTED[0], rows, plain)


def _category_row(row: Category) -> dict[str, str]:
    last = "" if row.last == OLDEST else str(row.last)
    values = (row.code, row.name, "".join(row.sexes), str(row.first), last)
    return dict(zip(COLUMNS[CATEGORIES], values, strict=True))


def _prize_table(scheme: PrizeScheme) -> Table:
    usual = Prize(code="", name="")
    plain = scheme.general_first and not scheme.rows_decide
    for row in scheme.prize:
        odd = (row.group, row.exclusive, row.roll_down, row.clubs)
        ours = (usual.group, usual.exclusive, usual.roll_down, usual.clubs)
        plain = plain and odd == ours and len(row.sexes) <= 1
    rows = [_prize_row(row) for row in scheme.prize] if plain else []
    return Table(scheme.name, COUNTED[0], rows, plain)


def _prize_row(row: Prize) -> dict[str, str]:
    last = "" if row.last == OLDEST else str(row.last)
    first = str(row.first) if row.first else ""
    values = (row.code, row.name, "".join(row.sexes), first, last, str(row.number), row.basis)
    return dict(zip(COLUMNS[PRIZES], values, strict=True))


def _book_table(book: RecordBook) -> Table:
    rows = own_books.rows_of(book)
    head = own_books.head_of(book)
    return Table(book.name, COUNTED[0], rows or [], rows is not None, head)


def rows_typed(fields: Fields, kind: str) -> list[dict[str, str]]:
    """The rows of the table that were filled in."""
    form = Form(fields)
    rows = [
        {column: form.text(f"row-{number}-{column}") for column in COLUMNS[kind]}
        for number in range(MOST_ROWS)
    ]
    return [row for row in rows if row[COLUMNS[kind][0]]]


def text_of_table(fields: Fields, kind: str) -> str:
    """Write the table of a form as a rule file. Raises Refusal with every cell that is wrong."""
    form = Form(fields)
    title = form.text("title", 80)
    if not title:
        form.wrong("title", worded("the scheme has no name"))
    rows = rows_typed(fields, kind)
    if not rows:
        form.wrong("rows", worded("the scheme has no row"))
    if kind == RECORDS:
        return _checked(form, own_books.text_of_book(form, title, rows))
    counted = form.one_of("counted", COUNTED, COUNTED[0])
    written = [_written(form, kind, number, row) for number, row in enumerate(rows, 1)]
    head = [f"name = {_quoted(title)}", 'source = "the organiser"']
    if kind == CATEGORIES:
        head += ["[age.age]", f"counted = {_quoted(counted)}"]
    return _checked(form, "\n".join([*head, *written]) + "\n")


def _checked(form: Form, text: str) -> str:
    """The text, unless something of the form is wrong. Raises Refusal."""
    if form.problems:
        raise Refusal(*form.problems)
    return text


def _written(form: Form, kind: str, number: int, row: Mapping[str, str]) -> str:
    cell = Form(row)
    first, last = cell.number("from", 0, OLDEST), cell.number("to", OLDEST, OLDEST)
    sexes = [cell.one_of("sex", ("", "W", "M", "N"), "")]
    lines = [f"code = {_quoted(row['code'])}"]
    if row["name"] or kind == PRIZES:
        lines.append(f"name = {_quoted(row['name'] or row['code'])}")
    if sexes[0]:
        lines.append(f"sexes = {json.dumps(sexes)}")
    if kind == CATEGORIES:
        lines.append(f"ages = {{ age = [{first}, {last}] }}")
    else:
        lines.append(f"ages = [{first}, {last}]")
        lines.append(f"number = {cell.number('number', 1, 99) or 1}")
        lines.append(f"basis = {_quoted(cell.one_of('basis', ('', 'gun', 'net'), ''))}")
    form.problems += [
        problem._replace(
            said=worded(
                "row {number} ({name}): {told}", number=number, name=row["code"], told=problem.said
            )
        )
        for problem in cell.problems
    ]
    table = "category" if kind == CATEGORIES else "prize"
    return "\n".join([f"[[{table}]]", *lines])


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def scheme_change(house: House, slug: str, kind: str, name: str, text: str) -> Change:
    """Say what a new or changed scheme of an event would change.

    Raises Refusal: a name that cannot be or belongs to the house, a gap, an overlap.
    """
    event = loaded(house, slug)
    if kind not in KINDS or not _NAME.fullmatch(name):
        raise refused(
            "name",
            "{name!r} is no name; expected small letters, digits and hyphens",
            name=name[:40],
        )
    if name in rule_files(kind):
        raise refused("name", "the house has a scheme {name!r}; choose another name", name=name)
    if len(text) > LONGEST:
        raise refused(
            "text", "the scheme has {count} characters; that is too long", count=len(text)
        )
    _DECODE[kind](text)
    schemes = {**event.schemes, f"{kind}/{name}": text}
    return looked(house, slug, replace(event, schemes=schemes))


def without_scheme(house: House, slug: str, kind: str, name: str) -> Change:
    """Say what would change without a scheme. Raises Refusal while a contest uses it."""
    event = loaded(house, slug)
    for contest in event.contests:
        used = getattr(contest.rules, kind, ())
        if name == used or (kind == RECORDS and name in used):
            raise refused("in-use", "{name} uses this scheme; change that first", name=contest.name)
    schemes = {key: text for key, text in event.schemes.items() if key != f"{kind}/{name}"}
    return looked(house, slug, replace(event, schemes=schemes))


def text_of(event: Event, kind: str, name: str) -> str:
    """Give the text of a scheme of the event or of the house, "" where there is none."""
    path = rule_files(kind).get(name)
    own = event.schemes.get(f"{kind}/{name}", "")
    return own or ("" if path is None else path.read_text(encoding="utf-8"))
