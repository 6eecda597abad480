"""All tables of the first release, and the triggers that keep the journal as it was written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_house"
down_revision = None
branch_labels = None
depends_on = None


class Table(NamedTuple):
    """columns: ``name:type``, text where no type is named, ``?`` where NULL is allowed.

    clustered: SQLite keeps the rows in the order of the key.
    """

    name: str
    columns: str
    key: str
    refers: tuple[str, ...] = ()
    unique: tuple[str, ...] = ()
    indexes: tuple[str, ...] = ()
    checks: Mapping[str, str] = {}
    clustered: bool = False


TYPES: Mapping[str, type[sa.types.TypeEngine]] = {
    "": sa.Text,
    "int": sa.BigInteger,
    "small": sa.Integer,
    "bool": sa.Boolean,
    "bytes": sa.LargeBinary,
    "json": sa.JSON,
}

TABLES = (
    Table(
        "event",
        "id:small slug name date last_date place timezone ruleset organiser note demo:bool "
        "public:bool languages:json conditions:json more:json",
        key="id",
        unique=("slug",),
    ),
    Table(
        "timing_point",
        "event_id:small code position:small name choose window:int prefer:json tolerance:int "
        "more:json",
        key="event_id code",
        refers=("event_id -> event id",),
    ),
    Table(
        "wave",
        "event_id:small code position:small name scheduled:int? interval:int? more:json",
        key="event_id code",
        refers=("event_id -> event id",),
    ),
    Table(
        "contest",
        "event_id:small code position:small name discipline sex timing surface legs_of:small "
        "capacity:small? note rules:json open_laps:bool time_limit:int? minimum_leg:int "
        "fastest:int lanes_until:int? turn more:json more_course:json",
        key="event_id code",
        refers=("event_id -> event id",),
    ),
    Table(
        "course_point",
        "event_id:small contest code position:small name point distance:int kind earliest:int "
        "more:json",
        key="event_id contest code",
        refers=(
            "event_id contest -> contest event_id code",
            "event_id point -> timing_point event_id code",
        ),
    ),
    Table(
        "leg",
        "event_id:small contest position:small direction surface roles:json more:json",
        key="event_id contest position",
        refers=("event_id contest -> contest event_id code",),
    ),
    Table(
        "round",
        "event_id:small contest code position:small name by_place:small by_time:small "
        "reserves:small more:json",
        key="event_id contest code",
        refers=("event_id contest -> contest event_id code",),
    ),
    Table(
        "heat",
        "event_id:small contest round number:small position:small wave name lanes:small more:json",
        key="event_id contest round number",
        refers=(
            "event_id contest round -> round event_id contest code",
            "event_id wave -> wave event_id code",
        ),
    ),
    Table(
        "person",
        "event_id:small id:int name family sex born nation external erased_at:int?",
        key="event_id id",
        refers=("event_id -> event id",),
    ),
    Table(
        "team",
        "event_id:small name",
        key="event_id name",
        refers=("event_id -> event id",),
    ),
    Table(
        "bib",
        "event_id:small number holder:int",
        key="event_id number",
        refers=("event_id -> event id",),
        unique=("event_id number holder",),
    ),
    Table(
        "entry",
        "event_id:small id:int contest name family bib? holder:int sex born age:small? club "
        "nation delegation category team? person:int? seed:int? out_of_competition:bool "
        "guide:bool hidden:bool external note more:json",
        key="event_id id",
        refers=(
            "event_id -> event id",
            "event_id bib holder -> bib event_id number holder",
            "event_id contest -> contest event_id code",
            "event_id person -> person event_id id",
            "event_id team -> team event_id name",
        ),
        unique=("event_id id contest",),
        indexes=("event_id bib", "event_id contest"),
        checks={
            "holder_is_person_or_entry": "holder = coalesce(person, -id)",
            "id_positive": "id > 0",
        },
    ),
    Table(
        "chip",
        "event_id:small entry:int position:small code",
        key="event_id entry position",
        refers=("event_id entry -> entry event_id id",),
        indexes=("event_id code",),
    ),
    Table(
        "member",
        "event_id:small entry:int position:small name leg:small sex born role person:int? "
        "more:json",
        key="event_id entry position",
        refers=("event_id entry -> entry event_id id", "event_id person -> person event_id id"),
    ),
    Table(
        "start",
        "event_id:small entry:int round contest heat:small wave lane:small offset:int",
        key="event_id entry round",
        refers=(
            "event_id contest round heat -> heat event_id contest round number",
            "event_id entry contest -> entry event_id id contest",
            "event_id wave -> wave event_id code",
        ),
        indexes=("event_id contest round heat",),
    ),
    Table(
        "amendment",
        "event_id:small entry:int field revision:small old? new? at:int author",
        key="event_id entry field revision",
        refers=("event_id entry -> entry event_id id",),
    ),
    Table(
        "journal",
        "event_id:small seq:int setup:small last_entry:int last_person:int",
        key="event_id",
        refers=("event_id -> event id",),
    ),
    Table(
        "read",
        "event_id:small seq:int station n:int point bib? chip? at:int? source strength:small "
        "arrived:int?",
        key="event_id seq",
        unique=("event_id station n",),
        clustered=True,
    ),
    Table(
        "ruling",
        "event_id:small seq:int station n:int at:int kind data:json reason author arrived:int?",
        key="event_id seq",
        unique=("event_id station n",),
        clustered=True,
    ),
    Table(
        "raw_line",
        "event_id:small station position:int content:bytes n:int? problem arrived:int?",
        key="event_id station position",
        refers=("event_id -> event id",),
        clustered=True,
    ),
    Table(
        "projection",
        "event_id:small seq:int setup:small",
        key="event_id",
        refers=("event_id -> event id",),
    ),
    Table(
        "result",
        "event_id:small contest round entry:int seq:int position:small rank:small? status "
        "official:int? document:json",
        key="event_id contest round entry",
        refers=("event_id -> event id",),
        indexes=("event_id contest round position",),
    ),
    Table(
        "standing",
        "event_id:small contest round scope seq:int document:json",
        key="event_id contest round scope",
        refers=("event_id -> event id",),
    ),
    Table(
        "publication",
        "event_id:small contest version:small state seq:int setup rows:json pdf:bytes sha256 "
        "published_at:int author note",
        key="event_id contest version",
        refers=("event_id -> event id",),
        checks={"state": "state in ('provisional', 'official')"},
    ),
    Table(
        "account",
        "name hash role generation:small created_at:int disabled_at:int?",
        key="name",
    ),
    Table(
        "station_link",
        "token_hash event_id:small name point desk author created_at:int expires_at:int? "
        "revoked_at:int?",
        key="token_hash",
        refers=("event_id -> event id",),
        indexes=("event_id",),
        checks={"point_or_desk": "point = '' or desk = ''"},
    ),
    Table(
        "station",
        "event_id:small id token_hash? name point first_heard:int last_heard:int unsent:small "
        "clock_offset:int?",
        key="event_id id",
        refers=("event_id -> event id", "token_hash -> station_link token_hash"),
        indexes=("token_hash",),
    ),
    Table(
        "enquiry",
        "event_id:small number:small entry:int? bib text contact sent_at:int answer "
        "answered_at:int? author",
        key="event_id number",
        refers=("event_id -> event id", "event_id entry -> entry event_id id"),
        indexes=("event_id answered_at",),
    ),
)

APPEND_ONLY = ("read", "ruling", "raw_line", "publication")

SQLITE_GUARDS = (
    """
    CREATE TRIGGER {table}_refuses_update BEFORE UPDATE ON {table}
    BEGIN SELECT RAISE(ABORT, '{table} is append-only: UPDATE refused'); END
    """,
    """
    CREATE TRIGGER {table}_refuses_delete BEFORE DELETE ON {table}
    BEGIN SELECT RAISE(ABORT, '{table} is append-only: DELETE refused'); END
    """,
    # INSERT OR REPLACE deletes without firing the trigger above, unless recursive_triggers is on.
    """
    CREATE TRIGGER {table}_refuses_replace BEFORE INSERT ON {table}
    WHEN {known}
    BEGIN SELECT RAISE(ABORT, '{table} is append-only: the row is there already'); END
    """,
)

SQLITE_COUNTER = (
    """
    CREATE TRIGGER journal_refuses_update BEFORE UPDATE ON journal
    WHEN NEW.seq < OLD.seq OR NEW.event_id <> OLD.event_id
    BEGIN SELECT RAISE(ABORT, 'the counter of the journal only goes up'); END
    """,
    """
    CREATE TRIGGER journal_refuses_delete BEFORE DELETE ON journal WHEN OLD.seq > 0
    BEGIN SELECT RAISE(ABORT, 'the journal has lines: DELETE refused'); END
    """,
)

POSTGRES_FUNCTIONS = (
    """
    CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP; END $$
    """,
    """
    CREATE FUNCTION refuse_counting_down() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            IF OLD.seq > 0 THEN RAISE EXCEPTION 'the journal has lines: DELETE refused'; END IF;
            RETURN OLD;
        END IF;
        IF NEW.seq < OLD.seq OR NEW.event_id <> OLD.event_id THEN
            RAISE EXCEPTION 'the counter of the journal only goes up';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER journal_refuses_change BEFORE UPDATE OR DELETE ON journal
    FOR EACH ROW EXECUTE FUNCTION refuse_counting_down()
    """,
)
POSTGRES_GUARD = """
    CREATE TRIGGER {table}_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
"""


def upgrade() -> None:
    for table in TABLES:
        create(table)
    if op.get_bind().dialect.name == "sqlite":
        guard_sqlite()
    else:
        guard_postgres()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table.name)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change()")
        op.execute("DROP FUNCTION refuse_counting_down()")


def create(table: Table) -> None:
    name = table.name
    checks = [
        sa.CheckConstraint(condition, name=op.f(f"ck_{name}_{word}"))
        for word, condition in table.checks.items()
    ]
    unique = [sa.UniqueConstraint(*u.split(), name=named("uq", name, u)) for u in table.unique]
    op.create_table(
        name,
        *[column(word) for word in table.columns.split()],
        sa.PrimaryKeyConstraint(*table.key.split(), name=op.f(f"pk_{name}")),
        *[reference(name, words) for words in table.refers],
        *unique,
        *checks,
        sqlite_with_rowid=not table.clustered,
    )
    for words in table.indexes:
        op.create_index(named("ix", name, words), name, words.split())


def column(word: str) -> sa.Column:
    name, _, kind = word.rstrip("?").partition(":")
    return sa.Column(name, TYPES[kind](), nullable=word.endswith("?"))


def reference(table: str, words: str) -> sa.ForeignKeyConstraint:
    own, _, there = words.partition(" -> ")
    parent, *columns = there.split()
    return sa.ForeignKeyConstraint(
        own.split(), [f"{parent}.{column}" for column in columns], name=named("fk", table, own)
    )


def named(kind: str, table: str, columns: str) -> str:
    return op.f(f"{kind}_{table}_{columns.replace(' ', '_')}")


def guard_sqlite() -> None:
    for table in TABLES:
        if table.name in APPEND_ONLY:
            keys = [table.key, *table.unique]
            known = " OR ".join(exists(table.name, key) for key in keys)
            for guard in SQLITE_GUARDS:
                op.execute(guard.format(table=table.name, known=known))
    for guard in SQLITE_COUNTER:
        op.execute(guard)


def exists(table: str, key: str) -> str:
    # One lookup a key: SQLite scans the table for an OR inside of one lookup.
    same = " AND ".join(f"{column} = NEW.{column}" for column in key.split())
    return f"EXISTS (SELECT 1 FROM {table} WHERE {same})"


def guard_postgres() -> None:
    for statement in POSTGRES_FUNCTIONS:
        op.execute(statement)
    for table in APPEND_ONLY:
        op.execute(POSTGRES_GUARD.format(table=table))
