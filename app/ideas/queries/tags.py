"""The tags of ideas: those that a reader meets, and all, for those who keep them; none of another's draft."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, cast, or_, select
from sqlalchemy.orm import aliased

from app.communities.cached_statements import cached_statement, reader_parameters
from app.core import dialect, versions
from app.core.actor import Actor
from app.core.db import db, numbers_parameter
from app.core.errors import NotFound
from app.core.paging import Page
from app.core.permits import Permission
from app.ideas.facet_models import VERSION, FacetCount
from app.ideas.models import Idea, IdeaTag
from app.ideas.queries.facet_counts import ALONE, counts_beside
from app.ideas.queries.reading import own_of, readable_by
from app.reference import queries as reference
from app.reference.models import Tag
from app.reference.queries import TagNow

# The numbers of the tags that are asked about.
TAGS = numbers_parameter("tags")


POPULAR = 12


def list_popular() -> list[tuple[str, str]]:
    """Return the slug and the name of the tags that most public ideas have, by name; cached until a count changes."""
    return versions.get_or_load("popular tags", _load_popular, under=VERSION)


def _load_popular() -> list[tuple[str, str]]:
    tags = select(FacetCount.value).where(counts_beside(ALONE), FacetCount.axis == "tag", FacetCount.n > 0)
    top = tags.order_by(FacetCount.n.desc(), FacetCount.value.desc()).limit(POPULAR).subquery()
    query = select(Tag.slug, Tag.name).join(top, cast(top.c.value, Integer) == Tag.id)
    return list(db.session.execute(query.order_by(Tag.sort_key, Tag.id)).tuples())


def get_visible_ids(actor: Actor, tag_ids: Sequence[int]) -> set[int]:
    """Return those of these tags that are on an idea which this person may read."""
    return set(db.session.scalars(_select_in_sight(actor), reader_parameters(actor, tags=tag_ids)))


@cached_statement
def _select_in_sight(actor: Actor) -> Select[tuple[int]]:
    on_one = select(IdeaTag.tag_id).join(Idea, Idea.id == IdeaTag.idea_id)
    on_one = on_one.where(IdeaTag.tag_id == Tag.id, readable_by(actor))
    return select(Tag.id).where(Tag.id.in_(TAGS), dialect.has_row(on_one))


def find_tag(actor: Actor, slug: str) -> TagNow | None:
    """Return the tag of an address, present or past, that an idea bears which this person may read; else None."""
    return get_tags(actor, [slug]).get(slug)


@cached_statement
def _select_at(actor: Actor) -> Select[Any]:
    on_one = select(IdeaTag.tag_id).join(Idea, Idea.id == IdeaTag.idea_id)
    on_one = on_one.where(IdeaTag.tag_id == Tag.id, readable_by(actor)).correlate(Tag)
    return reference.select_tags().add_columns(dialect.has_row(on_one).label("in_sight"))


def get_tags(actor: Actor, slugs: Sequence[str]) -> dict[str, TagNow]:
    """Return the tags of these addresses, present or past, that an idea bears which this person may read."""
    found: dict[str, list[Any]] = {}
    for row in db.session.connection().execute(_select_at(actor), reader_parameters(actor, slugs=slugs)):
        found.setdefault(row.address, []).append(row)
    return {slug: reference.build_tag(rows) for slug, rows in found.items() if any(row.in_sight for row in rows)}


def list_by_name(actor: Actor, **options: Any) -> Page[Tag]:
    """Return one page of the tags in use, as `queries.list_by_name` does."""
    return reference.list_by_name(Tag, among=_is_listed(actor), **options)


def get_tag(actor: Actor, tag_id: int, permission: Permission) -> Tag:
    """Return a tag in use by its number. Raise NotFound where it is absent or forbidden."""
    tag = reference.get_row(actor, Tag, tag_id, permission)
    if db.session.scalar(select(Tag.id).where(Tag.id == tag_id, _is_listed(actor))) is None:
        raise NotFound()
    return tag


def _is_listed(actor: Actor) -> ColumnElement[bool]:
    """Match the tags that were merged, and those on an idea which this person may read, merged or not."""
    original = aliased(Tag)
    names = select(original.id).where(or_(original.id == Tag.id, original.merged_into == Tag.id)).correlate(Tag)
    on_one = select(IdeaTag.idea_id).join(Idea, Idea.id == IdeaTag.idea_id).where(IdeaTag.tag_id.in_(names))
    is_read = dialect.has_row(on_one.where(or_(readable_by(actor), own_of(actor))))
    return or_(Tag.merged_into.is_not(None), is_read)
