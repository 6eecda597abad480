"""Tables of the roster: persons, entries, bibs, chips, teams, members and start lists.

All personal data of an event lives here, and in the amendments that are its history.
"""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from timing.store.schema.row import Json, Row, Small


class Person(Row):
    """A human being of one event: who wears one bib in several contests is one person."""

    __tablename__ = "person"

    event_id: Mapped[Small] = mapped_column(ForeignKey("event.id"), primary_key=True)
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    family: Mapped[str]
    sex: Mapped[str]
    born: Mapped[str]
    nation: Mapped[str]
    external: Mapped[str]
    erased_at: Mapped[int | None]


class Team(Row):
    """A team by its name; entries and clubs that count together."""

    __tablename__ = "team"

    event_id: Mapped[Small] = mapped_column(ForeignKey("event.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)


class Bib(Row):
    """A number that is handed out, and its one holder.

    holder: the person, or minus the entry where no person is known. An entry refers to
        (number, holder), so one number can be on several entries of one holder, never of two.
    """

    __tablename__ = "bib"
    __table_args__ = (UniqueConstraint("event_id", "number", "holder"),)

    event_id: Mapped[Small] = mapped_column(ForeignKey("event.id"), primary_key=True)
    number: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[int]


class Entry(Row):
    """One athlete or team in one contest. bib and team are NULL where there is none."""

    __tablename__ = "entry"
    __table_args__ = (
        UniqueConstraint("event_id", "id", "contest"),
        ForeignKeyConstraint(["event_id", "contest"], ["contest.event_id", "contest.code"]),
        ForeignKeyConstraint(["event_id", "person"], ["person.event_id", "person.id"]),
        ForeignKeyConstraint(["event_id", "team"], ["team.event_id", "team.name"]),
        ForeignKeyConstraint(
            ["event_id", "bib", "holder"], ["bib.event_id", "bib.number", "bib.holder"]
        ),
        CheckConstraint("id > 0", name="id_positive"),
        CheckConstraint("holder = coalesce(person, -id)", name="holder_is_person_or_entry"),
        Index(None, "event_id", "contest"),
        Index(None, "event_id", "bib"),
    )

    event_id: Mapped[Small] = mapped_column(ForeignKey("event.id"), primary_key=True)
    id: Mapped[int] = mapped_column(primary_key=True)
    contest: Mapped[str]
    name: Mapped[str]
    family: Mapped[str]
    bib: Mapped[str | None]
    holder: Mapped[int]
    sex: Mapped[str]
    born: Mapped[str]
    age: Mapped[Small | None]
    club: Mapped[str]
    nation: Mapped[str]
    delegation: Mapped[str]
    category: Mapped[str]
    team: Mapped[str | None]
    person: Mapped[int | None]
    seed: Mapped[int | None]
    out_of_competition: Mapped[bool]
    guide: Mapped[bool]
    hidden: Mapped[bool]
    external: Mapped[str]
    note: Mapped[str]
    more: Mapped[Json]


class Chip(Row):
    """A chip that an entry carries."""

    __tablename__ = "chip"
    __table_args__ = (
        ForeignKeyConstraint(["event_id", "entry"], ["entry.event_id", "entry.id"]),
        Index(None, "event_id", "code"),
    )

    event_id: Mapped[Small] = mapped_column(primary_key=True)
    entry: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[Small] = mapped_column(primary_key=True)
    code: Mapped[str]


class Member(Row):
    """One athlete of a team entry. leg: 1-based, 0 for a substitute."""

    __tablename__ = "member"
    __table_args__ = (
        ForeignKeyConstraint(["event_id", "entry"], ["entry.event_id", "entry.id"]),
        ForeignKeyConstraint(["event_id", "person"], ["person.event_id", "person.id"]),
    )

    event_id: Mapped[Small] = mapped_column(primary_key=True)
    entry: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[Small] = mapped_column(primary_key=True)
    name: Mapped[str]
    leg: Mapped[Small]
    sex: Mapped[str]
    born: Mapped[str]
    role: Mapped[str]
    person: Mapped[int | None]
    more: Mapped[Json]


class Start(Row):
    """One entry in one round: a line of a start list."""

    __tablename__ = "start"
    __table_args__ = (
        ForeignKeyConstraint(
            ["event_id", "entry", "contest"], ["entry.event_id", "entry.id", "entry.contest"]
        ),
        ForeignKeyConstraint(
            ["event_id", "contest", "round", "heat"],
            ["heat.event_id", "heat.contest", "heat.round", "heat.number"],
        ),
        ForeignKeyConstraint(["event_id", "wave"], ["wave.event_id", "wave.code"]),
        Index(None, "event_id", "contest", "round", "heat"),
    )

    event_id: Mapped[Small] = mapped_column(primary_key=True)
    entry: Mapped[int] = mapped_column(primary_key=True)
    round: Mapped[str] = mapped_column(primary_key=True)
    contest: Mapped[str]
    heat: Mapped[Small]
    wave: Mapped[str]
    lane: Mapped[Small]
    offset: Mapped[int]


class Amendment(Row):
    """The history of an entry. The journal names (entry, field, revision) and holds no value.

    old, new: NULL once the person is erased.
    """

    __tablename__ = "amendment"
    __table_args__ = (ForeignKeyConstraint(["event_id", "entry"], ["entry.event_id", "entry.id"]),)

    event_id: Mapped[Small] = mapped_column(primary_key=True)
    entry: Mapped[int] = mapped_column(primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[Small] = mapped_column(primary_key=True)
    old: Mapped[str | None]
    new: Mapped[str | None]
    at: Mapped[int]
    author: Mapped[str]
