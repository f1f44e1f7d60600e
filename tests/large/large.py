"""Tables as they are on a large site, written by the database itself: 20 000 ideas and their places in 2 to 4 seconds."""

import time
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Boolean, Integer, func, select, text

from app.accounts.models.people import User
from app.comments.models import Thread
from app.communities.models import Community
from app.core.db import db
from app.core.unit import unit
from app.ideas import facet_counting
from app.ideas.models import KINDS, PUBLIC, Idea, IdeaCommunity, IdeaIssue, IdeaTag, IdeaTerritory, StatusChange
from app.reference.models import Issue, Tag, Territory
from tests.support.tables import without_parents

SERIES = {
    "sqlite": "WITH RECURSIVE series(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < {number}) ",
    "postgresql": "WITH series AS (SELECT n FROM generate_series(1, {number}) AS n) ",
}
MOMENT = {
    "sqlite": "strftime('%Y-%m-%d %H:%M:00.000000', '2024-01-01', ({minutes}) || ' minutes')",
    "postgresql": "timestamp '2024-01-01' + ({minutes}) * interval '1 minute'",
}
TRIES = 10
# Tables of which many pages hold rows that somebody may not see yet: plans would leave their indexes for them.
UNSEEN = """
SELECT relname FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relpages > 50 AND relallvisible < relpages / 2
"""
SEND_AWAY = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_xmin IS NOT NULL
"""


def moment(minutes: str) -> str:
    """Return the SQL of a time: that many minutes (SQL too) after the first of January 2024."""
    return MOMENT[_engine()].format(minutes=minutes)


def grow(model: Any, number: int, where: str = "true", **columns: str) -> None:
    """Add rows to a table, from SQL that knows `n` (1 to `number`); the other columns have their defaults.

    `where` leaves numbers out. What a row refers to need not be there.
    """
    table = model.__table__
    values = {
        column.name: _default(column) for column in table.columns if not column.nullable and not column.primary_key
    }
    values |= columns
    rows = f"SELECT {', '.join(values.values())} FROM series WHERE {where}"
    db.session.rollback()
    # To ask for the parents would take as long again.
    with without_parents() as connection:
        series = SERIES[_engine()].format(number=number)
        connection.execute(text(f"INSERT INTO {table.name} ({', '.join(values)}) {series} {rows}"))


def _default(column: Any) -> str:
    value = column.default.arg if column.default is not None and column.default.is_scalar else None
    if isinstance(column.type, Boolean):
        return "true" if value else "false"
    if isinstance(column.type, Integer):
        return str(value or 0)
    return f"'{value or ''}'" if value is not None or not hasattr(column.type, "impl") else moment("0")


def measure() -> None:
    """Have PostgreSQL look at what is in its tables, as it does by itself on a site; SQLite never does.

    Rows are told to be seen by all only while nobody reads from before them: who still does is sent away.
    """
    db.session.rollback()
    if _engine() == "sqlite":
        return
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for _try in range(TRIES):
            connection.execute(text("VACUUM (ANALYZE)"))
            unseen = connection.scalars(text(UNSEEN)).all()
            if not unseen:
                return
            connection.execute(text(SEND_AWAY))
            time.sleep(0.2)
    raise AssertionError(f"not seen by all: {unseen}")


def forget_measures() -> None:
    """Have PostgreSQL know nothing of its tables, as after a large import: what is read is bounded all the same."""
    db.session.rollback()
    if _engine() == "postgresql":
        ours = "relnamespace = 'public'::regnamespace"
        with db.engine.begin() as connection:
            connection.execute(
                text(f"DELETE FROM pg_statistic WHERE starelid IN (SELECT oid FROM pg_class WHERE {ours})")
            )
            connection.execute(
                text(f"UPDATE pg_class SET reltuples = -1, relpages = 0, relallvisible = 0 WHERE {ours}")
            )


def _engine() -> str:
    return db.engine.dialect.name


def fill_with_ideas(number: int = 20_000) -> None:
    """Add that many public ideas in every place, and a few of each other state; a tenth as many people, 100 tags.

    Call `measure` once all is written.
    """
    rooms, issues, places = (_ids(model) for model in (Community, Issue, Territory))
    tags = _next_id(Tag)
    grow(
        User,
        number // 10,
        name="'Personne ' || n",
        sort_key="'personne ' || n",
        fs_uniquifier="'large-' || n",
        confirmed_at=moment("n"),
    )
    grow(Tag, 100, slug="'mot-' || n", name="'mot ' || n", sort_key="'mot ' || n")
    first, author, at = _next_id(Idea), f"{_next_id(User) - number // 10} + n * 7 % {number // 10}", moment("n * 5")
    thread = f"{_next_id(Thread)} + n - 1"
    grow(Thread, number, kind="'idea'", title="'Idée ' || n", author_id=author, is_public="true", is_open="true")
    grow(
        Idea,
        number,
        title="'Idée numéro ' || n",
        slug="'idee-' || n",
        search_text="'idee numero ' || n",
        body="'Un texte.'",
        body_html="'<p>Un texte.</p>'",
        kind=_pick(KINDS, "n * 31 % 101"),
        author_id=author,
        status=f"CASE WHEN n % 500 = 0 THEN 'pending' ELSE {_pick(PUBLIC[:6], 'n * 37 % 103')} END",
        thread_id=thread,
        community_id=_pick(rooms, "n * 41 % 107"),
        hidden_at=f"CASE WHEN n % 300 = 0 THEN {at} END",
        created_at=at,
        saved_at=at,
        published_at=at,
        status_at=at,
    )
    for model, column, values, turn in (
        (IdeaIssue, "issue_id", issues, "n * 43 % 109"),
        (IdeaTerritory, "territory_id", places, "n * 47 % 1013"),
        (IdeaCommunity, "community_id", rooms, "n * 53 % 127"),
        (IdeaTag, "tag_id", range(tags, tags + 100), "n * 59 % 1009"),
    ):
        where = {IdeaCommunity: "n % 9 = 0", IdeaTag: "n % 3 = 0"}.get(model, "true")
        grow(model, number, where, idea_id=f"{first} + n - 1", **{column: _pick(values, turn)})
    for status, where in (("published", "true"), ("retained", "n % 10 = 0")):
        grow(StatusChange, number, where, idea_id=f"{first} + n - 1", status=f"'{status}'", at=at)
    # So that PostgreSQL looks for an idea by its number as it counts them.
    measure()
    with unit():
        facet_counting.settle(range(first, first + number))


def _ids(model: Any) -> Sequence[int]:
    return db.session.scalars(select(model.id).order_by(model.id)).all()


def _next_id(model: Any) -> int:
    return (db.session.scalar(select(func.max(model.id))) or 0) + 1


def _pick(values: Iterable[Any], number: str) -> str:
    """Return the SQL that picks one of these values, in turn, by a number (SQL too)."""
    listed = list(values)
    cases = " ".join(f"WHEN {place} THEN {value!r}" for place, value in enumerate(listed))
    return f"CASE ({number}) % {len(listed)} {cases} END"
