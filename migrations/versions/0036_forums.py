"""forums: the question that a meeting is held for, its rooms, its hours, where it stands

Going back forgets them: what stays is the meeting.
"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("events") as table:
        table.add_column(sa.Column("question", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("events") as table:
        table.alter_column("question", server_default=None)
    op.create_table(
        "forums",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("phase_at", sa.DateTime(), nullable=False),
        sa.Column("phase_by", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "phase IN ('before', 'marketplace', 'sessions', 'convergence', 'closed')", name=op.f("ck_forums_phase")
        ),
        sa.ForeignKeyConstraint(["id"], ["events.id"], name=op.f("fk_forums_id_events")),
        sa.ForeignKeyConstraint(["phase_by"], ["users.id"], name=op.f("fk_forums_phase_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forums")),
    )
    op.create_table(
        "forum_rooms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=True),
        sa.Column("is_step_free", sa.Boolean(), nullable=False),
        sa.Column("has_hearing_loop", sa.Boolean(), nullable=False),
        sa.Column("has_captions", sa.Boolean(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint("places > 0", name=op.f("ck_forum_rooms_places")),
        sa.ForeignKeyConstraint(["forum_id"], ["forums.id"], name=op.f("fk_forum_rooms_forum_id_forums")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_rooms")),
        sa.UniqueConstraint("forum_id", "name", name=op.f("uq_forum_rooms_forum_id_name")),
    )
    op.create_table(
        "forum_slots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("starts_after", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.CheckConstraint("kind IN ('session', 'plenary')", name=op.f("ck_forum_slots_kind")),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_forum_slots_minutes")),
        sa.ForeignKeyConstraint(["forum_id"], ["forums.id"], name=op.f("fk_forum_slots_forum_id_forums")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_slots")),
        sa.UniqueConstraint("forum_id", "starts_after", name=op.f("uq_forum_slots_forum_id_starts_after")),
    )


def downgrade() -> None:
    op.drop_table("forum_slots")
    op.drop_table("forum_rooms")
    op.drop_table("forums")
    with op.batch_alter_table("events") as table:
        table.drop_column("question")
