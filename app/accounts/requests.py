"""What is asked at an address: one row whether an account has it or not, so that whoever asks learns nothing.

The worker looks who has the address, and answers. A row holds an address, so it is kept only until then.
"""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import joinedload

from app.accounts.models.sessions import AccountRequest
from app.core import clock, dialect, jobs
from app.core.db import db, run
from app.core.unit import command

RETENTION = timedelta(days=1)
JOB = "requests"


@command
def add_request(kind: str, email: str, *, user_id: int | None = None, **data: object) -> None:
    """Write down what is asked at a normalised address, and have the worker answer it."""
    db.session.add(AccountRequest(kind=kind, email=email, user_id=user_id, data=data, at=clock.now()))
    db.session.flush()
    jobs.enqueue(JOB)


def list_waiting() -> Sequence[int]:
    """Return the numbers of what waits for an answer, the first asked first."""
    return db.session.scalars(select(AccountRequest.id).order_by(AccountRequest.id)).all()


def count_older_than(age: timedelta) -> int:
    """Count what has waited for longer than this."""
    return db.session.scalar(select(func.count()).where(AccountRequest.at < clock.now() - age)) or 0


def claim(request_id: int) -> AccountRequest | None:
    """Take a request out of the table, inside the command that answers it; None when another worker has it."""
    query = select(AccountRequest).where(AccountRequest.id == request_id).options(joinedload(AccountRequest.user))
    found = db.session.scalar(dialect.lock(query, AccountRequest))
    if found:
        db.session.delete(found)
        db.session.flush()
    return found


def forget(user_id: int, email: str | None) -> None:
    """Remove what waits about a person who leaves, inside the command that closes their account."""
    run(delete(AccountRequest).where(or_(AccountRequest.user_id == user_id, AccountRequest.email == email)))


def forget_about(kind: str, email: str, **data: object) -> None:
    """Remove what an address asks of a kind where its data say this, inside the command that forgets the address."""
    asked = select(AccountRequest).where(AccountRequest.kind == kind, AccountRequest.email == email)
    for one in db.session.scalars(asked):
        if data.items() <= one.data.items():
            db.session.delete(one)


@command
def purge() -> None:
    """Forget what could not be answered within a day."""
    run(delete(AccountRequest).where(AccountRequest.at < clock.now() - RETENTION))
