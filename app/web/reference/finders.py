"""The loaders of the reference data, by slug or by number."""
from typing import Any

from app.core.actor import Actor
from app.core.errors import NotFound
from app.core.permits import Permission
from app.ideas.queries import tags
from app.reference import queries
from app.reference.models import Issue, Organisation, Territory
from app.reference.queries import Axis, Place, TagNow
from app.reference.service import tag_address
from app.web.frame.routes import Loader

MODELS: dict[str, Any] = {"issues": Issue, "territories": Territory, "organisations": Organisation}


def find_issue(actor: Actor, slug: str, permission: Permission) -> Axis:
    """Return the issue of a slug, present or former. Raise NotFound."""
    issue = queries.catalogue().issue_at(slug)
    if issue is None or not permission.permits(actor, issue):
        raise NotFound()
    return issue


def find_territory(actor: Actor, code: str, permission: Permission) -> Place:
    territory = queries.catalogue().place_at(code)
    if territory is None or not permission.permits(actor, territory):
        raise NotFound()
    return territory


def find_tag(actor: Actor, slug: str, permission: Permission) -> TagNow:
    """Return the tag of a slug, present or former, that an idea bears which the actor may read. Raise NotFound."""
    tag = queries.tags_at([slug]).get(slug) if slug == tag_address(slug) else None
    if tag is None or not tags.in_sight(actor, tag.ids) or not permission.permits(actor, tag):
        raise NotFound()
    return tag


def find_issue_by_number(actor: Actor, issue_id: int, permission: Permission) -> Issue:
    return queries.one(actor, Issue, issue_id, permission)


def find_by_number(actor: Actor, noun: str, row_id: int, permission: Permission) -> Any:
    return queries.one(actor, MODELS[noun], row_id, permission)


ISSUE_PAGE = Loader(find_issue, "slug")
TERRITORY_PAGE = Loader(find_territory, "code")
TAG_PAGE = Loader(find_tag, "slug")
ISSUE = Loader(find_issue_by_number, "issue_id")
TAG = Loader(tags.one, "tag_id")
BY_NUMBER = Loader(find_by_number, "noun", "row_id")
