"""what people choose to be told and follow; what is to be told to followers; addresses that do not exist"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

# The notices that are there leave as they would have: at once. A kind, or how it begins, and its topic.
TOPICS = (
    ("comment.%", "reply"),
    ("answers.%", "task"),
    ("desk.%", "task"),
    ("answers.due", "desk"),
    ("case.%", "desk"),
    ("appeal.opened", "desk"),
    ("handover.open", "desk"),
    ("move_request.open", "desk"),
    ("freeze.%", "desk"),
    ("profile.%", "desk"),
    ("idea.%", "desk"),
    ("account.%", "security"),
    ("role.%", "security"),
)
TO_MAIL = "mailed_at IS NULL OR mailed_at < at"
TO_MAIL_NOW = f"pace = 'now' AND ({TO_MAIL})"
TO_SUM_UP = "pace IN ('daily', 'weekly') AND mailed_at IS NULL AND read_at IS NULL"


def upgrade() -> None:
    op.create_table(
        "dead_addresses",
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("address", name=op.f("pk_dead_addresses")),
    )
    op.create_table(
        "follows",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("target_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("level IN ('all', 'steps', 'none')", name=op.f("ck_follows_level")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_follows_user_id_users")),
        sa.PrimaryKeyConstraint("user_id", "kind", "target_id", name=op.f("pk_follows")),
    )
    op.create_index("ix_follows_target", "follows", ["kind", "target_id", "user_id"])
    op.create_table(
        "notice_paces",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("pace", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_notice_paces_user_id_users")),
        sa.PrimaryKeyConstraint("user_id", "topic", name=op.f("pk_notice_paces")),
    )
    op.create_table(
        "notice_settings",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("paused_until", sa.DateTime(), nullable=True),
        sa.Column("commented", sa.String(), nullable=False),
        sa.Column("supported", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_notice_settings_user_id_users")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_notice_settings")),
    )
    op.create_table(
        "summaries",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("pace", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_summaries_user_id_users")),
        sa.PrimaryKeyConstraint("user_id", "pace", "day", name=op.f("pk_summaries")),
    )
    op.create_table(
        "facts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("idea_id", sa.Integer(), nullable=True),
        sa.Column("comment_id", sa.Integer(), nullable=True),
        sa.Column("update_id", sa.Integer(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("told_to", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_facts_by_id_users")),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name=op.f("fk_facts_comment_id_comments")),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_facts_idea_id_ideas")),
        sa.ForeignKeyConstraint(["update_id"], ["updates.id"], name=op.f("fk_facts_update_id_updates")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_facts")),
    )
    _create_index("ix_facts_to_tell", "facts", ["id"], "told_at IS NULL")
    op.drop_index("ix_notices_to_mail", table_name="notices")
    with op.batch_alter_table("notices") as table:
        table.add_column(sa.Column("topic", sa.String(), nullable=False, server_default="contribution"))
        table.add_column(sa.Column("pace", sa.String(), nullable=False, server_default="now"))
    notices = sa.table("notices", sa.column("kind"), sa.column("topic"))
    for kind, topic in TOPICS:
        op.execute(notices.update().where(notices.c.kind.like(kind)).values(topic=topic))
    with op.batch_alter_table("notices") as table:
        table.alter_column("topic", server_default=None)
        table.alter_column("pace", server_default=None)
    _create_index("ix_notices_to_mail", "notices", ["at"], TO_MAIL_NOW)
    _create_index("ix_notices_to_sum_up", "notices", ["pace", "user_id"], TO_SUM_UP)
    with op.batch_alter_table("outbox") as table:
        table.add_column(sa.Column("headers", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("outbox") as table:
        table.alter_column("headers", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("outbox") as table:
        table.drop_column("headers")
    op.drop_index("ix_notices_to_sum_up", table_name="notices")
    op.drop_index("ix_notices_to_mail", table_name="notices")
    with op.batch_alter_table("notices") as table:
        table.drop_column("pace")
        table.drop_column("topic")
    _create_index("ix_notices_to_mail", "notices", ["at"], TO_MAIL)
    for name in ("facts", "summaries", "notice_settings", "notice_paces", "follows", "dead_addresses"):
        op.drop_table(name)


def _create_index(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
