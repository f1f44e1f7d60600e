"""The charter: coordinators write its versions, members accept them; what was in force once is kept."""

from dataclasses import asdict, dataclass

from app.accounts import policy, queries, service
from app.accounts.models.documents import CHARTER, Document
from app.accounts.models.people import User
from app.accounts.signals import CharterChanged
from app.core import dialect
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import N_, Invalid
from app.core.permits import require
from app.core.signals import tell
from app.core.unit import command

OVERTAKEN = N_("Une autre version de la charte a paru pendant que vous écriviez.")
SAME = N_("Ce texte est le même que celui de la charte en vigueur.")


@dataclass(frozen=True)
class CharterWords:
    """What a coordinator wrote: the text in French and in English, what changes, and whether everybody is asked."""

    body: str
    body_en: str
    summary: str
    asks_again: bool


@command
def publish(actor: Actor, words: CharterWords, *, base: int, default: Document) -> int:
    """Put a new version in force and give its number; `base` is the version from which it was written.

    `default` is the text that came with the platform, kept as the first version by whoever publishes the second.
    Raise Invalid where another version came meanwhile, or nothing changed.
    """
    require(actor, policy.EDIT_CHARTER)
    dialect.take_turn(CHARTER)
    current = queries.find_charter() or default
    if _is_done(actor, current, words):
        return current.number
    if current.number != base:
        raise Invalid(OVERTAKEN)
    if (current.body, current.body_en) == (words.body, words.body_en):
        raise Invalid(SAME, "body")
    return _add(actor, words, after=current)


def _is_done(actor: Actor, current: Document, words: CharterWords) -> bool:
    """Tell whether this person published these very words just now: a form may be sent twice."""
    words_in_force = CharterWords(current.body, current.body_en, current.summary, current.asks_again)
    return current.by_id == actor.id and words_in_force == words


def _add(actor: Actor, words: CharterWords, *, after: Document) -> int:
    number = after.number + 1
    db.session.add_all([after, Document(name=CHARTER, number=number, by_id=actor.id, **asdict(words))])
    db.session.flush()
    _record(db.session.get_one(User, actor.id), number)
    tell(CharterChanged(number, words.summary, by=actor.own_id))
    return number


@command
def accept(actor: Actor, user: User, number: int) -> bool:
    """Record that a person accepts the charter; nothing is recorded of a version that is in force no more."""
    require(actor, policy.MANAGE, user)
    current = queries.find_charter()
    if current is None or current.number != number:
        return False
    _record(user, number)
    return True


def _record(user: User, number: int) -> None:
    service.consent(user, {CHARTER: str(number)}, charter=number)
