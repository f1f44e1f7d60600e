"""comment_months: how many comments were written in each month

They are counted when the worker looks next.
"""

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "comment_months",
        sa.Column("community_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("mrc_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("is_imported", sa.Boolean(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("community_id", "mrc_id", "month", "is_imported", name=op.f("pk_comment_months")),
    )


def downgrade() -> None:
    op.drop_table("comment_months")
