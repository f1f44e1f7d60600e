"""person_tables: how many persons there are, as it may be said; facets of ideas: what they add to the figures

Persons are counted when the worker looks next.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

ZONE = ZoneInfo("America/Toronto")
BATCH = 1_000
AXES = ("born", "unanswered", "answer", "pace")
BESIDE = {
    "born": ("community", "mrc", "issue", "territory"),
    "unanswered": ("mrc",),
    "answer": ("mrc",),
    "pace": ("community", "mrc", "issue"),
}
ANSWERS = ("under_review", "retained", "planned", "underway", "achieved", "declined")
STEPS = {"under_review": 2, "retained": 3, "planned": 4, "underway": 4, "achieved": 5}
IDEAS = sa.table(
    "ideas",
    sa.column("id", sa.Integer),
    sa.column("kind", sa.String),
    sa.column("status", sa.String),
    sa.column("source", sa.String),
    sa.column("community_id", sa.Integer),
    sa.column("created_at", sa.DateTime),
    sa.column("published_at", sa.DateTime),
    sa.column("answered_at", sa.DateTime),
)
CHANGES = sa.table(
    "status_changes",
    sa.column("id", sa.Integer),
    sa.column("idea_id", sa.Integer),
    sa.column("status", sa.String),
    sa.column("stays", sa.Boolean),
    sa.column("at", sa.DateTime),
)
FACETS = sa.table(
    "idea_facets",
    sa.column("idea_id", sa.Integer),
    sa.column("is_private", sa.Boolean),
    sa.column("codes", sa.String),
)
COUNTS = sa.table("facet_counts", *(sa.column(name) for name in ("with_axis", "with_value", "axis", "value", "n")))


def upgrade() -> None:
    op.create_table(
        "person_tables",
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("before", sa.Date(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.CheckConstraint("act IN ('wrote', 'supported')", name=op.f("ck_person_tables_act")),
        sa.PrimaryKeyConstraint("act", name=op.f("pk_person_tables")),
    )
    counts: Counter[tuple[str, str, str, str]] = Counter()
    for facets in _batches():
        steps = _get_steps([row.idea_id for row in facets])
        ideas = {row.id: row for row in _select(sa.select(IDEAS).where(IDEAS.c.id.in_([f.idea_id for f in facets])))}
        for row in facets:
            codes = list(_list_codes(ideas[row.idea_id], steps[row.idea_id]))
            _write(row.idea_id, f" {' '.join(sorted([*row.codes.split(), *codes]))} ")
            if not row.is_private:
                counts.update(_list_keys(row.codes.split(), codes))
    _add(counts)
    _touch()


def _batches() -> Iterator[list[Any]]:
    last = 0
    while rows := _select(sa.select(FACETS).where(FACETS.c.idea_id > last).order_by(FACETS.c.idea_id).limit(BATCH)):
        yield rows
        last = rows[-1].idea_id


def _select(query: Any) -> list[Any]:
    return list(op.get_bind().execute(query))


def _get_steps(ids: list[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    query = sa.select(CHANGES).where(CHANGES.c.idea_id.in_(ids))
    for step in _select(query.order_by(CHANGES.c.idea_id, CHANGES.c.at, CHANGES.c.id)):
        found[step.idea_id].append(step)
    return found


def _list_codes(idea: Any, steps: list[Any]) -> Iterator[str]:
    """Yield what an idea adds to the figures, as the product says it from this version on."""
    published_at: datetime = idea.published_at or idea.created_at
    born, origin, lead = _month(published_at), "imported" if idea.source else "here", idea.community_id or 0
    yield f"born:{born}.{idea.kind}.{idea.status}.{origin}"
    if idea.status == "published" and idea.answered_at is None:
        yield f"unanswered:{born}.{lead}.{origin}"
    answer = next((step for step in steps if step.status in ANSWERS or step.stays), None)
    if answer:
        yield f"answer:{_month(answer.at)}.{lead}.{'-' if idea.source else _days(published_at, answer.at)}"
    arrivals: dict[int, datetime] = {} if idea.source else {1: published_at}
    for step in steps:
        if step.status in STEPS:
            arrivals.setdefault(STEPS[step.status], step.at)
    for station in range(2, 6):
        if station in arrivals and station - 1 in arrivals:
            yield f"pace:{born}.{station}.{_days(arrivals[station - 1], arrivals[station])}"


def _month(moment: datetime) -> str:
    return f"{moment.replace(tzinfo=UTC).astimezone(ZONE):%Y-%m}"


def _days(start: datetime, end: datetime) -> int:
    return max((end - start).days, 0)


def _list_keys(values: list[str], codes: list[str]) -> Iterator[tuple[str, str, str, str]]:
    for code in codes:
        axis, _colon, value = code.partition(":")
        yield "", "", axis, value
        for key in values:
            with_axis, _colon, with_value = key.partition(":")
            if with_axis in BESIDE[axis]:
                yield with_axis, with_value, axis, value


def _write(idea_id: int, codes: str) -> None:
    op.execute(FACETS.update().where(FACETS.c.idea_id == idea_id).values(codes=codes))


def _add(counts: Counter[tuple[str, str, str, str]]) -> None:
    names = ("with_axis", "with_value", "axis", "value")
    rows = [dict(zip(names, key, strict=True)) | {"n": n} for key, n in sorted(counts.items())]
    if rows:
        op.bulk_insert(COUNTS, rows)


def _touch() -> None:
    op.execute("UPDATE versions SET n = n + 1 WHERE key = 'facets'")


def downgrade() -> None:
    op.execute(COUNTS.delete().where(COUNTS.c.axis.in_(AXES)))
    prefixes = tuple(f"{axis}:" for axis in AXES)
    for facets in _batches():
        for row in facets:
            _write(row.idea_id, f" {' '.join(code for code in row.codes.split() if not code.startswith(prefixes))} ")
    _touch()
    op.drop_table("person_tables")
