"""The tags of ideas, for those who keep them in order; nobody reads there the tags of another's draft."""
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import aliased

from app.core.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.core.paging import Page
from app.core.permits import Permission
from app.ideas.models import Idea, IdeaTag
from app.ideas.queries.reading import own_of, readable_by
from app.reference import queries as reference
from app.reference.models import Tag


def by_name(actor: Actor, **options: Any) -> Page[Tag]:
    """Return one page of the tags in use, as `reference.by_name` does."""
    return reference.by_name(Tag, among=_is_listed(actor), **options)


def one(actor: Actor, tag_id: int, permission: Permission) -> Tag:
    """The only way from a number in an address to a tag."""
    tag = reference.one(actor, Tag, tag_id, permission)
    if db.session.scalar(select(Tag.id).where(Tag.id == tag_id, _is_listed(actor))) is None:
        raise NotFound()
    return tag


def _is_listed(actor: Actor) -> ColumnElement[bool]:
    """Match the tags that were merged, and those on an idea which this person may read, merged or not."""
    original = aliased(Tag)
    names = select(original.id).where(or_(original.id == Tag.id, original.merged_into == Tag.id)).correlate(Tag)
    on_one = select(IdeaTag.idea_id).join(Idea, Idea.id == IdeaTag.idea_id).where(IdeaTag.tag_id.in_(names))
    is_read = on_one.where(or_(readable_by(actor), own_of(actor))).limit(1).scalar_subquery().is_not(None)
    return or_(Tag.merged_into.is_not(None), is_read)
