"""from which municipalities people came to a meeting, as numbers that outlive what each registration says

Going back keeps no such number: those of meetings over for 90 days are lost.
"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("events") as table:
        table.add_column(sa.Column("origins", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("events") as table:
        table.alter_column("origins", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("events") as table:
        table.drop_column("origins")
