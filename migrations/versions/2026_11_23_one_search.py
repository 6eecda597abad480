"""Names are searched in memory, where the desks look: entry.folded and its index go.

Going down is the step that brought them, which folds every name again.
"""

from __future__ import annotations

from types import ModuleType

from alembic import context

revision = "2026_11_23_one_search"
down_revision = "2026_11_23_said_once"
branch_labels = None
depends_on = None


def upgrade() -> None:
    brought().downgrade()


def downgrade() -> None:
    brought().upgrade()


def brought() -> ModuleType:
    """The step of the search in the table."""
    step: ModuleType = context.script.get_revision("2026_11_22_search").module
    return step
