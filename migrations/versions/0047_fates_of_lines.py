"""fates of lines

Going back drops them, with the notices and the mails that tell of them, which the program of before can't write; the
ideas and the comments that lines became stay.
"""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

GONE = (
    "DELETE FROM notices WHERE kind IN ('review.there', 'said.holder')",
    "DELETE FROM event_mails WHERE kind = 'reviewed'",
)


def upgrade() -> None:
    op.create_table(
        "forum_reviews",
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=False),
        sa.Column("ended_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ended_by"], ["users.id"], name=op.f("fk_forum_reviews_ended_by_users")),
        sa.ForeignKeyConstraint(["forum_id"], ["forums.id"], name=op.f("fk_forum_reviews_forum_id_forums")),
        sa.PrimaryKeyConstraint("forum_id", name=op.f("pk_forum_reviews")),
    )
    with op.batch_alter_table("published_lines", schema=None) as batch_op:
        batch_op.add_column(sa.Column("fate", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("idea_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("comment_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("action_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("reason", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("review_by", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("review_at", sa.DateTime(), nullable=True))
        for column, table in (("idea_id", "ideas"), ("comment_id", "comments"), ("action_id", "actions")):
            batch_op.create_index(batch_op.f(f"ix_published_lines_{column}"), [column], unique=False)
            name = batch_op.f(f"fk_published_lines_{column}_{table}")
            batch_op.create_foreign_key(name, table, [column], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_published_lines_review_by_users"), "users", ["review_by"], ["id"])
        batch_op.create_check_constraint(
            batch_op.f("ck_published_lines_fate"), "fate IN ('new', 'joined', 'linked', 'offered', 'aside')"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_published_lines_review"), "(fate IS NULL) = (review_at IS NULL)"
        )
    with op.batch_alter_table("published_lines", schema=None) as batch_op:
        batch_op.alter_column("reason", server_default=None)


def downgrade() -> None:
    for statement in GONE:
        op.execute(statement)
    with op.batch_alter_table("published_lines", schema=None) as batch_op:
        for name in ("fate", "review"):
            batch_op.drop_constraint(batch_op.f(f"ck_published_lines_{name}"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_published_lines_review_by_users"), type_="foreignkey")
        for column, table in (("idea_id", "ideas"), ("comment_id", "comments"), ("action_id", "actions")):
            batch_op.drop_constraint(batch_op.f(f"fk_published_lines_{column}_{table}"), type_="foreignkey")
            batch_op.drop_index(batch_op.f(f"ix_published_lines_{column}"))
        for column in ("review_at", "review_by", "reason", "action_id", "comment_id", "idea_id", "fate"):
            batch_op.drop_column(column)
    op.drop_table("forum_reviews")
