"""What was joined, drawn out or put side by side, and what could be."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, literal, literal_column, or_, select, true, union_all
from sqlalchemy.orm import aliased, defer, joinedload

from app.accounts.models.people import ImportedAuthor, User
from app.communities.cached_statements import cached_statement, reader_parameters
from app.communities.sql_policy import of_another
from app.core import dialect
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.core.permits import Permission
from app.events.models.contents import EventSubject
from app.ideas.models import OPEN, Idea, Relation
from app.ideas.queries import facets, reading
from app.ideas.queries.facets import Placing
from app.ideas.queries.reading import IDEA, is_public, readable_by
from app.moderation.measures.models import Measure
from app.moderation.merges.models import Merge
from app.notes.models import PublishedLine
from app.plan.models.links import Link, UpdateLink

MOST = 100
_JOINED = aliased(Idea)
HAS_LINKS = or_(
    select(Link.id).where(Link.idea_id == IDEA, Link.answer == "accepted").exists(),
    select(Link.id)
    .join(_JOINED, _JOINED.id == Link.idea_id)
    .where(_JOINED.merged_into == IDEA, Link.answer == "accepted")
    .exists(),
)
HAS_UPDATES = select(UpdateLink.id).where(UpdateLink.idea_id == IDEA).exists()
HAS_EVENTS = select(EventSubject.id).where(EventSubject.idea_id == IDEA).exists()
WAS_SAID = select(PublishedLine.id).where(PublishedLine.idea_id == IDEA).exists()


@dataclass(frozen=True)
class RelatedIdea:
    """An idea related to another, with when and why the two were brought together."""

    idea: Idea
    at: datetime | None
    reason: str


@dataclass(frozen=True)
class RelatedIdeas:
    """What goes with an idea, as far as one person may read it.

    The idea that it was joined to (`into`), those that were joined to it, those that are related to it, and what a
    split links: the ideas that it was drawn out of (`origins`), those that were drawn out of it (`parts`); where it is
    placed. `has_links` with the plan, `has_updates`, `has_events` and whether it `was_said` in a session of a forum are
    told here so that most pages need not ask for these.
    """

    placing: Placing
    into: RelatedIdea | None = None
    duplicates: list[RelatedIdea] = field(default_factory=list)
    neighbours: list[Idea] = field(default_factory=list)
    origins: list[Idea] = field(default_factory=list)
    parts: list[Idea] = field(default_factory=list)
    has_links: bool = False
    has_updates: bool = False
    has_events: bool = False
    was_said: bool = False


def get_idea_with_related(actor: Actor, idea_id: int, permission: Permission) -> tuple[Idea, RelatedIdeas]:
    """Return an idea as `reading.get_idea` does, and all that goes with it, in one query. Raise NotFound."""
    rows = db.session.execute(_select_with_related(actor), reader_parameters(actor, idea=idea_id)).all()
    if not rows or not permission.permits(actor, rows[0][0]):
        raise NotFound()
    return rows[0][0], _arrange(rows)


@cached_statement
def _select_with_related(actor: Actor) -> Select[Any]:
    related, other = _select_readable(actor), aliased(Idea)
    with_author = joinedload(other.author).load_only(User.name, User.closed_at)
    with_imported_author = joinedload(other.imported_author).load_only(ImportedAuthor.name)
    query = reading.select_one(actor).select_from(Idea).outerjoin(related, true())
    query = query.outerjoin(other, other.id == related.c.id)
    query = query.add_columns(other, related.c.role, related.c.at, related.c.reason, *facets.placing_columns())
    query = query.add_columns(
        HAS_LINKS.label("has_links"),
        HAS_UPDATES.label("has_updates"),
        HAS_EVENTS.label("has_events"),
        WAS_SAID.label("was_said"),
    )
    query = query.order_by(*_oldest(related.c))
    return query.options(
        with_author, with_imported_author, defer(other.body, raiseload=True), defer(other.body_html, raiseload=True)
    )


def _arrange(rows: Sequence[Row[Any]]) -> RelatedIdeas:
    """Group the related ideas by their role; a row without a role is the idea itself, which has none."""
    by_role: dict[str, list[RelatedIdea]] = {}
    for _idea, other, role, at, reason, *_of_idea in rows:
        if role:
            by_role.setdefault(role, []).append(RelatedIdea(other, at, reason or ""))
    into = by_role.get("into", [])
    ideas = {role: [relative.idea for relative in relatives] for role, relatives in by_role.items()}
    return RelatedIdeas(
        facets.build_placing(rows[0]),
        into=into[0] if into else None,
        duplicates=by_role.get("joined", []),
        neighbours=ideas.get("related", []),
        origins=ideas.get("origin", []),
        parts=ideas.get("part", []),
        has_links=bool(rows[0].has_links),
        has_updates=bool(rows[0].has_updates),
        has_events=bool(rows[0].has_events),
        was_said=bool(rows[0].was_said),
    )


def _select_readable(actor: Actor) -> Any:
    """Select the related ideas that this person may read, at most a hundred."""
    related = union_all(*_select_related_ids()).subquery()
    query = select(Idea.id, related.c.role, related.c.at, related.c.reason).join(related, related.c.id == Idea.id)
    return query.where(readable_by(actor)).order_by(*_oldest(related.c)).limit(MOST).subquery("related")


def _oldest(related: Any) -> tuple[Any, ...]:
    """Sort from the first; an idea that was joined without a merge has no date, and is before all on either engine."""
    return related.at.nulls_first(), related.id, related.role


def _select_related_ids() -> list[Select[Any]]:
    """Select the ids of the related ideas, each with its role."""
    idea = aliased(Idea)
    its_merge = and_(Merge.idea_id == idea.id, Merge.parted_at.is_(None))
    duplicates = select(idea.id, literal("joined").label("role"), Merge.at, Merge.reason).outerjoin(Merge, its_merge)
    destination = select(idea.merged_into, literal("into"), Merge.at, Merge.reason).outerjoin(Merge, its_merge)
    no_reason: Any = literal_column("NULL")
    relations = [
        select(there, literal(role), Relation.at, no_reason).where(here == IDEA, Relation.kind == kind)
        for here, there, kind, role in (
            (Relation.idea_id, Relation.other_id, "related", "related"),
            (Relation.other_id, Relation.idea_id, "related", "related"),
            (Relation.idea_id, Relation.other_id, "split", "origin"),
            (Relation.other_id, Relation.idea_id, "split", "part"),
        )
    ]
    return [duplicates.where(idea.merged_into == IDEA), destination.where(idea.id == IDEA), *relations]


def find_merge(idea: Idea) -> Merge | None:
    """Return the merge that an idea is under, or None."""
    query = select(Merge).where(Merge.idea_id == idea.id, Merge.parted_at.is_(None))
    return db.session.scalars(query.execution_options(populate_existing=True)).first()


def holds_others(idea: Idea) -> bool:
    return db.session.scalar(select(Idea.id).where(Idea.merged_into == idea.id).limit(1)) is not None


def find_origin(idea: Idea) -> Idea | None:
    """Return the idea that this one was drawn out of, or None."""
    query = select(Idea).join(Relation, Relation.other_id == Idea.id)
    return db.session.scalar(query.where(Relation.idea_id == idea.id, Relation.kind == "split"))


def find_measure_to_undo(idea: Idea, *kinds: str) -> int | None:
    """Return the number of the last measure of these kinds on an idea, or None where it was undone."""
    other = aliased(Measure)
    is_undone = select(other.id).where(other.undoes_id == Measure.id).exists()
    query = select(Measure.id, is_undone.label("is_undone")).where(Measure.idea_id == idea.id, Measure.kind.in_(kinds))
    last = db.session.execute(query.order_by(Measure.id.desc()).limit(1)).first()
    return None if last is None or last.is_undone else last.id


def lock_idea(idea_id: int) -> Idea:
    """Read anew, and lock where the command has not yet, the idea that another one is joined to."""
    query = dialect.lock(select(Idea).where(Idea.id == idea_id))
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def list_authors_of_merged(idea: Idea) -> Sequence[User]:
    """Return the authors of the ideas that are joined to this one."""
    query = select(User).where(
        User.closed_at.is_(None), User.id.in_(select(Idea.author_id).where(Idea.merged_into == idea.id))
    )
    return db.session.scalars(query.order_by(User.id)).all()


def joins(actor: Actor, idea: Idea) -> ColumnElement[bool]:
    """Match the ideas that this one may be joined to, as `policy.JOIN` has it."""
    mine = true() if actor.is_coordinator else Idea.community_id.in_(actor.facilitates)
    inside = and_(Idea.is_private, Idea.community_id == idea.community_id)
    circle = inside if idea.is_private else Idea.is_private.is_(False)
    return and_(Idea.id != idea.id, mine, circle, is_public(), Idea.status.in_(OPEN), of_another(actor, Idea))


def relates(actor: Actor, idea: Idea) -> ColumnElement[bool]:
    """Match the ideas that this one may be related to."""
    return and_(Idea.id != idea.id, is_public(), readable_by(actor), of_another(actor, Idea))
