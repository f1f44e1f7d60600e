"""profiles that are reported and hidden

Going back keeps « Nom masqué » on the accounts whose profile was hidden: what was hidden is not published again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

OPEN = sa.text("state = 'open'")
SUBJECTS = {
    "cases": ("idea_id", "comment_id", "update_id"),
    "measures": ("idea_id", "comment_id", "update_id", "user_id"),
}
# What goes with a case or a measure on a profile, the furthest first.
CHILDREN = (
    "UPDATE cases SET measure_id = NULL WHERE measure_id IN {measures}",
    "UPDATE case_steps SET measure_id = NULL WHERE measure_id IN {measures}",
    "DELETE FROM appeals WHERE measure_id IN {measures}",
    "DELETE FROM assignments WHERE case_id IN {cases}",
    "DELETE FROM case_steps WHERE case_id IN {cases}",
    "DELETE FROM reports WHERE case_id IN {cases}",
    "DELETE FROM cases WHERE profile_id IS NOT NULL",
    "UPDATE measures SET undoes_id = NULL WHERE profile_id IS NOT NULL",
    "DELETE FROM measures WHERE profile_id IS NOT NULL",
)


def upgrade() -> None:
    op.create_table(
        "profiles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=True),
        sa.Column("hidden_at", sa.DateTime(), nullable=True),
        sa.Column("hidden_by", sa.Integer(), nullable=True),
        sa.Column("hidden_reason", sa.String(), nullable=True),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("deleted_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["users.id"], name=op.f("fk_profiles_author_id_users")),
        sa.ForeignKeyConstraint(["deleted_by"], ["users.id"], name=op.f("fk_profiles_deleted_by_users")),
        sa.ForeignKeyConstraint(["hidden_by"], ["users.id"], name=op.f("fk_profiles_hidden_by_users")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_profiles_organisation_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profiles")),
        sa.UniqueConstraint("author_id", name=op.f("uq_profiles_author_id")),
    )
    for table, columns in SUBJECTS.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("profile_id", sa.Integer(), nullable=True))
            batch_op.create_foreign_key(
                batch_op.f(f"fk_{table}_profile_id_profiles"), "profiles", ["profile_id"], ["id"]
            )
            batch_op.drop_constraint(batch_op.f(f"ck_{table}_one_subject"), type_="check")
            batch_op.create_check_constraint(batch_op.f(f"ck_{table}_one_subject"), _one((*columns, "profile_id")))
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.create_index(
            "uq_cases_open_profile", ["profile_id"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN
        )
    with op.batch_alter_table("measures", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_measures_profile_id"), ["profile_id"], unique=False)


def _one(columns: tuple[str, ...]) -> str:
    return " + ".join(f"(CASE WHEN {column} IS NULL THEN 0 ELSE 1 END)" for column in columns) + " = 1"


def downgrade() -> None:
    on_profiles = {table: f"(SELECT id FROM {table} WHERE profile_id IS NOT NULL)" for table in SUBJECTS}
    for statement in CHILDREN:
        op.execute(statement.format(**on_profiles))
    with op.batch_alter_table("measures", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_measures_profile_id"))
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.drop_index("uq_cases_open_profile")
    for table, columns in SUBJECTS.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_constraint(batch_op.f(f"ck_{table}_one_subject"), type_="check")
            batch_op.create_check_constraint(batch_op.f(f"ck_{table}_one_subject"), _one(columns))
            batch_op.drop_constraint(batch_op.f(f"fk_{table}_profile_id_profiles"), type_="foreignkey")
            batch_op.drop_column("profile_id")
    op.drop_table("profiles")
