"""Runs migrations on the connection that `app.db.migrate` hands over, or on the configured database."""

from alembic import context

from app.db.engine import open_engine, writing
from app.db.models import metadata
from app.settings import get_settings


def _run() -> None:
    connection = context.config.attributes.get("connection")
    if connection is not None:
        context.configure(connection=connection, target_metadata=metadata, transactional_ddl=True)
        context.run_migrations()
        return
    with writing(open_engine(get_settings().store_url)) as conn:
        context.configure(connection=conn, target_metadata=metadata, transactional_ddl=True)
        context.run_migrations()


_run()
