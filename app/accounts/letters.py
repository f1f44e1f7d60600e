"""One budget of mails for each address: anybody may type it, in several forms, and nobody fills a mailbox with them.

Whatever else was asked there, the first mail of a kind in an hour always goes: when one does not go, an earlier one of
its kind has come within the hour, and its link is still good. What is counted is what was asked, whether or not an
account has the address, so that a refusal tells nothing of it.
"""
from app.accounts import limits
from app.accounts.allowances import ALLOWANCES
from app.accounts.limits import Act
from app.core.errors import TooMany
from app.core.unit import command

KINDS = ("reset", "confirmation", "registration", "new_address", "invitation")


@command
def claim(kind: str, email: str) -> bool:
    """Count a mail that is asked for at a normalised address and tell that it may go; or count nothing."""
    if not limits.rules.get().is_on:
        return True
    allowance = ALLOWANCES["letter"]
    acts = {name: Act(f"letter:{name}", f"letters:{email}", allowance.within) for name in KINDS}
    earlier = {act_kind: number - 1 for act_kind, number in limits.read(tuple(acts.values())).items()}
    kept_back = sum(not earlier[act.kind] for name, act in acts.items() if name != kind)
    may_go = not earlier[acts[kind].kind] or sum(earlier.values()) + kept_back < allowance.most
    limits.write([acts[kind]] if may_go else [])
    return may_go


@command
def take(kind: str, email: str) -> None:
    """Count a mail as `claim` does. Raise TooMany where it may not go."""
    if not claim(kind, email):
        allowance = ALLOWANCES["letter"]
        wait = round(allowance.within.total_seconds())
        raise TooMany(allowance.sentence, retry_after=wait, minutes=limits.minutes(wait))
