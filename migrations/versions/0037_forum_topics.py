"""topics of forums: what people pitch, who offers to hold them too, who is interested

Going back forgets them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "forum_folds",
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("forum_id", name=op.f("pk_forum_folds")),
    )
    op.create_table(
        "forum_topics",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("forum_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("registration_id", sa.Integer(), nullable=True),
        sa.Column("host_name", sa.String(), nullable=False),
        sa.Column("lang", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=True),
        sa.Column("wants_step_free", sa.Boolean(), nullable=False),
        sa.Column("wants_online", sa.Boolean(), nullable=False),
        sa.Column("wants_quiet", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("hands", sa.Integer(), nullable=False),
        sa.Column("interest_count", sa.Integer(), nullable=False),
        sa.Column("joined_id", sa.Integer(), nullable=True),
        sa.Column("again_of_id", sa.Integer(), nullable=True),
        sa.Column("slot_id", sa.Integer(), nullable=True),
        sa.Column("room_id", sa.Integer(), nullable=True),
        sa.Column("placed_by", sa.Integer(), nullable=True),
        sa.Column("placed_at", sa.DateTime(), nullable=True),
        sa.Column("sent_as", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("edited_at", sa.DateTime(), nullable=True),
        sa.Column("hidden_at", sa.DateTime(), nullable=True),
        sa.Column("hidden_by", sa.Integer(), nullable=True),
        sa.Column("hidden_reason", sa.String(), nullable=True),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("deleted_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("author_id IS NULL OR host_name = ''", name=op.f("ck_forum_topics_one_host")),
        sa.CheckConstraint("state IN ('waiting', 'open', 'withdrawn')", name=op.f("ck_forum_topics_state")),
        sa.CheckConstraint("(slot_id IS NULL) = (room_id IS NULL)", name=op.f("ck_forum_topics_cell")),
        sa.CheckConstraint("hands >= 0 AND interest_count >= 0", name=op.f("ck_forum_topics_counts")),
        sa.ForeignKeyConstraint(
            ["again_of_id"], ["forum_topics.id"], name=op.f("fk_forum_topics_again_of_id_forum_topics")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name=op.f("fk_forum_topics_author_id_users")),
        sa.ForeignKeyConstraint(["deleted_by"], ["users.id"], name=op.f("fk_forum_topics_deleted_by_users")),
        sa.ForeignKeyConstraint(["forum_id"], ["forums.id"], name=op.f("fk_forum_topics_forum_id_forums")),
        sa.ForeignKeyConstraint(["hidden_by"], ["users.id"], name=op.f("fk_forum_topics_hidden_by_users")),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_forum_topics_idea_id_ideas")),
        sa.ForeignKeyConstraint(
            ["joined_id"], ["forum_topics.id"], name=op.f("fk_forum_topics_joined_id_forum_topics")
        ),
        sa.ForeignKeyConstraint(["placed_by"], ["users.id"], name=op.f("fk_forum_topics_placed_by_users")),
        sa.ForeignKeyConstraint(["room_id"], ["forum_rooms.id"], name=op.f("fk_forum_topics_room_id_forum_rooms")),
        sa.ForeignKeyConstraint(["slot_id"], ["forum_slots.id"], name=op.f("fk_forum_topics_slot_id_forum_slots")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forum_topics")),
        sa.UniqueConstraint("forum_id", "sent_as", name=op.f("uq_forum_topics_forum_id_sent_as")),
        sa.UniqueConstraint("slot_id", "room_id", name=op.f("uq_forum_topics_slot_id_room_id")),
    )
    op.create_index(op.f("ix_forum_topics_again_of_id"), "forum_topics", ["again_of_id"])
    op.create_index(op.f("ix_forum_topics_author_id"), "forum_topics", ["author_id"])
    op.create_index(op.f("ix_forum_topics_forum_id"), "forum_topics", ["forum_id"])
    op.create_index(op.f("ix_forum_topics_idea_id"), "forum_topics", ["idea_id"])
    op.create_index(op.f("ix_forum_topics_joined_id"), "forum_topics", ["joined_id"])
    op.create_index(op.f("ix_forum_topics_registration_id"), "forum_topics", ["registration_id"])
    op.create_index(op.f("ix_forum_topics_room_id"), "forum_topics", ["room_id"])

    op.create_table(
        "forum_interests",
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["event_registrations.id"],
            name=op.f("fk_forum_interests_registration_id_event_registrations"),
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["forum_topics.id"], name=op.f("fk_forum_interests_topic_id_forum_topics")
        ),
        sa.PrimaryKeyConstraint("registration_id", "topic_id", name=op.f("pk_forum_interests")),
    )
    op.create_index(op.f("ix_forum_interests_topic_id"), "forum_interests", ["topic_id"])

    op.create_table(
        "forum_topic_hosts",
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("accepted_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["forum_topics.id"], name=op.f("fk_forum_topic_hosts_topic_id_forum_topics")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_forum_topic_hosts_user_id_users")),
        sa.PrimaryKeyConstraint("topic_id", "registration_id", name=op.f("pk_forum_topic_hosts")),
    )
    op.create_index(op.f("ix_forum_topic_hosts_user_id"), "forum_topic_hosts", ["user_id"])
    op.create_index(op.f("ix_forum_topic_hosts_registration_id"), "forum_topic_hosts", ["registration_id"])


def downgrade() -> None:
    for table in ("forum_topic_hosts", "forum_interests", "forum_topics", "forum_folds"):
        op.drop_table(table)
