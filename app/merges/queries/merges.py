"""Every SELECT on what was joined, parted, drawn out or put side by side."""
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, literal, literal_column, select, true, union_all
from sqlalchemy.orm import aliased, defer, joinedload

from app.accounts.models.people import ImportedAuthor, User
from app.core import dialect
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.core.permits import Permission
from app.ideas.models import Idea, Relation
from app.ideas.queries import reading
from app.ideas.queries.reading import readable_by
from app.measures.models import Measure
from app.merges.models import Merge

MOST = 100


@dataclass(frozen=True)
class Joined:
    """The other idea of a merge, with when and why."""

    idea: Idea
    at: datetime | None
    reason: str


@dataclass(frozen=True)
class Kin:
    """What goes with an idea, as one person may read it: where it went, what came to it, its neighbours, its parts."""

    into: Joined | None = None
    joined: list[Joined] = field(default_factory=list)
    related: list[Idea] = field(default_factory=list)
    origins: list[Idea] = field(default_factory=list)
    parts: list[Idea] = field(default_factory=list)


def with_kin(actor: Actor, idea_id: int, permission: Permission) -> tuple[Idea, Kin]:
    """Return an idea as `reading.one` does, and all that goes with it, in one query. Raise NotFound."""
    near, other = _select_readable(actor, idea_id), aliased(Idea)
    named = joinedload(other.author).load_only(User.name, User.closed_at)
    query = reading.select_one(actor, idea_id).select_from(Idea).outerjoin(near, true())
    query = query.outerjoin(other, other.id == near.c.id)
    query = query.add_columns(other, near.c.role, near.c.at, near.c.reason).order_by(*_oldest(near.c))
    found = db.session.execute(query.options(
        named, joinedload(other.imported_author).load_only(ImportedAuthor.name), defer(other.body, raiseload=True),
        defer(other.body_html, raiseload=True))).all()
    if not found or not permission.permits(actor, found[0][0]):
        raise NotFound()
    return found[0][0], _arrange(found)


def _arrange(found: Sequence[Row[Any]]) -> Kin:
    """Put each idea nearby where it goes, by its role; what the reader may not read is not among them."""
    by_role: dict[str, list[Joined]] = {}
    for _idea, other, role, at, reason in found:
        if role:
            by_role.setdefault(role, []).append(Joined(other, at, reason or ""))
    into = by_role.get("into", [])
    related, origins, parts = ([one.idea for one in by_role.get(role, [])] for role in ("related", "origin", "part"))
    return Kin(into[0] if into else None, by_role.get("joined", []), related, origins, parts)


def _select_readable(actor: Actor, idea_id: int) -> Any:
    """Select what is near an idea and this person may read, at most a hundred."""
    near = union_all(*_select_near(idea_id)).subquery()
    query = select(Idea.id, near.c.role, near.c.at, near.c.reason).join(near, near.c.id == Idea.id)
    return query.where(readable_by(actor)).order_by(*_oldest(near.c)).limit(MOST).subquery("near")


def _oldest(near: Any) -> tuple[Any, ...]:
    """Sort from the first; what no merge dates (it came joined) is before, on either engine."""
    return near.at.nulls_first(), near.id, near.role


def _select_near(idea_id: int) -> list[Select[Any]]:
    """Select the numbers of the ideas nearby, with what each is to this one."""
    joined = aliased(Idea)
    came = select(joined.id, literal("joined").label("role"), Merge.at, Merge.reason).outerjoin(
        Merge, and_(Merge.idea_id == joined.id, Merge.parted_at.is_(None))).where(joined.merged_into == idea_id)
    went = select(joined.merged_into, literal("into"), Merge.at, Merge.reason).outerjoin(
        Merge, and_(Merge.idea_id == joined.id, Merge.parted_at.is_(None))).where(joined.id == idea_id)
    nothing: Any = literal_column("NULL")
    beside = [
        select(there, literal(role), Relation.at, nothing).where(here == idea_id, Relation.kind == kind)
        for here, there, kind, role in (
            (Relation.idea_id, Relation.other_id, "related", "related"),
            (Relation.other_id, Relation.idea_id, "related", "related"),
            (Relation.idea_id, Relation.other_id, "split", "origin"),
            (Relation.other_id, Relation.idea_id, "split", "part"))]
    return [came, went, *beside]


def merge_of(idea: Idea) -> Merge | None:
    """Return the merge that an idea is under, or None."""
    query = select(Merge).where(Merge.idea_id == idea.id, Merge.parted_at.is_(None))
    return db.session.scalars(query.execution_options(populate_existing=True)).first()


def holds_others(idea: Idea) -> bool:
    return db.session.scalar(select(Idea.id).where(Idea.merged_into == idea.id).limit(1)) is not None


def origin_of(idea: Idea) -> Idea | None:
    """Return the idea that this one was drawn out of, or None."""
    query = select(Idea).join(Relation, Relation.other_id == Idea.id)
    return db.session.scalar(query.where(Relation.idea_id == idea.id, Relation.kind == "split"))


def measure_to_undo(idea: Idea, *kinds: str) -> int | None:
    """Return the number of the last measure of these kinds on an idea, or None where it was undone."""
    undoing = aliased(Measure)
    undone = select(undoing.id).where(undoing.undoes_id == Measure.id).exists()
    query = select(Measure.id, undone).where(Measure.idea_id == idea.id, Measure.kind.in_(kinds))
    last = db.session.execute(query.order_by(Measure.id.desc()).limit(1)).first()
    return None if last is None or last[1] else last[0]


def lock_idea(idea_id: int) -> Idea:
    """Read anew, and lock if the command does not hold it yet, the idea that another one is joined to."""
    query = dialect.lock(select(Idea).where(Idea.id == idea_id))
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def authors_of_merged(idea: Idea) -> Sequence[User]:
    """Return who wrote the ideas that are joined to this one."""
    query = select(User).where(User.closed_at.is_(None), User.id.in_(
        select(Idea.author_id).where(Idea.merged_into == idea.id)))
    return db.session.scalars(query.order_by(User.id)).all()
