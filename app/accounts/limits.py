"""How often an act may be tried: attempts are rows, so that every worker counts the same ones.

A door opens the counting with `Rules`; outside of a door (terminal, jobs, seeds) nothing is limited.
"""
import hashlib
import hmac
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, and_, delete, func, insert, select

from app.accounts.allowances import ALLOWANCES, FIRST_POSTS, Allowance
from app.accounts.models.sessions import Attempt
from app.core import clock, dialect, settings
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import TooMany
from app.core.unit import command

RETENTION = timedelta(days=1)
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


def take(kind: str, key: Key) -> None:
    """Count an act of this kind, or raise TooMany where its allowance is met; a new account has fewer posts.

    The key is an actor, or a word that names an account or an address. Inside a command, what it counts is undone with
    the act; outside of one it is a transaction of its own, and stays if the act fails.
    """
    allowance = ALLOWANCES[kind]
    _refuse(count(kind, key), allowance.sentence)
    if allowance.is_post and isinstance(key, Actor) and key.is_new:
        few = settings.value("new_posts_per_hour")
        _refuse(_record("new_post", key, Allowance(few)), FIRST_POSTS, most=few)


def _refuse(wait: int, sentence: str, **values: int) -> None:
    if wait:
        raise TooMany(sentence, retry_after=wait, minutes=minutes(wait), **values)


@command
def count(kind: str, key: Key) -> int:
    """Count an act and return 0; or count nothing and return the seconds to wait, where the allowance is met."""
    return _record(kind, key, ALLOWANCES[kind]) if rules.get().is_on else 0


@command
def _record(kind: str, key: Key, allowance: Allowance) -> int:
    """Do as `count` does, even where the operator turned the counting off."""
    mine, now = _of(kind, key), clock.now()
    dialect.take_turn(f"{kind}:{hash_key(key)}")
    recent = select(Attempt.at).where(mine, Attempt.at > now - allowance.within).order_by(Attempt.at.desc())
    oldest = db.session.scalar(recent.offset(allowance.most - 1).limit(1))
    if oldest is not None:
        return max(1, round((oldest + allowance.within - now).total_seconds()))
    db.session.add(Attempt(kind=kind, key_hash=hash_key(key), at=now))
    return 0


def tally(*acts: tuple[str, Key, timedelta]) -> list[int]:
    """Count acts inside their command, each a kind, a key and a time; return how many there were of each within it.

    The present one is included. Whoever tallies the same thing meanwhile waits until the command ends, so that no two
    acts get the same number.
    """
    now = clock.now()
    for kind, key, _within in acts:
        dialect.take_turn(f"{kind}:{hash_key(key)}")
    rows = [{"kind": kind, "key_hash": hash_key(key), "at": now} for kind, key, _within in acts]
    db.session.execute(insert(Attempt).values(rows))
    numbers = [select(func.count()).where(_of(kind, key), Attempt.at > now - within).scalar_subquery()
               for kind, key, within in acts]
    return list(db.session.execute(select(*numbers)).one())


def minutes(seconds: int) -> int:
    return max(1, -(-seconds // 60))


@command
def forgive(*keys: Key, place: Key | None) -> None:
    """Forget the failed sign-ins of these keys, and one attempt of the place: the person has shown who they are."""
    if rules.get().is_on:
        mine = Attempt.kind.in_(("sign_in", "code", "password"))
        db.session.execute(delete(Attempt).where(mine, Attempt.key_hash.in_(list(map(hash_key, keys)))))
        if place:
            give_back("sign_in_at", place)


@command
def give_back(kind: str, key: Key) -> None:
    """Uncount the last attempt: it was no failure."""
    last = select(func.max(Attempt.id)).where(_of(kind, key)).scalar_subquery()
    db.session.execute(delete(Attempt).where(Attempt.id == last))


@command
def forget(*keys: Key) -> None:
    """Remove every attempt of these keys, whatever was tried."""
    db.session.execute(delete(Attempt).where(Attempt.key_hash.in_(list(map(hash_key, keys)))))


@command
def purge() -> None:
    db.session.execute(delete(Attempt).where(Attempt.at < clock.now() - RETENTION))


def hash_key(key: Key) -> str:
    word = f"account:{key.id}" if isinstance(key, Actor) else key
    return hmac.new(rules.get().secret.encode(), word.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def _of(kind: str, key: Key) -> ColumnElement[bool]:
    return and_(Attempt.kind == kind, Attempt.key_hash == hash_key(key))
