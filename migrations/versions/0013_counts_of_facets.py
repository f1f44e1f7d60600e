"""how many ideas each value of each axis has, and what each idea adds to it"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

PUBLIC = (
    "'published', 'under_review', 'retained', 'planned', 'underway', 'achieved', 'declined', 'archived', 'withdrawn'"
)
LISTED = f"i.status IN ({PUBLIC}) AND i.hidden_at IS NULL AND i.deleted_at IS NULL AND i.merged_into IS NULL"
# An idea has each of its values once, though two municipalities may be of one MRC.
KEYS = f"""
    SELECT i.id AS idea_id, 'kind' AS axis, i.kind AS value FROM ideas i WHERE {LISTED}
    UNION SELECT i.id, 'status', i.status FROM ideas i WHERE {LISTED}
    UNION SELECT i.id, 'community', CAST(i.community_id AS VARCHAR) FROM ideas i
        WHERE i.community_id IS NOT NULL AND {LISTED}
    UNION SELECT i.id, 'community', CAST(p.community_id AS VARCHAR)
        FROM idea_communities p JOIN ideas i ON i.id = p.idea_id WHERE {LISTED}
    UNION SELECT i.id, 'issue', CAST(p.issue_id AS VARCHAR)
        FROM idea_issues p JOIN ideas i ON i.id = p.idea_id WHERE {LISTED}
    UNION SELECT i.id, 'territory', CAST(p.territory_id AS VARCHAR)
        FROM idea_territories p JOIN ideas i ON i.id = p.idea_id WHERE {LISTED}
    UNION SELECT i.id, 'mrc', CAST(COALESCE(t.parent_id, t.id) AS VARCHAR)
        FROM idea_territories p JOIN territories t ON t.id = p.territory_id JOIN ideas i ON i.id = p.idea_id
        WHERE {LISTED}
    UNION SELECT i.id, 'tag', CAST(COALESCE(t.merged_into, t.id) AS VARCHAR)
        FROM idea_tags p JOIN tags t ON t.id = p.tag_id JOIN ideas i ON i.id = p.idea_id WHERE {LISTED}"""
JOIN = {"sqlite": "GROUP_CONCAT", "postgresql": "STRING_AGG"}
FAMILY = "CASE {0}.axis WHEN 'mrc' THEN 'territory' ELSE {0}.axis END"


def upgrade() -> None:
    op.create_table(
        "idea_facets",
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("is_private", sa.Boolean(), nullable=False),
        sa.Column("codes", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_idea_facets_idea_id_ideas")),
        sa.PrimaryKeyConstraint("idea_id", name=op.f("pk_idea_facets")),
    )
    op.create_table(
        "facet_counts",
        sa.Column("with_axis", sa.String(), nullable=False),
        sa.Column("with_value", sa.String(), nullable=False),
        sa.Column("axis", sa.String(), nullable=False),
        sa.Column("value", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("with_axis", "with_value", "axis", "value", name=op.f("pk_facet_counts")),
    )
    with op.batch_alter_table("facet_counts") as table:
        table.create_index("ix_facet_counts_most", ["with_axis", "with_value", "axis", "n", "value"])
    _count()


def _count() -> None:
    """Count what is there, and begin the number that changes with the counts."""
    op.execute(
        "CREATE TEMPORARY TABLE facet_keys (idea_id INTEGER NOT NULL, axis VARCHAR NOT NULL, value VARCHAR NOT NULL)"
    )
    op.execute(f"INSERT INTO facet_keys {KEYS} ORDER BY 1, 2, 3")
    op.execute("CREATE INDEX facet_keys_ideas ON facet_keys (idea_id)")
    join = JOIN[op.get_bind().dialect.name]
    op.execute(
        f"INSERT INTO idea_facets (idea_id, is_private, codes) SELECT k.idea_id, i.is_private,"
        f" ' ' || {join}(k.axis || ':' || k.value, ' ') || ' '"
        " FROM facet_keys k JOIN ideas i ON i.id = k.idea_id GROUP BY k.idea_id, i.is_private"
    )
    op.execute("DELETE FROM facet_keys WHERE idea_id IN (SELECT idea_id FROM idea_facets WHERE is_private)")
    counts = "INSERT INTO facet_counts (with_axis, with_value, axis, value, n)"
    op.execute(f"{counts} SELECT '', '', 'all', '', COUNT(*) FROM idea_facets WHERE NOT is_private HAVING COUNT(*) > 0")
    op.execute(f"{counts} SELECT '', '', axis, value, COUNT(*) FROM facet_keys GROUP BY axis, value")
    op.execute(
        f"{counts} SELECT a.axis, a.value, b.axis, b.value, COUNT(*) FROM facet_keys a"
        f" JOIN facet_keys b ON b.idea_id = a.idea_id AND {FAMILY.format('a')} <> {FAMILY.format('b')}"
        " GROUP BY a.axis, a.value, b.axis, b.value"
    )
    op.execute("DROP TABLE facet_keys")
    op.execute("INSERT INTO versions (key, n) SELECT 'facets', 1 WHERE EXISTS (SELECT 1 FROM idea_facets)")


def downgrade() -> None:
    op.drop_table("facet_counts")
    op.drop_table("idea_facets")
    op.execute("DELETE FROM versions WHERE key = 'facets'")
