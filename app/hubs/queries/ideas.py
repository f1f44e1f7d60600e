"""The ideas that the page of a subject shows: the last ones, and those that wait for somebody."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, or_, select, union_all

from app.hubs.queries.subjects import HubSubject
from app.ideas.models import Idea
from app.ideas.queries import facet_counts, index_walks
from app.ideas.queries.index_walks import Ids, IndexWalk, Tests
from app.ideas.queries.lists import MARGIN, SORTS
from app.ideas.queries.rows import IdeaRow, get_rows, select_among

LATEST = 4
"""How many of the newest ideas are shown."""
WAITING = 4
"""How many of those that wait are shown."""
BEGINNING = ("published", "under_review")
"""The statuses at which a comment still changes what becomes of an idea."""
FEW = 500
"""A subject of so many ideas, or fewer, is gathered."""
LOOK = 2_000
"""Among how many of the last ideas of the site those that wait are looked for."""
RECENT = IndexWalk(SORTS["recent"][0], None)


def get_hub_ideas(subject: HubSubject, total: int) -> tuple[Sequence[IdeaRow], Sequence[IdeaRow]]:
    """Return the newest ideas of a subject, of `total` that its page may show, and the newest of those that wait.

    An idea that waits may be among the newest. Both are read in one statement, along an index where there are many.
    """
    latest = _first(subject, total, [], LATEST, limit=index_walks.LOOK)
    waiting = _first(subject, total, [_waits()], WAITING, limit=LOOK)
    both = union_all(*(select(ids.subquery().c.id) for ids in (latest, waiting))).subquery()
    found = get_rows(select_among(select(both.c.id), RECENT.order))
    return found[:LATEST], [idea for idea in found if is_waiting(idea)][:WAITING]


def _waits() -> ColumnElement[bool]:
    """SQL twin of `is_waiting`."""
    return or_(
        and_(Idea.comments_count == 0, Idea.status.in_(BEGINNING)),
        and_(Idea.kind == "need", Idea.status == "published", Idea.answered_at.is_(None)),
    )


def is_waiting(idea: IdeaRow) -> bool:
    """Tell whether nobody said anything about an idea yet, or it is a need that its community said nothing of."""
    return (idea.comments_count == 0 and idea.status in BEGINNING) or is_unanswered(idea)


def is_unanswered(idea: IdeaRow) -> bool:
    """Tell whether it is a need, as it was proposed, and its community said nothing of it."""
    return idea.kind == "need" and idea.status == "published" and idea.answered_at is None


def _first(subject: HubSubject, total: int, tests: Tests, number: int, *, limit: int) -> Ids:
    """Select the first ideas that pass: among the last ones of the site, where enough of these should touch it."""
    if subject.is_organisation or subject.inside or total <= FEW or _is_rare(total):
        return index_walks.select_filtered(subject.idea_ids(), RECENT, [subject.in_sight(), *tests], number)
    return RECENT.first([subject.has_idea(), *tests], number, limit=limit)


def _is_rare(total: int) -> bool:
    """Tell whether a subject of so many ideas should have too few of the last ones of the site."""
    return total * index_walks.LOOK < MARGIN * LATEST * facet_counts.get_counts()["all"]
