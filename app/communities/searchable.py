"""What search finds of communities: their names and descriptions, in both languages."""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from app.communities.models import Community
from app.core.db import db
from app.search.index.index_sync import Source
from app.search.index.texts import UNDATED, Text


def read(ids: Collection[int]) -> Sequence[Text]:
    """Return the texts of these communities; who sees a private one is left to each search."""
    rows = db.session.scalars(select(Community).where(Community.id.in_(ids)))
    return [
        Text(
            "community",
            row.id,
            UNDATED,
            f"{row.name} {row.name_en or ''}",
            f"{row.description} {row.description_en or ''}",
        )
        for row in rows
    ]


SOURCE = Source("community", Community, ("name", "name_en", "description", "description_en"), read)
