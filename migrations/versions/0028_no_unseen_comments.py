"""the comments that their author alone reads with the team have no index: their talk is read with all of its comments"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

UNSEEN = "(status = 'pending' OR hidden_at IS NOT NULL) AND deleted_at IS NULL"


def upgrade() -> None:
    op.drop_index("ix_comments_unseen", table_name="comments")


def downgrade() -> None:
    rows = sa.text(UNSEEN)
    op.create_index(
        "ix_comments_unseen", "comments", ["author_id", "thread_id", "id"], sqlite_where=rows, postgresql_where=rows
    )
