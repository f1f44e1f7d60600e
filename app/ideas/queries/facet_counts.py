"""How many ideas each value of a facet has."""
from collections.abc import Mapping
from typing import Any

from sqlalchemy import String, cast, func, literal, select, union_all

from app.communities.queries import KEY
from app.core import versions
from app.core.db import db
from app.ideas.models import Idea, IdeaCommunity, IdeaIssue, IdeaTerritory
from app.ideas.queries.reading import in_public


def singles() -> Mapping[str, int]:
    """Return how many ideas the public's lists hold under each value, by `axis:value`, and in all, by `all`."""
    return versions.fresh(KEY, "singles", _load)


def _load() -> dict[str, int]:
    counts = [_count("all", literal("")), *(_count(axis, column).group_by(column) for axis, column in (
        ("community", Idea.community_id), ("kind", Idea.kind), ("status", Idea.status)))]
    counts += [_count(axis, column).join_from(Idea, column.class_).group_by(column) for axis, column in (
        ("community", IdeaCommunity.community_id), ("issue", IdeaIssue.issue_id),
        ("territory", IdeaTerritory.territory_id))]
    found: dict[str, int] = {}
    for axis, value, n in db.session.execute(union_all(*counts)):
        key = f"{axis}:{value}" if value else axis
        found[key] = found.get(key, 0) + n
    return found


def _count(axis: str, column: Any) -> Any:
    return select(literal(axis), cast(column, String), func.count()).where(in_public())
