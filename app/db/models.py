"""The tables. Migrations make them; a test holds the two together."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
)
from sqlalchemy.dialects.postgresql import JSONB

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, always aware and in UTC, on databases with and without time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Refuse moments without a time zone, which would mean another moment on another machine."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Give back an aware moment."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


JsonValue = JSON().with_variant(JSONB(), "postgresql")
metadata = MetaData(naming_convention=NAMING)


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True, autoincrement=True)


def _reference(name: str, target: str, **options: Any) -> Column[int]:
    return Column(name, Integer, ForeignKey(target, ondelete="CASCADE"), nullable=False, **options)


# An article. The row is its extraction job too: status, attempts, worker and the lease that the worker holds.
documents = Table(
    "documents",
    metadata,
    _id(),
    Column("uid", Text, nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("url", Text),
    Column("outlet", Text),
    Column("language", Text, nullable=False),
    Column("published", Date),
    Column("text", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("text_sha256", Text, nullable=False, unique=True),
    Column("source_file", Text),
    Column("is_demo", Boolean, nullable=False, default=False),
    Column("status", Text, nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("worker", Text),
    Column("lease_until", UtcDateTime),
    Column("error", Text),
    Column("warnings", JsonValue, nullable=False),
    Column("extraction_warnings", JsonValue, nullable=False, default=list),
    Column("words", Integer, nullable=False),
    Column("learnt_at", UtcDateTime, nullable=False),
    Column("processed_at", UtcDateTime),
    Column("knowledge_hash", Text),
    Index(None, "status", "lease_until"),
    Index(None, "published", "id"),
)

# One thing on the timeline. `date_earliest` and `date_latest` bound its day; both are null where the text gives none.
items = Table(
    "items",
    metadata,
    _id(),
    Column("uid", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("category", Text),
    Column("headline", Text, nullable=False),
    Column("modality", Text),
    Column("polarity", Text),
    Column("statement_kind", Text),
    Column("date", Text),
    Column("date_earliest", Date),
    Column("date_latest", Date),
    Column("date_precision", Text, nullable=False),
    Column("date_rule", Text, nullable=False),
    Column("reported_on", Date),
    Column("learnt_at", UtcDateTime, nullable=False),
    Column("place", Text),
    Column("lat", Float),
    Column("lon", Float),
    Column("quantity", Text),
    Column("low", BigInteger),
    Column("high", BigInteger),
    Column("unit", Text),
    Column("movement", Text),
    Column("force_country", Text),
    Column("confidence", Float, nullable=False),
    Column("knowledge_hash", Text, nullable=False),
    Column("details", JsonValue, nullable=False),
    Column("search_text", Text, nullable=False),
    Index(None, "date_earliest", "date_latest", "id"),
    Index(None, "kind", "date_earliest", "date_latest", "id"),
)

# Where articles tell of an item. `anchor` is the offset of the word that makes the item: trigger, cue or force word.
mentions = Table(
    "mentions",
    metadata,
    _id(),
    _reference("item_id", "items.id", index=True),
    _reference("document_id", "documents.id"),
    Column("paragraph", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("anchor", Integer, nullable=False),
    Index(None, "document_id", "start"),
)

actors = Table(
    "actors",
    metadata,
    _id(),
    Column("slug", Text, nullable=False, unique=True),
    Column("key", Text),
    Column("name", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("country", Text),
    Column("role", Text),
    Column("sector", Text),
    Column("learnt_from", Integer, ForeignKey("documents.id", ondelete="SET NULL"), index=True),
    Column("learnt_at", UtcDateTime, nullable=False),
)

# Every name by which an actor goes: as articles wrote it, as the knowledge files know it, and what it was called before
# it was found to be another one; each that is free has a slug, which leads to the actor for good. `spelling` is the
# same for the ways to write one person's full name.
actor_names = Table(
    "actor_names",
    metadata,
    Column("name", Text, primary_key=True),
    _reference("actor_id", "actors.id", index=True),
    Column("slug", Text, unique=True),
    Column("spelling", Text, index=True),
    Column("learnt_from", Integer, ForeignKey("documents.id", ondelete="SET NULL"), index=True),
    Column("learnt_at", UtcDateTime, nullable=False),
)

item_actors = Table(
    "item_actors",
    metadata,
    _reference("item_id", "items.id", primary_key=True),
    _reference("actor_id", "actors.id", primary_key=True),
    Column("role", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Index(None, "actor_id", "item_id"),
    sqlite_with_rowid=False,
)

item_countries = Table(
    "item_countries",
    metadata,
    _reference("item_id", "items.id", primary_key=True),
    Column("country", Text, primary_key=True),
    Column("role", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Index(None, "country", "item_id"),
    sqlite_with_rowid=False,
)

uploads = Table(
    "uploads",
    metadata,
    _id(),
    Column("uid", Text, nullable=False, unique=True),
    Column("created_at", UtcDateTime, nullable=False),
)

upload_files = Table(
    "upload_files",
    metadata,
    _id(),
    _reference("upload_id", "uploads.id"),
    Column("position", Integer, nullable=False),
    Column("filename", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("document_id", Integer, ForeignKey("documents.id", ondelete="SET NULL"), index=True),
    Index(None, "upload_id", "position"),
)

# What the site knows of itself: `generation` counts changes, so that caches can tell whether they are stale.
site = Table(
    "site",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", Text, primary_key=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
)

# Filters that editors gave a name: the query of the timeline's address, as the site writes it.
saved_views = Table(
    "saved_views",
    metadata,
    _id(),
    Column("name", Text, nullable=False, unique=True),
    Column("query", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)
