"""indexes that hold what the public's lists show, and nothing else"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

PUBLIC = "(status NOT IN ('draft', 'pending')) AND hidden_at IS NULL AND deleted_at IS NULL AND merged_into IS NULL"
LISTED = f"{PUBLIC} AND {{is_not_private}}"
WORDS = {
    "sqlite": {"is_not_private": "is_private IS 0", "stays": "stays = 1"},
    "postgresql": {"is_not_private": "is_private IS false", "stays": "stays"},
}
BEFORE = (
    ("ideas", "recent", ("published_at", "id")),
    ("ideas", "supported", ("votes_count", "id")),
    ("ideas", "discussed", ("comments_count", "id")),
    ("ideas", "community_recent", ("community_id", "published_at", "id")),
    ("ideas", "merged_into", ("merged_into",)),
    ("ideas", "author_id", ("author_id",)),
    ("status_changes", "at", ("at",)),
    ("idea_communities", "community_id", ("community_id",)),
    ("idea_issues", "issue_id", ("issue_id",)),
    ("idea_territories", "territory_id", ("territory_id",)),
    ("idea_tags", "tag_id", ("tag_id",)),
)
AFTER = (
    ("ideas", "recent", ("published_at", "thread_id", "id"), LISTED),
    ("ideas", "supported", ("votes_count", "thread_id", "id"), LISTED),
    ("ideas", "discussed", ("comments_count", "thread_id", "id"), LISTED),
    ("ideas", "quiet", ("published_at", "thread_id"), f"{LISTED} AND comments_count + 0 = 0"),
    ("ideas", "kind_recent", ("kind", "published_at", "thread_id"), LISTED),
    ("ideas", "status_recent", ("status", "published_at", "thread_id"), LISTED),
    ("ideas", "community_recent", ("community_id", "published_at", "thread_id"), PUBLIC),
    ("ideas", "community_hidden", ("community_id", "hidden_at", "id"), "hidden_at IS NOT NULL"),
    ("ideas", "merged_into", ("merged_into",), "merged_into IS NOT NULL"),
    ("ideas", "author", ("author_id", "id"), None),
    ("status_changes", "moves", ("at", "id"), "status != 'published' OR {stays}"),
    ("idea_communities", "community_id", ("community_id", "idea_id"), None),
    ("idea_issues", "issue_id", ("issue_id", "idea_id"), None),
    ("idea_territories", "territory_id", ("territory_id", "idea_id"), None),
    ("idea_tags", "tag_id", ("tag_id", "idea_id"), None),
)


def upgrade() -> None:
    words = WORDS[op.get_bind().dialect.name]
    for table, name, _columns in BEFORE:
        op.drop_index(f"ix_{table}_{name}", table_name=table)
    for table, name, columns, where in AFTER:
        part = sa.text(where.format(**words)) if where else None
        op.create_index(f"ix_{table}_{name}", table, list(columns), sqlite_where=part, postgresql_where=part)


def downgrade() -> None:
    for table, name, _columns, _where in AFTER:
        op.drop_index(f"ix_{table}_{name}", table_name=table)
    for table, name, columns in BEFORE:
        op.create_index(f"ix_{table}_{name}", table, list(columns))
