"""spots of ideas: where one is, in a few words

Going back drops them, of published texts and of changes that wait; search finds by their words the ideas that had one, until
these are written again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

HELD = sa.table("held_revisions", sa.column("id"), sa.column("idea_id"), sa.column("words", sa.JSON()))


def upgrade() -> None:
    for name in ("ideas", "revisions"):
        with op.batch_alter_table(name) as table:
            table.add_column(sa.Column("spot", sa.String(), nullable=False, server_default=""))
        with op.batch_alter_table(name) as table:
            table.alter_column("spot", server_default=None)


def downgrade() -> None:
    connection = op.get_bind()
    for number, words in connection.execute(
        sa.select(HELD.c.id, HELD.c.words).where(HELD.c.idea_id.is_not(None))
    ).all():
        if "spot" in words:
            left = {name: value for name, value in words.items() if name != "spot"}
            connection.execute(sa.update(HELD).where(HELD.c.id == number).values(words=left))
    for name in ("revisions", "ideas"):
        with op.batch_alter_table(name) as table:
            table.drop_column("spot")
