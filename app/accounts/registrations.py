"""An account is opened by whoever reads the mails of its address and knows the password that was chosen for it.

Anybody may type anybody's address. What was typed waits, each time on its own: no account exists until then, so that
nothing of a stranger's – password, name, session – is there to survive.
"""
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select, update

from app.accounts import queries, service
from app.accounts.models.people import User
from app.accounts.models.registrations import Registration
from app.core import clock, dialect
from app.core.db import db, run
from app.core.errors import Invalid
from app.core.mail import Outgoing
from app.core.unit import command

RETENTION = timedelta(days=14)
# How many wait for one address at the most: the password that is given is compared with each of them.
MOST = 20


@command
def keep(email: str, *, password: str, **words: object) -> Registration:
    """Keep what was typed for an address until it is confirmed; `password` is a hash. The oldest past `MOST` go."""
    dialect.take_turn(f"registration:{email}")
    registration = Registration(email=email, password=password, words=words, at=clock.now())
    db.session.add(registration)
    db.session.flush()
    last = select(Registration.id).where(Registration.email == email).order_by(Registration.id.desc()).limit(MOST)
    run(delete(Registration).where(Registration.email == email, Registration.id.not_in(last)))
    return registration


def waiting(email: str) -> Sequence[Registration]:
    """Return what waits for an address, the last typed first."""
    query = select(Registration).where(Registration.email == email)
    return db.session.scalars(query.order_by(Registration.id.desc())).all()


def passwords(email: str) -> list[tuple[int, str]]:
    """Return the numbers and the hashed passwords of what waits for an address, the last typed first."""
    query = select(Registration.id, Registration.password).where(Registration.email == email)
    return list(db.session.execute(query.order_by(Registration.id.desc())).tuples())


@command
def open_account(registration_id: int) -> User | None:
    """Open the account of a registration whose password was given by whoever reads the mails of its address.

    What else was typed for the address goes, and an account that nobody confirmed when those existed. Return None where
    the registration is over or an account has the address: somebody was faster.
    """
    found = db.session.scalar(dialect.lock(select(Registration).where(Registration.id == registration_id)))
    if found is None or not _make_room(found.email):
        return None
    user = _open(found.email, found.password, **found.words)
    settle(user)
    return user


def _make_room(email: str) -> bool:
    """Remove the account that has the address and was never confirmed; tell whether none has it."""
    present = queries.by_email(email)
    if present and present.confirmed_at is None:
        service.erase(present)
        db.session.flush()
    return present is None or present.confirmed_at is None


def _open(email: str, password: str, *, account: Mapping[str, Any], accepted: Mapping[str, str], charter: int) -> User:
    values = {"email": email, "password": password, **account}
    try:
        user = service.register(**values)
    except Invalid:  # The organisation was archived meanwhile: the person chooses another one in their profile.
        user = service.register(**values | {"organisation": ""})
    service.consent(user, accepted, charter=charter)
    return user


@command
def settle(user: User) -> None:
    """Forget what waits for the address that an account has confirmed; the mails that went there are about it."""
    run(delete(Registration).where(Registration.email == user.email))
    mine = Outgoing.recipient == user.email, Outgoing.user_id.is_(None)
    run(update(Outgoing).where(*mine).values(user_id=user.id))


@command
def purge() -> None:
    """Forget what nobody confirmed within a time."""
    run(delete(Registration).where(Registration.at < clock.now() - RETENTION))
