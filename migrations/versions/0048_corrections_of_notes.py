"""corrections of notes"""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "note_corrections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=True),
        sa.Column("former", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("corrected_by", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["corrected_by"], ["users.id"], name=op.f("fk_note_corrections_corrected_by_users")),
        sa.ForeignKeyConstraint(
            ["line_id"], ["published_lines.id"], name=op.f("fk_note_corrections_line_id_published_lines")
        ),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["published_notes.topic_id"], name=op.f("fk_note_corrections_topic_id_published_notes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note_corrections")),
    )
    with op.batch_alter_table("note_corrections", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_note_corrections_topic_id"), ["topic_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("note_corrections", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_note_corrections_topic_id"))

    op.drop_table("note_corrections")
