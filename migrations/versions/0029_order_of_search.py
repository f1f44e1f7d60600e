"""how many texts have each word; the numbers of entries leave four bits to the kind: `migrate` makes the index again"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

REMOVED = (
    "CREATE TRIGGER search_entries_removed AFTER DELETE ON search_entries BEGIN"
    " INSERT INTO search_words (search_words, rowid, text) VALUES ('delete', old.id, old.text); END"
)
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "search_word_counts",
        sa.Column("edition", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("word", KEY, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("edition", "word", name=op.f("pk_search_word_counts")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "search_count_editions",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("texts", sa.Integer(), nullable=False),
        sa.Column("mean_length", sa.Integer(), nullable=False),
        sa.Column("counted_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_search_count_editions")),
    )
    _empty_index()


def downgrade() -> None:
    op.drop_table("search_count_editions")
    op.drop_table("search_word_counts")
    _empty_index()


def _empty_index() -> None:
    """Take out all that the command fills an empty index with, once the schema is there: with the numbers of its program."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    # For each row it would write what goes with all the others.
    if is_sqlite:
        op.execute("DROP TRIGGER search_entries_removed")
    for table in ("search_entries", "search_vocabulary"):
        op.execute(f"DELETE FROM {table}")
    if is_sqlite:
        op.execute("INSERT INTO search_words (search_words) VALUES ('delete-all')")
        op.execute(REMOVED)
    # A program that runs on knows words that are there no more.
    op.execute("UPDATE versions SET n = n + 1 WHERE key = 'words'")
