"""meetings, who comes to them, and what refers to them

Going back drops the cases, the measures and the notices of meetings; their threads stay, with no page that shows them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

OPEN = sa.text("state = 'open'")
SUBJECTS = {
    "cases": ("idea_id", "comment_id", "update_id", "action_id", "bulletin_id", "profile_id"),
    "measures": ("idea_id", "comment_id", "update_id", "action_id", "bulletin_id", "profile_id", "user_id"),
}
REFERRING = ("accesses", "cases", "facts", "measures", "notices")
INDEXED = ("accesses", "measures")
# What goes with a meeting, the furthest first.
TALK = "SELECT id FROM comments WHERE thread_id IN (SELECT thread_id FROM events)"
CASES = f"SELECT id FROM cases WHERE event_id IS NOT NULL OR comment_id IN ({TALK})"
MEASURES = f"SELECT id FROM measures WHERE event_id IS NOT NULL OR comment_id IN ({TALK})"
GONE = (
    "DELETE FROM accesses WHERE event_id IS NOT NULL",
    f"DELETE FROM notices WHERE event_id IS NOT NULL OR comment_id IN ({TALK})",
    f"DELETE FROM facts WHERE event_id IS NOT NULL OR comment_id IN ({TALK})",
    f"UPDATE cases SET measure_id = NULL WHERE measure_id IN ({MEASURES})",
    f"UPDATE case_steps SET measure_id = NULL WHERE measure_id IN ({MEASURES})",
    f"DELETE FROM appeals WHERE measure_id IN ({MEASURES})",
    f"DELETE FROM assignments WHERE case_id IN ({CASES})",
    f"DELETE FROM case_steps WHERE case_id IN ({CASES})",
    f"DELETE FROM reports WHERE case_id IN ({CASES})",
    f"DELETE FROM cases WHERE id IN ({CASES})",
    f"UPDATE measures SET undoes_id = NULL WHERE id IN ({MEASURES})",
    f"DELETE FROM measures WHERE id IN ({MEASURES})",
)
TABLES = (
    "calendar_addresses",
    "events",
    "event_charges",
    "event_communities",
    "event_documents",
    "event_features",
    "event_halls",
    "event_issues",
    "event_lines",
    "event_minutes",
    "event_minutes_versions",
    "event_moves",
    "event_organisations",
    "event_questions",
    "event_tags",
    "event_territories",
    "registrants",
    "event_registrations",
    "event_mails",
    "event_decisions",
    "event_subjects",
)


def upgrade() -> None:
    op.create_table(
        "calendar_addresses",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_calendar_addresses_user_id_users")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_calendar_addresses")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_addresses_token_hash")),
    )
    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("other_ids", sa.JSON(), nullable=False),
        sa.Column("is_private", sa.Boolean(), nullable=False),
        sa.Column("lang", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("lead", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("body_html", sa.String(), nullable=False),
        sa.Column("renderer", sa.Integer(), nullable=False),
        sa.Column("excerpt", sa.String(), nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("territory_id", sa.Integer(), nullable=True),
        sa.Column("directions", sa.String(), nullable=False),
        sa.Column("room_url", sa.String(), nullable=False),
        sa.Column("languages", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(), nullable=True),
        sa.Column("cancelled_by", sa.Integer(), nullable=True),
        sa.Column("cancelled_reason", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("opens_at", sa.DateTime(), nullable=True),
        sa.Column("capacity_in_person", sa.Integer(), nullable=True),
        sa.Column("capacity_online", sa.Integer(), nullable=True),
        sa.Column("taken_in_person", sa.Integer(), nullable=False),
        sa.Column("taken_online", sa.Integer(), nullable=False),
        sa.Column("waiting_in_person", sa.Integer(), nullable=False),
        sa.Column("waiting_online", sa.Integer(), nullable=False),
        sa.Column("last_rank", sa.Integer(), nullable=False),
        sa.Column("takes_registrations", sa.Boolean(), nullable=False),
        sa.Column("reminder", sa.Integer(), nullable=True),
        sa.Column("asks_meal", sa.Boolean(), nullable=False),
        sa.Column("asks_territory", sa.Boolean(), nullable=False),
        sa.Column("came_in_person", sa.Integer(), nullable=True),
        sa.Column("came_online", sa.Integer(), nullable=True),
        sa.Column("comments_count", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("edited_at", sa.DateTime(), nullable=True),
        sa.Column("hidden_at", sa.DateTime(), nullable=True),
        sa.Column("hidden_by", sa.Integer(), nullable=True),
        sa.Column("hidden_reason", sa.String(), nullable=True),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("deleted_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("mode = 'online' OR territory_id IS NOT NULL", name=op.f("ck_events_territory")),
        sa.CheckConstraint("mode IN ('in_person', 'online', 'hybrid')", name=op.f("ck_events_mode")),
        sa.CheckConstraint("status IN ('draft', 'published', 'closed', 'cancelled')", name=op.f("ck_events_status")),
        sa.CheckConstraint("capacity_in_person > 0 AND capacity_online > 0", name=op.f("ck_events_capacity")),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_events_times")),
        sa.CheckConstraint("reminder BETWEEN 0 AND 7", name=op.f("ck_events_reminder")),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name=op.f("fk_events_author_id_users")),
        sa.ForeignKeyConstraint(["cancelled_by"], ["users.id"], name=op.f("fk_events_cancelled_by_users")),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name=op.f("fk_events_community_id_communities")),
        sa.ForeignKeyConstraint(["deleted_by"], ["users.id"], name=op.f("fk_events_deleted_by_users")),
        sa.ForeignKeyConstraint(["hidden_by"], ["users.id"], name=op.f("fk_events_hidden_by_users")),
        sa.ForeignKeyConstraint(["territory_id"], ["territories.id"], name=op.f("fk_events_territory_id_territories")),
        sa.ForeignKeyConstraint(["thread_id"], ["threads.id"], name=op.f("fk_events_thread_id_threads")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
        sa.UniqueConstraint("thread_id", name=op.f("uq_events_thread_id")),
    )
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_events_author_id"), ["author_id"], unique=False)
        batch_op.create_index(
            "ix_events_community_recent",
            ["community_id", "starts_at", "id"],
            unique=False,
            sqlite_where=sa.text("status <> 'draft' AND hidden_at IS NULL AND deleted_at IS NULL"),
            postgresql_where=sa.text("status <> 'draft' AND hidden_at IS NULL AND deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_events_drafts",
            ["created_at", "id"],
            unique=False,
            sqlite_where=sa.text("status = 'draft'"),
            postgresql_where=sa.text("status = 'draft'"),
        )
        batch_op.create_index(
            "ix_events_recent",
            ["starts_at", "id"],
            unique=False,
            sqlite_where=sa.text("status <> 'draft' AND hidden_at IS NULL AND deleted_at IS NULL"),
            postgresql_where=sa.text("status <> 'draft' AND hidden_at IS NULL AND deleted_at IS NULL"),
        )
        batch_op.create_index(
            "ix_events_territory_recent",
            ["territory_id", "starts_at", "id"],
            unique=False,
            sqlite_where=sa.text("status <> 'draft' AND hidden_at IS NULL AND deleted_at IS NULL"),
            postgresql_where=sa.text("status <> 'draft' AND hidden_at IS NULL AND deleted_at IS NULL"),
        )

    op.create_table(
        "event_charges",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("given_by", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("kind IN ('door', 'secretary')", name=op.f("ck_event_charges_kind")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_event_charges_event_id_events")),
        sa.ForeignKeyConstraint(["given_by"], ["users.id"], name=op.f("fk_event_charges_given_by_users")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_event_charges_user_id_users")),
        sa.PrimaryKeyConstraint("event_id", "user_id", "kind", name=op.f("pk_event_charges")),
    )
    with op.batch_alter_table("event_charges", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_charges_user_id"), ["user_id"], unique=False)

    op.create_table(
        "event_communities",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_event_communities_community_id_communities")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_event_communities_event_id_events")),
        sa.PrimaryKeyConstraint("event_id", "community_id", name=op.f("pk_event_communities")),
    )
    with op.batch_alter_table("event_communities", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_communities_community_id"), ["community_id"], unique=False)

    op.create_table(
        "event_documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_event_documents_event_id_events")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_documents")),
    )
    with op.batch_alter_table("event_documents", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_documents_event_id"), ["event_id"], unique=False)

    op.create_table(
        "event_features",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("feature", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_event_features_event_id_events")),
        sa.PrimaryKeyConstraint("event_id", "feature", name=op.f("pk_event_features")),
    )
    with op.batch_alter_table("event_features", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_features_feature"), ["feature"], unique=False)

    op.create_table(
        "event_halls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("network_hash", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_event_halls_by_id_users")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_event_halls_event_id_events")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_halls")),
    )
    with op.batch_alter_table("event_halls", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_halls_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_halls_until"), ["until"], unique=False)

    op.create_table(
        "event_issues",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_event_issues_event_id_events")),
        sa.ForeignKeyConstraint(["issue_id"], ["issues.id"], name=op.f("fk_event_issues_issue_id_issues")),
        sa.PrimaryKeyConstraint("event_id", "issue_id", name=op.f("pk_event_issues")),
    )
    with op.batch_alter_table("event_issues", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_issues_issue_id"), ["issue_id"], unique=False)

    op.create_table(
        "event_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_event_lines_event_id_events")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_lines")),
    )
    with op.batch_alter_table("event_lines", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_lines_event_id"), ["event_id"], unique=False)

    op.create_table(
        "event_minutes",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_event_minutes_by_id_users")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_event_minutes_event_id_events")),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_event_minutes")),
    )
    op.create_table(
        "event_minutes_versions",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("body_html", sa.String(), nullable=False),
        sa.Column("renderer", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_event_minutes_versions_by_id_users")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_event_minutes_versions_event_id_events")),
        sa.PrimaryKeyConstraint("event_id", "number", name=op.f("pk_event_minutes_versions")),
    )
    op.create_table(
        "event_moves",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("former_starts_at", sa.DateTime(), nullable=False),
        sa.Column("former_ends_at", sa.DateTime(), nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_event_moves_by_id_users")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_event_moves_event_id_events")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_moves")),
    )
    with op.batch_alter_table("event_moves", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_moves_event_id"), ["event_id"], unique=False)

    op.create_table(
        "event_organisations",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_event_organisations_event_id_events")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_event_organisations_organisation_id_organisations")
        ),
        sa.PrimaryKeyConstraint("event_id", "organisation_id", name=op.f("pk_event_organisations")),
    )
    with op.batch_alter_table("event_organisations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_organisations_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "event_questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.CheckConstraint("kind IN ('line', 'one', 'several')", name=op.f("ck_event_questions_kind")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_event_questions_event_id_events")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_questions")),
    )
    with op.batch_alter_table("event_questions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_questions_event_id"), ["event_id"], unique=False)

    op.create_table(
        "event_tags",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_event_tags_event_id_events")),
        sa.ForeignKeyConstraint(["tag_id"], ["tags.id"], name=op.f("fk_event_tags_tag_id_tags")),
        sa.PrimaryKeyConstraint("event_id", "tag_id", name=op.f("pk_event_tags")),
    )
    with op.batch_alter_table("event_tags", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_tags_tag_id"), ["tag_id"], unique=False)

    op.create_table(
        "event_territories",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("territory_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_event_territories_event_id_events")),
        sa.ForeignKeyConstraint(
            ["territory_id"], ["territories.id"], name=op.f("fk_event_territories_territory_id_territories")
        ),
        sa.PrimaryKeyConstraint("event_id", "territory_id", name=op.f("pk_event_territories")),
    )
    with op.batch_alter_table("event_territories", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_territories_territory_id"), ["territory_id"], unique=False)

    op.create_table(
        "registrants",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("lang", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=True),
        sa.Column("consent_document", sa.String(), nullable=False),
        sa.Column("consent_version", sa.String(), nullable=False),
        sa.Column("consented_at", sa.DateTime(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_registrants_event_id_events")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registrants")),
        sa.UniqueConstraint("event_id", "email", name=op.f("uq_registrants_event_id_email")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_registrants_token_hash")),
    )
    with op.batch_alter_table("registrants", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_registrants_created_at"), ["created_at"], unique=False)

    op.create_table(
        "event_registrations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("registrant_id", sa.Integer(), nullable=True),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("party", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("passed_over_at", sa.DateTime(), nullable=True),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("meal", sa.String(), nullable=False),
        sa.Column("territory_id", sa.Integer(), nullable=True),
        sa.Column("needs", sa.String(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("wants_name_shown", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(), nullable=True),
        sa.Column("arrived_at", sa.DateTime(), nullable=True),
        sa.Column("arrived_by", sa.Integer(), nullable=True),
        sa.Column("arrival_key", sa.String(), nullable=True),
        sa.Column("is_walk_in", sa.Boolean(), nullable=False),
        sa.CheckConstraint("mode IN ('in_person', 'online')", name=op.f("ck_event_registrations_mode")),
        sa.CheckConstraint(
            "state IN ('unconfirmed', 'in', 'waiting', 'cancelled')", name=op.f("ck_event_registrations_state")
        ),
        sa.CheckConstraint(
            "(user_id IS NULL) <> (registrant_id IS NULL)", name=op.f("ck_event_registrations_one_person")
        ),
        sa.CheckConstraint("party BETWEEN 1 AND 4", name=op.f("ck_event_registrations_party")),
        sa.ForeignKeyConstraint(["arrived_by"], ["users.id"], name=op.f("fk_event_registrations_arrived_by_users")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_event_registrations_event_id_events")),
        sa.ForeignKeyConstraint(
            ["registrant_id"], ["registrants.id"], name=op.f("fk_event_registrations_registrant_id_registrants")
        ),
        sa.ForeignKeyConstraint(
            ["territory_id"], ["territories.id"], name=op.f("fk_event_registrations_territory_id_territories")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_event_registrations_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_registrations")),
        sa.UniqueConstraint("event_id", "code", name=op.f("uq_event_registrations_event_id_code")),
        sa.UniqueConstraint("event_id", "user_id", name=op.f("uq_event_registrations_event_id_user_id")),
        sa.UniqueConstraint("registrant_id", name=op.f("uq_event_registrations_registrant_id")),
    )
    with op.batch_alter_table("event_registrations", schema=None) as batch_op:
        batch_op.create_index("ix_event_registrations_list", ["event_id", "state", "mode", "rank"], unique=False)
        batch_op.create_index(
            "ix_event_registrations_unconfirmed",
            ["created_at"],
            unique=False,
            sqlite_where=sa.text("state = 'unconfirmed'"),
            postgresql_where=sa.text("state = 'unconfirmed'"),
        )
        batch_op.create_index(batch_op.f("ix_event_registrations_user_id"), ["user_id"], unique=False)

    op.create_table(
        "event_mails",
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["event_registrations.id"],
            name=op.f("fk_event_mails_registration_id_event_registrations"),
        ),
        sa.PrimaryKeyConstraint("registration_id", "kind", "starts_at", name=op.f("pk_event_mails")),
    )
    op.create_table(
        "event_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("idea_id", sa.Integer(), nullable=True),
        sa.Column("action_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["action_id"], ["actions.id"], name=op.f("fk_event_decisions_action_id_actions")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_event_decisions_event_id_events")),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_event_decisions_idea_id_ideas")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_decisions")),
    )
    with op.batch_alter_table("event_decisions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_decisions_action_id"), ["action_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_decisions_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_decisions_idea_id"), ["idea_id"], unique=False)

    op.create_table(
        "event_subjects",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=True),
        sa.Column("update_id", sa.Integer(), nullable=True),
        sa.Column("action_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("role IN ('about', 'led_to')", name=op.f("ck_event_subjects_role")),
        sa.CheckConstraint(
            "(CASE WHEN idea_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN update_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN action_id IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_event_subjects_one_subject"),
        ),
        sa.ForeignKeyConstraint(["action_id"], ["actions.id"], name=op.f("fk_event_subjects_action_id_actions")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_event_subjects_event_id_events")),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_event_subjects_idea_id_ideas")),
        sa.ForeignKeyConstraint(["update_id"], ["updates.id"], name=op.f("fk_event_subjects_update_id_updates")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_subjects")),
        sa.UniqueConstraint("event_id", "role", "action_id", name=op.f("uq_event_subjects_event_id_role_action_id")),
        sa.UniqueConstraint("event_id", "role", "idea_id", name=op.f("uq_event_subjects_event_id_role_idea_id")),
        sa.UniqueConstraint("event_id", "role", "update_id", name=op.f("uq_event_subjects_event_id_role_update_id")),
    )
    with op.batch_alter_table("event_subjects", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_subjects_action_id"), ["action_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_subjects_idea_id"), ["idea_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_subjects_update_id"), ["update_id"], unique=False)

    for name in REFERRING:
        with op.batch_alter_table(name) as table:
            table.add_column(sa.Column("event_id", sa.Integer(), nullable=True))
            table.create_foreign_key(op.f(f"fk_{name}_event_id_events"), "events", ["event_id"], ["id"])
            if name in INDEXED:
                table.create_index(op.f(f"ix_{name}_event_id"), ["event_id"])
            if name in SUBJECTS:
                table.drop_constraint(op.f(f"ck_{name}_one_subject"), type_="check")
                table.create_check_constraint(op.f(f"ck_{name}_one_subject"), _one((*SUBJECTS[name], "event_id")))
    with op.batch_alter_table("cases") as table:
        table.create_index("uq_cases_open_event", ["event_id"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN)
    with op.batch_alter_table("outbox") as table:
        table.add_column(sa.Column("calendar", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("about", sa.String(), nullable=False, server_default=""))
        table.create_index(op.f("ix_outbox_about"), ["about"])
    with op.batch_alter_table("outbox") as table:
        table.alter_column("calendar", server_default=None)
        table.alter_column("about", server_default=None)


def _one(columns: tuple[str, ...]) -> str:
    return " + ".join(f"(CASE WHEN {column} IS NULL THEN 0 ELSE 1 END)" for column in columns) + " = 1"


def downgrade() -> None:
    for statement in GONE:
        op.execute(statement)
    with op.batch_alter_table("outbox") as table:
        table.drop_index(op.f("ix_outbox_about"))
        table.drop_column("about")
        table.drop_column("calendar")
    with op.batch_alter_table("cases") as table:
        table.drop_index("uq_cases_open_event")
    for name in REFERRING:
        with op.batch_alter_table(name) as table:
            if name in SUBJECTS:
                table.drop_constraint(op.f(f"ck_{name}_one_subject"), type_="check")
                table.create_check_constraint(op.f(f"ck_{name}_one_subject"), _one(SUBJECTS[name]))
            if name in INDEXED:
                table.drop_index(op.f(f"ix_{name}_event_id"))
            table.drop_constraint(op.f(f"fk_{name}_event_id_events"), type_="foreignkey")
            table.drop_column("event_id")
    for name in reversed(TABLES):
        op.drop_table(name)
