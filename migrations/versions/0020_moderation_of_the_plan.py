"""actions and bulletins that are reported, hidden, locked

Going back drops the cases and the measures on actions and bulletins; what was hidden stays hidden.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

OPEN = sa.text("state = 'open'")
SUBJECTS = {
    "cases": ("idea_id", "comment_id", "update_id", "profile_id"),
    "measures": ("idea_id", "comment_id", "update_id", "profile_id", "user_id"),
}
NOUNS = {"action": "actions", "bulletin": "bulletins"}
OURS = "(action_id IS NOT NULL OR bulletin_id IS NOT NULL)"
# What goes with a case or a measure on an action or a bulletin, the furthest first.
CHILDREN = (
    "UPDATE cases SET measure_id = NULL WHERE measure_id IN {measures}",
    "UPDATE case_steps SET measure_id = NULL WHERE measure_id IN {measures}",
    "DELETE FROM appeals WHERE measure_id IN {measures}",
    "DELETE FROM assignments WHERE case_id IN {cases}",
    "DELETE FROM case_steps WHERE case_id IN {cases}",
    "DELETE FROM reports WHERE case_id IN {cases}",
    f"DELETE FROM cases WHERE {OURS}",
    f"UPDATE measures SET undoes_id = NULL WHERE {OURS}",
    f"DELETE FROM measures WHERE {OURS}",
)


def upgrade() -> None:
    for table, columns in SUBJECTS.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            for noun, owner in NOUNS.items():
                batch_op.add_column(sa.Column(f"{noun}_id", sa.Integer(), nullable=True))
                batch_op.create_foreign_key(batch_op.f(f"fk_{table}_{noun}_id_{owner}"), owner, [f"{noun}_id"], ["id"])
            batch_op.drop_constraint(batch_op.f(f"ck_{table}_one_subject"), type_="check")
            batch_op.create_check_constraint(
                batch_op.f(f"ck_{table}_one_subject"), _one((*columns, *(f"{noun}_id" for noun in NOUNS)))
            )
    for noun in NOUNS:
        with op.batch_alter_table("cases", schema=None) as batch_op:
            batch_op.create_index(
                f"uq_cases_open_{noun}", [f"{noun}_id"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN
            )
        with op.batch_alter_table("measures", schema=None) as batch_op:
            batch_op.create_index(batch_op.f(f"ix_measures_{noun}_id"), [f"{noun}_id"], unique=False)


def _one(columns: tuple[str, ...]) -> str:
    return " + ".join(f"(CASE WHEN {column} IS NULL THEN 0 ELSE 1 END)" for column in columns) + " = 1"


def downgrade() -> None:
    ours = {table: f"(SELECT id FROM {table} WHERE {OURS})" for table in SUBJECTS}
    for statement in CHILDREN:
        op.execute(statement.format(**ours))
    for noun in NOUNS:
        with op.batch_alter_table("measures", schema=None) as batch_op:
            batch_op.drop_index(batch_op.f(f"ix_measures_{noun}_id"))
        with op.batch_alter_table("cases", schema=None) as batch_op:
            batch_op.drop_index(f"uq_cases_open_{noun}")
    for table, columns in SUBJECTS.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_constraint(batch_op.f(f"ck_{table}_one_subject"), type_="check")
            batch_op.create_check_constraint(batch_op.f(f"ck_{table}_one_subject"), _one(columns))
            for noun, owner in NOUNS.items():
                batch_op.drop_constraint(batch_op.f(f"fk_{table}_{noun}_id_{owner}"), type_="foreignkey")
                batch_op.drop_column(f"{noun}_id")
