"""The same form sent twice (a double click, a retry, two tabs) makes one thing."""

import hashlib
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select

from app.accounts import limits
from app.accounts.models.sessions import Submission
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.dialect import insert_once, upsert


@dataclass(frozen=True)
class Sending:
    """One sending of a form: by whom, what kind of thing it makes, and the key that its page gave ("" or None: none).

    `words` are what was typed, where the same key with other words makes another thing: the page of the form was gone
    back to, and its words were changed.
    """

    actor: Actor
    kind: str
    form_key: str | None
    words: tuple[str, ...] = ()

    def first_result(self) -> int | None:
        """Claim the form for this command; return the id of what its first sending made, None for the first.

        A second sending waits here until the first is stored, or goes on in its place if the first failed.
        """
        if not self.form_key or insert_once(Submission, **self._place, result=None):
            return None
        return self.result()

    def result(self) -> int | None:
        """Return the id of what this form has made, or None."""
        return db.session.scalar(select(RESULT), self.values)

    def record(self, result: int) -> None:
        """Keep the id of what the form made, in the transaction that claimed it.

        A command that holds a row which every sending of this form needs claims nothing: it asks for the `RESULT`,
        then records its own.
        """
        if self.form_key:
            upsert(Submission, "user_id", "form_key", **self._place, result=result, at=clock.now())

    def repeat(self, result: int) -> None:
        """Keep the id of what stood already when this form came. Raise TooMany past the limit of the hour."""
        limits.take("again", self.actor)
        self.record(result)

    @property
    def values(self) -> dict[str, Any]:
        """Return the parameters of `RESULT`."""
        return {"sender": self.actor.id, "sending": self._key}

    @property
    def _place(self) -> dict[str, Any]:
        return {"user_id": self.actor.id, "form_key": self._key}

    @property
    def _key(self) -> str:
        digest = hashlib.sha256("\0".join(self.words).encode()).hexdigest()[:16] if self.words else ""
        return f"{self.kind}:{self.form_key}:{digest}"


RESULT = (
    select(Submission.result)
    .where(Submission.user_id == bindparam("sender"), Submission.form_key == bindparam("sending"))
    .scalar_subquery()
)
"""The id of what a form has made, or nothing, in a statement that reads more; `Sending.values` are its parameters."""
