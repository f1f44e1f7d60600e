"""what somebody was before the door of a meeting let them in, which undoing that gives back

Of who arrived before, nothing is known: undone, they keep their place, as they did until now.
"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("event_registrations") as table:
        table.add_column(sa.Column("state_before", sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("event_registrations") as table:
        table.drop_column("state_before")
