"""Connections to PostgreSQL that are given up on when it says nothing: a server that is stopped keeps them open."""
from typing import Any

import psycopg
from psycopg import errors


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
