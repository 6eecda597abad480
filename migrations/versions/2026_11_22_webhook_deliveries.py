"""Webhooks: what was posted to each and what was answered, and since when one is switched off.

Going down drops the list of posts; what was switched off is told again.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_webhook_deliveries"
down_revision = "2026_11_22_webhooks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("webhook", sa.Column("off_at", sa.BigInteger(), nullable=True))
    op.create_table(
        "webhook_delivery",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("hook", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("identity", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=False),
        sa.Column("took", sa.BigInteger(), nullable=False),
        sa.Column("answer", sa.Integer(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id", "hook"], ["webhook.event_id", "webhook.number"],
            name=op.f("fk_webhook_delivery_event_id_hook"),
        ),
        sa.PrimaryKeyConstraint("event_id", "hook", "number", name=op.f("pk_webhook_delivery")),
    )  # fmt: skip


def downgrade() -> None:
    op.drop_table("webhook_delivery")
    op.drop_column("webhook", "off_at")
