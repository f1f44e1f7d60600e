"""An account is opened by whoever reads the mails of its address and knows the password that was chosen for it.

Anybody may type anybody's address. What was typed waits, each time on its own: no account exists until then, so that
nothing of a stranger's – password, name, session – is there to survive.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select

from app.accounts import mail_budget, queries, service
from app.accounts.models.people import User
from app.accounts.models.registrations import Registration
from app.core import account_mails, clock, dialect
from app.core.db import db, run
from app.core.errors import Invalid
from app.core.unit import command

RETENTION = timedelta(days=14)
# How many wait for one address at the most: the password that is given is compared with each of them.
MOST = 20


@command
def add_registration(email: str, *, password: str, **words: object) -> Registration:
    """Keep what was typed for an address until it is confirmed; `password` is a hash.

    Past `MOST` one goes, of those that came from where most did, so that nobody drives another's out.
    """
    dialect.take_turn(f"registration:{email}")
    registration = Registration(email=email, password=password, words=words, at=clock.now())
    db.session.add(registration)
    db.session.flush()
    found = list_waiting(email)
    if len(found) > MOST:
        db.session.delete(_one_too_many(found))
    return registration


def _one_too_many(last_first: Sequence[Registration]) -> Registration:
    """Return the registration to drop: the oldest of the network address that sent the most."""
    oldest_first = last_first[::-1]
    [(crowd, _number)] = Counter(found.place for found in oldest_first).most_common(1)
    return next(found for found in oldest_first if found.place == crowd)


def list_waiting(email: str) -> Sequence[Registration]:
    """Return what waits for an address, the last typed first."""
    query = select(Registration).where(Registration.email == email)
    return db.session.scalars(query.order_by(Registration.id.desc())).all()


def list_passwords(email: str) -> list[tuple[int, str]]:
    """Return the numbers and the hashed passwords of what waits for an address, the last typed first."""
    query = select(Registration.id, Registration.password).where(Registration.email == email)
    return list(db.session.execute(query.order_by(Registration.id.desc())).tuples())


@command
def open_account(registration_id: int, locale: str | None = None) -> User | None:
    """Open the account of a registration whose password was given by whoever reads the mails of its address.

    `locale` is the language that they chose since, if they did. What else was typed for the address goes, and an
    account that nobody confirmed when those existed. Return None where the registration is over or an account has the
    address: somebody was faster.
    """
    found = db.session.scalar(dialect.lock(select(Registration).where(Registration.id == registration_id)))
    if found is None or not _make_room(found.email):
        return None
    email, password, words = found.email, found.password, found.words
    account = words["account"] | ({"locale": locale} if locale else {})
    return _open(email, password, account, accepted=words["accepted"], charter=words["charter"])


def _make_room(email: str) -> bool:
    """Remove the unconfirmed account that has the address; return whether the address is free."""
    present = queries.find_by_email(email)
    if present and present.confirmed_at is None:
        service.erase(present)
        db.session.flush()
    return present is None or present.confirmed_at is None


def _open(email: str, password: str, account: Mapping[str, Any], *, accepted: Mapping[str, str], charter: int) -> User:
    values = {"email": email, "password": password, **account}
    try:
        user = service.register(**values)
    except Invalid:  # The organisation was archived meanwhile: the person chooses another one in their profile.
        user = service.register(**values | {"organisation": ""})
    service.consent(user, accepted, charter=charter)
    take_over(user)
    return user


@command
def take_over(user: User) -> None:
    """Have an address be its account's alone: what waited for it goes, and the mails to it go with the account."""
    email = user.email or ""
    run(delete(Registration).where(Registration.email == email))
    account_mails.adopt(user.id, email)
    mail_budget.renew(email)


@command
def purge() -> None:
    """Forget what nobody confirmed within a time."""
    run(delete(Registration).where(Registration.at < clock.now() - RETENTION))
