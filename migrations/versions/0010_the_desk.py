"""how far a team has read a thread, and answers that leave the step as it is"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "thread_read_marks",
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_thread_read_marks_by_id_users")),
        sa.ForeignKeyConstraint(["thread_id"], ["threads.id"], name=op.f("fk_thread_read_marks_thread_id_threads")),
        sa.PrimaryKeyConstraint("thread_id", name=op.f("pk_thread_read_marks")),
    )
    with op.batch_alter_table("status_changes") as table:
        table.add_column(sa.Column("stays", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("status_changes") as table:
        table.alter_column("stays", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("status_changes") as table:
        table.drop_column("stays")
    op.drop_table("thread_read_marks")
