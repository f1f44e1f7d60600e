"""facilitation and trust"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ONE_SUBJECT = (
    "(CASE WHEN idea_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN comment_id IS NULL THEN 0 ELSE 1 END)"
    " + (CASE WHEN update_id IS NULL THEN 0 ELSE 1 END){} = 1"
)
LIVING = sa.text("published_at IS NULL AND dropped_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "accesses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_accesses_by_id_users")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_accesses_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accesses")),
    )
    with op.batch_alter_table("accesses", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_accesses_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_accesses_user_id"), ["user_id"], unique=False)

    op.create_table(
        "documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("body_en", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("asks_again", sa.Boolean(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_documents_by_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
        sa.UniqueConstraint("name", "number", name=op.f("uq_documents_name_number")),
    )
    op.create_table(
        "invitations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.Column("used_by", sa.Integer(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_invitations_by_id_users")),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_invitations_community_id_communities")
        ),
        sa.ForeignKeyConstraint(["used_by"], ["users.id"], name=op.f("fk_invitations_used_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitations_token_hash")),
    )
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitations_community_id"), ["community_id"], unique=False)

    op.create_table(
        "read_marks",
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_read_marks_by_id_users")),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_read_marks_community_id_communities")
        ),
        sa.PrimaryKeyConstraint("community_id", name=op.f("pk_read_marks")),
    )
    op.create_table(
        "restrictions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("is_administrative", sa.Boolean(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=True),
        sa.Column("lifted_at", sa.DateTime(), nullable=True),
        sa.Column("lifted_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("kind IN ('suspend', 'block', 'freeze')", name=op.f("ck_restrictions_kind")),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_restrictions_by_id_users")),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_restrictions_community_id_communities")
        ),
        sa.ForeignKeyConstraint(["lifted_by"], ["users.id"], name=op.f("fk_restrictions_lifted_by_users")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_restrictions_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_restrictions")),
    )
    with op.batch_alter_table("restrictions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_restrictions_community_id"), ["community_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_restrictions_user_id"), ["user_id"], unique=False)

    op.create_table(
        "saved_replies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_saved_replies_by_id_users")),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_saved_replies_community_id_communities")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_replies")),
    )
    with op.batch_alter_table("saved_replies", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_saved_replies_community_id"), ["community_id"], unique=False)

    op.create_table(
        "settings",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_settings_by_id_users")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_settings")),
    )
    op.create_table(
        "answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(), nullable=True),
        sa.Column("reviewed_by", sa.Integer(), nullable=True),
        sa.Column("remark", sa.String(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.Column("dropped_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_answers_by_id_users")),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_answers_idea_id_ideas")),
        sa.ForeignKeyConstraint(["reviewed_by"], ["users.id"], name=op.f("fk_answers_reviewed_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answers")),
    )
    with op.batch_alter_table("answers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answers_idea_id"), ["idea_id"], unique=False)
        batch_op.create_index(
            "uq_answers_living", ["idea_id"], unique=True, sqlite_where=LIVING, postgresql_where=LIVING
        )

    op.create_table(
        "handovers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=True),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.CheckConstraint("state IN ('open', 'accepted', 'returned', 'cancelled')", name=op.f("ck_handovers_state")),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_handovers_by_id_users")),
        sa.ForeignKeyConstraint(["decided_by"], ["users.id"], name=op.f("fk_handovers_decided_by_users")),
        sa.ForeignKeyConstraint(["from_id"], ["communities.id"], name=op.f("fk_handovers_from_id_communities")),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_handovers_idea_id_ideas")),
        sa.ForeignKeyConstraint(["to_id"], ["communities.id"], name=op.f("fk_handovers_to_id_communities")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handovers")),
    )
    with op.batch_alter_table("handovers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_handovers_from_id"), ["from_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_handovers_idea_id"), ["idea_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_handovers_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_handovers_to_id"), ["to_id"], unique=False)
        batch_op.create_index(
            "uq_handovers_open_idea",
            ["idea_id"],
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )

    op.create_table(
        "journal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=True),
        sa.Column("is_private", sa.Boolean(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("nonce", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name=op.f("fk_journal_community_id_communities")),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_journal_idea_id_ideas")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
        sa.UniqueConstraint("hash", name=op.f("uq_journal_hash")),
    )
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_journal_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_journal_community_id"), ["community_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_journal_idea_id"), ["idea_id"], unique=False)

    op.create_table(
        "declined_votes",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_declined_votes_idea_id_ideas")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_declined_votes_user_id_users")),
        sa.PrimaryKeyConstraint("user_id", "idea_id", name=op.f("pk_declined_votes")),
    )
    with op.batch_alter_table("declined_votes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_declined_votes_idea_id"), ["idea_id"], unique=False)

    op.create_table(
        "merges",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("into_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("parted_at", sa.DateTime(), nullable=True),
        sa.Column("parted_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_merges_by_id_users")),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_merges_idea_id_ideas")),
        sa.ForeignKeyConstraint(["into_id"], ["ideas.id"], name=op.f("fk_merges_into_id_ideas")),
        sa.ForeignKeyConstraint(["parted_by"], ["users.id"], name=op.f("fk_merges_parted_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merges")),
    )
    with op.batch_alter_table("merges", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_merges_into_id"), ["into_id"], unique=False)
        batch_op.create_index(
            "uq_merges_idea_now",
            ["idea_id"],
            unique=True,
            sqlite_where=sa.text("parted_at IS NULL"),
            postgresql_where=sa.text("parted_at IS NULL"),
        )

    op.create_table(
        "notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_notes_by_id_users")),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_notes_idea_id_ideas")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
    )
    with op.batch_alter_table("notes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notes_idea_id"), ["idea_id"], unique=False)

    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=True),
        sa.Column("comment_id", sa.Integer(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("read_at", sa.DateTime(), nullable=True),
        sa.Column("mailed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name=op.f("fk_notices_comment_id_comments")),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_notices_idea_id_ideas")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_notices_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("key", name=op.f("uq_notices_key")),
    )
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.create_index("ix_notices_user_recent", ["user_id", "id"], unique=False)

    op.create_table(
        "relations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("kind IN ('related', 'split')", name=op.f("ck_relations_kind")),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_relations_by_id_users")),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_relations_idea_id_ideas")),
        sa.ForeignKeyConstraint(["other_id"], ["ideas.id"], name=op.f("fk_relations_other_id_ideas")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relations")),
        sa.UniqueConstraint("idea_id", "other_id", name=op.f("uq_relations_idea_id_other_id")),
    )
    with op.batch_alter_table("relations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_relations_other_id"), ["other_id"], unique=False)

    op.create_table(
        "appeals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint("state IN ('open', 'granted', 'refused')", name=op.f("ck_appeals_state")),
        sa.ForeignKeyConstraint(["decided_by"], ["users.id"], name=op.f("fk_appeals_decided_by_users")),
        sa.ForeignKeyConstraint(["measure_id"], ["measures.id"], name=op.f("fk_appeals_measure_id_measures")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_appeals_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeals")),
        sa.UniqueConstraint("measure_id", name=op.f("uq_appeals_measure_id")),
    )
    with op.batch_alter_table("appeals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_appeals_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_appeals_user_id"), ["user_id"], unique=False)

    op.create_table(
        "cases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=True),
        sa.Column("comment_id", sa.Integer(), nullable=True),
        sa.Column("update_id", sa.Integer(), nullable=True),
        sa.Column("community_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("state IN ('open', 'handled', 'dismissed')", name=op.f("ck_cases_state")),
        sa.CheckConstraint(
            "(CASE WHEN idea_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN comment_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN update_id IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_cases_one_subject"),
        ),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name=op.f("fk_cases_comment_id_comments")),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name=op.f("fk_cases_community_id_communities")),
        sa.ForeignKeyConstraint(["decided_by"], ["users.id"], name=op.f("fk_cases_decided_by_users")),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_cases_idea_id_ideas")),
        sa.ForeignKeyConstraint(["measure_id"], ["measures.id"], name=op.f("fk_cases_measure_id_measures")),
        sa.ForeignKeyConstraint(["update_id"], ["updates.id"], name=op.f("fk_cases_update_id_updates")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
    )
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cases_community_id"), ["community_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_cases_state"), ["state"], unique=False)
        batch_op.create_index(
            "uq_cases_open_comment",
            ["comment_id"],
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )
        batch_op.create_index(
            "uq_cases_open_idea",
            ["idea_id"],
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )
        batch_op.create_index(
            "uq_cases_open_update",
            ["update_id"],
            unique=True,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )

    op.create_table(
        "assignments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("(idea_id IS NULL) <> (case_id IS NULL)", name=op.f("ck_assignments_one_subject")),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_assignments_by_id_users")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_assignments_case_id_cases")),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_assignments_idea_id_ideas")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_assignments_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignments")),
        sa.UniqueConstraint("case_id", name=op.f("uq_assignments_case_id")),
        sa.UniqueConstraint("idea_id", name=op.f("uq_assignments_idea_id")),
    )
    with op.batch_alter_table("assignments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assignments_user_id"), ["user_id"], unique=False)

    op.create_table(
        "reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_reports_case_id_cases")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_reports_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sa.UniqueConstraint("case_id", "user_id", name=op.f("uq_reports_case_id_user_id")),
    )
    with op.batch_alter_table("reports", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reports_user_id"), ["user_id"], unique=False)

    op.create_table(
        "case_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("state IN ('open', 'handled', 'dismissed')", name=op.f("ck_case_steps_state")),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_case_steps_by_id_users")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_steps_case_id_cases")),
        sa.ForeignKeyConstraint(["measure_id"], ["measures.id"], name=op.f("fk_case_steps_measure_id_measures")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_steps")),
    )
    with op.batch_alter_table("case_steps", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_steps_case_id"), ["case_id"], unique=False)

    with op.batch_alter_table("comments", schema=None) as batch_op:
        batch_op.add_column(sa.Column("suspect", sa.String(), nullable=False, server_default=""))

    with op.batch_alter_table("communities", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_private", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("wants_review", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("answer_days", sa.Integer(), nullable=False, server_default="30"))
        batch_op.add_column(sa.Column("stalled_days", sa.Integer(), nullable=False, server_default="90"))

    with op.batch_alter_table("ideas", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_private", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("merged_into", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("suspect", sa.String(), nullable=False, server_default=""))
        batch_op.create_index(batch_op.f("ix_ideas_merged_into"), ["merged_into"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_ideas_merged_into_ideas"), "ideas", ["merged_into"], ["id"])

    with op.batch_alter_table("measures", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_measures_one_subject"), type_="check")
        batch_op.add_column(sa.Column("user_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("data", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("undoes_id", sa.Integer(), nullable=True))
        batch_op.alter_column("by_id", existing_type=sa.INTEGER(), nullable=True)
        batch_op.create_index(batch_op.f("ix_measures_user_id"), ["user_id"], unique=False)
        batch_op.create_unique_constraint(batch_op.f("uq_measures_undoes_id"), ["undoes_id"])
        batch_op.create_check_constraint(
            batch_op.f("ck_measures_one_subject"),
            ONE_SUBJECT.format(" + (CASE WHEN user_id IS NULL THEN 0 ELSE 1 END)"),
        )
        batch_op.create_foreign_key(batch_op.f("fk_measures_user_id_users"), "users", ["user_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_measures_undoes_id_measures"), "measures", ["undoes_id"], ["id"])

    with op.batch_alter_table("status_changes", schema=None) as batch_op:
        batch_op.add_column(sa.Column("community_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_status_changes_community_id_communities"), "communities", ["community_id"], ["id"]
        )

    with op.batch_alter_table("threads", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_private", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("slow_minutes", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("slow_reason", sa.String(), nullable=True))

    with op.batch_alter_table("updates", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_private", sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table("users", schema=None) as batch_op:
        batch_op.add_column(sa.Column("trusted_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("trusted_by", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("admitted_count", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("charter_version", sa.Integer(), nullable=False, server_default="1"))
        batch_op.create_foreign_key(batch_op.f("fk_users_trusted_by_users"), "users", ["trusted_by"], ["id"])

    with op.batch_alter_table("votes", schema=None) as batch_op:
        batch_op.add_column(sa.Column("inherited_from", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_votes_inherited_from_ideas"), "ideas", ["inherited_from"], ["id"])

    # The values above are for the rows that were there; from now on the application gives them.
    with op.batch_alter_table("comments", schema=None) as batch_op:
        batch_op.alter_column("suspect", existing_type=sa.String(), existing_nullable=False, server_default=None)
    with op.batch_alter_table("communities", schema=None) as batch_op:
        batch_op.alter_column("is_private", existing_type=sa.Boolean(), existing_nullable=False, server_default=None)
        batch_op.alter_column("wants_review", existing_type=sa.Boolean(), existing_nullable=False, server_default=None)
        batch_op.alter_column("answer_days", existing_type=sa.Integer(), existing_nullable=False, server_default=None)
        batch_op.alter_column("stalled_days", existing_type=sa.Integer(), existing_nullable=False, server_default=None)
    with op.batch_alter_table("ideas", schema=None) as batch_op:
        batch_op.alter_column("is_private", existing_type=sa.Boolean(), existing_nullable=False, server_default=None)
        batch_op.alter_column("suspect", existing_type=sa.String(), existing_nullable=False, server_default=None)
    with op.batch_alter_table("threads", schema=None) as batch_op:
        batch_op.alter_column("is_private", existing_type=sa.Boolean(), existing_nullable=False, server_default=None)
        batch_op.alter_column("slow_minutes", existing_type=sa.Integer(), existing_nullable=False, server_default=None)
    with op.batch_alter_table("updates", schema=None) as batch_op:
        batch_op.alter_column("is_private", existing_type=sa.Boolean(), existing_nullable=False, server_default=None)
    with op.batch_alter_table("users", schema=None) as batch_op:
        batch_op.alter_column(
            "admitted_count", existing_type=sa.Integer(), existing_nullable=False, server_default=None
        )
        batch_op.alter_column(
            "charter_version", existing_type=sa.Integer(), existing_nullable=False, server_default=None
        )

    # Whoever took part before newcomers were looked at has shown who they are.
    op.execute("UPDATE users SET trusted_at = confirmed_at WHERE confirmed_at IS NOT NULL")


def downgrade() -> None:
    with op.batch_alter_table("votes", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_votes_inherited_from_ideas"), type_="foreignkey")
        batch_op.drop_column("inherited_from")

    with op.batch_alter_table("users", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_users_trusted_by_users"), type_="foreignkey")
        batch_op.drop_column("charter_version")
        batch_op.drop_column("admitted_count")
        batch_op.drop_column("trusted_by")
        batch_op.drop_column("trusted_at")

    with op.batch_alter_table("updates", schema=None) as batch_op:
        batch_op.drop_column("is_private")

    with op.batch_alter_table("threads", schema=None) as batch_op:
        batch_op.drop_column("slow_reason")
        batch_op.drop_column("slow_minutes")
        batch_op.drop_column("is_private")

    with op.batch_alter_table("status_changes", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_status_changes_community_id_communities"), type_="foreignkey")
        batch_op.drop_column("community_id")

    with op.batch_alter_table("ideas", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_ideas_merged_into_ideas"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_ideas_merged_into"))
        batch_op.drop_column("suspect")
        batch_op.drop_column("merged_into")
        batch_op.drop_column("is_private")

    with op.batch_alter_table("communities", schema=None) as batch_op:
        batch_op.drop_column("stalled_days")
        batch_op.drop_column("answer_days")
        batch_op.drop_column("wants_review")
        batch_op.drop_column("is_private")

    with op.batch_alter_table("comments", schema=None) as batch_op:
        batch_op.drop_column("suspect")

    with op.batch_alter_table("case_steps", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_steps_case_id"))

    op.drop_table("case_steps")
    with op.batch_alter_table("reports", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reports_user_id"))

    op.drop_table("reports")
    with op.batch_alter_table("assignments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assignments_user_id"))

    op.drop_table("assignments")
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_cases_open_update", sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'")
        )
        batch_op.drop_index(
            "uq_cases_open_idea", sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'")
        )
        batch_op.drop_index(
            "uq_cases_open_comment", sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'")
        )
        batch_op.drop_index(batch_op.f("ix_cases_state"))
        batch_op.drop_index(batch_op.f("ix_cases_community_id"))

    op.drop_table("cases")
    with op.batch_alter_table("appeals", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_appeals_user_id"))
        batch_op.drop_index(batch_op.f("ix_appeals_state"))

    op.drop_table("appeals")
    with op.batch_alter_table("relations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_relations_other_id"))

    op.drop_table("relations")
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.drop_index("ix_notices_user_recent")

    op.drop_table("notices")
    with op.batch_alter_table("notes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notes_idea_id"))

    op.drop_table("notes")
    with op.batch_alter_table("merges", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_merges_idea_now",
            sqlite_where=sa.text("parted_at IS NULL"),
            postgresql_where=sa.text("parted_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_merges_into_id"))

    op.drop_table("merges")
    with op.batch_alter_table("declined_votes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_declined_votes_idea_id"))

    op.drop_table("declined_votes")
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_journal_idea_id"))
        batch_op.drop_index(batch_op.f("ix_journal_community_id"))
        batch_op.drop_index(batch_op.f("ix_journal_at"))

    op.drop_table("journal")
    with op.batch_alter_table("handovers", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_handovers_open_idea", sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'")
        )
        batch_op.drop_index(batch_op.f("ix_handovers_to_id"))
        batch_op.drop_index(batch_op.f("ix_handovers_state"))
        batch_op.drop_index(batch_op.f("ix_handovers_idea_id"))
        batch_op.drop_index(batch_op.f("ix_handovers_from_id"))

    op.drop_table("handovers")
    with op.batch_alter_table("answers", schema=None) as batch_op:
        batch_op.drop_index("uq_answers_living", sqlite_where=LIVING, postgresql_where=LIVING)
        batch_op.drop_index(batch_op.f("ix_answers_idea_id"))

    op.drop_table("answers")
    op.drop_table("settings")
    with op.batch_alter_table("saved_replies", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_saved_replies_community_id"))

    op.drop_table("saved_replies")
    with op.batch_alter_table("restrictions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_restrictions_user_id"))
        batch_op.drop_index(batch_op.f("ix_restrictions_community_id"))

    op.drop_table("restrictions")
    op.drop_table("read_marks")
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitations_community_id"))

    op.drop_table("invitations")
    op.drop_table("documents")
    with op.batch_alter_table("accesses", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_accesses_user_id"))
        batch_op.drop_index(batch_op.f("ix_accesses_at"))

    op.drop_table("accesses")

    op.execute("UPDATE measures SET undoes_id = NULL")
    op.execute("DELETE FROM measures WHERE user_id IS NOT NULL OR by_id IS NULL")
    with op.batch_alter_table("measures", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_measures_one_subject"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_measures_one_subject"), ONE_SUBJECT.format(""))
        batch_op.drop_constraint(batch_op.f("fk_measures_undoes_id_measures"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_measures_user_id_users"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_measures_undoes_id"), type_="unique")
        batch_op.drop_index(batch_op.f("ix_measures_user_id"))
        batch_op.alter_column("by_id", existing_type=sa.INTEGER(), nullable=False)
        batch_op.drop_column("undoes_id")
        batch_op.drop_column("data")
        batch_op.drop_column("user_id")
