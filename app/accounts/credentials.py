"""The password of an account, once it is hashed."""

from sqlalchemy import update

from app.accounts import limits, sessions
from app.accounts.models.people import User
from app.accounts.password_hashes import KEYED
from app.accounts.signals import PasswordSet
from app.core.actor import Actor
from app.core.db import db
from app.core.signals import tell
from app.core.unit import command


@command
def set_password(user: User, password: str) -> None:
    """Set a password and close every session, also one that awaits a code: for the terminal.

    Failed attempts are forgotten, wherever they were made, so that its owner may sign in at once; the browsers that
    knew the account are strangers to it.
    """
    user.password = password
    sessions.end_all(user)
    limits.forget(Actor(user.id), f"email:{user.email}")
    tell(PasswordSet(user.id))


@command
def keep_hash(user_id: int, password: str) -> None:
    """Put the hash that needs no key in the place of the keyed one, unless the password changed meanwhile."""
    db.session.execute(
        update(User).where(User.id == user_id, User.password.startswith(KEYED)).values(password=password)
    )
