"""Counts by axis, and where the ideas of a page are placed; one query each."""
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Integer, Select, cast, func, literal, null, select, union_all
from sqlalchemy.orm import aliased

from app.communities import queries as communities
from app.core import dialect
from app.core.actor import Actor
from app.core.db import db
from app.core.text.plain import sort_key
from app.ideas.models import Idea, IdeaCommunity, IdeaIssue, IdeaTag, IdeaTerritory
from app.ideas.queries.lists import Filters
from app.ideas.queries.reading import in_public
from app.reference import queries as reference
from app.reference.models import Tag, Territory

TAGS = 12
FORMER = aliased(Tag)
"""The tag that an idea was given; where it was merged into another since, the idea is counted under that one."""


@dataclass
class Placing:
    """Where one idea is placed: ids of other communities, issues and territories, (slug, name) of tags.

    Each is in the order of its own list.
    """

    communities: list[int] = field(default_factory=list)
    issues: list[int] = field(default_factory=list)
    territories: list[int] = field(default_factory=list)
    tags: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Counts:
    """How many public ideas there are in all, and per value of each axis under the other filters."""

    total: int
    by: dict[str, dict[str, int]]
    tags: list[tuple[str, str, int]]

    def of(self, axis: str, key: object) -> int:
        return self.by[axis].get(str(key), 0)


def placings(ideas: Iterable[Idea]) -> dict[int, Placing]:
    """Return the placing of each idea, in one query."""
    ids = [idea.id for idea in ideas]
    by_idea: dict[int, Placing] = {idea_id: Placing() for idea_id in ids}
    if not ids:
        return by_idea
    for idea_id, axis, ref, slug, name in db.session.execute(union_all(
            _axis("c", IdeaCommunity.idea_id, IdeaCommunity.community_id, ids),
            _axis("i", IdeaIssue.idea_id, IdeaIssue.issue_id, ids),
            _axis("p", IdeaTerritory.idea_id, IdeaTerritory.territory_id, ids), _tags(ids))):
        _add_place(by_idea[idea_id], axis, ref, slug, name)
    _sort(by_idea.values())
    return by_idea


def _sort(placings: Iterable[Placing]) -> None:
    """Put places in the order of the catalogues, tags by name: no two databases give rows in the same order."""
    catalogue = reference.catalogue()
    rooms, issues, places = _rank(communities.catalogue().by_id), _rank(catalogue.issue), _rank(catalogue.place)
    for placing in placings:
        placing.communities.sort(key=rooms.__getitem__)
        placing.issues.sort(key=issues.__getitem__)
        placing.territories.sort(key=places.__getitem__)
        placing.tags.sort(key=lambda tag: (sort_key(tag[1]), tag[0]))


def _rank(ids: Iterable[int]) -> dict[int, int]:
    return {row_id: rank for rank, row_id in enumerate(ids)}


def tag_ids(idea: Idea) -> dict[int, int]:
    """Return the tags of an idea, each with the one that it was merged into (else itself)."""
    query = select(Tag.id, func.coalesce(Tag.merged_into, Tag.id)).join(IdeaTag, IdeaTag.tag_id == Tag.id)
    return dict(db.session.execute(query.where(IdeaTag.idea_id == idea.id)).tuples().all())


def tags_in_public(ids: Collection[int]) -> set[int]:
    """Return those of these tags that a public idea has, under this name or one that was merged into it."""
    now = func.coalesce(FORMER.merged_into, FORMER.id)
    query = select(now).join(IdeaTag, IdeaTag.tag_id == FORMER.id).join(Idea, Idea.id == IdeaTag.idea_id)
    return set(db.session.scalars(query.where(now.in_(ids), in_public()).distinct()))


def _axis(name: str, idea_id: Any, ref: Any, ids: list[int]) -> Select[Any]:
    return select(idea_id, literal(name), ref, dialect.as_text(null()), dialect.as_text(null())).where(idea_id.in_(ids))


def _tags(ids: list[int]) -> Select[Any]:
    """Select tags under the name they have now: a merged one answers by what it was merged into."""
    query = select(IdeaTag.idea_id, literal("t"), Tag.id, Tag.slug, Tag.name).select_from(IdeaTag)
    query = query.join(FORMER, FORMER.id == IdeaTag.tag_id)
    return query.join(Tag, Tag.id == func.coalesce(FORMER.merged_into, FORMER.id)).where(IdeaTag.idea_id.in_(ids))


def _add_place(placing: Placing, axis: str, ref: int, slug: str, name: str) -> None:
    if axis == "t":
        if (slug, name) not in placing.tags:
            placing.tags.append((slug, name))
        return
    {"c": placing.communities, "i": placing.issues, "p": placing.territories}[axis].append(ref)


def counts(actor: Actor, filters: Filters) -> Counts:
    """Count what a list holds, in one query; each axis is counted as if it were not filtered itself."""
    by: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    tags: list[tuple[str, str, int]] = []
    for axis, key, name, n in db.session.execute(union_all(*_count_queries(filters.seen_by(actor)))):
        if axis == "tag":
            tags.append((key, name, n))
        by[axis][key] += n
    total = by.pop("all", {}).get("", 0)
    return Counts(total, by, sorted(tags, key=lambda tag: (-tag[2], sort_key(tag[1]), tag[0])))


def _count_queries(filters: Filters) -> list[Any]:
    n = func.count(Idea.id.distinct())
    return [
        _count("all", literal(""), n).where(*filters.conditions()),
        _group("community", Idea.community_id, n, filters).where(Idea.community_id.is_not(None)),
        _join("community", IdeaCommunity, IdeaCommunity.community_id, n, filters),
        _join("issue", IdeaIssue, IdeaIssue.issue_id, n, filters),
        _join("territory", IdeaTerritory, IdeaTerritory.territory_id, n, filters),
        _by_mrc(n, filters),
        _group("kind", Idea.kind, n, filters),
        _group("status", Idea.status, n, filters),
        _top_tags(n, filters),
    ]


def _count(axis: str, key: Any, n: Any, name: Any = "") -> Select[Any]:
    return select(literal(axis).label("axis"), dialect.as_text(key).label("key"),
                  dialect.as_text(name if name != "" else literal("")).label("name"), n.label("n"))


def _group(axis: str, column: Any, n: Any, filters: Filters) -> Select[Any]:
    return _count(axis, column, n).where(*filters.without(axis).conditions()).group_by(column)


def _join(axis: str, table: Any, column: Any, n: Any, filters: Filters) -> Select[Any]:
    return _group(axis, column, n, filters).join_from(Idea, table, table.idea_id == Idea.id)


def _by_mrc(n: Any, filters: Filters) -> Select[Any]:
    """Count by MRC: an idea placed in two municipalities of one MRC counts once."""
    mrc = func.coalesce(Territory.parent_id, Territory.id)
    query = _count("mrc", mrc, n).join_from(Idea, IdeaTerritory, IdeaTerritory.idea_id == Idea.id)
    query = query.join(Territory, Territory.id == IdeaTerritory.territory_id)
    return query.where(*filters.without("territory").conditions()).group_by(mrc)


def _top_tags(n: Any, filters: Filters) -> Any:
    """Count the most used tags."""
    query = _count("tag", Tag.slug, n, Tag.name).join_from(Idea, IdeaTag, IdeaTag.idea_id == Idea.id)
    query = query.join(FORMER, FORMER.id == IdeaTag.tag_id)
    query = query.join(Tag, Tag.id == func.coalesce(FORMER.merged_into, FORMER.id))
    query = query.where(*filters.without("tag").conditions()).group_by(Tag.id)
    top = query.order_by(n.desc(), Tag.sort_key, Tag.id).limit(TAGS).subquery()
    return select(top.c.axis, top.c.key, top.c.name, top.c.n)


def by_community(actor: Actor) -> dict[int | None, int]:
    """Count the public ideas of each community, led or shared, in one query; None holds them all.

    A private community that the actor sees has its own count, and adds nothing to the public's.
    """
    inside = [room.id for room in communities.visible(actor).all if room.is_private]
    total = select(cast(null(), Integer), func.count()).select_from(Idea).where(in_public())
    as_lead = select(Idea.community_id, func.count()).where(in_public(inside), Idea.community_id.is_not(None))
    as_other = select(IdeaCommunity.community_id, func.count()).join(Idea, Idea.id == IdeaCommunity.idea_id)
    found: dict[int | None, int] = defaultdict(int)
    for community_id, n in db.session.execute(union_all(
            total, as_lead.group_by(Idea.community_id),
            as_other.where(in_public()).group_by(IdeaCommunity.community_id))):
        found[community_id] += n
    return found
