"""requests at an address, and who decided last of a pace or a place"""
import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

# Who last took a measure of these kinds on what a row of a table is about.
LAST = (
    "SELECT measures.by_id FROM measures{join} WHERE {about} AND measures.kind IN ({kinds})"
    " ORDER BY measures.id DESC LIMIT 1")


def upgrade() -> None:
    op.create_table('account_requests',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('email', sa.String(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('data', sa.JSON(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.CheckConstraint("kind IN ('reset', 'confirmation', 'registration', 'new_address')", name=op.f('ck_account_requests_kind')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_account_requests_user_id_users')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account_requests'))
    )
    with op.batch_alter_table('account_requests', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_account_requests_user_id'), ['user_id'], unique=False)

    for table, column in (('comments', 'moved_by'), ('ideas', 'moved_by'), ('threads', 'slowed_by')):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column(column, sa.Integer(), nullable=True))
            batch_op.create_foreign_key(batch_op.f(f'fk_{table}_{column}_users'), 'users', [column], ['id'])

    _remember('ideas', 'moved_by', "", "measures.idea_id = ideas.id", "'move', 'hand_over'")
    _remember('comments', 'moved_by', "", "measures.comment_id = comments.id", "'move'")
    _remember('threads', 'slowed_by', " JOIN ideas ON ideas.id = measures.idea_id", "ideas.thread_id = threads.id",
              "'slow', 'lift'")


def _remember(table: str, column: str, join: str, about: str, kinds: str) -> None:
    op.execute(f"UPDATE {table} SET {column} = ({LAST.format(join=join, about=about, kinds=kinds)})")


def downgrade() -> None:
    for table, column in (('threads', 'slowed_by'), ('ideas', 'moved_by'), ('comments', 'moved_by')):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_constraint(batch_op.f(f'fk_{table}_{column}_users'), type_='foreignkey')
            batch_op.drop_column(column)

    with op.batch_alter_table('account_requests', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_account_requests_user_id'))

    op.drop_table('account_requests')
