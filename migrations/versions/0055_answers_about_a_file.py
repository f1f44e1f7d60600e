"""answers about a file

A file of a plan is stored as its table, with what was answered about it: those that waited, read already, are forgotten.
"""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("DELETE FROM plan_imports")
    with op.batch_alter_table("plan_imports", schema=None) as batch_op:
        batch_op.add_column(sa.Column("answers", sa.JSON(), nullable=False))


def downgrade() -> None:
    op.execute("DELETE FROM plan_imports")
    with op.batch_alter_table("plan_imports", schema=None) as batch_op:
        batch_op.drop_column("answers")
