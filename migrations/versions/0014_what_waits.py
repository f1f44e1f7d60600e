"""indexes for what waits, and for threads of any length"""
import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0011'
branch_labels = None
depends_on = None

# Name, table, columns, and which rows it holds.
INDEXES = (
    ('ix_comments_branch', 'comments', ('root_id', 'id'), None),
    ('ix_comments_author', 'comments', ('author_id', 'id'), None),
    ('ix_comments_oldest', 'comments', ('thread_id', 'created_at', 'id'), 'root_id IS NULL'),
    ('ix_comments_useful', 'comments', ('thread_id', 'useful_count DESC', 'id'), 'root_id IS NULL'),
)
FORMER_INDEXES = (('comments', 'root_id'), ('comments', 'author_id'))


def upgrade() -> None:
    for table, column in FORMER_INDEXES:
        op.drop_index(f'ix_{table}_{column}', table_name=table)
    for name, table, columns, where in INDEXES:
        of_rows = sa.text(where) if where else None
        op.create_index(name, table, [sa.text(column) if ' ' in column else column for column in columns],
                        sqlite_where=of_rows, postgresql_where=of_rows)


def downgrade() -> None:
    for name, table, _columns, _where in INDEXES:
        op.drop_index(name, table_name=table)
    for table, column in FORMER_INDEXES:
        op.create_index(f'ix_{table}_{column}', table, [column])
