"""What a list is narrowed to beside its facets: what figures count, so that each of their numbers has its list."""

from dataclasses import astuple, dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select

from app.core import dialect, months, versions
from app.core.db import db
from app.ideas.facet_models import VERSION, FacetCount, IdeaFacets
from app.ideas.figure_codes import IMPORTED
from app.ideas.indexes import IS_UNANSWERED
from app.ideas.models import Idea
from app.ideas.queries.facet_counts import ALONE, counts_beside, get_counts
from app.ideas.queries.reading import in_public, is_public

YES, NO = "yes", "no"
NONE = 0
"""The number of no community."""


@dataclass(frozen=True)
class Course:
    """When ideas were published and first answered, the community that leads them, where they were written.

    `published` and `answered` are spans of months as `months.read_span` reads them, or "" for any; `answered` may be
    YES as well, or NO: nothing was said of them yet. `lead` is a number, NONE for those that none leads. `origin` is
    IMPORTED or "".
    """

    published: str = ""
    answered: str = ""
    lead: int | None = None
    origin: str = ""

    def __bool__(self) -> bool:
        return self != ANY_COURSE

    def tests(self) -> list[ColumnElement[bool]]:
        """Return what must hold of an idea that something else finds."""
        read = dialect.unindexed
        clauses = [*_within(read(Idea.published_at), self.published), *self._lead(read(Idea.community_id))]
        if self.answered == NO:
            clauses += [read(Idea.status) == "published", read(Idea.answered_at).is_(None)]
        elif self.answered:
            codes = self._codes("answer", self.answered)
            clauses.append(dialect.has_row(select(IdeaFacets.idea_id).where(IdeaFacets.idea_id == Idea.id, codes)))
        return [*clauses, read(Idea.source).is_not(None)] if self.origin else clauses

    def between(self) -> list[ColumnElement[bool]]:
        """Return the bounds of the period of publication, for a walk along it."""
        return _within(Idea.published_at, self.published)

    def source(self) -> Select[tuple[int]]:
        """Select the ideas that pass, from an index that holds them together where there is one."""
        query = select(Idea.id).where(in_public(), *self.tests(), *self.between(), *self._lead(Idea.community_id))
        return query.where(IS_UNANSWERED) if self.answered == NO else query

    def key_tests(self) -> list[ColumnElement[bool]]:
        """Return what must hold of the codes of an idea (`idea_facets`)."""
        clauses = [self._codes("born", self.published)] if self.published else []
        if self.answered == NO:
            clauses.append(dialect.contains(IdeaFacets.codes, " unanswered:"))
        elif self.answered:
            clauses.append(self._codes("answer", self.answered))
        if self.lead is not None:
            led = select(Idea.id).where(is_public(), *self._lead(Idea.community_id))
            clauses.append(IdeaFacets.idea_id.in_(led))
        return [*clauses, dialect.contains(IdeaFacets.codes, f".{IMPORTED} ")] if self.origin else clauses

    def estimate(self) -> int:
        """Return about how many ideas pass, and never fewer than there are."""
        return versions.get_or_load(("course", astuple(self)), self._count, under=VERSION)

    def _count(self) -> int:
        counts = get_counts()
        numbers = [counts["all"]]
        if self.lead:
            numbers.append(counts.get(f"community:{self.lead}", 0))
        if self.published or self.origin:
            numbers.append(_count_codes("born", self.published, f".{self.origin}" if self.origin else ""))
        if self.answered:
            axis, span = ("unanswered", "") if self.answered == NO else ("answer", self.answered)
            numbers.append(_count_codes(axis, "" if span == YES else span))
        return min(numbers)

    def _codes(self, axis: str, span: str) -> ColumnElement[bool]:
        """Match a code of an axis whose month is in a span, which may be YES: an idea has one of each axis at most."""
        word, found = f" {axis}:", months.read_span(span)
        has_code = dialect.contains(IdeaFacets.codes, word)
        if found is None:
            return has_code
        month = dialect.text_after(IdeaFacets.codes, word, len(found[0]))
        return and_(has_code, month.between(*found))

    def _lead(self, column: Any) -> list[ColumnElement[bool]]:
        if self.lead is None:
            return []
        return [column == self.lead if self.lead else column.is_(None)]


ANY_COURSE = Course()


def _within(column: Any, span: str) -> list[ColumnElement[bool]]:
    """Match the moments of a span."""
    found = months.read_span(span)
    if found is None:
        return []
    return [and_(column >= months.start(found[0]), column < months.start(months.shift(found[1], 1)))]


def _count_codes(axis: str, span: str, end: str = "") -> int:
    """Count the ideas that have a code of an axis, of a span and with an end."""
    found = months.read_span(span)
    query = select(func.coalesce(func.sum(FacetCount.n), 0)).where(counts_beside(ALONE), FacetCount.axis == axis)
    if found:
        query = query.where(FacetCount.value >= found[0], FacetCount.value < months.shift(found[1], 1))
    if end:
        query = query.where(FacetCount.value.endswith(end, autoescape=True))
    return int(db.session.scalar(query) or 0)
