"""headings of a plan

How a person reads the columns of a plan's file is remembered for the next file of that plan.
"""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "plan_headings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("headings", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_plan_headings_plan_id_plans")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_headings")),
        sa.UniqueConstraint("plan_id", name=op.f("uq_plan_headings_plan_id")),
    )


def downgrade() -> None:
    op.drop_table("plan_headings")
