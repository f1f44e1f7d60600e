"""The words that this process knows the vocabulary to have: a text of such words asks for none of them.

They are known of an edition, which is a number: it changes as words are taken out, or the database becomes another
one. It is read as an entry is written, when nobody can take words out any more before the command ends.
"""

from collections.abc import Collection, Set

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from app.core import versions
from app.core.db import db
from app.core.versions import Version

KEY = "words"
EDITION = select(Version.n).where(Version.key == KEY).scalar_subquery()
MOST = 20_000
"""How many words are known at most: then all are forgotten."""
LEARNED = "words learned"


def watch() -> None:
    """Add what a transaction learned to the known words once it is committed; drop it on rollback."""
    event.listen(db.session, "after_commit", _keep)
    event.listen(db.session, "after_rollback", _forget)


def get_words(edition: int) -> Set[str]:
    """Return the words, with their marks, that are known of an edition."""
    known: Set[str] | None = versions.memory_cache.find((KEY, db.engine, edition)) if edition else None
    return frozenset() if known is None else known


def learn(edition: int, learned: Collection[str]) -> None:
    """Know these words of an edition, if the present transaction is stored."""
    if edition and learned:
        db.session().info.setdefault(LEARNED, {}).setdefault(edition, set()).update(learned)


def begin_edition() -> None:
    """Begin another edition, in the command that takes words out, or writes the first ones."""
    versions.touch(KEY)


def _keep(session: Session) -> None:
    for edition, learned in session.info.pop(LEARNED, {}).items():
        before = get_words(edition)
        if isinstance(before, set) and len(before) + len(learned) <= MOST:
            before.update(learned)
        else:
            versions.memory_cache.put((KEY, db.engine, edition), learned)


def _forget(session: Session) -> None:
    session.info.pop(LEARNED, None)
