"""How often an act may be tried: attempts are rows, so that every worker counts the same ones.

A door opens the counting with `Rules`; outside of a door (terminal, jobs, seeds) nothing is limited.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from sqlalchemy import ScalarSelect, bindparam, delete, func, insert, select

from app.accounts.allowances import ALLOWANCES, FIRST_POSTS, FORMS_IN_HALL, HOUR
from app.accounts.models.sessions import Attempt
from app.core import clock, dialect, settings
from app.core.actor import Actor
from app.core.db import Moment, db
from app.core.errors import TooMany
from app.core.keys import Keys, Purpose
from app.core.unit import command

RETENTION = timedelta(days=1)
# The kind of the posts of a new account, whatever they are.
FIRST = "new_post"
# What somebody fails at who tries to come in.
FAILURES = ("sign_in", "sign_in_all", "code", "code_all", "known", "password")
# How many signs of a hash stand for a key on their own: the first ones of what is counted for a pair are its account's.
HALF = 32


@dataclass(frozen=True)
class AccountAndPlace:
    """An account, as a word, and where somebody tries it; whoever forgets the account forgets its pairs."""

    account: str
    place: str


Key = Actor | str | AccountAndPlace
NO_KEY = Keys("")
_TABLE: Any = Attempt.__table__
_INSERT = insert(_TABLE)


@dataclass(frozen=True)
class CountedAct:
    """What is counted: acts of a kind, by somebody, within a time; of which `most` are allowed (0: any number)."""

    kind: str
    key: Key
    within: timedelta
    most: int = 0
    sentence: str = ""


@dataclass(frozen=True)
class Rules:
    """`keys` make the hashes of accounts and addresses, so that the table tells nobody who tried.

    `place` names where the request comes from; it is empty where no door was opened. `is_on` is the operator's.
    `seats` is how many places there are in the hall that the request comes from; 0: it is from no hall.
    """

    keys: Keys = NO_KEY
    is_on: bool = False
    place: str = ""
    seats: int = 0


NONE = Rules()
rules: ContextVar[Rules] = ContextVar("limit_rules", default=NONE)


@contextmanager
def count_nothing(keys: Keys) -> Iterator[None]:
    """Count nothing, and know the keys: what the terminal and the worker forget was counted at a door."""
    token = rules.set(Rules(keys))
    try:
        yield
    finally:
        rules.reset(token)


@command
def take(kind: str, key: Key) -> None:
    """Count an act of this kind, or raise TooMany where its allowance is met; a new account has fewer posts.

    The key is an actor, or a word that names an account or an address. Inside a command, what it counts is undone with
    the act; outside of one it is a transaction of its own, and stays if the act fails.
    """
    acts = list_acts(kind, key)
    check(acts, number_acts(acts))
    record_acts(acts)


@command
def count_or_refuse(*pairs: tuple[str, Key]) -> TooMany | None:
    """Count one act under several kinds, each with its key; or count nothing and return the first refusal."""
    acts = [act for kind, key in pairs for act in list_acts(kind, key)]
    try:
        check(acts, number_acts(acts))
    except TooMany as refusal:
        return refusal
    record_acts(acts)
    return None


def list_acts(kind: str, key: Key) -> list[CountedAct]:
    """List what an act of this kind counts as: one for its allowance, one for that of the posts of a new account.

    The second stands even where the operator turned the counting off.
    """
    allowance = ALLOWANCES[kind]
    acts = [_count_by_allowance(kind, key)] if rules.get().is_on else []
    if allowance.is_post and isinstance(key, Actor) and key.is_new:
        acts.append(CountedAct(FIRST, key, HOUR, settings.get_value("new_posts_per_hour"), FIRST_POSTS))
    return acts


def _count_by_allowance(kind: str, key: Key) -> CountedAct:
    """Return the act that an allowance counts; what comes from a hall without an account has so many for each place."""
    allowance, here = ALLOWANCES[kind], rules.get()
    most = here.seats * FORMS_IN_HALL if key == here.place else 0
    if most * allowance.within > allowance.most * HOUR:
        return CountedAct(kind, key, HOUR, most, allowance.sentence)
    return CountedAct(kind, key, allowance.within, allowance.most, allowance.sentence)


def check(acts: Iterable[CountedAct], numbers: Mapping[str, int]) -> None:
    """Raise TooMany where the number of an act, by its kind, is more than there may be."""
    for act in acts:
        if act.most and numbers[act.kind] > act.most:
            raise TooMany(act.sentence, retry_after=_seconds_to_wait(act), most=act.most)


def find_refusal(kind: str, key: Key, *more: CountedAct) -> TooMany | None:
    """Return the refusal that one more act of this kind, and `more`, would meet; nothing is counted, nobody waits."""
    acts = [*more, *list_acts(kind, key)]
    found = db.session.execute(select(*select_counts(len(acts))), count_parameters(acts)).one() if acts else ()
    try:
        check(acts, numbers_by_kind(acts, found))
    except TooMany as refusal:
        return refusal
    return None


def _seconds_to_wait(act: CountedAct) -> int:
    mine, now = (Attempt.kind == act.kind, Attempt.key_hash.in_(list_hashes(act.key))), clock.now()
    recent = select(Attempt.at).where(*mine, Attempt.at > now - act.within).order_by(Attempt.at.desc())
    oldest = db.session.scalar(recent.offset(act.most - 1).limit(1)) or now
    return max(1, round((oldest + act.within - now).total_seconds()))


def count_acts(*acts: CountedAct) -> dict[str, int]:
    """Count acts inside their command; return how many there are of each kind within its time, with this one.

    Whoever tallies the same thing meanwhile waits until the command ends, so that no two acts get the same number.
    Raise TooMany as `check` does.
    """
    numbers = number_acts(acts)
    check(acts, numbers)
    record_acts(acts)
    return numbers


def number_acts(acts: Sequence[CountedAct]) -> dict[str, int]:
    """Return, by kind, the number that each act will have once counted; others who count it wait."""
    if not acts:
        return {}
    lock_counts(acts)
    return numbers_by_kind(acts, db.session.execute(select(*select_counts(len(acts))), count_parameters(acts)).one())


def lock_counts(acts: Iterable[CountedAct], *more: str) -> None:
    """Lock these counts, and the named turns `more`, until the command ends: others who count them wait."""
    dialect.take_turn(*more, *(f"{act.kind}:{hash_key(act.key)}" for act in acts))


@cache
def select_counts(number: int) -> tuple[ScalarSelect[int], ...]:
    """Select how many attempts there are of so many acts, in a column each; its parameters: `count_parameters`."""
    return tuple(
        select(func.count())
        .where(
            Attempt.kind == bindparam(f"kind_{n}"),
            Attempt.key_hash.in_(bindparam(f"key_{n}", expanding=True)),
            Attempt.at > bindparam(f"since_{n}", type_=Moment),
        )
        .scalar_subquery()
        for n in range(number)
    )


def count_parameters(acts: Iterable[CountedAct]) -> dict[str, Any]:
    now, found = clock.now(), dict[str, Any]()
    for n, act in enumerate(acts):
        found |= {f"kind_{n}": act.kind, f"key_{n}": list_hashes(act.key), f"since_{n}": now - act.within}
    return found


def numbers_by_kind(acts: Iterable[CountedAct], found: Iterable[int]) -> dict[str, int]:
    """Return, by kind, the number of each act with the present one, from the counts that `select_counts` selected."""
    return {act.kind: count + 1 for act, count in zip(acts, found, strict=True)}


def record_acts(acts: Iterable[CountedAct]) -> None:
    """Count these acts, whose numbers were read."""
    rows = [{"kind": act.kind, "key_hash": hash_key(act.key), "at": clock.now()} for act in acts]
    if rows:
        db.session.connection().execute(_INSERT, rows)


@command
def forgive(*keys: Key, attempts: Iterable[tuple[str, Key]] = ()) -> None:
    """Forget the failures of these keys, and one of each of these attempts: the person has shown who they are."""
    if rules.get().is_on:
        mine = Attempt.kind.in_(FAILURES)
        db.session.execute(delete(Attempt).where(mine, Attempt.key_hash.in_(list_hashes(*keys))))
        for kind, key in attempts:
            give_back(kind, key)


@command
def give_back(kind: str, key: Key) -> None:
    """Uncount the last attempt: it was no failure."""
    mine = (Attempt.kind == kind, Attempt.key_hash.in_(list_hashes(key)))
    last = select(func.max(Attempt.id)).where(*mine).scalar_subquery()
    db.session.execute(delete(Attempt).where(Attempt.id == last))


@command
def forget(*keys: Key) -> None:
    """Remove every attempt of these keys and of their pairs, whatever was tried."""
    halves = {digest[:HALF] for digest in list_hashes(*keys)}
    db.session.execute(delete(Attempt).where(func.substr(Attempt.key_hash, 1, HALF).in_(halves)))


@command
def purge() -> None:
    db.session.execute(delete(Attempt).where(Attempt.at < clock.now() - RETENTION))


def hash_key(key: Key) -> str:
    return list_hashes(key)[0]


def list_hashes(*keys: Key) -> list[str]:
    """Return what these are counted under, since the present key of the site or a former one."""
    return [digest for key in keys for digest in _hashes(key)]


def _hashes(key: Key) -> list[str]:
    if isinstance(key, AccountAndPlace):
        accounts, pairs = _digests(key.account), _digests(f"{key.account} {key.place}")
        return [account[:HALF] + pair[:HALF] for account, pair in zip(accounts, pairs, strict=True)]
    return _digests(f"account:{key.id}" if isinstance(key, Actor) else key)


def _digests(word: str) -> list[str]:
    return rules.get().keys.digests(Purpose.LIMIT, word)
