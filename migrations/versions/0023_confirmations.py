"""what was typed to open an account waits until the address is confirmed"""
import sqlalchemy as sa
from alembic import op

revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('registrations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(), nullable=False),
    sa.Column('password', sa.String(), nullable=False),
    sa.Column('words', sa.JSON(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registrations'))
    )
    with op.batch_alter_table('registrations') as table:
        table.create_index(op.f('ix_registrations_at'), ['at'], unique=False)
        table.create_index(op.f('ix_registrations_email'), ['email'], unique=False)


def downgrade() -> None:
    op.drop_table('registrations')
