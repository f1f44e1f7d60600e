"""a number that changes with whatever a reader may see"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    slots = op.create_table(
        "content_versions",
        sa.Column("slot", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("slot", name=op.f("pk_content_versions")),
    )
    op.bulk_insert(slots, [{"slot": slot, "n": 0} for slot in range(16)])


def downgrade() -> None:
    op.drop_table("content_versions")
