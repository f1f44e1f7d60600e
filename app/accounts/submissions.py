"""The same form sent twice (a double click, a retry, two tabs) makes one thing."""
from sqlalchemy import select, update

from app.accounts.models import Submission
from app.core.actor import Actor
from app.core.db import db, run
from app.core.dialect import insert_once


def first_result(actor: Actor, kind: str, form_key: str | None) -> int | None:
    """Claim the form for this command; give the id of what its first sending made, or None when this is the first.

    `kind` names what the form makes: the key of one form, sent to another, finds nothing. A second sending waits here
    until the first is stored, or goes on in its place if the first failed.
    """
    if not form_key or insert_once(Submission, user_id=actor.id, form_key=f"{kind}:{form_key}", result=None):
        return None
    return db.session.scalar(select(Submission.result).where(*_this(actor, kind, form_key)))


def record(actor: Actor, kind: str, form_key: str | None, result: int) -> None:
    """Keep what the form made, in the transaction that claimed it."""
    if form_key:
        run(update(Submission).where(*_this(actor, kind, form_key)).values(result=result))


def _this(actor: Actor, kind: str, form_key: str) -> tuple:
    return Submission.user_id == actor.id, Submission.form_key == f"{kind}:{form_key}"
