"""What a new account posts is looked at before it appears; this lifts with use, or when somebody vouches for it.

Too much at once is counted for an account alone, and for an address with all its accounts. A known account is refused
for a while past its own pace, with words and a time; a new one waits for a review; past that of an address all wait.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, update

from app.accounts import limits
from app.accounts.allowances import PACES
from app.accounts.limits import CountedAct
from app.accounts.models.people import User
from app.accounts.models.sessions import Attempt
from app.core import clock, settings
from app.core.actor import Actor
from app.core.db import db, run
from app.core.errors import N_
from app.core.text import markdown

FIRST, TRAP, BURST, CROWD, AGAIN = "first", "trap", "burst", "crowd", "again"
SAME_WORDS = N_("L'équipe a déjà lu ce texte tel quel : changez-le avant de l'envoyer de nouveau.")
REFUSED = N_("L'équipe d'animation a refusé ce texte depuis que cette page est ouverte. Son motif : %(reason)s")
HIDDEN = N_("L'équipe d'animation a masqué ce texte depuis que cette page est ouverte. Son motif : %(reason)s")
NEW = "new"
_HREF = re.compile(r'<a href="([^"]*)"')
_MENTION = re.compile(r"(?<![\w@./+-])@\w[\w.-]+")


@dataclass(frozen=True)
class Pace:
    most: int
    within: timedelta


ALONE = {
    "idea": Pace(3, timedelta(minutes=10)),
    "comment": Pace(15, timedelta(minutes=5)),
    "change": Pace(15, timedelta(minutes=10)),
}
TOGETHER = {
    "idea": Pace(10, timedelta(minutes=10)),
    "comment": Pace(50, timedelta(minutes=5)),
    "change": Pace(50, timedelta(minutes=10)),
}


def suspect_codes(
    actor: Actor, kind: str, text: str, *, signs: Iterable[str] = (), numbers: Mapping[str, int] | None = None
) -> str:
    """Return the codes (space-separated) of why a text must wait for the team; "" when it may appear at once.

    `signs` are what the form noticed of the way it was filled. A code may carry a number: `links:4`. `numbers` are
    those of `list_acts`, where the command counts them with others. Raise TooMany past the pace of a known account.
    """
    return " ".join([*_doubts(actor, text, signs), *list_bursts(actor, kind, numbers)])


def suspect_codes_again(actor: Actor, kind: str, text: str, *, signs: Iterable[str] = ()) -> str:
    """Weigh a text that was refused and that its author changed: whoever wrote it, the team reads it first.

    It counts as a new one. Raise TooMany past the limit.
    """
    limits.take(kind, actor)
    return f"{AGAIN} {suspect_codes(actor, kind, text, signs=signs)}".rstrip()


def _doubts(actor: Actor, text: str, signs: Iterable[str]) -> list[str]:
    """Say by codes why a text of a new account must wait; that of a known one waits only where it filled a trap."""
    if not actor.is_new:
        return [sign for sign in signs if sign == TRAP]
    return [FIRST, *(f"{name}:{number}" for name, number in count_excess(text).items()), *signs]


def list_acts(actor: Actor, kind: str) -> list[CountedAct]:
    """List what a post is counted as: of its account, and of its address; nothing where it came through no door."""
    place, alone = limits.rules.get().place, ALONE[kind]
    by = CountedAct(f"{kind}_by", actor, alone.within, 0 if actor.is_new else alone.most, PACES[kind])
    return [by, CountedAct(f"{kind}_at", place, TOGETHER[kind].within)] if place else []


def list_bursts(actor: Actor, kind: str, numbers: Mapping[str, int] | None = None) -> list[str]:
    """Say by codes which posts are too many at once: those of a new account, those of its address.

    They are counted here, unless their `numbers` are given. Raise TooMany past the pace of a known account.
    """
    if numbers is None:
        numbers = limits.count_acts(*list_acts(actor, kind))
    else:
        limits.check(list_acts(actor, kind) if numbers else (), numbers)
    found = []
    if numbers.get(f"{kind}_by", 0) > ALONE[kind].most:
        found.append(BURST)
    if numbers.get(f"{kind}_at", 0) > TOGETHER[kind].most:
        found.append(CROWD)
    return found


def is_new(user: User) -> bool:
    """Tell whether what this person posts is still looked at first, and how much they may put in it is limited."""
    if user.is_trusted:
        return False
    is_young = user.created_at > clock.now() - timedelta(days=settings.get_value("trust_days"))
    return is_young or user.admitted_count < settings.get_value("trust_posts")


def count_excess(text: str) -> dict[str, int]:
    """Count the links and the mentions of a text, if there are more than a new account may put in it."""
    found = {"links": count_links(text), "mentions": count_mentions(text)}
    return {name: number for name, number in found.items() if number > settings.get_value(f"new_{name}")}


def count_links(text: str) -> int:
    """Count what will be a link once the text is shown, written as one or not."""
    return markdown.render(text).count("<a ")


def count_new_links(before: str, after: str) -> int:
    """Count the addresses that a text leads to and did not lead to before."""
    return len(set(_HREF.findall(markdown.render(after))) - set(_HREF.findall(markdown.render(before))))


def count_mentions(text: str) -> int:
    return len(_MENTION.findall(text))


def vouch(user_id: int, *, by: int | None) -> bool:
    """Trust an account from now on, inside the command of whoever may; return whether it was not trusted yet."""
    user = db.session.get_one(User, user_id)
    was_trusted = user.is_trusted
    user.trusted_at, user.trusted_by = user.trusted_at or clock.now(), user.trusted_by or by
    return not was_trusted


def credit(user_id: int) -> None:
    """Remember that the team let one more contribution of this account appear."""
    run(update(User).where(User.id == user_id).values(admitted_count=User.admitted_count + 1))


def discredit(user_id: int, *, is_vouched: bool) -> None:
    """Take back the credit of a contribution that was let appear, and the trust that came with it (`is_vouched`)."""
    run(update(User).where(User.id == user_id).values(admitted_count=User.admitted_count - 1))
    if is_vouched:
        user = db.session.get_one(User, user_id)
        user.trusted_at = user.trusted_by = None


def start_afresh(user_id: int) -> None:
    """Forget how much this account posted lately: somebody looked at it."""
    kinds, mine = [f"{kind}_by" for kind in ALONE], limits.list_hashes(Actor(user_id))
    run(delete(Attempt).where(Attempt.kind.in_(kinds), Attempt.key_hash.in_(mine)))
