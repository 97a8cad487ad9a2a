"""The first schema: articles, items, mentions, actors, uploads, sessions, and the search index.

Revision: 0001
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

JSON_VALUE = sa.JSON().with_variant(JSONB(), "postgresql")

# The index holds no text of its own: it reads items.search_text, and these triggers keep it in step.
SQLITE_SEARCH = (
    """CREATE VIRTUAL TABLE items_search
        USING fts5(search_text, content='items', content_rowid='id', tokenize='porter unicode61')""",
    """CREATE TRIGGER items_search_insert AFTER INSERT ON items BEGIN
        INSERT INTO items_search(rowid, search_text) VALUES (new.id, new.search_text);
    END""",
    """CREATE TRIGGER items_search_delete AFTER DELETE ON items BEGIN
        INSERT INTO items_search(items_search, rowid, search_text) VALUES ('delete', old.id, old.search_text);
    END""",
    """CREATE TRIGGER items_search_update AFTER UPDATE OF search_text ON items BEGIN
        INSERT INTO items_search(items_search, rowid, search_text) VALUES ('delete', old.id, old.search_text);
        INSERT INTO items_search(rowid, search_text) VALUES (new.id, new.search_text);
    END""",
)

# English stems without stop words, as on SQLite: "not" and "will" matter in a denial.
POSTGRESQL_SEARCH = (
    "CREATE TEXT SEARCH DICTIONARY crisis_timeline_stem (TEMPLATE = snowball, LANGUAGE = english)",
    "CREATE TEXT SEARCH CONFIGURATION crisis_timeline (COPY = pg_catalog.english)",
    """ALTER TEXT SEARCH CONFIGURATION crisis_timeline
        ALTER MAPPING REPLACE pg_catalog.english_stem WITH crisis_timeline_stem""",
    "CREATE INDEX ix_items_search ON items USING gin (to_tsvector('crisis_timeline'::regconfig, search_text))",
)


def upgrade() -> None:
    """Create everything."""
    op.create_table(
        "documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("url", sa.Text()),
        sa.Column("outlet", sa.Text()),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("published", sa.Date()),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("text_sha256", sa.Text(), nullable=False),
        sa.Column("source_file", sa.Text()),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("worker", sa.Text()),
        sa.Column("lease_until", sa.DateTime(timezone=True)),
        sa.Column("error", sa.Text()),
        sa.Column("warnings", JSON_VALUE, nullable=False),
        sa.Column("extraction_warnings", JSON_VALUE, nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("learnt_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("processed_at", sa.DateTime(timezone=True)),
        sa.Column("knowledge_hash", sa.Text()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
        sa.UniqueConstraint("text_sha256", name=op.f("uq_documents_text_sha256")),
        sa.UniqueConstraint("uid", name=op.f("uq_documents_uid")),
    )
    op.create_index(op.f("ix_documents_published_id"), "documents", ["published", "id"])
    op.create_index(op.f("ix_documents_status_lease_until"), "documents", ["status", "lease_until"])
    op.create_table(
        "items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("category", sa.Text()),
        sa.Column("headline", sa.Text(), nullable=False),
        sa.Column("modality", sa.Text()),
        sa.Column("polarity", sa.Text()),
        sa.Column("statement_kind", sa.Text()),
        sa.Column("date", sa.Text()),
        sa.Column("date_earliest", sa.Date()),
        sa.Column("date_latest", sa.Date()),
        sa.Column("date_precision", sa.Text(), nullable=False),
        sa.Column("date_rule", sa.Text(), nullable=False),
        sa.Column("reported_on", sa.Date()),
        sa.Column("learnt_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.Text()),
        sa.Column("lat", sa.Float()),
        sa.Column("lon", sa.Float()),
        sa.Column("quantity", sa.Text()),
        sa.Column("low", sa.BigInteger()),
        sa.Column("high", sa.BigInteger()),
        sa.Column("unit", sa.Text()),
        sa.Column("movement", sa.Text()),
        sa.Column("force_country", sa.Text()),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("knowledge_hash", sa.Text(), nullable=False),
        sa.Column("details", JSON_VALUE, nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_items")),
        sa.UniqueConstraint("uid", name=op.f("uq_items_uid")),
    )
    op.create_index(op.f("ix_items_date_earliest_date_latest_id"), "items", ["date_earliest", "date_latest", "id"])
    op.create_index(
        op.f("ix_items_kind_date_earliest_date_latest_id"), "items", ["kind", "date_earliest", "date_latest", "id"]
    )
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sessions")),
    )
    op.create_table(
        "site",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_site")),
    )
    op.create_table(
        "uploads",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uploads")),
        sa.UniqueConstraint("uid", name=op.f("uq_uploads_uid")),
    )
    op.create_table(
        "actors",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("key", sa.Text()),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("country", sa.Text()),
        sa.Column("role", sa.Text()),
        sa.Column("sector", sa.Text()),
        sa.Column("learnt_from", sa.Integer()),
        sa.Column("learnt_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["learnt_from"], ["documents.id"], name=op.f("fk_actors_learnt_from"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actors")),
        sa.UniqueConstraint("name", name=op.f("uq_actors_name")),
        sa.UniqueConstraint("slug", name=op.f("uq_actors_slug")),
    )
    op.create_index(op.f("ix_actors_learnt_from"), "actors", ["learnt_from"])
    op.create_table(
        "item_countries",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_item_countries_item_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("item_id", "country", "role", name=op.f("pk_item_countries")),
    )
    op.create_index(op.f("ix_item_countries_country_item_id"), "item_countries", ["country", "item_id"])
    op.create_table(
        "mentions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("paragraph", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("anchor", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_mentions_document_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_mentions_item_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentions")),
    )
    op.create_index(op.f("ix_mentions_document_id_start"), "mentions", ["document_id", "start"])
    op.create_index(op.f("ix_mentions_item_id"), "mentions", ["item_id"])
    op.create_table(
        "upload_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("upload_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Integer()),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_upload_files_document_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["upload_id"], ["uploads.id"], name=op.f("fk_upload_files_upload_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload_files")),
    )
    op.create_index(op.f("ix_upload_files_document_id"), "upload_files", ["document_id"])
    op.create_index(op.f("ix_upload_files_upload_id_position"), "upload_files", ["upload_id", "position"])
    op.create_table(
        "item_actors",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["actors.id"], name=op.f("fk_item_actors_actor_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_item_actors_item_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("item_id", "actor_id", "role", name=op.f("pk_item_actors")),
    )
    op.create_index(op.f("ix_item_actors_actor_id_item_id"), "item_actors", ["actor_id", "item_id"])
    op.execute("INSERT INTO site (key, value) VALUES ('generation', '0')")
    for statement in SQLITE_SEARCH if op.get_bind().dialect.name == "sqlite" else POSTGRESQL_SEARCH:
        op.execute(statement)


def downgrade() -> None:
    """Drop everything."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE items_search")
    else:
        op.execute("DROP INDEX ix_items_search")
        op.execute("DROP TEXT SEARCH CONFIGURATION crisis_timeline")
        op.execute("DROP TEXT SEARCH DICTIONARY crisis_timeline_stem")
    for name in (
        "sessions",
        "site",
        "upload_files",
        "uploads",
        "item_countries",
        "item_actors",
        "actors",
        "mentions",
        "items",
        "documents",
    ):
        op.drop_table(name)
