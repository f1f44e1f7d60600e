"""what was refused stays beside what is sent again; a hidden version; who types what was said at a meeting"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sittings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_sittings_community_id_communities")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_sittings_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sittings")),
    )
    with op.batch_alter_table("sittings") as table:
        table.create_index(op.f("ix_sittings_community_id"), ["community_id"], unique=False)
        table.create_index(op.f("ix_sittings_user_id"), ["user_id"], unique=False)
    with op.batch_alter_table("held_revisions") as table:
        table.add_column(sa.Column("former", sa.JSON(), nullable=True))
    with op.batch_alter_table("revisions") as table:
        table.add_column(sa.Column("hidden_at", sa.DateTime(), nullable=True))


def downgrade() -> None:
    # The schema of before would show a version that nobody may read any more.
    op.execute("UPDATE revisions SET title = '', body = '', body_html = '', summary = '' WHERE hidden_at IS NOT NULL")
    with op.batch_alter_table("revisions") as table:
        table.drop_column("hidden_at")
    with op.batch_alter_table("held_revisions") as table:
        table.drop_column("former")
    op.drop_table("sittings")
