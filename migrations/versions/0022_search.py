"""the index of search, and the setting of who is found"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
# The index follows its entries: nothing but the words is kept twice.
SQLITE = (
    "CREATE VIRTUAL TABLE search_words USING fts5(text, content='search_entries', content_rowid='id',"
    " tokenize=\"ascii tokenchars '_'\", detail=none, columnsize=0)",
    "CREATE TRIGGER search_entries_added AFTER INSERT ON search_entries BEGIN"
    " INSERT INTO search_words (rowid, text) VALUES (new.id, new.text); END",
    "CREATE TRIGGER search_entries_removed AFTER DELETE ON search_entries BEGIN"
    " INSERT INTO search_words (search_words, rowid, text) VALUES ('delete', old.id, old.text); END",
    "CREATE TRIGGER search_entries_changed AFTER UPDATE OF id, text ON search_entries BEGIN"
    " INSERT INTO search_words (search_words, rowid, text) VALUES ('delete', old.id, old.text);"
    " INSERT INTO search_words (rowid, text) VALUES (new.id, new.text); END",
)
POSTGRESQL = (
    "ALTER TABLE search_entries ADD COLUMN search_words tsvector"
    " GENERATED ALWAYS AS (array_to_tsvector(string_to_array(btrim(text), ' '))) STORED",
    # Rare words must be told from frequent ones, or the planner walks through all entries for them.
    "ALTER TABLE search_entries ALTER COLUMN search_words SET STATISTICS 1000",
    "CREATE INDEX search_words_gin ON search_entries USING gin (search_words)",
)


def upgrade() -> None:
    op.create_table(
        "search_entries",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("thing_id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entries")),
        sa.UniqueConstraint("kind", "thing_id", name=op.f("uq_search_entries_kind_thing_id")),
    )
    with op.batch_alter_table("search_entries") as table:
        table.create_index(op.f("ix_search_entries_thread_id"), ["thread_id"], unique=False)
    op.create_table(
        "search_vocabulary",
        sa.Column("key", KEY, nullable=False),
        sa.Column("word", KEY, nullable=False),
        sa.PrimaryKeyConstraint("key", "word", name=op.f("pk_search_vocabulary")),
    )
    with op.batch_alter_table("users") as table:
        table.add_column(sa.Column("shows_in_search", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("users") as table:
        table.alter_column("shows_in_search", server_default=None)
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    with op.batch_alter_table("users") as table:
        table.drop_column("shows_in_search")
    op.drop_table("search_vocabulary")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_words")
    op.drop_table("search_entries")
