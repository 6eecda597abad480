"""What Alembic runs to reach a database: one transaction, handed in or opened here."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from timing.store.migrate import migrating
from timing.store.schema import metadata


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        transactional_ddl=True,
        compare_type=True,
        compare_server_default=True,
    )
    with context.begin_transaction():
        context.run_migrations()


handed_in = context.config.attributes.get("connection")
if handed_in is not None:
    run(handed_in)
else:
    with migrating(context.config.get_main_option("sqlalchemy.url", "")) as opened:
        run(opened)
