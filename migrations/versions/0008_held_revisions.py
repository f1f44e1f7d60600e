"""held revisions"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ONE_SUBJECT = (
    "(CASE WHEN idea_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN comment_id IS NULL THEN 0 ELSE 1 END)"
    " + (CASE WHEN user_id IS NULL THEN 0 ELSE 1 END) = 1"
)


def upgrade() -> None:
    op.create_table(
        "held_revisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=True),
        sa.Column("comment_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("suspect", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("drift", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(ONE_SUBJECT, name=op.f("ck_held_revisions_one_subject")),
        sa.CheckConstraint("state IN ('open', 'refused', 'closed')", name=op.f("ck_held_revisions_state")),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_held_revisions_by_id_users")),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name=op.f("fk_held_revisions_comment_id_comments")),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_held_revisions_idea_id_ideas")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_held_revisions_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_revisions")),
        sa.UniqueConstraint("comment_id", name=op.f("uq_held_revisions_comment_id")),
        sa.UniqueConstraint("idea_id", name=op.f("uq_held_revisions_idea_id")),
        sa.UniqueConstraint("user_id", name=op.f("uq_held_revisions_user_id")),
    )
    with op.batch_alter_table("held_revisions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_held_revisions_by_id"), ["by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_held_revisions_state"), ["state"], unique=False)


def downgrade() -> None:
    op.drop_table("held_revisions")
