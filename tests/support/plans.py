"""How much a statement reads: what each SELECT of a page does to tables that have grown.

A plan tells little by itself (a walk along an index is short or endless, as its filter is met), so that each statement
is run again and its work is counted: steps of SQLite's machine, rows that PostgreSQL's scans looked at. Neither depends
on how fast the computer is. `docs/testing.md` shows how to use it, with `tests.large.large`.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import event

from app.core.db import db
from tests.support.guards import is_comparing

# Rows that a statement may look at: a page of a list, its authors and its places are a few hundred.
MOST = 2_000
# Steps of SQLite's machine for one row: a row that is walked and probed takes 12 to 35.
STEPS = 25
GRAIN = 50


@dataclass(frozen=True)
class Sent:
    """A statement as it was sent, with its values."""

    text: str
    values: Any

    @property
    def is_read(self) -> bool:
        return self.text.lstrip("( ").upper().startswith(("SELECT", "WITH"))


@contextmanager
def record() -> Iterator[list[Sent]]:
    """List the statements sent meanwhile, with their values."""
    found: list[Sent] = []

    def listen(_connection: Any, _cursor: Any, text: str, values: Any, *_rest: Any) -> None:
        if not is_comparing.get():
            found.append(Sent(text, values))

    event.listen(db.engine, "before_cursor_execute", listen)
    try:
        yield found
    finally:
        event.remove(db.engine, "before_cursor_execute", listen)


def faults(statements: list[Sent], *, most: int = MOST) -> list[str]:
    """Say which of these statements read more than `most` rows, with their plans."""
    return [
        f"{rows} rows read by\n{sent.text}\n{sent.values}\n{plan}"
        for sent in statements
        if sent.is_read
        for rows, plan in [work(sent)]
        if rows > most
    ]


def work(sent: Sent) -> tuple[int, str]:
    """Run a SELECT again; return about how many rows it looks at, and its plan."""
    with db.engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        return (
            _work_of_sqlite(driver, sent) if db.engine.dialect.name == "sqlite" else _work_of_postgresql(driver, sent)
        )


def _work_of_sqlite(driver: Any, sent: Sent) -> tuple[int, str]:
    plan = "\n".join(row[3] for row in driver.execute(f"EXPLAIN QUERY PLAN {sent.text}", sent.values))
    turns = 0

    def count() -> None:
        nonlocal turns
        turns += 1

    driver.set_progress_handler(count, GRAIN)
    try:
        driver.execute(sent.text, sent.values).fetchall()
    finally:
        driver.set_progress_handler(None, GRAIN)
    return turns * GRAIN // STEPS, plan


def _work_of_postgresql(driver: Any, sent: Sent) -> tuple[int, str]:
    """Plan along indexes: a table with a row or two would be read whole, and joined so, which no large site does."""
    for way in ("seqscan", "mergejoin"):
        driver.execute(f"SET LOCAL enable_{way} = off")
    explained = driver.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {sent.text}", sent.values).fetchone()[0]
    root = (json.loads(explained) if isinstance(explained, str) else explained)[0]["Plan"]
    driver.rollback()
    return round(sum(map(_rows_of, _nodes(root)))), "\n".join(map(_tell, _nodes(root)))


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for inner in node.get("Plans", ()):
        yield from _nodes(inner)


def _rows_of(node: dict[str, Any]) -> float:
    """Return the rows that a scan of a table or an index looked at, those that it left aside too."""
    if "Relation Name" not in node and "Index Name" not in node:
        return 0
    removed = sum(node.get(f"Rows Removed by {why}", 0) for why in ("Filter", "Index Recheck"))
    return float((node["Actual Rows"] + removed) * node["Actual Loops"])


def _tell(node: dict[str, Any]) -> str:
    place = node.get("Index Name") or node.get("Relation Name") or ""
    return f"{node['Node Type']} {place}: {node['Actual Rows']} rows × {node['Actual Loops']}"
