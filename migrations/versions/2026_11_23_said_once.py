"""What a box said once is known by its line: a third row for each read is saved.

The table of lines is made anew, without the reference to the event: whoever writes has the journal
of the event locked, which is as good. What was in the table of sightings is put beside the line of
the same number; of lines without a number it is enough that each digest stands somewhere. On
PostgreSQL the counter's guard is asked only where the counter would go down.

Going down brings all of it back.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2026_11_23_said_once"
down_revision = "2026_11_22_webhook_deliveries"
branch_labels = None
depends_on = None

LINE = "event_id, station, position, content, n, problem, arrived"
SAID = "digest, sequence, line_station"

# The k-th line of a number belongs to the k-th sighting of that number.
SIDE_BY_SIDE = f"""
    CREATE TEMPORARY TABLE kept AS
    SELECT {", ".join(f"line.{name}" for name in LINE.split(", "))}, said.digest, said.sequence,
        CASE WHEN said.n IS NOT NULL THEN nullif(said.station, line.station) END AS line_station
    FROM (
        SELECT *, row_number() OVER (
            PARTITION BY event_id, station, n ORDER BY position) AS k FROM raw_line
    ) AS line
    LEFT JOIN (
        SELECT *, row_number() OVER (
            PARTITION BY event_id, reader, n ORDER BY digest) AS k FROM sighting
    ) AS said
    ON said.event_id = line.event_id AND said.reader = line.station AND said.k = line.k
        AND coalesce(said.n, -1) = coalesce(line.n, -1)
"""
KEPT = "CREATE TEMPORARY TABLE kept AS SELECT * FROM raw_line"
BACK = """
    INSERT INTO sighting (event_id, reader, digest, station, n, sequence)
    SELECT event_id, station, digest, coalesce(line_station, station), n, sequence
    FROM kept WHERE digest IS NOT NULL
"""

SQLITE_GUARDS = (
    """
    CREATE TRIGGER raw_line_refuses_update BEFORE UPDATE ON raw_line
    BEGIN SELECT RAISE(ABORT, 'raw_line is append-only: UPDATE refused'); END
    """,
    """
    CREATE TRIGGER raw_line_refuses_delete BEFORE DELETE ON raw_line
    BEGIN SELECT RAISE(ABORT, 'raw_line is append-only: DELETE refused'); END
    """,
    # INSERT OR REPLACE deletes without firing the trigger above, unless recursive_triggers is on.
    """
    CREATE TRIGGER raw_line_refuses_replace BEFORE INSERT ON raw_line
    WHEN EXISTS (SELECT 1 FROM raw_line WHERE event_id = NEW.event_id
        AND station = NEW.station AND position = NEW.position)
    BEGIN SELECT RAISE(ABORT, 'raw_line is append-only: the row is there already'); END
    """,
)
POSTGRES_GUARD = """
    CREATE TRIGGER raw_line_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON raw_line
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
"""
POSTGRES_COUNTER = (
    "DROP TRIGGER journal_refuses_change ON journal",
    """
    CREATE TRIGGER journal_refuses_update BEFORE UPDATE ON journal FOR EACH ROW
    WHEN (NEW.seq < OLD.seq OR NEW.event_id <> OLD.event_id)
    EXECUTE FUNCTION refuse_counting_down()
    """,
    """
    CREATE TRIGGER journal_refuses_delete BEFORE DELETE ON journal FOR EACH ROW
    WHEN (OLD.seq > 0) EXECUTE FUNCTION refuse_counting_down()
    """,
)
POSTGRES_COUNTER_BEFORE = (
    "DROP TRIGGER journal_refuses_update ON journal",
    "DROP TRIGGER journal_refuses_delete ON journal",
    """
    CREATE TRIGGER journal_refuses_change BEFORE UPDATE OR DELETE ON journal
    FOR EACH ROW EXECUTE FUNCTION refuse_counting_down()
    """,
)


def upgrade() -> None:
    op.execute(SIDE_BY_SIDE)
    op.drop_table("sighting")
    make_lines(
        f"{LINE}, {SAID}",
        sa.Column("digest", sa.LargeBinary(), nullable=True),
        sa.Column("sequence", sa.BigInteger(), nullable=True),
        sa.Column("line_station", sa.Text(), nullable=True),
    )
    count_on(POSTGRES_COUNTER)


def downgrade() -> None:
    op.execute(KEPT)
    op.create_table(
        "sighting",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=True),
        sa.Column("sequence", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_sighting_event_id")),
        sa.PrimaryKeyConstraint("event_id", "reader", "digest", name=op.f("pk_sighting")),
        sqlite_with_rowid=False,
    )
    op.execute(BACK)
    reference = sa.ForeignKeyConstraint(
        ["event_id"], ["event.id"], name=op.f("fk_raw_line_event_id")
    )
    make_lines(LINE, reference)
    count_on(POSTGRES_COUNTER_BEFORE)


def make_lines(columns: str, *more: sa.schema.SchemaItem) -> None:
    """Make the table of lines anew, of what was kept, with its guards."""
    op.drop_table("raw_line")
    op.create_table(
        "raw_line",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("arrived", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("event_id", "station", "position", name=op.f("pk_raw_line")),
        *more,
        sqlite_with_rowid=False,
    )
    op.execute(f"INSERT INTO raw_line ({columns}) SELECT {columns} FROM kept")
    op.execute("DROP TABLE kept")
    for guard in SQLITE_GUARDS if sqlite() else (POSTGRES_GUARD,):
        op.execute(guard)


def count_on(statements: tuple[str, ...]) -> None:
    """Put guards before the counter; those of SQLite are asked only where they must be."""
    for statement in () if sqlite() else statements:
        op.execute(statement)


def sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"
