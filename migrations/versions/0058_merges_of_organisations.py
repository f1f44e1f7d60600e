"""merges of organisations"""

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None

COLUMNS = ("merged_into", "present_id")


def upgrade() -> None:
    with op.batch_alter_table("organisations", schema=None) as batch_op:
        for column in COLUMNS:
            batch_op.add_column(sa.Column(column, sa.Integer(), nullable=True))
            batch_op.create_index(batch_op.f(f"ix_organisations_{column}"), [column], unique=False)
            batch_op.create_foreign_key(
                batch_op.f(f"fk_organisations_{column}_organisations"), "organisations", [column], ["id"]
            )


def downgrade() -> None:
    with op.batch_alter_table("organisations", schema=None) as batch_op:
        for column in reversed(COLUMNS):
            batch_op.drop_constraint(batch_op.f(f"fk_organisations_{column}_organisations"), type_="foreignkey")
            batch_op.drop_index(batch_op.f(f"ix_organisations_{column}"))
            batch_op.drop_column(column)
