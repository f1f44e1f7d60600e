"""whether the current plan answers each idea, the needs that wait for it, and what is said where

Going back forgets the three: they follow from what else is there.
"""

from collections import Counter
from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

TIED = """
    SELECT coalesce(i.merged_into, i.id) FROM links l JOIN ideas i ON i.id = l.idea_id
    JOIN actions a ON a.id = l.action_id JOIN plans p ON p.id = a.plan_id
    WHERE l.answer = 'accepted' AND l.ended_at IS NULL AND a.hidden_at IS NULL AND a.deleted_at IS NULL
    AND a.removed_at IS NULL AND a.state IN ('planned', 'underway', 'achieved') AND p.number > 0
    AND (p.is_current OR a.state = 'achieved') AND (i.merged_into IS NULL OR (i.status NOT IN ('draft', 'pending')
    AND i.hidden_at IS NULL AND i.deleted_at IS NULL))"""
GAPS = (
    "(status NOT IN ('draft', 'pending')) AND hidden_at IS NULL AND deleted_at IS NULL AND merged_into IS NULL"
    " AND is_private IS {no} AND coalesce(kind, kind) = 'need'"
    " AND (coalesce(status, status) NOT IN ('declined', 'archived', 'withdrawn')) AND is_tied IS {no}"
)
NO = {"sqlite": "0", "postgresql": "false"}
OPEN_NEEDS = "kind = 'need' AND status NOT IN ('declined', 'archived', 'withdrawn')"
Key = tuple[str, str, str, str]


def upgrade() -> None:
    with op.batch_alter_table("ideas") as table:
        table.add_column(sa.Column("is_tied", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("ideas") as table:
        table.alter_column("is_tied", server_default=None)
    op.execute(f"UPDATE ideas SET is_tied = true WHERE id IN ({TIED})")
    where = {f"{engine}_where": sa.text(GAPS.format(no=no)) for engine, no in NO.items()}
    op.create_index("ix_ideas_gaps", "ideas", ["published_at", "thread_id", "id"], **where)
    for code, which in (("gap:1", "NOT is_tied"), ("gap:0", "is_tied")):
        ids = f"SELECT id FROM ideas WHERE {OPEN_NEEDS} AND NOT is_private AND {which}"
        op.execute(f"UPDATE idea_facets SET codes = codes || '{code} ' WHERE idea_id IN ({ids})")
    _count()
    op.execute("UPDATE versions SET n = n + 1 WHERE key = 'facets'")


def _count() -> None:
    """Count the needs that wait, and what is said where, alone and beside the values of other axes."""
    bind, counts = op.get_bind(), Counter[Key]()
    for (codes,) in bind.execute(sa.text("SELECT codes FROM idea_facets WHERE NOT is_private")):
        counts.update(_list_keys(codes.split()))
    row = "INSERT INTO facet_counts (with_axis, with_value, axis, value, n) VALUES (:a, :b, :c, :d, :n)"
    for keys in _batches(sorted(counts)):
        bind.execute(sa.text(row), [dict(zip("abcd", key, strict=True)) | {"n": counts[key]} for key in keys])


def _list_keys(codes: list[str]) -> Iterator[Key]:
    values = [tuple(code.split(":", 1)) for code in codes]
    for gap in (value for value in values if value[0] == "gap"):
        yield ("", "", *gap)
        for other in values:
            if other != gap:
                yield (*gap, *other)
                yield (*other, *gap)
    for said in _list_said(codes):
        for beside in (("", ""), *(value for value in values if value[0] in ("community", "issue", "tag"))):
            yield (*beside, "said", said)


def _list_said(codes: list[str]) -> Iterator[str]:
    word = ""
    if "kind:need" in codes:
        word = "waiting" if "gap:1" in codes else "tied" if "gap:0" in codes else "closed"
    elif "kind:idea" in codes or "kind:project" in codes:
        word = "idea"
    extents = [code for code in codes if code.startswith(("territory:", "mrc:"))]
    if word:
        yield from (f"{word}:{extent}" for extent in ("all", *(extents or ["nowhere"])))


def _batches(keys: list[Key]) -> Iterator[list[Key]]:
    for start in range(0, len(keys), 1000):
        yield keys[start : start + 1000]


def downgrade() -> None:
    op.execute("DELETE FROM facet_counts WHERE axis IN ('gap', 'said') OR with_axis = 'gap'")
    op.execute("UPDATE idea_facets SET codes = REPLACE(REPLACE(codes, 'gap:1 ', ''), 'gap:0 ', '')")
    op.drop_index("ix_ideas_gaps", "ideas")
    with op.batch_alter_table("ideas") as table:
        table.drop_column("is_tied")
    op.execute("UPDATE versions SET n = n + 1 WHERE key = 'facets'")
