"""what a member wrote, in the order of its publication; who coordinates the site"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

LISTED = (
    "(status NOT IN ('draft', 'pending')) AND hidden_at IS NULL AND deleted_at IS NULL AND merged_into IS NULL"
    " AND {is_not_private}"
)
WORDS = {"sqlite": {"is_not_private": "is_private IS 0"}, "postgresql": {"is_not_private": "is_private IS false"}}
# Name, table, columns, and which rows it holds.
INDEXES = (
    ("ix_ideas_author_recent", "ideas", ("author_id", "published_at", "thread_id"), LISTED),
    ("ix_users_coordinators", "users", ("id",), "site_role = 'coordinator'"),
)


def upgrade() -> None:
    for name, table_name, columns, where in INDEXES:
        rows = sa.text(where.format(**WORDS[op.get_bind().dialect.name]))
        op.create_index(name, table_name, list(columns), sqlite_where=rows, postgresql_where=rows)


def downgrade() -> None:
    for name, table_name, _columns, _where in INDEXES:
        op.drop_index(name, table_name=table_name)
