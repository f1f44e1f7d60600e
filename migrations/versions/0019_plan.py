"""the plan of action"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

SET_BY_HAND = (
    "(status NOT IN ('draft', 'pending')) AND hidden_at IS NULL AND deleted_at IS NULL"
    " AND merged_into IS NULL AND status IN ('planned', 'underway', 'achieved') AND action_id IS NULL"
)


def upgrade() -> None:
    op.create_table(
        "plans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plans")),
    )
    with op.batch_alter_table("plans", schema=None) as batch_op:
        batch_op.create_index(
            "uq_plans_current",
            ["is_current"],
            unique=True,
            sqlite_where=sa.text("is_current"),
            postgresql_where=sa.text("is_current"),
        )

    op.create_table(
        "orientations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_orientations_plan_id_plans")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orientations")),
    )
    with op.batch_alter_table("orientations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_orientations_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "objectives",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("orientation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["orientation_id"], ["orientations.id"], name=op.f("fk_objectives_orientation_id_orientations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objectives")),
    )
    with op.batch_alter_table("objectives", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_objectives_orientation_id"), ["orientation_id"], unique=False)

    op.create_table(
        "plan_drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("outline", sa.JSON(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_plan_drafts_by_id_users")),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_plan_drafts_plan_id_plans")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_drafts")),
        sa.UniqueConstraint("plan_id", name=op.f("uq_plan_drafts_plan_id")),
    )
    op.create_table(
        "plan_imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_plan_imports_by_id_users")),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_plan_imports_plan_id_plans")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_imports")),
    )
    with op.batch_alter_table("plan_imports", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_imports_by_id"), ["by_id"], unique=False)

    op.create_table(
        "plan_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("outline", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_plan_versions_by_id_users")),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_plan_versions_plan_id_plans")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_versions")),
        sa.UniqueConstraint("plan_id", "number", name=op.f("uq_plan_versions_plan_id_number")),
    )
    op.create_table(
        "actions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("objective_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("body_html", sa.String(), nullable=False),
        sa.Column("renderer", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=True),
        sa.Column("community_id", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("budget", sa.Integer(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("state_at", sa.DateTime(), nullable=False),
        sa.Column("progress", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=False),
        sa.Column("moved_at", sa.DateTime(), nullable=False),
        sa.Column("comments_count", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.DateTime(), nullable=True),
        sa.Column("hidden_at", sa.DateTime(), nullable=True),
        sa.Column("hidden_by", sa.Integer(), nullable=True),
        sa.Column("hidden_reason", sa.String(), nullable=True),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("deleted_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("state IN ('planned', 'underway', 'achieved', 'dropped')", name=op.f("ck_actions_state")),
        sa.CheckConstraint("progress BETWEEN 0 AND 100", name=op.f("ck_actions_progress")),
        sa.CheckConstraint("weight > 0", name=op.f("ck_actions_weight")),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name=op.f("fk_actions_author_id_users")),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name=op.f("fk_actions_community_id_communities")),
        sa.ForeignKeyConstraint(["deleted_by"], ["users.id"], name=op.f("fk_actions_deleted_by_users")),
        sa.ForeignKeyConstraint(["hidden_by"], ["users.id"], name=op.f("fk_actions_hidden_by_users")),
        sa.ForeignKeyConstraint(["lead_id"], ["organisations.id"], name=op.f("fk_actions_lead_id_organisations")),
        sa.ForeignKeyConstraint(["objective_id"], ["objectives.id"], name=op.f("fk_actions_objective_id_objectives")),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_actions_plan_id_plans")),
        sa.ForeignKeyConstraint(["thread_id"], ["threads.id"], name=op.f("fk_actions_thread_id_threads")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actions")),
        sa.UniqueConstraint("thread_id", name=op.f("uq_actions_thread_id")),
    )
    with op.batch_alter_table("actions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_actions_author_id"), ["author_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_actions_community_id"), ["community_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_actions_lead_id"), ["lead_id"], unique=False)
        batch_op.create_index("ix_actions_moved", ["plan_id", "moved_at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_actions_objective_id"), ["objective_id"], unique=False)

    op.create_table(
        "action_communities",
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["actions.id"], name=op.f("fk_action_communities_action_id_actions")),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_action_communities_community_id_communities")
        ),
        sa.PrimaryKeyConstraint("action_id", "community_id", name=op.f("pk_action_communities")),
    )
    with op.batch_alter_table("action_communities", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_action_communities_community_id"), ["community_id"], unique=False)

    op.create_table(
        "action_documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["actions.id"], name=op.f("fk_action_documents_action_id_actions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_documents")),
    )
    with op.batch_alter_table("action_documents", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_action_documents_action_id"), ["action_id"], unique=False)

    op.create_table(
        "action_funding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("first_year", sa.Integer(), nullable=False),
        sa.Column("last_year", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["actions.id"], name=op.f("fk_action_funding_action_id_actions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_funding")),
    )
    with op.batch_alter_table("action_funding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_action_funding_action_id"), ["action_id"], unique=False)

    op.create_table(
        "action_issues",
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["actions.id"], name=op.f("fk_action_issues_action_id_actions")),
        sa.ForeignKeyConstraint(["issue_id"], ["issues.id"], name=op.f("fk_action_issues_issue_id_issues")),
        sa.PrimaryKeyConstraint("action_id", "issue_id", name=op.f("pk_action_issues")),
    )
    with op.batch_alter_table("action_issues", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_action_issues_issue_id"), ["issue_id"], unique=False)

    op.create_table(
        "action_partners",
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["actions.id"], name=op.f("fk_action_partners_action_id_actions")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_action_partners_organisation_id_organisations")
        ),
        sa.PrimaryKeyConstraint("action_id", "organisation_id", name=op.f("pk_action_partners")),
    )
    with op.batch_alter_table("action_partners", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_action_partners_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "action_territories",
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("territory_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["actions.id"], name=op.f("fk_action_territories_action_id_actions")),
        sa.ForeignKeyConstraint(
            ["territory_id"], ["territories.id"], name=op.f("fk_action_territories_territory_id_territories")
        ),
        sa.PrimaryKeyConstraint("action_id", "territory_id", name=op.f("pk_action_territories")),
    )
    with op.batch_alter_table("action_territories", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_action_territories_territory_id"), ["territory_id"], unique=False)

    op.create_table(
        "bulletins",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("body_html", sa.String(), nullable=False),
        sa.Column("renderer", sa.Integer(), nullable=False),
        sa.Column("blocker", sa.String(), nullable=False),
        sa.Column("lang", sa.String(), nullable=False),
        sa.Column("state_before", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("edited_at", sa.DateTime(), nullable=True),
        sa.Column("hidden_at", sa.DateTime(), nullable=True),
        sa.Column("hidden_by", sa.Integer(), nullable=True),
        sa.Column("hidden_reason", sa.String(), nullable=True),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("deleted_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["action_id"], ["actions.id"], name=op.f("fk_bulletins_action_id_actions")),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name=op.f("fk_bulletins_author_id_users")),
        sa.ForeignKeyConstraint(["deleted_by"], ["users.id"], name=op.f("fk_bulletins_deleted_by_users")),
        sa.ForeignKeyConstraint(["hidden_by"], ["users.id"], name=op.f("fk_bulletins_hidden_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulletins")),
    )
    with op.batch_alter_table("bulletins", schema=None) as batch_op:
        batch_op.create_index("ix_bulletins_action", ["action_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_bulletins_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_bulletins_author_id"), ["author_id"], unique=False)

    op.create_table(
        "holders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("given_by", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["action_id"], ["actions.id"], name=op.f("fk_holders_action_id_actions")),
        sa.ForeignKeyConstraint(["ended_by"], ["users.id"], name=op.f("fk_holders_ended_by_users")),
        sa.ForeignKeyConstraint(["given_by"], ["users.id"], name=op.f("fk_holders_given_by_users")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_holders_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holders")),
    )
    with op.batch_alter_table("holders", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_holders_action_id"), ["action_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_holders_user_id"), ["user_id"], unique=False)
        batch_op.create_index(
            "uq_holders_living",
            ["action_id", "user_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "indicators",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("baseline", sa.Float(), nullable=True),
        sa.Column("target", sa.Float(), nullable=True),
        sa.Column("removed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["action_id"], ["actions.id"], name=op.f("fk_indicators_action_id_actions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicators")),
    )
    with op.batch_alter_table("indicators", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_indicators_action_id"), ["action_id"], unique=False)

    op.create_table(
        "links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("proposed_by", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(), nullable=False),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("answer_reason", sa.String(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("ended_reason", sa.String(), nullable=False),
        sa.CheckConstraint("answer IN ('accepted', 'declined')", name=op.f("ck_links_answer")),
        sa.ForeignKeyConstraint(["action_id"], ["actions.id"], name=op.f("fk_links_action_id_actions")),
        sa.ForeignKeyConstraint(["answered_by"], ["users.id"], name=op.f("fk_links_answered_by_users")),
        sa.ForeignKeyConstraint(["ended_by"], ["users.id"], name=op.f("fk_links_ended_by_users")),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_links_idea_id_ideas")),
        sa.ForeignKeyConstraint(["proposed_by"], ["users.id"], name=op.f("fk_links_proposed_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_links")),
    )
    with op.batch_alter_table("links", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_links_action_id"), ["action_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_links_idea_id"), ["idea_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_links_proposed_by"), ["proposed_by"], unique=False)
        batch_op.create_index(
            "ix_links_waiting",
            ["proposed_at", "id"],
            unique=False,
            sqlite_where=sa.text("answer IS NULL AND ended_at IS NULL"),
            postgresql_where=sa.text("answer IS NULL AND ended_at IS NULL"),
        )
        batch_op.create_index(
            "uq_links_standing",
            ["action_id", "idea_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL AND (answer IS NULL OR answer = 'accepted')"),
            postgresql_where=sa.text("ended_at IS NULL AND (answer IS NULL OR answer = 'accepted')"),
        )

    op.create_table(
        "update_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("update_id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=True),
        sa.Column("action_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("(idea_id IS NULL) <> (action_id IS NULL)", name=op.f("ck_update_links_one_subject")),
        sa.ForeignKeyConstraint(["action_id"], ["actions.id"], name=op.f("fk_update_links_action_id_actions")),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_update_links_by_id_users")),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_update_links_idea_id_ideas")),
        sa.ForeignKeyConstraint(["update_id"], ["updates.id"], name=op.f("fk_update_links_update_id_updates")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_update_links")),
        sa.UniqueConstraint("update_id", "action_id", name=op.f("uq_update_links_update_id_action_id")),
        sa.UniqueConstraint("update_id", "idea_id", name=op.f("uq_update_links_update_id_idea_id")),
    )
    with op.batch_alter_table("update_links", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_update_links_action_id"), ["action_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_update_links_idea_id"), ["idea_id"], unique=False)

    op.create_table(
        "indicator_values",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("bulletin_id", sa.Integer(), nullable=False),
        sa.Column("measured_on", sa.Date(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["bulletin_id"], ["bulletins.id"], name=op.f("fk_indicator_values_bulletin_id_bulletins")
        ),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicators.id"], name=op.f("fk_indicator_values_indicator_id_indicators")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_values")),
    )
    with op.batch_alter_table("indicator_values", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_indicator_values_bulletin_id"), ["bulletin_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_indicator_values_indicator_id"), ["indicator_id"], unique=False)

    op.create_table(
        "milestones",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("reached_on", sa.Date(), nullable=True),
        sa.Column("proof", sa.String(), nullable=False),
        sa.Column("proof_url", sa.String(), nullable=False),
        sa.Column("bulletin_id", sa.Integer(), nullable=True),
        sa.Column("removed_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("(reached_on IS NULL) = (bulletin_id IS NULL)", name=op.f("ck_milestones_reached")),
        sa.CheckConstraint("weight > 0", name=op.f("ck_milestones_weight")),
        sa.ForeignKeyConstraint(["action_id"], ["actions.id"], name=op.f("fk_milestones_action_id_actions")),
        sa.ForeignKeyConstraint(["bulletin_id"], ["bulletins.id"], name=op.f("fk_milestones_bulletin_id_bulletins")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestones")),
    )
    with op.batch_alter_table("milestones", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_milestones_action_id"), ["action_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_milestones_bulletin_id"), ["bulletin_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_milestones_due_on"), ["due_on"], unique=False)

    with op.batch_alter_table("status_changes", schema=None) as batch_op:
        batch_op.add_column(sa.Column("action_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_status_changes_action_id"), ["action_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_status_changes_action_id_actions"), "actions", ["action_id"], ["id"])

    with op.batch_alter_table("ideas", schema=None) as batch_op:
        batch_op.add_column(sa.Column("action_id", sa.Integer(), nullable=True))
        batch_op.create_index(
            "ix_ideas_action_id",
            ["action_id"],
            unique=False,
            sqlite_where=sa.text("action_id IS NOT NULL"),
            postgresql_where=sa.text("action_id IS NOT NULL"),
        )
        batch_op.create_foreign_key(batch_op.f("fk_ideas_action_id_actions"), "actions", ["action_id"], ["id"])
    with op.batch_alter_table("ideas", schema=None) as batch_op:
        batch_op.create_index(
            "ix_ideas_set_by_hand",
            ["community_id", "status_at", "id"],
            unique=False,
            sqlite_where=sa.text(SET_BY_HAND),
            postgresql_where=sa.text(SET_BY_HAND),
        )


def downgrade() -> None:
    with op.batch_alter_table("ideas", schema=None) as batch_op:
        batch_op.drop_index("ix_ideas_set_by_hand")
        batch_op.drop_constraint(batch_op.f("fk_ideas_action_id_actions"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_ideas_action_id"))
        batch_op.drop_column("action_id")

    with op.batch_alter_table("status_changes", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_status_changes_action_id_actions"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_status_changes_action_id"))
        batch_op.drop_column("action_id")

    with op.batch_alter_table("milestones", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_milestones_due_on"))
        batch_op.drop_index(batch_op.f("ix_milestones_bulletin_id"))
        batch_op.drop_index(batch_op.f("ix_milestones_action_id"))

    op.drop_table("milestones")
    with op.batch_alter_table("indicator_values", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_indicator_values_indicator_id"))
        batch_op.drop_index(batch_op.f("ix_indicator_values_bulletin_id"))

    op.drop_table("indicator_values")
    with op.batch_alter_table("update_links", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_update_links_idea_id"))
        batch_op.drop_index(batch_op.f("ix_update_links_action_id"))

    op.drop_table("update_links")
    with op.batch_alter_table("links", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_links_standing",
            sqlite_where=sa.text("ended_at IS NULL AND (answer IS NULL OR answer = 'accepted')"),
            postgresql_where=sa.text("ended_at IS NULL AND (answer IS NULL OR answer = 'accepted')"),
        )
        batch_op.drop_index(
            "ix_links_waiting",
            sqlite_where=sa.text("answer IS NULL AND ended_at IS NULL"),
            postgresql_where=sa.text("answer IS NULL AND ended_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_links_proposed_by"))
        batch_op.drop_index(batch_op.f("ix_links_idea_id"))
        batch_op.drop_index(batch_op.f("ix_links_action_id"))

    op.drop_table("links")
    with op.batch_alter_table("indicators", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_indicators_action_id"))

    op.drop_table("indicators")
    with op.batch_alter_table("holders", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_holders_living", sqlite_where=sa.text("ended_at IS NULL"), postgresql_where=sa.text("ended_at IS NULL")
        )
        batch_op.drop_index(batch_op.f("ix_holders_user_id"))
        batch_op.drop_index(batch_op.f("ix_holders_action_id"))

    op.drop_table("holders")
    with op.batch_alter_table("bulletins", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bulletins_author_id"))
        batch_op.drop_index(batch_op.f("ix_bulletins_at"))
        batch_op.drop_index("ix_bulletins_action")

    op.drop_table("bulletins")
    with op.batch_alter_table("action_territories", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_action_territories_territory_id"))

    op.drop_table("action_territories")
    with op.batch_alter_table("action_partners", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_action_partners_organisation_id"))

    op.drop_table("action_partners")
    with op.batch_alter_table("action_issues", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_action_issues_issue_id"))

    op.drop_table("action_issues")
    with op.batch_alter_table("action_funding", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_action_funding_action_id"))

    op.drop_table("action_funding")
    with op.batch_alter_table("action_documents", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_action_documents_action_id"))

    op.drop_table("action_documents")
    with op.batch_alter_table("action_communities", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_action_communities_community_id"))

    op.drop_table("action_communities")
    with op.batch_alter_table("actions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_actions_objective_id"))
        batch_op.drop_index("ix_actions_moved")
        batch_op.drop_index(batch_op.f("ix_actions_lead_id"))
        batch_op.drop_index(batch_op.f("ix_actions_community_id"))
        batch_op.drop_index(batch_op.f("ix_actions_author_id"))

    op.drop_table("actions")
    op.drop_table("plan_versions")
    with op.batch_alter_table("plan_imports", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_imports_by_id"))

    op.drop_table("plan_imports")
    op.drop_table("plan_drafts")
    with op.batch_alter_table("objectives", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_objectives_orientation_id"))

    op.drop_table("objectives")
    with op.batch_alter_table("orientations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_orientations_plan_id"))

    op.drop_table("orientations")
    with op.batch_alter_table("plans", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_plans_current", sqlite_where=sa.text("is_current"), postgresql_where=sa.text("is_current")
        )

    op.drop_table("plans")
