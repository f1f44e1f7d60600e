"""notices and facts of the actions of the plan"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

TABLES = ("notices", "facts")
COLUMNS = (("action_id", "actions"), ("bulletin_id", "bulletins"))


def upgrade() -> None:
    for name in TABLES:
        with op.batch_alter_table(name) as table:
            for column, parent in COLUMNS:
                table.add_column(sa.Column(column, sa.Integer(), nullable=True))
                table.create_foreign_key(op.f(f"fk_{name}_{column}_{parent}"), parent, [column], ["id"])


def downgrade() -> None:
    for name in TABLES:
        with op.batch_alter_table(name) as table:
            for column, parent in COLUMNS:
                table.drop_constraint(op.f(f"fk_{name}_{column}_{parent}"), type_="foreignkey")
                table.drop_column(column)
