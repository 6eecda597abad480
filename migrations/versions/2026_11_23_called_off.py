"""Which events are called off is asked for a list of them: a small index of those rulings alone.

Going down takes the index away again; no row changes.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2026_11_23_called_off"
down_revision = "2026_11_23_one_search"
branch_labels = None
depends_on = None

NAME = "ix_ruling_called_off"


def upgrade() -> None:
    only = sa.text("kind = 'call_off'")
    op.create_index(op.f(NAME), "ruling", ["event_id"], sqlite_where=only, postgresql_where=only)


def downgrade() -> None:
    op.drop_index(op.f(NAME), "ruling")
