"""What figures say beside ideas: comments by month, and the ideas that were brought from paper."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from typing import Any

from sqlalchemy import ColumnElement, Select, false, func, literal, select, true, union_all

from app.comments.models import Comment
from app.core import dialect, months
from app.core.db import db
from app.figures.models import CommentMonth
from app.figures.persons import Places
from app.figures.queries.contents import Code, Codes
from app.figures.queries.persons import MANY, get_places
from app.figures.scope import Scope
from app.ideas.facet_models import IdeaFacets
from app.ideas.figure_codes import HERE, IMPORTED
from app.ideas.models import Idea
from app.ideas.queries.facet_matches import MOST
from app.notes.models import NEW, NoteLine, PublishedLine

ANY = 0
"""The number that stands for any community, or any MRC."""
Key = tuple[int, int, str, bool]
"""A community, an MRC, a month, whether they were written elsewhere."""


@dataclass(frozen=True)
class Talk:
    """What was said in some months: comments by month and origin, and the codes `born` of what came from paper."""

    comments: Counter[Code]
    from_paper: Codes


def count_talk(scope: Scope, named: Sequence[str]) -> Talk:
    """Return what was said in months that follow one another: comments are as of the last hour."""
    comments, from_paper = Counter[Code](), Codes()
    for is_comment, value, is_imported, n in db.session.execute(
        union_all(_select_comments(scope, named), _select_paper(scope))
    ):
        if is_comment:
            comments[value, IMPORTED if is_imported else HERE] += n
        else:
            from_paper[_read_born(value)] += n
    return Talk(comments, Codes({code: n for code, n in from_paper.items() if named[0] <= code[0] <= named[-1]}))


def _select_comments(scope: Scope, named: Sequence[str]) -> Select[Any]:
    query = select(true(), CommentMonth.month, CommentMonth.is_imported, CommentMonth.n)
    query = query.where(CommentMonth.community_id == (scope.community_id or ANY))
    return query.where(CommentMonth.mrc_id == (scope.mrc_id or ANY), CommentMonth.month.between(named[0], named[-1]))


def _select_paper(scope: Scope) -> Select[Any]:
    """Select the codes of the ideas that the team copied from a sheet of a forum, at most MOST of them."""
    query = select(IdeaFacets.codes).where(IdeaFacets.is_private.is_(False), *_within(scope))
    codes = query.where(IdeaFacets.idea_id.in_(select_from_paper())).limit(MOST).subquery().c.codes
    return select(false(), codes, false(), literal(1))


def get_counted() -> Counter[Key]:
    """Return all numbers of comments as they were counted last."""
    columns = CommentMonth.community_id, CommentMonth.mrc_id, CommentMonth.month, CommentMonth.is_imported
    return Counter({tuple(key): n for *key, n in db.session.execute(select(*columns, CommentMonth.n))})


def recount() -> Counter[Key]:
    """Count the comments that anybody reads on the ideas of the public's lists, under each community and MRC."""
    places, found = get_places(), Counter[tuple[Places, str, bool]]()
    named, starts = _list_months()
    query = select(Idea.id, Comment.created_at, Comment.source.is_not(None)).join_from(
        Comment, Idea, Idea.thread_id == Comment.thread_id
    )
    query = query.where(Comment.status == "published", Comment.in_sight())
    for idea_id, at, is_imported in db.session.execute(query, execution_options={"yield_per": MANY}):
        if idea_id in places:
            found[places[idea_id], named[bisect_right(starts, at) - 1], is_imported] += 1
    counts = Counter[Key]()
    for (where, month, is_imported), n in found.items():
        for community_id, mrc_id in product((ANY, *where.communities), (ANY, *where.mrcs)):
            counts[community_id, mrc_id, month, is_imported] += n
    return counts


def _list_months() -> tuple[list[str], list[datetime]]:
    """Return the months in which comments were written, and when each began."""
    first, last = db.session.execute(select(func.min(Comment.created_at), func.max(Comment.created_at))).one()
    named = months.list_between(months.month_of(first), months.month_of(last)) if first else []
    return named, [months.start(month) for month in named]


def _within(scope: Scope) -> list[ColumnElement[bool]]:
    """Match the facets of the ideas of the community and of the MRC of a scope."""
    values = (("community", scope.community_id), ("mrc", scope.mrc_id))
    return [dialect.contains(IdeaFacets.codes, f" {axis}:{number} ") for axis, number in values if number]


def _read_born(codes: str) -> Code:
    return next(tuple(key[5:].split(".")) for key in codes.split() if key.startswith("born:"))


def select_from_paper() -> Select[Any]:
    """Select the ideas that a line became, which the team had copied from a sheet."""
    query = select(PublishedLine.idea_id).join(NoteLine, NoteLine.id == PublishedLine.id)
    return query.where(PublishedLine.fate == NEW, NoteLine.from_paper)
