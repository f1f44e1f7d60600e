"""What a newcomer of the demonstration wrote, and that waits for the team to read it."""

from datetime import datetime
from typing import Any

from app.comments import service as comments
from app.comments import threads
from app.comments.models import Comment
from app.communities import queries as communities
from app.core.db import db
from app.core.unit import command
from app.ideas import writing
from app.ideas.models import Idea
from app.operations.demo import book

Fact = dict[str, Any]


@command
def add(fact: Fact, user_ids: dict[str, int], day: datetime) -> None:
    """Add an idea that waits or, where the fact says on which idea (`on`), a comment; nothing if that idea is gone."""
    row = _comment(fact, user_ids, day) if "on" in fact else _idea(fact, user_ids, day)
    if row:
        db.session.add(row)
        db.session.flush()
    book.note("waiting", fact["key"], row.id if row else 0)


def _idea(fact: Fact, user_ids: dict[str, int], day: datetime) -> Idea:
    room, author = communities.get_rooms().by_slug[fact["community"]].id, user_ids[fact["author"]]
    at = book.moment(day, fact)
    thread = threads.create("idea", fact["title"], community_id=room, author_id=author, is_public=False, is_open=False)
    return Idea(
        kind=fact["kind"],
        status="pending",
        suspect=fact["suspect"],
        community_id=room,
        author_id=author,
        thread_id=thread.id,
        created_at=at,
        saved_at=at,
        **writing.text_columns(fact["title"], fact["body"]),
    )


def _comment(fact: Fact, user_ids: dict[str, int], day: datetime) -> Comment | None:
    idea = db.session.get(Idea, book.get_ids("idea").get(fact["on"], 0))
    return (
        None
        if idea is None
        else Comment(
            thread_id=idea.thread_id,
            author_id=user_ids[fact["author"]],
            status="pending",
            suspect=fact["suspect"],
            created_at=book.moment(day, fact),
            **comments.text_columns(fact["body"]),
        )
    )
