"""the comments that their author alone reads, with the team, found by their author"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

UNSEEN = "(status = 'pending' OR hidden_at IS NOT NULL) AND deleted_at IS NULL"


def upgrade() -> None:
    rows = sa.text(UNSEEN)
    op.create_index(
        "ix_comments_unseen", "comments", ["author_id", "thread_id", "id"], sqlite_where=rows, postgresql_where=rows
    )


def downgrade() -> None:
    op.drop_index("ix_comments_unseen", table_name="comments")
