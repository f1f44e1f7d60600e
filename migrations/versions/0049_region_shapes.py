"""region_shapes: what the maps of the region are drawn from

A site that is there has none until `reflexe seed reference` or `reflexe import shapes` is run. Going back forgets them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "region_shapes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("stored_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_region_shapes")),
    )


def downgrade() -> None:
    op.drop_table("region_shapes")
