"""What figures say beside ideas: comments by month, and the ideas that were brought from paper."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select

from app.comments.models import Comment
from app.core import dialect, months
from app.core.db import db
from app.figures.queries.contents import Code, Codes
from app.figures.scope import Scope
from app.ideas.facet_models import IdeaFacets
from app.ideas.figure_codes import HERE, IMPORTED
from app.ideas.models import Idea
from app.ideas.queries.facet_matches import MOST
from app.ideas.queries.reading import in_public
from app.notes.models import NEW, NoteLine, PublishedLine


def count_comments(scope: Scope, named: Sequence[str]) -> Counter[Code]:
    """Return how many comments that anybody reads were written on ideas of a scope: (month, origin), of these months.

    `named` are months that follow one another.
    """
    query = select(_number_month(named).label("number"), Comment.source.is_not(None).label("is_imported"))
    query = query.join(Idea, Idea.thread_id == Comment.thread_id)
    query = query.where(Comment.status == "published", Comment.in_sight(), in_public())
    query = query.where(Comment.created_at >= months.start(named[0]), Comment.created_at < _end(named[-1]))
    if scope.is_narrowed:
        query = query.join(IdeaFacets, IdeaFacets.idea_id == Idea.id).where(*_within(scope))
    found = query.subquery().c
    rows = db.session.execute(select(*found, func.count()).group_by(*found)).tuples()
    return Counter({(named[number], IMPORTED if is_imported else HERE): n for number, is_imported, n in rows})


def _number_month(named: Sequence[str]) -> ColumnElement[int]:
    """Number the month of a comment among these: a month of the region begins at another hour in summer."""
    return case(*((Comment.created_at < _end(month), number) for number, month in enumerate(named)))


def _end(month: str) -> datetime:
    return months.start(months.shift(month, 1))


def _within(scope: Scope) -> list[ColumnElement[bool]]:
    """Match the facets of the ideas of the community and of the MRC of a scope."""
    values = (("community", scope.community_id), ("mrc", scope.mrc_id))
    return [dialect.contains(IdeaFacets.codes, f" {axis}:{number} ") for axis, number in values if number]


def count_from_paper(scope: Scope) -> Codes:
    """Return the codes `born` of the ideas of a scope that the team copied from a sheet of a forum, at most MOST."""
    query = select(IdeaFacets.codes).where(IdeaFacets.is_private.is_(False), *_within(scope))
    query = query.where(IdeaFacets.idea_id.in_(select_from_paper()))
    born = [_read_born(codes) for codes in db.session.scalars(query.limit(MOST))]
    return Counter(code for code in born if scope.first <= code[0] <= scope.last)


def _read_born(codes: str) -> Code:
    return next(tuple(key[5:].split(".")) for key in codes.split() if key.startswith("born:"))


def select_from_paper() -> Select[Any]:
    """Select the ideas that a line became, which the team had copied from a sheet."""
    query = select(PublishedLine.idea_id).join(NoteLine, NoteLine.id == PublishedLine.id)
    return query.where(PublishedLine.fate == NEW, NoteLine.from_paper)
