"""the draft of the minutes of a meeting, and what was decided as each text of them says it

Going back keeps the decisions of the text that is shown, and drops drafts.
"""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

SHOWN = "SELECT number FROM event_minutes WHERE event_minutes.event_id = event_decisions.event_id"


def upgrade() -> None:
    with op.batch_alter_table("event_decisions") as table:
        table.add_column(sa.Column("number", sa.Integer(), nullable=False, server_default="1"))
    with op.batch_alter_table("event_decisions") as table:
        table.alter_column("number", server_default=None)
    with op.batch_alter_table("event_minutes") as table:
        table.add_column(sa.Column("draft", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("event_minutes") as table:
        table.alter_column("draft", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("event_minutes") as table:
        table.drop_column("draft")
    op.execute(f"DELETE FROM event_decisions WHERE number <> coalesce(({SHOWN}), number)")
    with op.batch_alter_table("event_decisions") as table:
        table.drop_column("number")
