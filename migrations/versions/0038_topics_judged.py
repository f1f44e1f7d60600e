"""cases and measures of the topics of forums, and an index of those that wait

Going back drops them, with the notices that tell of topics, those that were to be written, and what search finds of
topics, which the program of before can neither tell nor show; the topics stay, hidden or not.
"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

OPEN = sa.text("state = 'open'")
AWAITS = sa.text("state = 'waiting' AND hidden_at IS NULL AND deleted_at IS NULL")
SUBJECTS = {
    "cases": ("idea_id", "comment_id", "update_id", "action_id", "bulletin_id", "event_id", "profile_id"),
    "measures": ("idea_id", "comment_id", "update_id", "action_id", "bulletin_id", "event_id", "profile_id", "user_id"),
}
CASES = "SELECT id FROM cases WHERE topic_id IS NOT NULL"
MEASURES = "SELECT id FROM measures WHERE topic_id IS NOT NULL"
GONE = (
    "DELETE FROM facts WHERE kind LIKE 'topic!_%' ESCAPE '!'",
    "DELETE FROM search_entries WHERE kind = 'topic'",
    """DELETE FROM notices WHERE CAST(facts AS VARCHAR) LIKE '%"topic":%'""",
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


def upgrade() -> None:
    for name, columns in SUBJECTS.items():
        with op.batch_alter_table(name) as table:
            table.add_column(sa.Column("topic_id", sa.Integer(), nullable=True))
            table.create_foreign_key(op.f(f"fk_{name}_topic_id_forum_topics"), "forum_topics", ["topic_id"], ["id"])
            table.drop_constraint(op.f(f"ck_{name}_one_subject"), type_="check")
            table.create_check_constraint(op.f(f"ck_{name}_one_subject"), _one((*columns, "topic_id")))
    with op.batch_alter_table("measures") as table:
        table.create_index(op.f("ix_measures_topic_id"), ["topic_id"])
    with op.batch_alter_table("cases") as table:
        table.create_index("uq_cases_open_topic", ["topic_id"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN)

    with op.batch_alter_table("forum_topics") as table:
        table.create_index(
            "ix_forum_topics_waiting", ["created_at", "id"], sqlite_where=AWAITS, postgresql_where=AWAITS
        )


def _one(columns: tuple[str, ...]) -> str:
    return " + ".join(f"(CASE WHEN {column} IS NULL THEN 0 ELSE 1 END)" for column in columns) + " = 1"


def downgrade() -> None:
    for statement in GONE:
        op.execute(statement)
    with op.batch_alter_table("forum_topics") as table:
        table.drop_index("ix_forum_topics_waiting")
    with op.batch_alter_table("cases") as table:
        table.drop_index("uq_cases_open_topic")
    with op.batch_alter_table("measures") as table:
        table.drop_index(op.f("ix_measures_topic_id"))
    for name, columns in SUBJECTS.items():
        with op.batch_alter_table(name) as table:
            table.drop_constraint(op.f(f"ck_{name}_one_subject"), type_="check")
            table.create_check_constraint(op.f(f"ck_{name}_one_subject"), _one(columns))
            table.drop_constraint(op.f(f"fk_{name}_topic_id_forum_topics"), type_="foreignkey")
            table.drop_column("topic_id")
