"""progress of a draft

What a file says of the progress of actions waits with the draft until its version is published.
"""

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0057"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("plan_drafts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("progress", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("plan_drafts", schema=None) as batch_op:
        batch_op.alter_column("progress", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("plan_drafts", schema=None) as batch_op:
        batch_op.drop_column("progress")
