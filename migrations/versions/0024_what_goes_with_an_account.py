"""whose each mail is, and the words that may be in no text any more"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "search_lost_words",
        sa.Column("word", KEY, nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_search_lost_words")),
    )
    with op.batch_alter_table("outbox") as table:
        table.add_column(sa.Column("user_id", sa.Integer(), nullable=True))
        table.create_index(op.f("ix_outbox_user_id"), ["user_id"], unique=False)
        table.create_foreign_key(op.f("fk_outbox_user_id_users"), "users", ["user_id"], ["id"])
    op.execute("UPDATE outbox SET user_id = (SELECT users.id FROM users WHERE users.email = outbox.recipient)")
    # What a mail said goes as it leaves.
    op.execute(
        "UPDATE outbox SET subject = '', text = '', html = '', headers = '{}', origin = NULL WHERE sent_at IS NOT NULL"
    )


def downgrade() -> None:
    with op.batch_alter_table("outbox") as table:
        table.drop_constraint(op.f("fk_outbox_user_id_users"), type_="foreignkey")
        table.drop_index(op.f("ix_outbox_user_id"))
        table.drop_column("user_id")
    op.drop_table("search_lost_words")
