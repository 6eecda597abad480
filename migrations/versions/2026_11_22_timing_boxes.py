"""Timing boxes: the table of readers, and of what they said already.

Going down drops both, and with them the memory of what was read: after that a box that is read
again from its beginning writes its lines once more. The lines themselves stay in the journal.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_timing_boxes"
down_revision = "2026_11_22_search"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reader",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("point", sa.Text(), nullable=False),
        sa.Column("wave", sa.Text(), nullable=False),
        sa.Column("position", sa.JSON(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_reader_event_id")),
        sa.PrimaryKeyConstraint("event_id", "station", name=op.f("pk_reader")),
        sa.UniqueConstraint("event_id", "name", name=op.f("uq_reader_event_id_name")),
    )
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


def downgrade() -> None:
    op.drop_table("sighting")
    op.drop_table("reader")
