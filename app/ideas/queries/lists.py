"""Many ideas at once: filters, sorts and pages of what is public."""
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, defer

from app.communities.queries import visible
from app.core import dialect
from app.core.actor import Actor
from app.core.db import db
from app.core.paging import SIZE, Order, Page, page_of, read_place
from app.ideas.models import OPEN, Idea, IdeaCommunity, IdeaIssue, IdeaTag, IdeaTerritory, StatusChange
from app.ideas.queries.reading import in_public, readable_by, with_author

SORTS = {
    "recent": (Order(Idea.published_at, Idea.id), "published_at", datetime),
    "supported": (Order(Idea.votes_count, Idea.id), "votes_count", int),
    "discussed": (Order(Idea.comments_count, Idea.id), "comments_count", int),
    "least_discussed": (Order(Idea.comments_count, Idea.id, descending=False), "comments_count", int),
}
AXES = ("community", "issue", "territory", "kind", "status", "tag")


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; ids for the axes, folded words for the text. Empty means all.

    `inside` are the private communities that were asked for by somebody who sees them: without one, lists and counts
    hold what is public, to everybody.
    """

    community: tuple[int, ...] = ()
    issue: tuple[int, ...] = ()
    territory: tuple[int, ...] = ()
    kind: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    tag: tuple[int, ...] = ()
    words: tuple[str, ...] = ()
    author: int | None = None
    inside: tuple[int, ...] = ()

    def seen_by(self, actor: Actor) -> "Filters":
        """Open the private communities that are asked for to those who see them, and to nobody else."""
        rooms = visible(actor).by_id if self.community else {}
        return replace(self, inside=tuple(n for n in self.community if n in rooms and rooms[n].is_private))

    def without(self, axis: str) -> "Filters":
        return replace(self, **{axis: ()})  # type: ignore[arg-type]

    def conditions(self) -> list[ColumnElement[bool]]:
        """Return what must hold of an idea: public, or in a private community that is open to who asks."""
        clauses = [in_public(self.inside)]
        if self.community:
            clauses.append(or_(Idea.community_id.in_(self.community), _has(IdeaCommunity.community_id, self.community)))
        if self.issue:
            clauses.append(_has(IdeaIssue.issue_id, self.issue))
        if self.territory:
            clauses.append(_has(IdeaTerritory.territory_id, self.territory))
        if self.tag:
            clauses.append(_has(IdeaTag.tag_id, self.tag))
        if self.kind:
            clauses.append(Idea.kind.in_(self.kind))
        if self.status:
            clauses.append(Idea.status.in_(self.status))
        if self.author:
            clauses.append(Idea.author_id == self.author)
        return clauses + [dialect.contains(Idea.search_text, word) for word in self.words]


def _has(column: InstrumentedAttribute[int], ids: Sequence[int]) -> ColumnElement[bool]:
    table = column.class_
    return select(table.idea_id).where(table.idea_id == Idea.id, column.in_(ids)).exists()


def rows() -> Select[tuple[Idea]]:
    """Select ideas as a list shows them: with who wrote them, without their texts."""
    return select(Idea).options(*with_author(), defer(Idea.body, raiseload=True), defer(Idea.body_html, raiseload=True))


def listing(actor: Actor, filters: Filters, *, sort: str = "recent", after: str = "", size: int = SIZE) -> Page[Idea]:
    """Return one page of a list; `after` is the place the page before ended at. A broken place is NotFound."""
    order, value, kind = SORTS[sort]
    query = order.apply(rows().where(*filters.seen_by(actor).conditions())).limit(size + 1)
    if after:
        query = query.where(order.after(*read_place(after, kind)))
    return page_of(db.session.scalars(query).all(), value, size=size, is_first=not after)


def front(new_count: int, waiting_count: int) -> tuple[list[Idea], list[Idea]]:
    """Return, in one query, the latest ideas and the latest of those that wait for feedback; none is in both."""
    quiet = select(Idea.id).where(in_public(), Idea.comments_count == 0, Idea.status.in_(OPEN))
    new = select(Idea.id).where(in_public())
    newest = Idea.published_at.desc(), Idea.id.desc()
    either = or_(Idea.id.in_(new.order_by(*newest).limit(new_count + waiting_count).scalar_subquery()),
                 Idea.id.in_(quiet.order_by(*newest).limit(waiting_count).scalar_subquery()))
    found = db.session.scalars(rows().where(either).order_by(*newest)).all()
    waiting = [idea for idea in found if idea.comments_count == 0 and idea.status in OPEN][:waiting_count]
    return [idea for idea in found if idea not in waiting][:new_count], waiting


def moves(limit: int) -> Sequence[tuple[StatusChange, Idea]]:
    """Return the last steps that public ideas made after their publication, with the idea."""
    query = select(StatusChange, Idea).join(Idea, Idea.id == StatusChange.idea_id)
    query = query.where(in_public(), or_(StatusChange.status != "published", StatusChange.stays))
    query = query.options(defer(Idea.body, raiseload=True), defer(Idea.body_html, raiseload=True))
    found = db.session.execute(query.order_by(StatusChange.at.desc(), StatusChange.id.desc()).limit(limit))
    return [(step, idea) for step, idea in found]


def tags_in_sight(actor: Actor, tag_ids: Collection[int]) -> set[int]:
    """Return those of these tags that are on an idea which this person may read."""
    query = select(IdeaTag.tag_id).join(Idea, Idea.id == IdeaTag.idea_id)
    return set(db.session.scalars(query.where(IdeaTag.tag_id.in_(tag_ids), readable_by(actor)).distinct()))


def without_community() -> ColumnElement[bool]:
    """Match the public ideas that no community leads."""
    return and_(in_public(), Idea.community_id.is_(None))
