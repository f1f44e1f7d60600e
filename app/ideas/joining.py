"""What a merge or a split does to the ideas themselves; inside the command of moderation that decides it."""

from typing import Any

from sqlalchemy import delete, insert, literal, or_, select

from app.comments import threads
from app.core import clock
from app.core.db import db, run
from app.core.dialect import delete_once, insert_once
from app.core.signals import tell
from app.ideas import writing
from app.ideas.models import Idea, IdeaCommunity, IdeaIssue, IdeaTag, IdeaTerritory, Relation, StatusChange
from app.ideas.signals import IdeaPublished

PLACES: tuple[Any, ...] = (IdeaCommunity.community_id, IdeaIssue.issue_id, IdeaTerritory.territory_id, IdeaTag.tag_id)


def join(idea: Idea, into: Idea | None) -> None:
    """Join an idea to another, or part it (None): its thread closes and opens with it."""
    idea.merged_into = into.id if into else None
    threads.sync(idea.thread_id, is_open=idea.is_open)


def add_split_idea(origin: Idea, *, title: str, body: str, by: int) -> Idea:
    """Publish a part of an idea as one more, of the same author, in the same places."""
    thread = threads.create(
        "idea", title, community_id=origin.community_id, author_id=origin.author_id, is_public=True, is_open=True
    )
    now = clock.now()
    idea = Idea(
        kind=origin.kind,
        lang=origin.lang,
        status="published",
        community_id=origin.community_id,
        is_private=origin.is_private,
        author_id=origin.author_id,
        imported_author_id=origin.imported_author_id,
        thread_id=thread.id,
        published_at=now,
        status_at=now,
        **writing.text_columns(title, body, origin.spot),
    )
    db.session.add(idea)
    db.session.flush()
    threads.sync(thread.id, is_private=idea.is_private)
    _place(idea, origin)
    _begin(idea, by)
    relate(idea, origin, kind="split", by=by)
    tell(IdeaPublished(idea.id, drawn_by=by))
    return idea


def _place(idea: Idea, origin: Idea) -> None:
    for column in PLACES:
        table = column.class_
        rows = select(literal(idea.id), column).where(table.idea_id == origin.id)
        run(insert(table).from_select(["idea_id", column.key], rows))


def _begin(idea: Idea, by: int) -> None:
    """Add the first revision and the first step of an idea that was split off, by the facilitator who did it."""
    writing.add_revision(idea, "")
    db.session.add(
        StatusChange(idea_id=idea.id, status="published", by_id=by, at=idea.status_at, community_id=idea.community_id)
    )


def relate(idea: Idea, other: Idea, *, kind: str, by: int) -> bool:
    """Note that two ideas go together, once, whichever comes first; tell whether it was not noted yet."""
    if db.session.scalar(select(Relation.id).where(_between(idea, other))):
        return False
    return insert_once(Relation, idea_id=idea.id, other_id=other.id, kind=kind, by_id=by, at=clock.now())


def unrelate(idea: Idea, other: Idea) -> bool:
    """Forget that two ideas are related, and tell whether they were; that one was split from the other stays."""
    return delete_once(delete(Relation).where(_between(idea, other), Relation.kind == "related"))


def _between(idea: Idea, other: Idea) -> Any:
    forth = (Relation.idea_id == idea.id) & (Relation.other_id == other.id)
    return or_(forth, (Relation.idea_id == other.id) & (Relation.other_id == idea.id))
