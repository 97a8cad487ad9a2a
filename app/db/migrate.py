"""Brings a database to the schema that the code needs."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine

from app.db.engine import reading, wait_for_turn, writing

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
_LOCK = 4_702_111_023  # any number, the same for every process


def migrate(engine: Engine) -> None:
    """Apply the missing migrations in one transaction; processes that start at once wait for each other."""
    with writing(engine) as conn:
        wait_for_turn(conn, _LOCK)
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        config.attributes["connection"] = conn
        command.upgrade(config, "head")


def schema_revision(engine: Engine) -> str | None:
    """The migration that the database stands at, or None for an empty one."""
    with reading(engine) as conn:
        return MigrationContext.configure(conn).get_current_revision()
