"""Statements that PostgreSQL reads and plans once in a run: tests send it the same ones thousands of times."""
from typing import Any

from psycopg._preparing import PrepareManager
from sqlalchemy import Engine, event

FEW_ROWS = "SET plan_cache_mode = force_generic_plan"
"""One plan for all values: it is as good as another where a table has some rows."""
MANY_ROWS = "SET plan_cache_mode = auto"


class LastingStatements(PrepareManager):
    """What a connection prepared: psycopg forgets it at each rollback, with which every reading and every test ends."""

    prepare_threshold = 1
    prepared_max = 2_000

    def clear(self) -> bool:
        return False


def keep(engine: Engine) -> None:
    """Have each connection prepare what it sends twice, with one plan for all values."""

    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: Any) -> None:
        connection.execute(FEW_ROWS)
        connection.commit()
        connection._prepared = LastingStatements()
