"""Every SELECT on the axes; what rarely changes is cached in the process until it does."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Protocol, TypeVar

from sqlalchemy import ColumnElement, Select, String, bindparam, func, or_, select, union
from sqlalchemy.orm import aliased

from app.core import versions
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.core.list_words import has_word
from app.core.paging import Order, Page, page_by_id
from app.core.permits import Permission
from app.core.text.plain import search_words
from app.reference.models import NAMED, Issue, Organisation, Slug, Tag, Territory, answers


class HasSlug(Protocol):
    @property
    def slug(self) -> str: ...


T = TypeVar("T")
S = TypeVar("S", bound=HasSlug)
KEY, LONG = "reference", 50


@dataclass(frozen=True)
class Place:
    id: int
    code: str
    name: str
    kind: str
    parent_id: int | None
    population: int | None
    is_archived: bool

    @property
    def is_mrc(self) -> bool:
        return self.kind == "mrc"


@dataclass(frozen=True)
class Axis:
    """An issue as it is shown; `name_en` and `description_en` fall back on French in the doors."""

    id: int
    slug: str
    name: str
    name_en: str | None
    description: str
    description_en: str | None
    is_archived: bool


@dataclass(frozen=True)
class Catalogue:
    """All issues (by position) and territories (MRC, then its municipalities, by name)."""

    issues: tuple[Axis, ...]
    places: tuple[Place, ...]
    issue: dict[int, Axis] = field(repr=False)
    place: dict[int, Place] = field(repr=False)
    issue_by_slug: dict[str, Axis] = field(repr=False)

    def issue_at(self, slug: str) -> Axis | None:
        """Find the issue of an address, present or past."""
        return self.issue_by_slug.get(slug)

    def place_at(self, code: str) -> Place | None:
        return next((place for place in self.places if place.code == code), None)

    def within(self, place: Place) -> list[Place]:
        """Return the place and, for an MRC, its municipalities."""
        return [place, *(inner for inner in self.places if inner.parent_id == place.id)]

    def parent(self, place: Place) -> Place | None:
        return self.place.get(place.parent_id) if place.parent_id else None


def get_catalogue() -> Catalogue:
    return versions.get_or_load("reference", _load, under=KEY)


def _load() -> Catalogue:
    issues = tuple(
        Axis(row.id, row.slug, row.name, row.name_en, row.description, row.description_en, row.is_archived)
        for row in db.session.scalars(select(Issue).order_by(Issue.position, Issue.id))
    )
    places = _by_mrc(
        [
            Place(row.id, row.code, row.name, row.kind, row.parent_id, row.population, row.is_archived)
            for row in db.session.scalars(select(Territory).order_by(Territory.sort_key, Territory.id))
        ]
    )
    by_id = {issue.id: issue for issue in issues}
    return Catalogue(issues, places, by_id, {p.id: p for p in places}, map_by_address("issue", by_id))


def map_by_address(kind: str, by_id: dict[int, S]) -> dict[str, S]:
    """Return what answers at each address of a kind: those that things had, then those they have."""
    former = db.session.execute(select(Slug.slug, Slug.subject_id).where(Slug.kind == kind)).tuples()
    by_slug = {slug: by_id[subject_id] for slug, subject_id in former if subject_id in by_id}
    return by_slug | {thing.slug: thing for thing in by_id.values()}


def _by_mrc(places: list[Place]) -> tuple[Place, ...]:
    rows: list[Place] = []
    for mrc in (place for place in places if place.is_mrc):
        rows += [mrc, *(place for place in places if place.parent_id == mrc.id)]
    return tuple(rows)


def find_id_of_former_address(kind: str, slug: str) -> int | None:
    """Return the id of what had this address once, or None."""
    return db.session.scalar(_select_former(kind, slug))


def get_row(actor: Actor, model: type[T], row_id: int, permission: Permission) -> T:
    """Return an issue, a territory, a tag or an organisation by its number. Raise NotFound."""
    row = db.session.get(model, row_id)
    if row is None or not permission.permits(actor, row):
        raise NotFound()
    return row


def find_tag(slug: str) -> Tag | None:
    """Find the tag of an address, present or past, or what it was merged into."""
    return db.session.scalar(_select_tag(), {"slug": slug})


@cache
def _select_tag() -> Select[tuple[Tag]]:
    original, slug = aliased(Tag), bindparam("slug", type_=String)
    query = select(Tag).join(original, Tag.id == func.coalesce(original.merged_into, original.id))
    former_id = _select_former("tag", slug).scalar_subquery()
    return query.where(or_(original.slug == slug, original.id == former_id))


def _select_former(kind: str, slug: Any) -> Select[tuple[int]]:
    """Select the id of what had this address once."""
    return select(Slug.subject_id).where(Slug.kind == kind, Slug.slug == slug)


# The addresses of the tags that are asked for.
SLUGS: Any = bindparam("slugs", expanding=True)


@dataclass(frozen=True)
class TagNow:
    """A tag as it is called now; `ids` are its own (`id`) and those of the tags merged into it."""

    id: int
    slug: str
    name: str
    ids: tuple[int, ...]


def get_tags(slugs: list[str]) -> dict[str, TagNow]:
    """Return the tags of these addresses, in their order; an unknown one is absent."""
    if not slugs:
        return {}
    found: dict[str, list[Any]] = {}
    for row in db.session.execute(select_tags(), {SLUGS.key: slugs}):
        found.setdefault(row.address, []).append(row)
    return {slug: build_tag(found[slug]) for slug in slugs if slug in found}


def build_tag(rows: Sequence[Any]) -> TagNow:
    """Return the tag of one address from the rows of `select_tags`: one for itself and for each that it became."""
    return TagNow(rows[0].id, rows[0].slug, rows[0].name, tuple(row.row_id for row in rows))


@cache
def select_tags() -> Select[Any]:
    """Select (address, id, slug, name, row_id) of the tags of the addresses `SLUGS`."""
    original, now = aliased(Tag), aliased(Tag)
    former = select(Slug.slug, Slug.subject_id.label("id")).where(Slug.kind == "tag", Slug.slug.in_(SLUGS))
    addresses = union(former, select(Tag.slug, Tag.id).where(Tag.slug.in_(SLUGS))).subquery()
    query = select(addresses.c.slug.label("address"), now.id, now.slug, now.name, Tag.id.label("row_id"))
    query = query.join(original, original.id == addresses.c.id)
    query = query.join(now, now.id == func.coalesce(original.merged_into, original.id))
    return query.join(Tag, or_(Tag.id == now.id, Tag.merged_into == now.id))


MERGEABLE = (Tag, Organisation)


def list_by_name(
    model: type[T],
    *,
    q: str = "",
    after: int | None = None,
    size: int = LONG,
    among: ColumnElement[bool] | None = None,
) -> Page[T]:
    """Return one page of tags, organisations (those that are not merged) or acronyms, by name.

    `after` is the row the page before ended at; `among` narrows the list.
    """
    table: Any = model
    order = Order(table.sort_key, table.id, descending=False, id_descending=False)
    query = (
        order.apply(select(table)).where(*(has_word(table.sort_key, word) for word in search_words(q))).limit(size + 1)
    )
    query = query if among is None else query.where(among)
    if model in MERGEABLE:
        query = query.where(table.merged_into.is_(None))
    if after:
        last = db.session.get(table, after)
        query = query.where(order.after(last.sort_key, last.id)) if last else query
    rows = db.session.scalars(query).all()
    return page_by_id(rows, size=size, is_first=not after)


def find_start(row: Tag | Organisation, size: int = LONG) -> int | None:
    """Return the row after which the page of `list_by_name` that has this one begins; None for the first page."""
    table: Any = type(row)
    order = Order(table.sort_key, table.id)
    query = order.apply(select(table.id)).where(order.after(row.sort_key, row.id))
    query = query.where(table.merged_into.is_(None)) if table in MERGEABLE else query
    return db.session.scalar(query.offset(size - 1).limit(1))


def list_merged_tags() -> Sequence[tuple[Tag, Tag]]:
    """Return the tags that were merged, each with the one it became."""
    now = aliased(Tag)
    query = select(Tag, now).join(now, now.id == Tag.merged_into).order_by(Tag.sort_key, Tag.id)
    return db.session.execute(query).tuples().all()


def list_merged_into(tag: Tag) -> Sequence[Tag]:
    """Return the tags that became this one, by number, to be written."""
    return db.session.scalars(select(Tag).where(Tag.merged_into == tag.id).order_by(Tag.id)).all()


def list_organisations() -> list[Organisation]:
    """Return the organisations that may be chosen, by name."""
    query = select(Organisation).where(Organisation.archived_at.is_(None), Organisation.merged_into.is_(None))
    return list(db.session.scalars(query.order_by(Organisation.sort_key, Organisation.id)))


def get_present(organisation_id: int | None) -> Organisation | None:
    """Return the organisation that this one answers as: itself, or the one that it was merged into."""
    query = select(Organisation).join(NAMED, answers()).where(NAMED.c.id == (organisation_id or 0))
    return db.session.scalar(query)


def list_answering(organisation_id: int) -> Sequence[int]:
    """Return the ids of the organisations that answer as this one, itself among them."""
    query = select(NAMED.c.id).join(Organisation, answers()).where(Organisation.id == organisation_id)
    return db.session.scalars(query.order_by(NAMED.c.id)).all()


def select_answering() -> Select[tuple[int]]:
    """Select the ids of the organisations that answer as the `Organisation` of the statement around."""
    return select(NAMED.c.id).where(answers()).correlate(Organisation)


def list_merged_under(row: Organisation) -> Sequence[Organisation]:
    """Return the organisations that were merged into this one, or into one of those, by number, to be written."""
    found: list[Organisation] = []
    ids = [row.id]
    while ids:
        query = select(Organisation).where(Organisation.merged_into.in_(ids)).order_by(Organisation.id)
        new = db.session.scalars(query).all()
        found, ids = [*found, *new], [one.id for one in new]
    return sorted(found, key=lambda one: one.id)


def list_merged_organisations() -> Sequence[tuple[Organisation, Organisation]]:
    """Return the organisations that were merged, each with the one that it answers as, by name."""
    now = aliased(Organisation)
    query = select(Organisation, now).join(now, now.id == Organisation.present_id)
    return db.session.execute(query.order_by(Organisation.sort_key, Organisation.id)).tuples().all()
