"""Tables of the setup: event, timing points, waves, contests, courses, rounds and heats.

Columns are named as the fields of ``timing.core.setup.event``. Children keep their order in
``position``; ``more`` keeps fields of the core values that no query needs as a column.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from timing.store.schema.row import Json, Row, Small, Words


class Event(Row):
    """One or more days of contests that share bibs, timing points and waves."""

    __tablename__ = "event"

    id: Mapped[Small] = mapped_column(primary_key=True, autoincrement=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    date: Mapped[str]
    last_date: Mapped[str]
    place: Mapped[str]
    timezone: Mapped[str]
    ruleset: Mapped[str]
    organiser: Mapped[str]
    note: Mapped[str]
    demo: Mapped[bool]
    public: Mapped[bool]
    languages: Mapped[Words]
    conditions: Mapped[Json]
    more: Mapped[Json]


class TimingPoint(Row):
    """A place where stations stand."""

    __tablename__ = "timing_point"

    event_id: Mapped[Small] = mapped_column(ForeignKey("event.id"), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[Small]
    name: Mapped[str]
    choose: Mapped[str]
    window: Mapped[int]
    prefer: Mapped[Words]
    tolerance: Mapped[int]
    more: Mapped[Json]


class Wave(Row):
    """Those with one gun."""

    __tablename__ = "wave"

    event_id: Mapped[Small] = mapped_column(ForeignKey("event.id"), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[Small]
    name: Mapped[str]
    scheduled: Mapped[int | None]
    interval: Mapped[int | None]
    more: Mapped[Json]


class Contest(Row):
    """What is ranked together; the fields of its course that are not lists stand here as well."""

    __tablename__ = "contest"

    event_id: Mapped[Small] = mapped_column(ForeignKey("event.id"), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[Small]
    name: Mapped[str]
    discipline: Mapped[str]
    sex: Mapped[str]
    timing: Mapped[str]
    surface: Mapped[str]
    legs_of: Mapped[Small]
    capacity: Mapped[Small | None]
    note: Mapped[str]
    rules: Mapped[Json]
    open_laps: Mapped[bool]
    time_limit: Mapped[int | None]
    minimum_leg: Mapped[int]
    fastest: Mapped[int]
    lanes_until: Mapped[int | None]
    turn: Mapped[str]
    more: Mapped[Json]
    more_course: Mapped[Json]


class CoursePoint(Row):
    """A place on the course of one contest where a split is expected."""

    __tablename__ = "course_point"
    __table_args__ = (
        ForeignKeyConstraint(["event_id", "contest"], ["contest.event_id", "contest.code"]),
        ForeignKeyConstraint(["event_id", "point"], ["timing_point.event_id", "timing_point.code"]),
    )

    event_id: Mapped[Small] = mapped_column(primary_key=True)
    contest: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[Small]
    name: Mapped[str]
    point: Mapped[str]
    distance: Mapped[int]
    kind: Mapped[str]
    earliest: Mapped[int]
    more: Mapped[Json]


class Leg(Row):
    """The way between two neighbouring course points, with its direction."""

    __tablename__ = "leg"
    __table_args__ = (
        ForeignKeyConstraint(["event_id", "contest"], ["contest.event_id", "contest.code"]),
    )

    event_id: Mapped[Small] = mapped_column(primary_key=True)
    contest: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[Small] = mapped_column(primary_key=True)
    direction: Mapped[str]
    surface: Mapped[str]
    roles: Mapped[Json]
    more: Mapped[Json]


class Round(Row):
    """A stage of a contest."""

    __tablename__ = "round"
    __table_args__ = (
        ForeignKeyConstraint(["event_id", "contest"], ["contest.event_id", "contest.code"]),
    )

    event_id: Mapped[Small] = mapped_column(primary_key=True)
    contest: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[Small]
    name: Mapped[str]
    by_place: Mapped[Small]
    by_time: Mapped[Small]
    reserves: Mapped[Small]
    more: Mapped[Json]


class Heat(Row):
    """One race of a round."""

    __tablename__ = "heat"
    __table_args__ = (
        ForeignKeyConstraint(
            ["event_id", "contest", "round"], ["round.event_id", "round.contest", "round.code"]
        ),
        ForeignKeyConstraint(["event_id", "wave"], ["wave.event_id", "wave.code"]),
    )

    event_id: Mapped[Small] = mapped_column(primary_key=True)
    contest: Mapped[str] = mapped_column(primary_key=True)
    round: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[Small] = mapped_column(primary_key=True)
    position: Mapped[Small]
    wave: Mapped[str]
    name: Mapped[str]
    lanes: Mapped[Small]
    more: Mapped[Json]
