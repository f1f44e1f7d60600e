"""what waits for a team, found by indexes: since when an idea is answered, and up to where a thread may be unread"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

KEPT = "hidden_at IS NULL AND deleted_at IS NULL"
IN_SIGHT = KEPT + " AND merged_into IS NULL"
PUBLIC = "(status NOT IN ('draft', 'pending')) AND " + IN_SIGHT
BEGUN = (
    "(status IN ('under_review', 'retained', 'planned', 'underway')"
    " OR status = 'published' AND answered_at IS NOT NULL)"
)
WORDS = {
    "sqlite": {"is_not_private": "is_private IS 0", "is_named": "is_named = 1"},
    "postgresql": {"is_not_private": "is_private IS false", "is_named": "is_named"},
}
# Name, table, columns, and which rows it holds.
INDEXES = (
    ("ix_ideas_pending", "ideas", ("saved_at", "id"), f"status = 'pending' AND {KEPT}"),
    ("ix_ideas_orphans", "ideas", ("published_at", "id"), f"{PUBLIC} AND {{is_not_private}} AND community_id IS NULL"),
    (
        "ix_ideas_unanswered",
        "ideas",
        ("community_id", "status_at", "id"),
        f"status = 'published' AND answered_at IS NULL AND {IN_SIGHT}",
    ),
    ("ix_ideas_begun", "ideas", ("community_id", "status_at", "id"), f"{PUBLIC} AND {BEGUN}"),
    ("ix_ideas_step", "ideas", ("community_id", "status", "status_at", "id"), PUBLIC),
    (
        "ix_answers_asked",
        "answers",
        ("asked_at", "id"),
        "asked_at IS NOT NULL AND reviewed_at IS NULL AND published_at IS NULL AND dropped_at IS NULL",
    ),
    ("ix_threads_unread", "threads", ("community_id", "unread_id", "id"), "unread_id IS NOT NULL"),
    ("ix_comments_thread", "comments", ("thread_id", "id"), None),
    ("ix_comments_branch", "comments", ("root_id", "id"), None),
    ("ix_comments_author", "comments", ("author_id", "id"), None),
    ("ix_comments_pending", "comments", ("created_at", "id"), f"status = 'pending' AND {KEPT}"),
    ("ix_comments_oldest", "comments", ("thread_id", "created_at", "id"), "root_id IS NULL"),
    ("ix_comments_useful", "comments", ("thread_id", "useful_count DESC", "id"), "root_id IS NULL"),
    ("ix_held_revisions_open", "held_revisions", ("at", "id"), "state = 'open'"),
    ("ix_cases_open", "cases", ("opened_at", "id"), "state = 'open'"),
    ("ix_cases_decided", "cases", ("state", "decided_at", "id"), None),
    ("ix_appeals_open", "appeals", ("at", "id"), "state = 'open'"),
    ("ix_appeals_decided", "appeals", ("state", "decided_at", "id"), None),
    ("ix_handovers_open", "handovers", ("at", "id"), "state = 'open'"),
    ("ix_move_requests_open", "move_requests", ("at", "id"), "state = 'open'"),
    ("ix_restrictions_frozen", "restrictions", ("at", "id"), "kind = 'freeze' AND lifted_at IS NULL"),
    ("ix_profiles_changed", "profiles", ("changed_at", "id"), "changed_at IS NOT NULL AND deleted_at IS NULL"),
    ("ix_notices_unread", "notices", ("user_id", "id"), "read_at IS NULL"),
    ("ix_notices_to_mail", "notices", ("at",), "mailed_at IS NULL OR mailed_at < at"),
    ("ix_votes_named", "votes", ("idea_id", "at", "id"), "{is_named}"),
    ("ix_votes_inherited", "votes", ("idea_id",), "inherited_from IS NOT NULL"),
    ("ix_updates_recent", "updates", ("published_at", "id"), None),
    ("ix_updates_author", "updates", ("author_id", "id"), None),
    ("ix_journal_kind", "journal", ("kind", "id"), None),
    ("ix_journal_community", "journal", ("community_id", "id"), None),
    ("ix_journal_community_kind", "journal", ("community_id", "kind", "id"), None),
)
FORMER_INDEXES = (
    ("ix_ideas_status_at", "ideas", ("status_at",)),
    ("ix_comments_root_id", "comments", ("root_id",)),
    ("ix_comments_author_id", "comments", ("author_id",)),
    ("ix_comments_thread_root", "comments", ("thread_id", "root_id", "id")),
    ("ix_held_revisions_state", "held_revisions", ("state",)),
    ("ix_cases_state", "cases", ("state",)),
    ("ix_appeals_state", "appeals", ("state",)),
    ("ix_handovers_state", "handovers", ("state",)),
    ("ix_updates_author_id", "updates", ("author_id",)),
    ("ix_journal_community_id", "journal", ("community_id",)),
)


def upgrade() -> None:
    with op.batch_alter_table("ideas") as table:
        table.add_column(sa.Column("answered_at", sa.DateTime(), nullable=True))
    with op.batch_alter_table("threads") as table:
        table.add_column(sa.Column("unread_id", sa.Integer(), nullable=True))
    op.execute(
        "UPDATE ideas SET answered_at = (SELECT max(at) FROM status_changes AS step WHERE step.idea_id = ideas.id"
        " AND step.stays AND step.at >= ideas.status_at) WHERE id IN (SELECT idea_id FROM status_changes WHERE stays)"
    )
    op.execute("UPDATE threads SET unread_id = (SELECT max(id) FROM comments WHERE thread_id = threads.id)")
    op.execute(
        "UPDATE threads SET unread_id = NULL WHERE EXISTS (SELECT 1 FROM thread_read_marks AS mark"
        " WHERE mark.thread_id = threads.id AND mark.comment_id >= threads.unread_id)"
    )
    for name, table_name, _columns in FORMER_INDEXES:
        op.drop_index(name, table_name=table_name)
    words = WORDS[op.get_bind().dialect.name]
    for name, table_name, columns, where in INDEXES:
        rows = sa.text(where.format(**words)) if where else None
        op.create_index(
            name,
            table_name,
            [sa.text(column) if " " in column else column for column in columns],
            sqlite_where=rows,
            postgresql_where=rows,
        )


def downgrade() -> None:
    for name, table_name, _columns, _where in INDEXES:
        op.drop_index(name, table_name=table_name)
    for name, table_name, columns in FORMER_INDEXES:
        op.create_index(name, table_name, list(columns))
    with op.batch_alter_table("threads") as table:
        table.drop_column("unread_id")
    with op.batch_alter_table("ideas") as table:
        table.drop_column("answered_at")
