"""a plan goes to the archives, and comes back"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("plans") as table:
        table.add_column(sa.Column("archived_at", sa.DateTime(), nullable=True))
        table.add_column(sa.Column("archived_by", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_plans_archived_by_users"), "users", ["archived_by"], ["id"])
        table.create_index(op.f("ix_plans_archived_by"), ["archived_by"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("plans") as table:
        table.drop_index(op.f("ix_plans_archived_by"))
        table.drop_constraint(op.f("fk_plans_archived_by_users"), type_="foreignkey")
        table.drop_column("archived_by")
        table.drop_column("archived_at")
