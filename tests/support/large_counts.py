"""The counts of facets of a large site, all at once: `app.ideas.counting` takes ideas five hundred at a time."""
from collections import Counter
from itertools import permutations

from sqlalchemy import text

from app.core import versions
from app.core.db import db
from app.core.unit import unit
from app.ideas import counting
from app.ideas.counts import ALL, VERSION
from app.ideas.indexes import IS_LISTED
from app.ideas.queries.facet_counts import ALONE
from tests.support import tables

# The values under which lists hold an idea that `large` wrote, by axis: one of each at the most, and a second community.
VALUES = (
    ("kind", "ideas.kind"), ("status", "ideas.status"), ("community", "ideas.community_id"),
    ("community", "nullif(idea_communities.community_id, ideas.community_id)"), ("issue", "idea_issues.issue_id"),
    ("territory", "territories.id"), ("mrc", "coalesce(territories.parent_id, territories.id)"), ("tag", "idea_tags.tag_id"))
LISTED = "ideas " + " ".join(
    f"LEFT JOIN {table} ON {table}.idea_id = ideas.id" for table in ("idea_communities", "idea_issues", "idea_territories", "idea_tags")
    ) + f" LEFT JOIN territories ON territories.id = idea_territories.territory_id WHERE {IS_LISTED}"
CODES = " || ".join(f"coalesce('{axis}:' || {value} || ' ', '')" for axis, value in VALUES)


def keep() -> None:
    """Count the ideas of a site that had none: what each adds to the counts, then each count alone and beside another."""
    with unit():
        if db.engine.dialect.name == "postgresql":
            db.session.execute(text(tables.UNCHECKED["postgresql"]))
        db.session.execute(text(f"INSERT INTO idea_facets (idea_id, is_private, codes) SELECT ideas.id, false, ' ' || {CODES} FROM {LISTED}"))
        rows = db.session.execute(text(f"SELECT {', '.join(value for _axis, value in VALUES)} FROM {LISTED}")).all()
        counts: Counter[counting.Key] = Counter({(*ALONE, *ALL): len(rows)})
        columns = [(axis, [None if value is None else str(value) for value in values])
                   for (axis, _value), values in zip(VALUES, zip(*rows, strict=True), strict=True)]
        for axis, values in columns:
            counts.update({(*ALONE, axis, value): n for value, n in Counter(values).items() if value})
        for (with_axis, first), (axis, second) in permutations(columns, 2):
            if counting._family(with_axis) != counting._family(axis):
                pairs = Counter(zip(first, second, strict=True))
                counts.update({(with_axis, with_value, axis, value): n for (with_value, value), n in pairs.items() if with_value and value})
        counting.move(counts)
        versions.touch(VERSION)
