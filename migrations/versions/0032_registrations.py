"""registrations: what guests ask waits for the worker, mails wait to be written, the key of a page is signed, not kept"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

KINDS = ("reset", "confirmation", "registration", "new_address")
WAITING = sa.text("written_at IS NULL")


def upgrade() -> None:
    _accept((*KINDS, "event"))
    with op.batch_alter_table("registrants") as table:
        table.drop_constraint(op.f("uq_registrants_token_hash"), type_="unique")
        table.drop_column("token_hash")
    with op.batch_alter_table("event_mails") as table:
        table.add_column(sa.Column("written_at", sa.DateTime(), nullable=True))
        table.create_index(
            "ix_event_mails_waiting", ["at"], unique=False, sqlite_where=WAITING, postgresql_where=WAITING
        )


def _accept(kinds: tuple[str, ...]) -> None:
    names = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("account_requests") as table:
        table.drop_constraint(op.f("ck_account_requests_kind"), type_="check")
        table.create_check_constraint(op.f("ck_account_requests_kind"), f"kind IN ({names})")


def downgrade() -> None:
    with op.batch_alter_table("event_mails") as table:
        table.drop_index("ix_event_mails_waiting")
        table.drop_column("written_at")
    with op.batch_alter_table("registrants") as table:
        table.add_column(sa.Column("token_hash", sa.String(), nullable=True))
        table.create_unique_constraint(op.f("uq_registrants_token_hash"), ["token_hash"])
    op.execute("DELETE FROM account_requests WHERE kind = 'event'")
    _accept(KINDS)
