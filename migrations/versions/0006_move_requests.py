"""move requests, and no comma in the name of a tag"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

OPEN = sa.text("state = 'open'")


def upgrade() -> None:
    op.create_table(
        "move_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.CheckConstraint("state IN ('open', 'granted', 'refused', 'closed')", name=op.f("ck_move_requests_state")),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_move_requests_by_id_users")),
        sa.ForeignKeyConstraint(["decided_by"], ["users.id"], name=op.f("fk_move_requests_decided_by_users")),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_move_requests_idea_id_ideas")),
        sa.ForeignKeyConstraint(["to_id"], ["communities.id"], name=op.f("fk_move_requests_to_id_communities")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_move_requests")),
    )
    with op.batch_alter_table("move_requests", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_move_requests_by_id"), ["by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_move_requests_idea_id"), ["idea_id"], unique=False)
        batch_op.create_index(
            "uq_move_requests_open_idea", ["idea_id"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN
        )
    # A comma ends a tag where people type them, so that such a tag was lost when its idea was saved.
    op.execute("UPDATE tags SET name = replace(name, ',', '') WHERE name LIKE '%,%'")


def downgrade() -> None:
    op.drop_table("move_requests")
