"""Statements that PostgreSQL parses and plans once per connection: tests send it the same ones thousands of times."""

from typing import Any

from psycopg._preparing import PrepareManager
from sqlalchemy import Engine, event

GENERIC_PLANS = "SET plan_cache_mode = force_generic_plan"
"""One plan for all values: it is as good as another where a table has some rows."""
USUAL_PLANS = "SET plan_cache_mode = auto"
"""What PostgreSQL does by itself: it plans for the values where that may be better."""


class LastingStatements(PrepareManager):
    """What a connection prepared. psycopg would forget it at each rollback: at the end of each reading and each test.

    It has no public setting for that.
    """

    prepare_threshold = 1
    prepared_max = 2_000

    def clear(self) -> bool:
        return False


def keep(engine: Engine) -> None:
    """Have each connection prepare what it sends twice, with one plan for all values."""

    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: Any) -> None:
        connection.execute(GENERIC_PLANS)
        connection.commit()
        connection._prepared = LastingStatements()
