"""A key of the site that was changed: what is made anew under the present one, and what still needs a former one."""

import json
from dataclasses import dataclass

from passlib.totp import TOTP
from sqlalchemy import ColumnElement, String, func, literal_column, select, update

from app.accounts.models.people import RECOVERY_HASH, User
from app.accounts.password_hashes import KEYED
from app.core import site_key
from app.core.db import db
from app.core.keys import Keys
from app.core.unit import command

# Their hashes as they are stored, in a row: all the codes of an account are made at once.
CODES = literal_column("mf_recovery_codes", String)


@dataclass(frozen=True)
class Need:
    """How many accounts have what needs a key: a password or recovery codes that a former version hashed under one, an
    authenticator whose secret a former key encrypted, or one that no known key decrypts.
    """

    passwords: int
    recovery_codes: int
    authenticators: int
    unreadable: int


def take_up(known: Keys, *, accepts_new: bool = False) -> None:
    """Encrypt the secrets of authenticators under the present key, and note it as that of the database.

    Where the noted key is not known, nothing is noted, so that `check` says it, unless an operator `accepts_new`.
    """
    present, *former = known.by_mark()
    totp = TOTP.using(secrets=known.by_mark(), default_tag=present)
    for user_id, secret in _secrets():
        if _mark_of(secret) in former:
            _replace_secret(user_id, secret, totp.from_source(secret).to_json(encrypt=True))
    noted = site_key.find_mark()
    if noted != present and (accepts_new or is_known(noted, known)):
        site_key.note(present)


def is_known(noted: str | None, known: Keys) -> bool:
    """Tell whether the noted key is the present one or a former one; so is that of a new site, which has none."""
    return noted is None or noted in known.by_mark()


def count_need(known: Keys) -> Need:
    marks = [_mark_of(secret) for _id, secret in _secrets()]
    present, *former = known.by_mark()
    return Need(
        passwords=_count(User.password.startswith(KEYED)),
        recovery_codes=_count(CODES != "", ~CODES.startswith(RECOVERY_HASH)),
        authenticators=sum(mark in former for mark in marks),
        unreadable=sum(mark not in (present, *former) for mark in marks),
    )


def _count(*conditions: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count()).select_from(User).where(*conditions)) or 0


def describe_need(need: Need) -> list[str]:
    """Say what needs a key, for an operator."""
    lines = (
        (need.passwords, "accounts whose password was hashed under a key, and is made anew when they sign in"),
        (need.recovery_codes, "accounts whose recovery codes were, until they make others"),
        (need.authenticators, "authenticators under a former key: restart the worker, which makes them anew"),
        (
            need.unreadable,
            "authenticators that no known key reads: their owners sign in with a recovery code, or "
            "`reflexe user change --drop-second-factor` helps them",
        ),
    )
    return [f"{count} {what}" for count, what in lines if count]


def _secrets() -> list[tuple[int, str]]:
    """List the secrets of authenticators, encrypted, with their accounts."""
    query = select(User.id, User.tf_totp_secret).where(User.tf_totp_secret.is_not(None)).order_by(User.id)
    return [(user_id, str(secret)) for user_id, secret in db.session.execute(query)]


def _mark_of(secret: str) -> str:
    """Return the mark of the key that encrypted a secret; an empty text for what is no secret."""
    try:
        return str(json.loads(secret)["enckey"]["t"])
    except (ValueError, KeyError, TypeError):
        return ""


@command
def _replace_secret(user_id: int, former: str, secret: str) -> None:
    """Put a secret in the place of the same one, unless its owner set up another meanwhile."""
    db.session.execute(
        update(User).where(User.id == user_id, User.tf_totp_secret == former).values(tf_totp_secret=secret)
    )
