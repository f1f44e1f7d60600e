"""Which notices a page lets its reader have read: those about the things that it shows, found by their columns."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Row, and_, or_

from app.core.db import constants, numbers_parameter
from app.notifications import topics
from app.notifications.models import Notice

Sight = Mapping[str, Collection[int]]
"""What a page shows: numbers of things, by the page of `topics.KINDS` that they are shown on."""
# The page, and the column that names its thing.
COLUMNS: Mapping[str, Any] = {
    "idea": Notice.idea_id,
    "comment": Notice.comment_id,
    "update": Notice.update_id,
    "action": Notice.action_id,
    "bulletin": Notice.bulletin_id,
    "draft": Notice.idea_id,
    "revision": Notice.idea_id,
    "links": Notice.action_id,
    "report": Notice.action_id,
    "event": Notice.event_id,
    "forum": Notice.event_id,
}
# The page, and the fact that names its thing.
FACTS = {
    "case": "case",
    "appeal": "appeal",
    "measure": "judged",
    "handover": "handover",
    "frozen": "frozen",
    "profile": "member",
    "topic": "topic",
    "reviews": "community",
    "unanswered": "community",
    "version": "version",
}
COLUMNS_READ = (
    Notice.id,
    Notice.kind,
    Notice.user_id,
    Notice.idea_id,
    Notice.comment_id,
    Notice.update_id,
    Notice.action_id,
    Notice.bulletin_id,
    Notice.event_id,
    Notice.facts,
)
"""What `is_shown` reads of a notice."""
TEXTS = "texts"
"""The numbers of the versions of a text of which a page (`revision`) shows what they changed."""


def may_concern_pages(pages: Collection[str]) -> Any:
    """Match the notices that these pages may show, as far as columns tell; each names its parameter."""
    return or_(*[_might_be_shown(page) for page in pages])


def _might_be_shown(page: str) -> Any:
    is_of_page = Notice.kind.in_(constants(topics.list_kinds_of_page(page)))
    return and_(is_of_page, COLUMNS[page].in_(numbers_parameter(page))) if page in COLUMNS else is_of_page


def page_parameters(sight: Sight) -> dict[str, list[int]]:
    """Return the parameters of `may_concern_pages`."""
    return {page: sorted(sight[page]) for page in sight if page in COLUMNS}


def is_shown(row: Row[Any], sight: Sight) -> bool:
    """Tell whether a notice that a page might show is shown there; `row` has `COLUMNS_READ`."""
    pages = topics.KINDS[row.kind].pages
    return any(_is_on(page, row, sight) for page in pages if page in sight)


def _is_on(page: str, row: Row[Any], sight: Sight) -> bool:
    if page in FACTS:
        own = row.user_id if page == "profile" and not _names_content(row) else None
        return row.facts.get(FACTS[page], own) in sight[page]
    if page == "revision":
        number = row.facts.get("number", 0)
        is_changed = set(range(row.facts.get("first", number), number + 1)) <= set(sight.get(TEXTS, ()))
        return is_changed and row.idea_id in sight[page]
    if "bulletin" in row.facts:
        return row.facts["bulletin"] in sight.get("bulletin", ())
    if "topic" in row.facts:
        return False
    return getattr(row, COLUMNS[page].key) in sight[page]


def _names_content(row: Row[Any]) -> bool:
    return bool(row.idea_id or row.comment_id or row.update_id or row.action_id or row.event_id)
