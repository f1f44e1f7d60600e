"""notes of sessions

Going back drops them; search finds topics by what was published of them until `reflexe reindex`.
"""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "published_lines",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("lang", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["forum_topics.id"], name=op.f("fk_published_lines_topic_id_forum_topics")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_lines")),
    )
    with op.batch_alter_table("published_lines", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_published_lines_topic_id"), ["topic_id"], unique=False)

    op.create_table(
        "published_notes",
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("people_there", sa.Integer(), nullable=True),
        sa.Column("from_paper", sa.Boolean(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=False),
        sa.Column("published_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["published_by"], ["users.id"], name=op.f("fk_published_notes_published_by_users")),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["forum_topics.id"], name=op.f("fk_published_notes_topic_id_forum_topics")
        ),
        sa.PrimaryKeyConstraint("topic_id", name=op.f("pk_published_notes")),
    )
    op.create_table(
        "session_notes",
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("people_there", sa.Integer(), nullable=True),
        sa.CheckConstraint("people_there >= 0", name=op.f("ck_session_notes_people_there")),
        sa.ForeignKeyConstraint(["topic_id"], ["forum_topics.id"], name=op.f("fk_session_notes_topic_id_forum_topics")),
        sa.PrimaryKeyConstraint("topic_id", name=op.f("pk_session_notes")),
    )
    op.create_table(
        "note_clashes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("stored_number", sa.Integer(), nullable=False),
        sa.Column("stored", sa.String(), nullable=False),
        sa.Column("typed", sa.String(), nullable=False),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["session_notes.topic_id"], name=op.f("fk_note_clashes_topic_id_session_notes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note_clashes")),
    )
    with op.batch_alter_table("note_clashes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_note_clashes_topic_id"), ["topic_id"], unique=False)

    op.create_table(
        "note_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("lang", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("from_paper", sa.Boolean(), nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("first_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("registration_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sent_as", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("removed_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('need', 'aspiration', 'idea', 'action', 'offer', 'question')", name=op.f("ck_note_lines_kind")
        ),
        sa.ForeignKeyConstraint(["first_id"], ["note_lines.id"], name=op.f("fk_note_lines_first_id_note_lines")),
        sa.ForeignKeyConstraint(["replaces_id"], ["note_lines.id"], name=op.f("fk_note_lines_replaces_id_note_lines")),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["session_notes.topic_id"], name=op.f("fk_note_lines_topic_id_session_notes")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_note_lines_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note_lines")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_note_lines_replaces_id")),
        sa.UniqueConstraint("topic_id", "sent_as", name=op.f("uq_note_lines_topic_id_sent_as")),
    )
    with op.batch_alter_table("note_lines", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_note_lines_first_id"), ["first_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_note_lines_registration_id"), ["registration_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_note_lines_user_id"), ["user_id"], unique=False)

    op.create_table(
        "note_texts",
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["session_notes.topic_id"], name=op.f("fk_note_texts_topic_id_session_notes")
        ),
        sa.PrimaryKeyConstraint("topic_id", "part", name=op.f("pk_note_texts")),
    )
    op.create_table(
        "note_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sent", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.Column("from_paper", sa.Boolean(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("registration_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sent_as", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["session_notes.topic_id"], name=op.f("fk_note_versions_topic_id_session_notes")
        ),
        sa.ForeignKeyConstraint(["settled_by"], ["users.id"], name=op.f("fk_note_versions_settled_by_users")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_note_versions_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note_versions")),
        sa.UniqueConstraint("topic_id", "part", "number", name=op.f("uq_note_versions_topic_id_part_number")),
        sa.UniqueConstraint("topic_id", "sent_as", name=op.f("uq_note_versions_topic_id_sent_as")),
    )
    with op.batch_alter_table("note_versions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_note_versions_registration_id"), ["registration_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_note_versions_user_id"), ["user_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("note_versions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_note_versions_user_id"))
        batch_op.drop_index(batch_op.f("ix_note_versions_registration_id"))

    op.drop_table("note_versions")
    op.drop_table("note_texts")
    with op.batch_alter_table("note_lines", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_note_lines_user_id"))
        batch_op.drop_index(batch_op.f("ix_note_lines_registration_id"))
        batch_op.drop_index(batch_op.f("ix_note_lines_first_id"))

    op.drop_table("note_lines")
    with op.batch_alter_table("note_clashes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_note_clashes_topic_id"))

    op.drop_table("note_clashes")
    op.drop_table("session_notes")
    op.drop_table("published_notes")
    with op.batch_alter_table("published_lines", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_published_lines_topic_id"))

    op.drop_table("published_lines")
