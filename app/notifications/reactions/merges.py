"""Merges and splits: whoever wrote the ideas, and whoever supported the one that was joined."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, select

from app.accounts.models.people import User
from app.core.db import db
from app.ideas.models import Idea
from app.merges.models import Merge
from app.merges.signals import IdeaMerged, IdeaParted, IdeaSplit
from app.notifications.service import notices


def tell_of_merge(signal: IdeaMerged) -> None:
    """Tell both authors, and each person whose support is now counted on the other idea too."""
    merge, idea, into = _both(signal.merge_id)
    facts: dict[str, Any] = {"beside": into.id, "reason": merge.reason} | ({"back": True} if signal.is_back else {})
    if idea.author_id != merge.by_id:
        notices.tell(idea.author_id, "merge.author", str(merge.id), idea_id=idea.id, **facts)
    if into.author_id not in (merge.by_id, idea.author_id):
        notices.tell(into.author_id, "merge.received", str(merge.id), idea_id=into.id, beside=idea.id)
    others = _accounts(signal.people, merge.by_id)
    notices.tell_each(others, "merge.support", str(merge.id), idea_id=into.id, **facts | {"beside": idea.id})


def tell_of_parting(signal: IdeaParted) -> None:
    """Tell the author that their idea stands alone again, and each person whose support went back with it."""
    merge, idea, into = _both(signal.merge_id)
    if idea.author_id != merge.parted_by:
        notices.tell(idea.author_id, "part.author", str(merge.id), idea_id=idea.id, beside=into.id)
    others = _accounts(signal.people, merge.parted_by)
    notices.tell_each(others, "part.support", str(merge.id), idea_id=idea.id, beside=into.id)


def tell_of_split(signal: IdeaSplit) -> None:
    """Tell the author that the team made one more idea out of theirs: it is theirs to change or to take back."""
    idea = db.session.get_one(Idea, signal.idea_id)
    if idea.author_id != signal.by:
        notices.tell(
            idea.author_id, "split.author", str(idea.id), idea_id=idea.id, beside=signal.origin_id, reason=signal.reason
        )


def _both(merge_id: int) -> tuple[Merge, Idea, Idea]:
    merge = db.session.get_one(Merge, merge_id)
    return merge, db.session.get_one(Idea, merge.idea_id), db.session.get_one(Idea, merge.into_id)


def _accounts(ids: Collection[int], by: int | None) -> Select[tuple[int]]:
    """Select these accounts, but that of whoever did it."""
    return select(User.id).where(User.id.in_([number for number in ids if number != by]))
