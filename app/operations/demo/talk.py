"""The talk under a subject of the demonstration: comments, replies, useful marks, and comments that were used."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert

from app.comments import service as comments
from app.comments import threads
from app.comments.models import Comment, Thread, Useful
from app.comments.queries.reading import select_newest_id
from app.comments.signals import CommentsCounted
from app.core import clock
from app.core.db import db
from app.core.signals import tell
from app.operations.demo import book

Fact = dict[str, Any]


def add(kind: str, thread_id: int, author_id: int, facts: list[Fact], user_ids: dict[str, int], day: datetime) -> None:
    """Add the comments of the new thread of a subject of this kind, in the order they were said, and count them."""
    comments_by_key: dict[str, Comment] = {}
    for fact in sorted(facts, key=lambda fact: book.moment(day, fact)):
        comment = _comment(thread_id, author_id, fact, comments_by_key.get(fact["reply_to"] or ""), user_ids, day)
        comments_by_key[fact["key"]] = comment
        db.session.add(comment)
        db.session.flush()
        _mark(comment, fact, user_ids)
    threads.sync(thread_id, comments_count=len(comments_by_key), unread_id=select_newest_id(Thread.id))
    tell(CommentsCounted(thread_id, kind, len(comments_by_key)))


def _comment(
    thread_id: int, author_id: int, fact: Fact, parent: Comment | None, user_ids: dict[str, int], day: datetime
) -> Comment:
    at = book.moment(day, fact)
    place = {}
    if parent:
        place = {"parent_id": parent.id, "root_id": parent.root_id or parent.id, "depth": parent.depth + 1}
    use = {"used_at": min(at + timedelta(hours=5), clock.now()), "used_by": author_id} if fact["used"] else {}
    return Comment(
        thread_id=thread_id,
        author_id=user_ids[fact["by"]],
        intent=fact["intent"],
        created_at=at,
        useful_count=len(_useful_by(fact)),
        **comments.text_columns(fact["body"]),
        **place,
        **use,
    )


def _mark(comment: Comment, fact: Fact, user_ids: dict[str, int]) -> None:
    people = [user_ids[key] for key in _useful_by(fact)]
    at = min(comment.created_at + timedelta(hours=2), clock.now())
    if people:
        db.session.execute(insert(Useful), [{"user_id": who, "comment_id": comment.id, "at": at} for who in people])


def _useful_by(fact: Fact) -> list[str]:
    return [key for key in dict.fromkeys(fact["useful_by"]) if key != fact["by"]]
