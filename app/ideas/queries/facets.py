"""Counts by axis, and where the ideas of a page are placed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, select, union_all
from sqlalchemy.orm import aliased

from app.communities import queries as communities
from app.core import dialect, versions
from app.core.actor import Actor
from app.core.db import db, numbers_parameter
from app.core.text.plain import sort_key
from app.ideas.facet_models import VERSION
from app.ideas.models import Idea, IdeaCommunity, IdeaIssue, IdeaTag, IdeaTerritory
from app.ideas.queries import facet_counts, facet_matches
from app.ideas.queries.facet_matches import TAGS
from app.ideas.queries.lists import AXES, Filters
from app.ideas.queries.reading import in_public
from app.reference import queries as reference
from app.reference.models import Tag

MATCH = "match"
By = dict[str, dict[str, int]]
"""How many ideas there are, by axis and by value (an id or a code)."""
# The numbers of the ideas whose placing is asked for.
IDEAS = numbers_parameter("ideas")
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
    """How many public ideas there are in all, and per value of each axis under the other filters.

    `cut` are the axes (and `all`) under which more than `MOST` are: the total is then `MOST`, a number is not known.
    """

    total: int
    by: By
    tags: list[tuple[str, str, int | None]]
    cut: frozenset[str] = frozenset()

    @property
    def is_cut(self) -> bool:
        return "all" in self.cut

    def of(self, axis: str, key: object) -> int | None:
        """Return the number of a value, or None where it is not known."""
        return None if axis.replace("mrc", "territory") in self.cut else self.by[axis].get(str(key), 0)


def get_placings(ideas: Iterable[Any]) -> dict[int, Placing]:
    """Return the placing of each idea, in one query."""
    ids = [idea.id for idea in ideas]
    rows = db.session.execute(_select_placings(), {IDEAS.key: ids}) if ids else ()
    return {row.id: build_placing(row) for row in rows}


@cache
def _select_placings() -> Select[Any]:
    return select(Idea.id, *placing_columns()).where(Idea.id.in_(IDEAS))


def placing_columns() -> list[ColumnElement[str]]:
    """Select where an idea stands, one column an axis: ids between spaces; tags by slug and name, one a line."""
    return [
        _list_ids(IdeaCommunity.community_id).label("communities"),
        _list_ids(IdeaIssue.issue_id).label("issues"),
        _list_ids(IdeaTerritory.territory_id).label("territories"),
        _list_tags().label("tags"),
    ]


def build_placing(row: Any) -> Placing:
    """Return the placing of a row that has `placing_columns`.

    Places are in the order of the catalogues, tags by name: no two databases give them in the same order.
    """
    catalogue, tags = reference.get_catalogue(), set((row.tags or "").split("\n")) - {""}
    return Placing(
        _sort_ids(row.communities, communities.get_rooms().by_id),
        _sort_ids(row.issues, catalogue.issue),
        _sort_ids(row.territories, catalogue.place),
        sorted((tuple(tag.split(" ", 1)) for tag in tags), key=lambda tag: (sort_key(tag[1]), tag[0])),
    )


def _list_ids(column: Any) -> Any:
    ids = select(func.aggregate_strings(dialect.as_text(column), " ")).where(column.class_.idea_id == Idea.id)
    return ids.correlate(Idea).scalar_subquery()


def _list_tags() -> Any:
    """Select tags under the name they have now: a merged one answers by what it was merged into."""
    query = select(func.aggregate_strings(Tag.slug + " " + Tag.name, "\n")).select_from(IdeaTag)
    query = query.join(FORMER, FORMER.id == IdeaTag.tag_id)
    query = query.join(Tag, Tag.id == func.coalesce(FORMER.merged_into, FORMER.id))
    return query.where(IdeaTag.idea_id == Idea.id).correlate(Idea).scalar_subquery()


def _sort_ids(text: str | None, catalogue: Mapping[int, Any]) -> list[int]:
    """Read the ids of a text, in the order of a catalogue."""
    found = set(map(int, (text or "").split()))
    return [row_id for row_id in catalogue if row_id in found]


def get_tag_ids(idea: Idea) -> dict[int, int]:
    """Return the tags of an idea, each with the one that it was merged into (else itself)."""
    query = select(Tag.id, func.coalesce(Tag.merged_into, Tag.id)).join(IdeaTag, IdeaTag.tag_id == Tag.id)
    return dict(db.session.execute(query.where(IdeaTag.idea_id == idea.id)).tuples().all())


def get_counts(actor: Actor, filters: Filters) -> Counts:
    """Count what a list holds, each axis as if it were not filtered itself; cached until a count changes.

    Beside one value, or none, a table has the numbers; beside more, the ideas are looked at, up to `MOST`.
    """
    seen = filters.seen_by(actor)
    return versions.get_or_load(("facets", seen), lambda: _count(facet_matches.use_present_tags(seen)), under=VERSION)


def _count(filters: Filters) -> Counts:
    parts = _split(filters)
    queries: list[Any] = []
    for number, (part, axes) in enumerate(parts.items()):
        value = facet_matches.find_stored_value(part)
        queries += [_select_matches(number, part)] if value is None else facet_matches.select_counts(value, axes)
    by: By = defaultdict(dict)
    matches: dict[int, list[str]] = defaultdict(list)
    for axis, key, n in db.session.execute(union_all(*queries)):
        if axis == MATCH:
            matches[n].append(key)
        else:
            by[axis][key] = n
    cut: set[str] = set()
    for number, axes in enumerate(parts.values()):
        _add_matches(by, axes, matches[number], filters.inside)
        cut |= axes if len(matches[number]) > facet_matches.MOST else set()
    total = _find_stored_total(filters, by)
    cut -= set() if total is None else {"all"}
    total = by["all"].get("", 0) if total is None else total
    return Counts(total, by, _name_tags(by["tag"], is_cut="tag" in cut), frozenset(cut))


def _split(filters: Filters) -> dict[Filters, set[str]]:
    """Return under which filters each axis is counted: all but its own; `all` is the list itself."""
    chosen = [axis for axis in AXES if getattr(filters, axis)]
    parts = {filters: {"all", *AXES}.difference(chosen)}
    for axis in chosen:
        part = replace(filters, community=(), inside=()) if axis == "community" else filters.without(axis)
        parts.setdefault(part, set()).add(axis)
    return parts


def _select_matches(number: int, part: Filters) -> Select[Any]:
    found = facet_matches.select_keys(part).subquery()
    return select(literal(MATCH), found.c.codes, literal(number))


def _add_matches(by: By, axes: set[str], found: list[str], inside: tuple[int, ...]) -> None:
    """Count what was looked at for these axes, and for the private communities that were asked for."""
    own = {("community", str(community_id)) for community_id in inside if "all" in axes}
    for (axis, value), n in facet_matches.count_values(found).items():
        if (axis if axis != "mrc" else "territory") in axes or (axis, value) in own:
            by[axis][value] = n
    if found and "all" in axes:
        by["all"][""] = min(len(found), facet_matches.MOST)


def _find_stored_total(filters: Filters, by: By) -> int | None:
    """Return how many ideas have two values, where each was counted beside the other by the table."""
    for axis, values in facet_matches.get_chosen_values(filters).items():
        if axis != "tag" and len(values) == 1 and facet_matches.find_stored_value(filters.without(axis)) is not None:
            return by[values[0][0]].get(values[0][1], 0)
    return None


def _name_tags(tally: dict[str, int], *, is_cut: bool) -> list[tuple[str, str, int | None]]:
    """Return the slug, the name and the number of the most used tags, the most used first."""
    most = dict(sorted(tally.items(), key=lambda item: (item[1], item[0]), reverse=True)[:TAGS])
    query = select(Tag.id, Tag.slug, Tag.name).where(Tag.id.in_(map(int, most)))
    rows = [(slug, name, most[str(tag_id)]) for tag_id, slug, name in db.session.execute(query)] if most else []
    rows.sort(key=lambda row: (-row[2], sort_key(row[1]), row[0]))
    return [(slug, name, None if is_cut else n) for slug, name, n in rows]


def count_by_community(actor: Actor) -> dict[int | None, int]:
    """Count the public ideas of each community, led or shared; None holds them all.

    A private community that the actor sees has its own count, and adds nothing to the public's.
    """
    singles = facet_counts.get_counts()
    found: dict[int | None, int] = defaultdict(int, {None: singles["all"]})
    rooms = communities.get_visible_rooms(actor).all
    found |= {room.id: singles.get(f"community:{room.id}", 0) for room in rooms}
    inside = [room.id for room in rooms if room.is_private]
    if inside:
        query = select(Idea.community_id, func.count()).where(in_public(inside), Idea.community_id.in_(inside))
        found |= dict(db.session.execute(query.group_by(Idea.community_id)).tuples().all())
    return found
