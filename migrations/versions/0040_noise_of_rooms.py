"""noise of the rooms of a forum: a room where people asked for calm is none that is noisy

Of the rooms that are there nothing is known: none is noisy.
"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("forum_rooms") as table:
        table.add_column(sa.Column("is_noisy", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("forum_rooms") as table:
        table.alter_column("is_noisy", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("forum_rooms") as table:
        table.drop_column("is_noisy")
