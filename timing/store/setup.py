"""Setups of events, saved and loaded whole. Knows rows and core values, and no rule."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import msgspec
from sqlalchemy import Select, Table, insert, select, update
from sqlalchemy.exc import IntegrityError

from timing.core.refusal import refused
from timing.core.setup.event import Event
from timing.store import rows, schema
from timing.store.connect import Tx
from timing.store.journal import UnknownEventError
from timing.store.references import refuse, setup_problems
from timing.store.rows import RowValues
from timing.store.schema import table_of

EVENT = table_of(schema.Event)
JOURNAL = table_of(schema.JournalHead)
POINT, WAVE = table_of(schema.TimingPoint), table_of(schema.Wave)
CONTEST, ROUND, HEAT = table_of(schema.Contest), table_of(schema.Round), table_of(schema.Heat)
COURSE_POINT, LEG = table_of(schema.CoursePoint), table_of(schema.Leg)

_PARENTS_FIRST = (POINT, WAVE, CONTEST, COURSE_POINT, LEG, ROUND, HEAT)
_COURSE = ("open_laps", "time_limit", "minimum_leg", "fastest", "lanes_until", "turn")
_PLACE = ("event_id", "contest", "round", "position")
"""Columns that say where a row belongs; no field of a value."""

Key: TypeAlias = tuple[Any, ...]
Parts: TypeAlias = dict[Table, dict[Key, list[RowValues]]]
"""The rows of each table by the row above them."""


def save_event(tx: Tx, event: Event, number: int | None = None) -> int:
    """Save a setup over the one with the same slug, or as a new one; returns its number.

    number: save it over this event, whatever its slug was.

    Raises Refusal when a code stands there twice or leads nowhere, or when something was taken
    out that entries or starts still need; UnknownEventError for a number that is not there.
    """
    refuse(setup_problems(event))
    tree = msgspec.to_builtins(event)
    saved = _save_head(tx, tree, find_event(tx, event.slug) if number is None else number)
    children = _children(tree, saved)
    gone = [(table, rows.put(tx, table, saved, children[table])) for table in _PARENTS_FIRST]
    for table, keys in reversed(gone):
        _take_out(tx, table, keys)
    return saved


def load_event(tx: Tx, slug: str) -> Event:
    """Give the setup of an event. Raises UnknownEventError."""
    return load_event_numbered(tx, event_number(tx, slug))


def load_event_numbered(tx: Tx, number: int) -> Event:
    """Give the setup of the event with this number. Raises UnknownEventError."""
    found = _events(tx, select(EVENT).where(EVENT.c.id == number))
    if not found:
        raise UnknownEventError(number)
    return found[0]


def find_event(tx: Tx, slug: str) -> int | None:
    """The number of an event, or None."""
    return tx.scalar(select(EVENT.c.id).where(EVENT.c.slug == slug))


def event_number(tx: Tx, slug: str) -> int:
    """The number of an event. Raises UnknownEventError."""
    number = find_event(tx, slug)
    if number is None:
        raise UnknownEventError(slug)
    return number


def list_events(tx: Tx) -> list[Event]:
    """All events by their first day, then by slug."""
    return _events(tx, select(EVENT).order_by(EVENT.c.date, EVENT.c.slug))


def touch(tx: Tx, event: int) -> None:
    """Note that setup or roster changed; nobody else appends or changes until the end.

    Raises UnknownEventError.
    """
    changed = update(JOURNAL).where(JOURNAL.c.event_id == event).values(setup=JOURNAL.c.setup + 1)
    if tx.execute(changed).rowcount != 1:
        raise UnknownEventError(event)


def _save_head(tx: Tx, tree: RowValues, number: int | None) -> int:
    row = rows.row_of(_without(tree, "points", "waves", "contests"), EVENT)
    if number is not None:
        touch(tx, number)
        tx.execute(update(EVENT).where(EVENT.c.id == number).values(row))
        return number
    saved: int = tx.scalars(insert(EVENT).returning(EVENT.c.id), row).one()
    head = {"event_id": saved, "seq": 0, "setup": 1, "last_entry": 0, "last_person": 0}
    rows.add(tx, JOURNAL, [head])
    return saved


def _children(tree: RowValues, event: int) -> dict[Table, list[RowValues]]:
    """The rows of every table below the event."""
    children: dict[Table, list[RowValues]] = {table: [] for table in _PARENTS_FIRST}
    children[POINT] = _rows(POINT, tree["points"], event_id=event)
    children[WAVE] = _rows(WAVE, tree["waves"], event_id=event)
    children[CONTEST] = [
        _contest_row(contest, event, position) for position, contest in enumerate(tree["contests"])
    ]
    for contest in tree["contests"]:
        own = {"event_id": event, "contest": contest["code"]}
        course, rounds = contest["course"], contest["rounds"]
        children[COURSE_POINT] += _rows(COURSE_POINT, course["points"], **own)
        children[LEG] += _rows(LEG, course["legs"], **own)
        children[ROUND] += _rows(ROUND, [_without(each, "heats") for each in rounds], **own)
        for each in rounds:
            children[HEAT] += _rows(HEAT, each["heats"], **own, round=each["code"])
    return children


def _rows(table: Table, values: Sequence[RowValues], **keys: Any) -> list[RowValues]:
    numbered = enumerate(values)
    return [rows.row_of(value, table, position=place, **keys) for place, value in numbered]


def _contest_row(contest: RowValues, event: int, position: int) -> RowValues:
    course = contest["course"]
    keys = {name: course[name] for name in _COURSE}
    keys["more_course"] = _without(course, *_COURSE, "points", "legs")
    own = _without(contest, "course", "rounds")
    return rows.row_of(own, CONTEST, event_id=event, position=position, **keys)


def _without(values: RowValues, *names: str) -> RowValues:
    return {name: value for name, value in values.items() if name not in names}


def _events(tx: Tx, query: Select[Any]) -> list[Event]:
    """The setups of these events; as many statements for many as for one."""
    heads = [dict(row) for row in tx.execute(query).mappings()]
    numbers = [head["id"] for head in heads]
    parts = {table: _grouped(tx, table, numbers) for table in _PARENTS_FIRST}
    return msgspec.convert([_tree(head, parts) for head in heads], list[Event])


def _tree(head: RowValues, parts: Parts) -> RowValues:
    own = (head["id"],)
    tree = rows.value_of(head, ("id",))
    tree["points"] = [rows.value_of(row, _PLACE) for row in parts[POINT].get(own, ())]
    tree["waves"] = [rows.value_of(row, _PLACE) for row in parts[WAVE].get(own, ())]
    tree["contests"] = [_contest(row, parts) for row in parts[CONTEST].get(own, ())]
    return tree


def _contest(row: RowValues, parts: Parts) -> RowValues:
    def below(table: Table, *key: Any) -> list[RowValues]:
        return [rows.value_of(found, _PLACE) for found in parts[table].get(key, ())]

    event, code = row["event_id"], row["code"]
    tree = rows.value_of(row, (*_PLACE, *_COURSE, "more_course"))
    tree["course"] = {name: row[name] for name in _COURSE} | row["more_course"]
    tree["course"]["points"] = below(COURSE_POINT, event, code)
    tree["course"]["legs"] = below(LEG, event, code)
    tree["rounds"] = [
        each | {"heats": below(HEAT, event, code, each["code"])}
        for each in below(ROUND, event, code)
    ]
    return tree


def _grouped(tx: Tx, table: Table, events: Sequence[int]) -> dict[Key, list[RowValues]]:
    """The rows of a table by event, contest and round, as far as it has them, in their order."""
    names = [name for name in ("event_id", "contest", "round") if name in table.c]
    query = select(table).where(table.c.event_id.in_(events)).order_by(table.c.position)
    grouped: dict[Key, list[RowValues]] = {}
    for row in tx.execute(query).mappings():
        grouped.setdefault(tuple(row[name] for name in names), []).append(dict(row))
    return grouped


def _take_out(tx: Tx, table: Table, keys: list[Key]) -> None:
    try:
        rows.drop(tx, table, keys)
    except IntegrityError:
        shown = ", ".join("/".join(map(str, key[1:])) for key in keys)
        raise refused(
            "setup-in-use",
            "{what} {shown} was taken out, but entries or starts still need it",
            what=table.name.replace("_", " "),
            shown=shown,
        ) from None
