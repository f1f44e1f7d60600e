"""mail"""

from urllib.parse import urlsplit

import sqlalchemy as sa
from alembic import op
from flask import current_app

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# What eight tries that failed meant before: nobody tries again.
GIVEN_UP = "UPDATE outbox SET given_up_at = due_at WHERE sent_at IS NULL AND tries >= 8"
# A key is unique; its first part names a template.
NAMED = "UPDATE outbox SET message_id = '<' || id || '.' || replace(key, ':', '.') || '@' || :host || '>'"


def upgrade() -> None:
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("message_id", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("first_tried_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("refused_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("given_up_at", sa.DateTime(), nullable=True))

    host = urlsplit(current_app.config["SITE_URL"]).hostname or "localhost"
    op.get_bind().execute(sa.text(NAMED).bindparams(sa.bindparam("host", host, sa.String())))
    op.execute(GIVEN_UP)
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.alter_column("message_id", existing_type=sa.String(), nullable=False)
        batch_op.create_unique_constraint(batch_op.f("uq_outbox_message_id"), ["message_id"])


def downgrade() -> None:
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_outbox_message_id"), type_="unique")
        batch_op.drop_column("given_up_at")
        batch_op.drop_column("refused_at")
        batch_op.drop_column("first_tried_at")
        batch_op.drop_column("message_id")
