"""rehearsals: the meeting that a draft rehearses, of which there is one at most

Of the meetings that are there none is a rehearsal. Going back leaves rehearsals as drafts that were deleted.
"""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("events") as table:
        table.add_column(sa.Column("rehearses_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_events_rehearses_id_events"), "events", ["rehearses_id"], ["id"])
        table.create_unique_constraint(op.f("uq_events_rehearses_id"), ["rehearses_id"])


def downgrade() -> None:
    op.execute("UPDATE events SET deleted_at = CURRENT_TIMESTAMP WHERE rehearses_id IS NOT NULL AND deleted_at IS NULL")
    with op.batch_alter_table("events") as table:
        table.drop_constraint(op.f("uq_events_rehearses_id"), type_="unique")
        table.drop_constraint(op.f("fk_events_rehearses_id_events"), type_="foreignkey")
        table.drop_column("rehearses_id")
