"""How often an act may be tried: attempts are rows, so that every worker counts the same ones.

A door opens the counting with `Rules`; outside of a door (terminal, jobs, seeds) nothing is limited.
"""
import hashlib
import hmac
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, and_, delete, func, select

from app.accounts.models.sessions import Attempt
from app.core import clock, dialect
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import N_, TooMany
from app.core.unit import command

KEPT = timedelta(days=1)
MESSAGE = N_("Il y a eu trop d'essais en peu de temps. Réessayez dans %(minutes)s minutes.")
Key = Actor | str


@dataclass(frozen=True)
class Rules:
    """`secret` keys the hashes of accounts and addresses, so that the table tells nobody who tried.

    `place` names where the request comes from; it is empty where no door was opened. `is_on` is the operator's.
    """

    secret: str = ""
    is_on: bool = False
    place: str = ""


NONE = Rules()
rules: ContextVar[Rules] = ContextVar("limit_rules", default=NONE)


def take(kind: str, key: Key, *, most: int, within: timedelta) -> None:
    """Count one attempt, or raise TooMany when there were `most` of them `within` this time.

    The key is an actor, or a word that names an account or an address. Call it before the command that it
    limits: it is a transaction of its own, and what it counted stays if the act fails.
    """
    wait = count(kind, key, most=most, within=within)
    if wait:
        raise TooMany(MESSAGE, retry_after=wait, minutes=minutes(wait))


@command
def count(kind: str, key: Key, *, most: int, within: timedelta) -> int:
    """Count one attempt and give 0; or count nothing and give the seconds to wait, when the limit is met."""
    return met(kind, key, most=most, within=within) if rules.get().is_on else 0


@command
def met(kind: str, key: Key, *, most: int, within: timedelta) -> int:
    """Do as `count` does, even where the operator turned the counting off."""
    mine, now = _of(kind, key), clock.now()
    dialect.take_turn(f"{kind}:{hashed(key)}")
    recent = select(Attempt.at).where(mine, Attempt.at > now - within).order_by(Attempt.at.desc())
    oldest = db.session.scalar(recent.offset(most - 1).limit(1))
    if oldest is not None:
        return max(1, round((oldest + within - now).total_seconds()))
    db.session.add(Attempt(kind=kind, key_hash=hashed(key), at=now))
    return 0


def tally(kind: str, key: Key, *, within: timedelta) -> int:
    """Count one act inside its command; give how many there were within this time, this one included.

    Whoever tallies the same thing meanwhile waits until the command ends, so that no two acts get the same number.
    """
    dialect.take_turn(f"{kind}:{hashed(key)}")
    now = clock.now()
    db.session.add(Attempt(kind=kind, key_hash=hashed(key), at=now))
    db.session.flush()
    return db.session.scalar(select(func.count()).where(_of(kind, key), Attempt.at > now - within)) or 0


def minutes(seconds: int) -> int:
    return max(1, -(-seconds // 60))


@command
def forgive(*keys: Key, place: Key) -> None:
    """Forget the failed sign-ins of these keys, and one attempt of the place: the person has shown who they are."""
    if rules.get().is_on:
        mine = Attempt.kind.in_(("sign_in", "code", "password"))
        db.session.execute(delete(Attempt).where(mine, Attempt.key_hash.in_(list(map(hashed, keys)))))
        give_back("sign_in", place)


@command
def give_back(kind: str, key: Key) -> None:
    """Uncount the last attempt: it was no failure."""
    last = select(func.max(Attempt.id)).where(_of(kind, key)).scalar_subquery()
    db.session.execute(delete(Attempt).where(Attempt.id == last))


@command
def forget(*keys: Key) -> None:
    """Remove every attempt of these keys, whatever was tried."""
    db.session.execute(delete(Attempt).where(Attempt.key_hash.in_(list(map(hashed, keys)))))


@command
def purge() -> None:
    db.session.execute(delete(Attempt).where(Attempt.at < clock.now() - KEPT))


def hashed(key: Key) -> str:
    word = f"account:{key.id}" if isinstance(key, Actor) else key
    return hmac.new(rules.get().secret.encode(), word.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def _of(kind: str, key: Key) -> ColumnElement[bool]:
    return and_(Attempt.kind == kind, Attempt.key_hash == hashed(key))
