"""goings: where a participant of a forum said that they are at an hour; the line that a forum announces

Going back forgets them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("forums") as table:
        table.add_column(sa.Column("announcement", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("forums") as table:
        table.alter_column("announcement", server_default=None)
    with op.batch_alter_table("forum_topics") as table:
        table.add_column(sa.Column("going_count", sa.Integer(), nullable=False, server_default="0"))
        table.drop_constraint(op.f("ck_forum_topics_counts"), type_="check")
        table.create_check_constraint(
            op.f("ck_forum_topics_counts"), "hands >= 0 AND interest_count >= 0 AND going_count >= 0"
        )
    with op.batch_alter_table("forum_topics") as table:
        table.alter_column("going_count", server_default=None)
    op.create_table(
        "forum_goings",
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["event_registrations.id"],
            name=op.f("fk_forum_goings_registration_id_event_registrations"),
        ),
        sa.ForeignKeyConstraint(["slot_id"], ["forum_slots.id"], name=op.f("fk_forum_goings_slot_id_forum_slots")),
        sa.ForeignKeyConstraint(["topic_id"], ["forum_topics.id"], name=op.f("fk_forum_goings_topic_id_forum_topics")),
        sa.PrimaryKeyConstraint("registration_id", "slot_id", name=op.f("pk_forum_goings")),
    )
    op.create_index(op.f("ix_forum_goings_slot_id"), "forum_goings", ["slot_id"])
    op.create_index(op.f("ix_forum_goings_topic_id"), "forum_goings", ["topic_id"])


def downgrade() -> None:
    op.drop_table("forum_goings")
    with op.batch_alter_table("forum_topics") as table:
        table.drop_constraint(op.f("ck_forum_topics_counts"), type_="check")
        table.drop_column("going_count")
        table.create_check_constraint(op.f("ck_forum_topics_counts"), "hands >= 0 AND interest_count >= 0")
    with op.batch_alter_table("forums") as table:
        table.drop_column("announcement")
