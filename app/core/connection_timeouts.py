"""Connections to PostgreSQL that are given up on when it says nothing: a server that is stopped keeps them open."""

from typing import Any

import psycopg
from psycopg import errors, generators
from psycopg.pq import ExecStatus

# In seconds: the longest that a statement of a page may take, as long as SQLite waits for its turn to write.
LONGEST = 20.0


class PatientConnection(psycopg.Connection[Any]):
    """`longest` is how many seconds an answer is waited for; without end where it is None, as for a migration."""

    longest: float | None = None

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        limit = self.longest if timeout is None else timeout
        try:
            return super().wait(gen, interval, limit)
        except errors._WaitTimeout as silence:
            if timeout is not None:
                raise
            # What it would say later is the answer to a question that nobody asks any more.
            self.pgconn.finish()
            raise psycopg.OperationalError(f"the server did not answer within {limit:.0f} seconds") from silence

    def begin_with(self, sql: str) -> str | None:
        """Begin a transaction with some statements, in one trip; return the value that the last one reads."""
        self.pgconn.send_query(f"BEGIN; {sql}".encode())
        result = self.wait(generators.execute(self.pgconn))[-1]
        if result.status != ExecStatus.TUPLES_OK:
            raise errors.error_from_result(result)
        value = result.get_value(0, 0)
        return None if value is None else str(value.decode())


def limit_waits() -> None:
    """Give up on a server that does not answer a statement in time, from now on: this process serves people."""
    PatientConnection.longest = LONGEST


def connect(_dialect: Any, _record: Any, args: Any, options: Any) -> Any:
    """Open a connection for SQLAlchemy."""
    return PatientConnection.connect(*args, **options)
