"""Names of actors: every name and every old slug leads to one actor.

Revision: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "actor_names",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.Text()),
        sa.Column("spelling", sa.Text()),
        sa.Column("learnt_from", sa.Integer()),
        sa.Column("learnt_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_actor_names"),
        sa.UniqueConstraint("slug", name="uq_actor_names_slug"),
        sa.ForeignKeyConstraint(["actor_id"], ["actors.id"], name="fk_actor_names_actor_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["learnt_from"], ["documents.id"], name="fk_actor_names_learnt_from", ondelete="SET NULL"
        ),
    )
    for column in ("actor_id", "spelling", "learnt_from"):
        op.create_index(f"ix_actor_names_{column}", "actor_names", [column])
    # What the names' spellings have in common is filled in when an article next uses them.
    op.execute(
        "INSERT INTO actor_names (name, actor_id, slug, learnt_from, learnt_at)"
        " SELECT name, id, slug, learnt_from, learnt_at FROM actors"
    )


def downgrade() -> None:
    op.drop_table("actor_names")
