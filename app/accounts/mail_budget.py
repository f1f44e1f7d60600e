"""One budget of mails for each address: anybody may type it, in several forms, and nobody fills a mailbox with them.

Whatever else was asked there, the first mail of a kind in an hour always goes: when one does not go, an earlier one of
its kind has come within the hour, and its link is still good; that of a place at a meeting then waits for the next
letter (`events/mails.py`). What is counted is what was asked, whether or not an account has the address, so that a
refusal tells nothing of it.
"""

from sqlalchemy import delete

from app.accounts import limits
from app.accounts.allowances import ALLOWANCES
from app.accounts.limits import CountedAct
from app.accounts.models.sessions import Attempt
from app.core.db import db
from app.core.errors import TooMany
from app.core.unit import command

KINDS = ("reset", "confirmation", "registration", "new_address", "invitation", "event")
# Those that go to an address which no account has.
TO_ANYBODY = ("confirmation", "registration", "event")


@command
def claim(kind: str, email: str) -> bool:
    """Count a mail that is asked for at a normalised address and tell that it may go; or count nothing."""
    if not limits.rules.get().is_on:
        return True
    allowance = ALLOWANCES["letter"]
    acts = {name: CountedAct(_kind(name), _key(email), allowance.within) for name in KINDS}
    shared = _list_shared(kind, email)
    earlier = {act_kind: number - 1 for act_kind, number in limits.number_acts((*acts.values(), *shared)).items()}
    of_all = [earlier[act.kind] for act in acts.values()]
    kept_back = sum(not earlier[act.kind] for name, act in acts.items() if name != kind)
    may_go = not earlier[acts[kind].kind] or sum(of_all) + kept_back < allowance.most
    may_go = may_go and all(earlier[act.kind] < act.most for act in shared)
    limits.record_acts([acts[kind], *shared] if may_go else [])
    return may_go


def _list_shared(kind: str, email: str) -> list[CountedAct]:
    """List what a mail counts as for a mailbox, where its address has a tag (`name+tag@`) and needs no account.

    A stranger may write any number of tags, and all their mails come to one person.
    """
    name, _at, host = email.rpartition("@")
    mailbox, plus, _tag = name.partition("+")
    allowance = ALLOWANCES["letter"]
    is_shared = bool(plus) and kind in TO_ANYBODY
    return (
        [CountedAct("letter:tagged", _key(f"{mailbox}@{host}"), allowance.within, allowance.most)] if is_shared else []
    )


@command
def renew(email: str) -> None:
    """Let a link for a new password leave again: those of before serve no more, or went when there was no account."""
    mine = (Attempt.kind == _kind("reset"), Attempt.key_hash.in_(limits.list_hashes(_key(email))))
    db.session.execute(delete(Attempt).where(*mine))


def _kind(name: str) -> str:
    return f"letter:{name}"


def _key(email: str) -> str:
    return f"letters:{email}"


@command
def take(kind: str, email: str) -> None:
    """Count a mail as `claim` does. Raise TooMany where it may not go."""
    if not claim(kind, email):
        allowance = ALLOWANCES["letter"]
        wait = round(allowance.within.total_seconds())
        raise TooMany(allowance.sentence, retry_after=wait)
