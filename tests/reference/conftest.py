import pytest
from sqlalchemy import delete

from app.communities.models import Community, CommunityIssue
from app.core import versions
from app.core.db import db
from app.core.unit import unit
from app.reference.models import Acronym, Issue, RegionShapes, Slug, Territory
from app.search.index.models import IndexEntry


@pytest.fixture
def empty(app):
    """A database in which nothing was seeded."""
    with unit():
        db.session.execute(delete(Territory).where(Territory.parent_id.is_not(None)))
        for table in (
            CommunityIssue,
            RegionShapes,
            Territory,
            Issue,
            Acronym,
            Community,
            IndexEntry,
            Slug,
            versions.Version,
        ):
            db.session.execute(delete(table))
    versions.memory_cache.forget()
